-- The menu of a tree as far as it has been asked for, and the changes that are not
-- saved. The server keeps none of them: all are sent with each request.
--
-- What takes requests happens one after the other, in the order in which it was asked
-- for: else the answer to an older question could replace that to a newer one.

local message = require('kconfig_ls.message')

local M = {}

local Model = {}
Model.__index = Model

-- What follows from no changes.
local nothing = { effects = {}, ineffective = {}, unknown = {}, diff = '' }

-- new returns the menu of a session's tree. Nothing is asked yet. changed is called when
-- the menu has become another one without anybody asking for it.
function M.new(session, changed)
  return setmetatable({
    session = session,
    changed = changed,
    queue = {}, -- what is to be done; the first is being done
    root = nil, -- a node: { item, key, parent, children }
    expanded = {}, -- keys of nodes whose children are shown
    everything = false, -- also what configurators hide
    changes = {}, -- { symbol, value }, in the order in which they were made
    effects = {}, -- what follows from them: the new state, by symbol
    old = {}, -- and the one before
    result = nothing, -- all of it, as the server told it
    head = nil, -- of the last answer: root, arch, config
  }, Model)
end

-- key names an item such that it is found again in a menu that was read anew.
local function key_of(item, parent, number)
  return (parent and parent.key or '') .. '/' .. (item.symbol or item.prompt or '#' .. number)
end

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

-- adopt makes nodes of an item and of what is listed below it.
local function adopt(item, parent, number)
  local node = { item = item, parent = parent, key = key_of(item, parent, number) }
  if present(item.children) then
    node.children = {}
    for i, child in ipairs(item.children) do
      node.children[i] = adopt(child, node, i)
    end
  end
  return node
end

-- queued returns a method that waits for its turn. An action ends with a call of finish.
local function queued(action)
  return function(self, ...)
    local count, arguments = select('#', ...), { ... }
    table.insert(self.queue, function()
      action(self, unpack(arguments, 1, count))
    end)
    if #self.queue == 1 then
      self.queue[1]()
    end
  end
end

-- finish lets the next action begin, and then calls a function.
function Model:finish(done, ...)
  table.remove(self.queue, 1)
  if self.queue[1] then
    self.queue[1]()
  end
  if done then
    done(...)
  end
end

-- reset forgets what waits for a server that does not answer any more.
function Model:reset(session)
  self.session, self.queue = session, {}
end

-- ask sends a request. An error ends the action; if the menu is another one now, it is
-- read from its top.
function Model:ask(method, params, done)
  self.session:ask(method, params, done, function(err)
    local stale = type(err.data) == 'table' and err.data.reason == 'stale-node'
    if stale then
      self:top(function()
        self:finish(self.changed)
      end)
    else
      message.error(self.session:told(err))
      self:finish()
    end
  end)
end

-- load asks for what is below a node, as deep as is said.
function Model:load(node, depth, done)
  self:ask('kconfig/menu', { node = node.item.id, depth = depth }, function(answer)
    self.head = answer
    local fresh = adopt(answer.node, node.parent, 0)
    node.item, node.children = answer.node, fresh.children or {}
    for _, child in ipairs(node.children) do
      child.parent = node
    end
    self:rekey(node)
    self:complete(node, done)
  end)
end

-- rekey names what is below a node after the node's own key.
function Model:rekey(node)
  for i, child in ipairs(node.children or {}) do
    child.key = key_of(child.item, node, i)
    self:rekey(child)
  end
end

-- each calls a function for nodes, one after the other as they are done, and then
-- another one.
local function each(nodes, action, done)
  local function step(i)
    if nodes[i] then
      action(nodes[i], function()
        step(i + 1)
      end)
    else
      done()
    end
  end
  step(1)
end

-- transparent reports whether a node has no line of its own, but shows what is below.
local function transparent(node)
  return not present(node.item.prompt) and node.item.hasChildren
end

-- complete asks for what has to be known below a node: what is expanded, and what shows
-- without a line of its own.
function Model:complete(node, done)
  local needed = vim.tbl_filter(function(child)
    return child.item.hasChildren and not child.children and (self.expanded[child.key] or (transparent(child) and child.item.shown))
  end, node.children or {})
  each(needed, function(child, go_on)
    self:load(child, 1, go_on)
  end, done)
end

-- top asks for the menu from its top, and for all that is expanded.
function Model:top(done)
  self:ask('kconfig/menu', { depth = 1 }, function(answer)
    self.head = answer
    self.root = adopt(answer.node, nil, 0)
    self.whole = nil
    self:complete(self.root, done)
  end)
end

-- read reads the menu anew, and finds out what follows from the changes.
Model.read = queued(function(self, done)
  self:top(function()
    self:compute(function()
      self:finish(done)
    end)
  end)
end)

-- expand shows what is below a node.
function Model:expand(node, done)
  self.expanded[node.key] = true
  if node.children then
    self:complete(node, done)
  else
    self:load(node, 1, done)
  end
end

-- toggle shows or hides what is below a node.
Model.toggle = queued(function(self, node, done)
  if self.expanded[node.key] then
    self.expanded[node.key] = nil
    self:finish(done)
  else
    self:expand(node, function()
      self:finish(done)
    end)
  end
end)

-- state returns an item's value and visibility under the changes.
function Model:state(item)
  local effect = item.symbol and self.effects[item.symbol]
  if effect then
    return effect
  end
  return { value = item.value, known = item.known, visibility = item.visibility }
end

