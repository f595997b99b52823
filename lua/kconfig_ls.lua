-- Lets plugin managers of Neovim take this repository for a plugin as it is. The plugin
-- is in editors/neovim.
local root = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
vim.opt.runtimepath:append(root .. '/editors/neovim')

return dofile(root .. '/editors/neovim/lua/kconfig_ls/init.lua')
