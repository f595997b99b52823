-- Kconfig files are indented by tabs of eight columns. The file type plugin of Neovim
-- sets the rest.
if vim.b.did_kconfig_ls or vim.g.kconfig_recommended_style == 0 then
  return
end
vim.b.did_kconfig_ls = true

vim.bo.tabstop, vim.bo.shiftwidth, vim.bo.softtabstop, vim.bo.expandtab = 8, 8, 0, false
local undo = vim.b.undo_ftplugin
vim.b.undo_ftplugin = (undo and undo .. ' | ' or '') .. 'setlocal tabstop< shiftwidth< softtabstop< expandtab< | unlet! b:did_kconfig_ls'
