-- Read by vim.lsp.config() and vim.lsp.enable(), which Neovim has since 0.11.
return require('kconfig_ls.client').definition()
