-- Carries out edits of configurations and writes them.

local message = require('kconfig_ls.message')

local M = {}

-- unsaved reports whether a file is open with changes of the user's.
function M.unsaved(uri)
  local buffer = vim.fn.bufnr(vim.uri_to_fname(uri))
  return buffer > 0 and vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified
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
-- is written.
function M.write(edit, uri, encoding)
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
  if not ok then
    message.error(('%s could not be written: %s'):format(vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.'), err))
  end
  return ok
end

return M
