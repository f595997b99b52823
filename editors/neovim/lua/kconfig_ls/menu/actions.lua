-- What the keys of the menu do.

local effects = require('kconfig_ls.effects')
local lines = require('kconfig_ls.menu.lines')
local message = require('kconfig_ls.message')
local models = require('kconfig_ls.menu.model')
local page = require('kconfig_ls.page')
local save = require('kconfig_ls.menu.save')
local values = require('kconfig_ls.menu.values')
local workspace = require('kconfig_ls.workspace')

-- How many entries are listed that a search has found.
local most_found = 200

local Menu = {}
Menu.__index = Menu

-- new returns the menu of a model. It is not shown yet.
function Menu.new(model)
  return setmetatable({ model = model }, Menu)
end

-- draw shows the menu as it is now, with the cursor of each window on the node that it was
-- on, or in the current one on that with a key.
function Menu:draw(key)
  if not vim.api.nvim_buf_is_valid(self.buffer) then
    return
  end
  local places = {}
  for _, window in ipairs(vim.fn.win_findbuf(self.buffer)) do
    local cursor = vim.api.nvim_win_get_cursor(window)
    local row = page.row(self.buffer, cursor[1])
    places[window] = { cursor = cursor, key = row and row.node and row.node.key }
  end
  if key and places[vim.api.nvim_get_current_win()] then
    places[vim.api.nvim_get_current_win()].key = key
  end
  local rows = lines.rows(self.model)
  page.set(self.buffer, rows)
  vim.bo[self.buffer].modified = #self.model.changes > 0
  local numbers = {}
  for number, one in ipairs(rows) do
    if one.node then
      numbers[one.node.key] = number
    end
  end
  for window, place in pairs(places) do
    -- What is not shown any more is in a menu that is.
    local above = place.key
    while above and not numbers[above] do
      above = models.above(above)
    end
    local line = above and numbers[above] or math.min(place.cursor[1], #rows)
    vim.api.nvim_win_set_cursor(window, { line, place.cursor[2] })
  end
end

-- node returns the one at the cursor.
local function here()
  local row = page.row()
  return row and row.node
end

local most_told = 4

-- following returns a change with what follows from it, as much as is shown without Neovim
-- waiting for a key.
local function following(changed, others)
  if #others == 0 then
    return changed
  end
  local text
  for count = math.min(most_told, #others), 0, -1 do
    local more = #others - count
    local list = table.concat(vim.list_slice(others, 1, count), ', ')
    text = count == 0 and ('%s, and %d more change'):format(changed, more) or ('%s. With it: %s%s'):format(changed, list, more > 0 and (' and %d more'):format(more) or '')
    if message.fits(text) then
      break
    end
  end
  return text
end

-- told says what came of a change. What earlier changes have brought about is not its doing.
function Menu:told(symbol, before, result, why, reason)
  if why then
    local way = reason == 'not-visible' and '. E finds the changes that make it possible' or ''
    message.warn(('%s: %s%s'):format(symbol, why, way))
    return
  end
  local changed, others = nil, {}
  for _, one in ipairs(effects.since(before, result)) do
    if one.symbol == symbol then
      changed = effects.text(one)
    else
      table.insert(others, effects.text(one))
    end
  end
  if not changed then
    return
  end
  message.info(following(changed, others))
end

function Menu:change(symbol, value)
  self.model:change(symbol, value, function(before, result, why, reason)
    self:draw()
    vim.cmd('redraw') -- Neovim may wait for a key after what is told
    self:told(symbol, before, result, why, reason)
  end)
end

-- choose lets the user pick a member of a choice.
function Menu:choose(item)
  local members = vim.tbl_filter(function(member)
    return member.visibility ~= 'n'
  end, item.choices or {})
  vim.ui.select(members, {
    prompt = item.prompt,
    kind = 'kconfig-choice',
    format_item = function(member)
      return ('%s (%s)'):format(member.prompt, member.symbol)
    end,
  }, function(member)
    if member then
      self:change(member.symbol, 'y')
    end
  end)
end

-- enter asks for a text or number.
function Menu:enter()
  local node = here()
  if not node then
    return
  end
  local item = node.item
  if item.kind == 'choice' then
    self:choose(item)
    return
  elseif not item.symbol or item.type == 'bool' or item.type == 'tristate' then
    message.info('y, m and n set this one')
    return
  end
  local range = type(item.range) == 'table' and (' (%s to %s)'):format(item.range[1], item.range[2]) or ''
  vim.ui.input({ prompt = item.prompt .. range .. ': ', default = self.model:state(item).value or '' }, function(text)
    if text == nil then
      return
    end
    local wrong = values.invalid(item, text)
    if wrong then
      message.warn(wrong)
    else
      self:change(item.symbol, text)
    end
  end)
end

-- set gives the entry at the cursor a value, the next one if none is said.
function Menu:set(value)
  local node = here()
  if not node then
    return
  end
  local item = node.item
  if item.kind == 'choice' then
    self:choose(item)
  elseif not item.symbol then
    message.info('this has no value')
  elseif item.type ~= 'bool' and item.type ~= 'tristate' then
    self:enter()
  elseif node.parent.item.kind == 'choice' and not value then
    self:change(item.symbol, 'y')
  else
    self:change(item.symbol, value or values.next(node, self.model))
  end
end

function Menu:fold()
  local node = here()
  if node and node.item.hasChildren then
    self.model:toggle(node, function()
      self:draw(node.key)
    end)
  end
end

-- act opens what has something below it, and changes what has not.
function Menu:act()
  local node = here()
  if node and node.item.hasChildren then
    self:fold()
  elseif node then
    self:set()
  end
end

-- up goes to the menu around the one at the cursor, and closes it.
function Menu:up()
  local node = here()
  if not node then
    return
  end
  if not self.model.expanded[node.key] and node.parent and node.parent.parent then
    node = node.parent
  end
  self.model.expanded[node.key] = nil
  self:draw(node.key)
end

function Menu:reveal(node)
  self.model:reveal(node, function()
    self:draw(node.key)
  end)
end

function Menu:search()
  vim.ui.input({ prompt = 'Prompt or symbol: ' }, function(text)
    if not text or text == '' then
      return
    end
    local wanted = text:gsub('^CONFIG_', ''):lower()
    self.model:find(function(item)
      return item.prompt:lower():find(wanted, 1, true) or (item.symbol or ''):lower():find(wanted, 1, true)
    end, function(found)
      if #found == 0 then
        message.info(('nothing in the menu has %q in its prompt or symbol'):format(text))
      elseif #found == 1 then
        self:reveal(found[1])
      else
        local shown = vim.list_slice(found, 1, most_found)
        local count = #found == #shown and ('%d entries'):format(#found) or ('%d of %d entries; search for more to see fewer'):format(#shown, #found)
        vim.ui.select(shown, {
          prompt = count,
          kind = 'kconfig-menu',
          format_item = function(node)
            local hidden = self.model:visible(node) and '' or ' (hidden)'
            return ('%s  %s%s  %s'):format(node.item.prompt, node.item.symbol or '', hidden, models.way(node))
          end,
        }, function(chosen)
          if chosen then
            self:reveal(chosen)
          end
        end)
      end
    end)
  end)
end

-- why says why an entry has its value, or cannot be changed.
function Menu:why()
  local node = here()
  if node and node.item.symbol then
    require('kconfig_ls.why').show(node.item.symbol)
  elseif node then
    message.info(node.item.whyNot or 'nothing keeps this from being shown')
  end
end

function Menu:help()
  local node = here()
  if not node then
    return
  end
  local item = node.item
  local text = { item.symbol and ('%s (%s)'):format(item.symbol, item.type) or item.prompt }
  if type(item.range) == 'table' then
    table.insert(text, ('From %s to %s'):format(item.range[1], item.range[2]))
  end
  if item.whyNot then
    table.insert(text, 'It cannot be changed: ' .. item.whyNot)
  end
  for _, cause in ipairs(item.causes or {}) do
    table.insert(text, 'Its value is not known: ' .. cause)
  end
  for _, cause in ipairs(item.visibilityCauses or {}) do
    table.insert(text, 'Whether it is shown is not known: ' .. cause)
  end
  vim.list_extend(text, { '', item.help and item.help ~= '' and item.help or 'There is no help text.' })
  page.text(vim.split(table.concat(text, '\n'), '\n'), { title = item.prompt, session = self.model.session })
end

function Menu:save()
  workspace.follow()
  save.save(self.model, function(changes)
    self.model:saved(changes, function()
      self:draw()
    end)
  end)
end

function Menu:undo()
  self.model:undo(function(last)
    self:draw()
    message.info(not last and 'nothing has been changed' or last.symbol and last.symbol .. ' is as before' or 'the changes are there again')
  end)
end

function Menu:redo()
  self.model:redo(function(last)
    self:draw()
    message.info(not last and 'nothing has been taken back' or last.symbol and last.symbol .. ' is changed again' or 'all changes are taken back')
  end)
end

function Menu:discard()
  self.model:discard(function()
    self:draw()
    message.info('all changes are taken back')
  end)
end

-- read asks for the menu anew, with the changes.
function Menu:read(done)
  workspace.follow()
  self.model:read(function()
    self:draw()
    if done then
      done()
    end
  end)
end

function Menu:diff()
  save.diff(self.model)
end

function Menu:everything()
  self.model.everything = not self.model.everything
  self:draw()
end

function Menu:definition()
  local row = page.row()
  if row and row.place then
    page.go(row.place, self.model.session:encoding())
  end
end

function Menu:enable()
  local node = here()
  if node and node.item.symbol then
    require('kconfig_ls.enable').start(node.item.symbol)
  end
end

return Menu
