if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

vim.bo.commentstring, vim.bo.comments = '# %s', ':#'
-- Lines are not wrapped: each is a setting.
vim.opt_local.formatoptions:remove('t')
vim.b.undo_ftplugin = 'setlocal commentstring< comments< formatoptions<'
