-- Reasons with their causes, as rows of a page.

local paths = require('kconfig_ls.paths')

local M = {}

-- words splits a text at its code spans, which are shown as symbols.
function M.words(text)
  local parts = {}
  for plain, code in (text .. '``'):gmatch('([^`]*)`([^`]*)`') do
    table.insert(parts, { plain })
    table.insert(parts, { code, code ~= '' and 'KconfigValue' or nil })
  end
  return parts
end

-- short returns where a place is, for people.
function M.short(place, tree)
  local path = vim.uri_to_fname(place.uri or place.targetUri)
  path = tree and paths.relative(path, tree) or vim.fn.fnamemodify(path, ':~:.')
  return ('%s:%d'):format(path, place.range.start.line + 1)
end

-- place returns where a reason is: a statement, or a line of the configuration.
local function place_of(reason, config)
  if reason.place then
    return reason.place
  end
  if reason.configLine and config then
    local position = { line = reason.configLine, character = 0 }
    return { uri = config.uri, range = { start = position, ['end'] = position } }
  end
end

-- rows returns a row for each reason, indented below what it causes.
function M.rows(reason, tree, config)
  local rows = {}
  local function add(one, lead, last, top)
    local parts = { { top and '' or lead .. (last and '└─ ' or '├─ '), 'KconfigPlace' } }
    vim.list_extend(parts, M.words(one.text))
    local place = place_of(one, config)
    if place then
      table.insert(parts, { '  ' .. M.short(place, tree), 'KconfigPlace' })
    end
    table.insert(rows, { parts = parts, place = place, symbol = one.symbol })
    local causes = one.causes or {}
    for i, cause in ipairs(causes) do
      add(cause, top and '' or lead .. (last and '   ' or '│  '), i == #causes, false)
    end
  end
  add(reason, '', true, true)
  return rows
end

return M
