---@brief
---
--- https://github.com/kconfig-ls/kconfig-ls
---
--- Language server for Kconfig, the language in which Linux, U-Boot, Zephyr and others describe
--- their configuration, and for `.config` and `defconfig` files.
---
--- Install it with `go install github.com/kconfig-ls/kconfig-ls/cmd/kconfig-ls@latest`, or take
--- a binary from the releases.
---
--- Nvim knows the filetype of Kconfig files, not of configurations. To have these checked, too:
--- ```lua
--- vim.filetype.add({
---   filename = { ['.config'] = 'kconfig-config', defconfig = 'kconfig-config' },
---   pattern = { ['.*_defconfig'] = 'kconfig-config' },
--- })
--- ```
---
--- Kconfig files ask compilers what they can do. The server runs nothing for that unless you
--- allow it to ask your own tools:
--- ```lua
--- vim.lsp.config('kconfig_ls', {
---   init_options = { trust = 'probe' },
--- })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'kconfig-ls', 'serve' },
  filetypes = { 'kconfig', 'kconfig-config' },
  -- The server finds the top of a tree by itself.
  root_markers = { 'scripts/Kconfig.include', 'Kconfig.zephyr', '.git' },
  before_init = function(params)
    -- Have the server send diagnostics: when Nvim asks for them, it does not ask again for open
    -- files after the rest of the tree was read.
    params.capabilities.textDocument.diagnostic = nil
  end,
  settings = {
    kconfig = {},
  },
}
