-- Carries out edits of configurations and writes them.

local message = require('kconfig_ls.message')

local M = {}

-- opened returns the buffer of a file, if it is loaded. bufnr() would take the name for a
-- pattern, which fits .config.old, too.
local function opened(uri)
  local path = vim.uri_to_fname(uri)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.api.nvim_buf_get_name(buffer) == path then
      return buffer
    end
  end
end

-- unsaved reports whether a file is open with changes of the user's.
function M.unsaved(uri)
  local buffer = opened(uri)
  return buffer ~= nil and vim.bo[buffer].modified
end

-- follow has configurations that are open, and that a build has written since, be read
-- again: for the server what is open goes before what is on disk.
function M.follow()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'kconfig-config' and not vim.bo[buffer].modified then
      vim.cmd('silent! checktime ' .. buffer)
    end
  end
end

-- trim removes the empty line that some versions of Neovim leave behind an edit up to the
-- end of a file. What conf writes ends in none.
local function trim(buffer)
  local count = vim.api.nvim_buf_line_count(buffer)
  if count > 1 and vim.api.nvim_buf_get_lines(buffer, count - 1, count, false)[1] == '' then
    vim.api.nvim_buf_set_lines(buffer, count - 1, count, false, {})
  end
end

-- write applies an edit to a configuration and writes the file. It reports whether it
-- is written. A file that was not open is not left open.
function M.write(edit, uri, encoding)
  local before = opened(uri)
  -- A name with brackets or blanks is no pattern for bufadd.
  local buffer = vim.fn.bufadd(vim.uri_to_fname(uri))
  vim.fn.bufload(buffer)
  local ok, err = pcall(vim.lsp.util.apply_workspace_edit, edit, encoding)
  if ok then
    trim(buffer)
    ok, err = pcall(vim.api.nvim_buf_call, buffer, function()
      vim.cmd('silent write')
    end)
  end
  if ok and not before and #vim.fn.win_findbuf(buffer) == 0 then
    vim.api.nvim_buf_delete(buffer, { unload = vim.bo[buffer].buflisted })
  end
  if not ok then
    message.error(('%s could not be written: %s'):format(vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.'), err))
  end
  return ok
end

return M
