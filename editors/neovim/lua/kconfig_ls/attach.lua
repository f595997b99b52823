-- What is set up in a buffer that begins to use the server.

local options = require('kconfig_ls.options')

local M = {}

local group = vim.api.nvim_create_augroup('kconfig_ls_attach', {})

-- lenses has code lenses shown, and asked for again when they may be others.
local function lenses(buffer)
  if not options.get().codelens then
    return
  end
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local function refresh()
    if not require('kconfig_ls.client').of_buffer(buffer) then
      return -- the server has ended: Neovim would tell that another one has no lenses
    end
    vim.api.nvim_buf_call(buffer, function()
      vim.lsp.codelens.refresh(vim.fn.has('nvim-0.10') == 1 and { bufnr = buffer } or nil)
    end)
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost', 'CursorHold' }, {
    group = group,
    buffer = buffer,
    callback = refresh,
  })
  refresh()
end

local function hints(buffer)
  if options.get().inlay_hints and vim.lsp.inlay_hint then
    require('kconfig_ls.hints').show(buffer, group)
  end
end

-- watch has the status follow what the user saves.
local function watch(buffer)
  vim.api.nvim_create_autocmd('BufWritePost', {
    group = group,
    buffer = buffer,
    callback = function()
      require('kconfig_ls.status').changed()
    end,
  })
end

-- attach is called when a buffer begins to use a server, again after a restart.
function M.attach(client, buffer)
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  if vim.bo[buffer].omnifunc == '' then
    vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end
  -- In files of other languages another server shows what is between the lines.
  if vim.bo[buffer].filetype:match('^kconfig') then
    hints(buffer)
    lenses(buffer)
    watch(buffer)
  end
  require('kconfig_ls.status').changed()
  if options.get().on_attach then
    options.get().on_attach(client, buffer)
  end
end

return M
