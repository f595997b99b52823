-- See lua/kconfig_ls.lua.
require('kconfig_ls')
vim.cmd('runtime! plugin/kconfig_ls.lua')
