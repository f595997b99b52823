-- Read by vim.lsp.config() and vim.lsp.enable(), which Neovim has since 0.11.
local client = require('kconfig_ls.client')

return vim.tbl_extend('error', client.config(), { root_dir = client.root_dir })
