-- Names of symbols: under the cursor, and to complete on the command line.

local request = require('kconfig_ls.request')

local M = {}

-- Whoever completes waits, but not for long.
local patience = 1500

-- bare returns a name without CONFIG_.
function M.bare(name)
  return (name:gsub('^CONFIG_', ''))
end

-- here returns the name at the cursor, nil if there is none.
function M.here()
  local column = vim.api.nvim_win_get_cursor(0)[2] + 1
  local line = vim.api.nvim_get_current_line()
  for first, word, after in line:gmatch('()([%w_]+)()') do
    if first <= column and column < after then
      return M.bare(word)
    end
  end
end

-- given returns the name that a command was given, else that of the row at the cursor
-- in a buffer of this plugin, else the one at the cursor.
function M.given(argument)
  if argument and argument ~= '' then
    return M.bare(argument)
  end
  local row = require('kconfig_ls.page').row()
  if row then
    return row.symbol
  end
  return M.here()
end

-- complete returns the names that begin with a text.
function M.complete(lead)
  local prefix = lead:match('^CONFIG_') or ''
  local wanted = M.bare(lead):upper()
  local session = request.session()
  if not session then
    return {}
  end
  local found
  session:send('workspace/symbol', { query = wanted }, function(_, result)
    found = result or {}
  end)
  vim.wait(patience, function()
    return found ~= nil
  end, 10)
  local seen, all = {}, {}
  for _, one in ipairs(found or {}) do
    local name = one.name:match('^[%w_]+')
    if name and not seen[name] and vim.startswith(name:upper(), wanted) then
      seen[name] = true
      table.insert(all, prefix .. name)
    end
  end
  table.sort(all)
  return all
end

return M
