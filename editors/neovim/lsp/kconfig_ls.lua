-- Read by vim.lsp.config() and vim.lsp.enable(), which Neovim has since 0.11.
return vim.tbl_extend('error', require('kconfig_ls.config').get(), { root_dir = require('kconfig_ls.client').root_dir })
