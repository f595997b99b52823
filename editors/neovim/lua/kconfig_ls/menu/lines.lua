-- The menu as rows of a page, in the signs of menuconfig.

local page = require('kconfig_ls.page')

local M = {}

local keys = '<CR> open, change  y m n set  e enter  / search  ? why  K help  d diff  s save  u undo  g? keys'

local function is_choice_member(node)
  return node.parent and node.parent.item.kind == 'choice'
end

-- box returns a value as menuconfig shows it.
local function box(node, state)
  local item = node.item
  local value = state.known and (state.value or '') or '?'
  if item.kind == 'menu' or item.kind == 'comment' or item.kind == 'choice' then
    return ''
  end
  if is_choice_member(node) then
    return value == 'y' and '(X) ' or value == '?' and '(?) ' or '( ) '
  end
  local sign = ({ y = '*', m = 'M', n = ' ', ['?'] = '?', [''] = ' ' })[value]
  if item.type == 'bool' or item.type == 'tristate' then
    if state.visibility == 'n' or (not item.changeable and state.visibility == item.visibility) then
      return ('-%s- '):format(sign)
    end
    return (item.type == 'bool' and '[%s] ' or '<%s> '):format(sign)
  end
  return ('(%s) '):format(value)
end

-- chosen returns the prompt of the member of a choice that is chosen.
local function chosen(item, model)
  for _, member in ipairs(item.choices or {}) do
    local effect = model.effects[member.symbol]
    local value = member.value
    if effect then
      value = effect.value
    end
    if value == 'y' then
      return member.prompt
    end
  end
end

-- was returns what a symbol's value is in the file, if it is another one.
local function was(node, model)
  local symbol = node.item.symbol
  local effect, old = model.effects[symbol], model.old[symbol]
  if effect and (effect.value ~= old.value or effect.known ~= old.known) then
    return ('  was %s'):format(old.known and (old.value ~= '' and old.value or '""') or '?')
  end
end

-- row returns the line of a node.
local function row(node, depth, model)
  local item = node.item
  local state = model:state(item)
  local visible = model:visible(node)
  local note = was(node, model)
  local own = false
  for _, change in ipairs(model.changes) do
    own = own or change.symbol == item.symbol
  end
  local fold = item.hasChildren and (model.expanded[node.key] and page.opened or page.closed) or '  '
  local prompt = item.kind == 'comment' and ('*** %s ***'):format(item.prompt) or item.prompt
  local group = not visible and 'KconfigHidden' or item.kind == 'menu' and 'KconfigMenu' or item.kind == 'comment' and 'Comment' or nil
  local parts = {
    { own and '~' or ' ', 'KconfigChanged' },
    { ('  '):rep(depth) },
    { fold, 'KconfigMenu' },
    { box(node, state), visible and (note and 'KconfigChanged' or 'KconfigValue') or 'KconfigHidden' },
    { prompt, group },
  }
  if item.kind == 'choice' then
    local member = chosen(item, model)
    table.insert(parts, { member and (' (%s)'):format(member) or '', 'KconfigValue' })
  end
  if item.symbol then
    table.insert(parts, { '  ' .. item.symbol, 'KconfigSymbol' })
  end
  if state.visibility == '?' then
    table.insert(parts, { '  ?', 'KconfigUnknown' })
  end
  if note then
    table.insert(parts, { note, 'KconfigChanged' })
  end
  return { parts = parts, node = node, symbol = item.symbol, place = item.place }
end

-- summary says what the menu is about, and how much is not saved.
local function summary(model)
  local head = model.head
  local config = vim.fn.fnamemodify(vim.uri_to_fname(head.config.uri), ':t')
  local words = { head.arch ~= '' and head.arch or nil }
  table.insert(words, head.config.exists and config or 'no ' .. config .. ' yet')
  local unsaved
  if #model.changes > 0 then
    local values = 0
    for symbol, effect in pairs(model.effects) do
      values = values + (effect.value ~= model.old[symbol].value and 1 or 0)
    end
    unsaved = ('%d %s not saved, %d %s by %s'):format(
      #model.changes,
      #model.changes == 1 and 'change' or 'changes',
      values,
      values == 1 and 'value changes' or 'values change',
      #model.changes == 1 and 'it' or 'them'
    )
  end
  return table.concat(words, ' · '), unsaved
end

-- rows returns the rows of the menu.
function M.rows(model)
  local about, unsaved = summary(model)
  local rows = {
    { parts = { { ' ' .. (model.root.item.prompt or 'Kconfig'), 'KconfigTitle' } } },
    { parts = { { ' ' .. about, 'KconfigPlace' }, { unsaved and ' · ' .. unsaved or '', 'KconfigChanged' } } },
    { parts = { { ' ' .. keys, 'KconfigKey' } } },
    { parts = { { '' } } },
  }
  model:shown(function(node, depth)
    table.insert(rows, row(node, depth, model))
  end)
  return rows
end

return M
