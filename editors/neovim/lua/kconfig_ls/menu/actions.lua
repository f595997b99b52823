-- What the keys of the menu do.

local effects = require('kconfig_ls.effects')
local lines = require('kconfig_ls.menu.lines')
local message = require('kconfig_ls.message')
local models = require('kconfig_ls.menu.model')
local page = require('kconfig_ls.page')
local save = require('kconfig_ls.menu.save')
local values = require('kconfig_ls.menu.values')

local Menu = {}
Menu.__index = Menu

-- new returns the menu of a model. It is not shown yet.
function Menu.new(model)
  return setmetatable({ model = model }, Menu)
end

-- draw shows the menu as it is now, with the cursor on the node that it was on, or on
-- that with a key.
function Menu:draw(key)
  if not vim.api.nvim_buf_is_valid(self.buffer) then
    return
  end
  local window = vim.fn.bufwinid(self.buffer)
  local cursor = window ~= -1 and vim.api.nvim_win_get_cursor(window) or { 5, 0 }
  local row = page.row(self.buffer, cursor[1])
  key = key or (row and row.node and row.node.key)
  local rows = lines.rows(self.model)
  page.set(self.buffer, rows)
  vim.bo[self.buffer].modified = #self.model.changes > 0
  local line = math.min(cursor[1], #rows)
  for number, one in ipairs(rows) do
    if key and one.node and one.node.key == key then
      line = number
    end
  end
  if window ~= -1 then
    vim.api.nvim_win_set_cursor(window, { line, cursor[2] })
  end
end

-- node returns the one at the cursor.
local function here()
  local row = page.row()
  return row and row.node
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
  local more = #others - 4
  local following = table.concat(vim.list_slice(others, 1, 4), ', ') .. (more > 0 and (' and %d more'):format(more) or '')
  message.info(#others == 0 and changed or ('%s. With it: %s'):format(changed, following))
end

function Menu:change(symbol, value)
  self.model:change(symbol, value, function(before, result, why, reason)
    self:draw()
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
        vim.ui.select(found, {
          prompt = ('%d entries'):format(#found),
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
  save.save(self.model, function()
    self.model:discard(function()
      self:read()
    end)
  end)
end

function Menu:undo()
  if #self.model.changes == 0 then
    message.info('nothing has been changed')
    return
  end
  self.model:undo(function(last)
    self:draw()
    message.info(last.symbol .. ' is as before')
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
