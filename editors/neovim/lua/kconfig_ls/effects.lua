-- What follows from changes of a configuration, in words.

local M = {}

local because = {
  choice = 'another member of the choice is chosen',
  select = 'selected',
  imply = 'implied',
  default = 'another default',
  file = 'its line of the file counts now',
  dropped = 'its dependencies are not met any more',
  visibility = 'its prompt or line comes or goes',
  unknown = 'not known now',
  set = 'set',
}

local function shown(state)
  if not state.known then
    return '?'
  end
  return state.value == '' and '""' or state.value or ''
end

-- values returns the effects that change a value, without those of symbols that were
-- set.
function M.values(effects)
  return vim.tbl_filter(function(one)
    return shown(one.old) ~= shown(one.new)
  end, effects)
end

-- since returns by which effects values are others than they were with the effects of
-- another result, those included that do not come about any more.
function M.since(before, result)
  local earlier, changed = {}, {}
  for _, one in ipairs(before.effects) do
    earlier[one.symbol] = one
  end
  for _, one in ipairs(result.effects) do
    local was = earlier[one.symbol]
    table.insert(changed, { symbol = one.symbol, old = was and was.new or one.old, new = one.new })
    earlier[one.symbol] = nil
  end
  for _, one in ipairs(before.effects) do
    if earlier[one.symbol] then
      table.insert(changed, { symbol = one.symbol, old = one.new, new = one.old })
    end
  end
  return M.values(changed)
end

-- text returns one effect in a few words.
function M.text(one)
  return ('%s: %s → %s'):format(one.symbol, shown(one.old), shown(one.new))
end

-- rows returns a row of a page for each effect, no more than a number of them.
function M.rows(effects, most)
  local rows = {}
  for i, one in ipairs(effects) do
    if i > most then
      table.insert(rows, { parts = { { ('  and %d more'):format(#effects - most), 'KconfigPlace' } } })
      break
    end
    table.insert(rows, {
      symbol = one.symbol,
      parts = {
        { '  ' .. one.symbol },
        { (': %s → %s'):format(shown(one.old), shown(one.new)), 'KconfigValue' },
        { '  ' .. (because[one.reason] or one.reason), 'KconfigPlace' },
      },
    })
  end
  return rows
end

-- diff returns a row for each line of a diff.
function M.diff(text)
  local rows = {}
  for line in text:gmatch('[^\n]+') do
    local group
    if line:match('^@@') then
      group = 'KconfigTitle'
    elseif line:match('^%+') and not line:match('^%+%+%+') then
      group = 'DiffAdd'
    elseif line:match('^%-') and not line:match('^%-%-%-') then
      group = 'DiffDelete'
    end
    table.insert(rows, { parts = { { line, group } } })
  end
  return rows
end

return M
