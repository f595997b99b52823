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
  root_dir = function(bufnr, on_dir)
    -- All directories of a tree have such files. The main menu is in the one at the top.
    local top = vim.fs.root(bufnr, function(name, path)
      return (name == 'Kconfig' or name == 'Config.in')
        and vim.fn.filereadable(vim.fs.joinpath(path, name)) == 1
        and vim.iter(io.lines(vim.fs.joinpath(path, name))):any(function(line)
          return vim.startswith(line, 'mainmenu')
        end)
    end)
    on_dir(top or vim.fs.root(bufnr, '.git'))
  end,
  before_init = function(params)
    -- Have the server send diagnostics: when Nvim asks for them, it does not ask again for open
    -- files after the rest of the tree was read.
    params.capabilities.textDocument.diagnostic = nil
  end,
}
