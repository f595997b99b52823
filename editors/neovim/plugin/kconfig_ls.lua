if vim.g.loaded_kconfig_ls then
  return
end
vim.g.loaded_kconfig_ls = true

if vim.fn.has('nvim-0.7.2') == 0 then
  vim.notify('kconfig-ls: this plugin needs Neovim 0.7.2 or later', vim.log.levels.ERROR)
  return
end

require('kconfig_ls.filetype').register()
require('kconfig_ls.highlights').define()
require('kconfig_ls.commands').define()
if vim.g.kconfig_ls_autostart ~= false and vim.g.kconfig_ls_autostart ~= 0 then
  require('kconfig_ls').start()
end