-- visible reports whether configurators would show a node under the changes.
function Model:visible(node)
  local effect = node.item.symbol and self.effects[node.item.symbol]
  if effect then
    if effect.visibility ~= 'n' and present(node.item.prompt) then
      return true
    end
  elseif node.item.shown then
    return true
  end
  for _, child in ipairs(node.children or {}) do
    if self:visible(child) then
      return true
    end
  end
  return false
end

-- shown calls a function with each node that has a line, and how deep it is.
function Model:shown(action)
  local function walk(nodes, depth)
    for _, node in ipairs(nodes or {}) do
      if transparent(node) then
        walk(node.children, depth)
      elseif present(node.item.prompt) and (self.everything or self:visible(node)) then
        action(node, depth)
        if self.expanded[node.key] then
          walk(node.children, depth + 1)
        end
      end
    end
  end
  walk(self.root and self.root.children, 0)
end

-- settle loads menus that are hidden, in which changes may have something shown.
function Model:settle(done)
  local hidden = {}
  local function walk(node)
    for _, child in ipairs(node.children or {}) do
      if child.item.hasChildren and not child.item.shown and not child.children then
        table.insert(hidden, child)
      end
      walk(child)
    end
  end
  local opens = false
  for symbol, effect in pairs(self.effects) do
    opens = opens or (effect.visibility ~= 'n' and self.old[symbol].visibility == 'n')
  end
  if opens then
    walk(self.root)
  end
  each(hidden, function(node, go_on)
    self:load(node, 64, go_on)
  end, done)
end

-- compute finds out what follows from the changes.
function Model:compute(done)
  local function take(result)
    self.effects, self.old = {}, {}
    for _, effect in ipairs(result.effects) do
      self.effects[effect.symbol], self.old[effect.symbol] = effect.new, effect.old
    end
    self.result = result
    self:settle(function()
      done(result)
    end)
  end
  if #self.changes == 0 then
    take(nothing)
    return
  end
  self:ask('kconfig/set', { changes = self.changes }, function(result)
    self.head = result
    take(result)
  end)
end

local function without(changes, symbol)
  return vim.tbl_filter(function(change)
    return change.symbol ~= symbol
  end, changes)
end

-- change takes a change. One that comes to nothing is taken back; done gets the results
-- before and after it and, if there is something to say about it, why, in words and as the
-- server calls it.
Model.change = queued(function(self, symbol, value, done)
  local before, earlier = self.changes, self.result
  self.changes = without(before, symbol)
  table.insert(self.changes, { symbol = symbol, value = value })
  local index = #self.changes - 1
  self:compute(function(result)
    for _, one in ipairs(result.ineffective) do
      if one.index == index and one.reason == 'limited' and (value == 'm' or value == 'y') then
        self:finish(done, earlier, result, one.text)
        return
      elseif one.index == index then
        -- What it is without the change is what was asked for: there is none then.
        self.changes = one.reason == 'same' and without(before, symbol) or before
        self:compute(function(now)
          self:finish(done, earlier, now, one.reason ~= 'same' and one.text or nil, one.reason)
        end)
        return
      end
    end
    self:finish(done, earlier, result)
  end)
end)

-- undo takes the last change back.
Model.undo = queued(function(self, done)
  local last = self.changes[#self.changes]
  self.changes = vim.list_slice(self.changes, 1, #self.changes - 1)
  self:compute(function()
    self:finish(done, last)
  end)
end)

-- discard takes all changes back.
Model.discard = queued(function(self, done)
  self.changes = {}
  self:compute(function()
    self:finish(done)
  end)
end)

-- consequences gives what follows from the changes to done.
Model.consequences = queued(function(self, done)
  self:compute(function(result)
    self:finish(done, result)
  end)
end)

-- save gives what is to be written to done.
Model.save = queued(function(self, done)
  self:ask('kconfig/save', { changes = self.changes }, function(saved)
    self:finish(done, saved)
  end)
end)

-- entire gives the whole menu to done, which in a large tree takes a moment, without what
-- only one who looks at an entry wants.
function Model:entire(done)
  if self.whole then
    done(self.whole)
    return
  end
  self:ask('kconfig/menu', { depth = 64, brief = true }, function(answer)
    self.whole = adopt(answer.node, nil, 0)
    done(self.whole)
  end)
end

-- find gives the nodes of the whole menu whose prompt or symbol fits to done.
Model.find = queued(function(self, fits, done)
  self:entire(function(whole)
    local found = {}
    local function walk(node)
      for _, child in ipairs(node.children or {}) do
        if present(child.item.prompt) and fits(child.item) then
          table.insert(found, child)
        end
        walk(child)
      end
    end
    walk(whole)
    self:finish(done, found)
  end)
end)

-- way returns the prompts above a node.
function M.way(node)
  local prompts = {}
  local up = node.parent
  while up and up.parent do
    if present(up.item.prompt) then
      table.insert(prompts, 1, up.item.prompt)
    end
    up = up.parent
  end
  return table.concat(prompts, ' › ')
end

-- reveal expands what is above a node, which may be one of another reading.
Model.reveal = queued(function(self, node, done)
  local keys = {}
  local up = node.parent
  while up and up.parent do
    table.insert(keys, 1, up.key)
    up = up.parent
  end
  self.everything = self.everything or not self:visible(node)
  local function descend(at, i)
    for _, child in ipairs(keys[i] and at.children or {}) do
      if child.key == keys[i] then
        self:expand(child, function()
          descend(child, i + 1)
        end)
        return
      end
    end
    self:finish(done)
  end
  descend(self.root, 1)
end)

return M
