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
    past = {}, -- what can be undone: { changes before it, symbol }
    future = {}, -- what was undone
    effects = {}, -- what follows from them: the new state, by symbol
    old = {}, -- and the one before
    result = nothing, -- all of it, as the server told it
    head = nil, -- of the last answer: root, arch, config
  }, Model)
end

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

-- name gives what is below a node keys, by which it is found again in a menu that was read
-- anew. Entries side by side may have the same symbol or prompt.
local function name(node)
  local seen = {}
  for _, child in ipairs(node.children or {}) do
    local own = child.item.symbol or child.item.prompt or ''
    seen[own] = (seen[own] or 0) + 1
    child.key = ('%s\n%s%s'):format(node.key, own, seen[own] > 1 and '\t' .. seen[own] or '')
    name(child)
  end
end

-- above returns the key of the node above that with a key, nil for the root's.
function M.above(key)
  return key:match('^(.*)\n')
end

-- adopt makes nodes of an item and of what is listed below it. They have no keys yet.
local function adopt(item, parent)
  local node = { item = item, parent = parent }
  if present(item.children) then
    node.children = vim.tbl_map(function(child)
      return adopt(child, node)
    end, item.children)
  end
  return node
end

-- adopt_root makes nodes of the whole menu, with keys.
local function adopt_root(item)
  local root = adopt(item)
  root.key = ''
  name(root)
  return root
end

-- queued returns a method that waits for its turn. An action ends with a call of finish. One
-- that fails leaves the changes as they were.
local function queued(action)
  return function(self, ...)
    local count, arguments = select('#', ...), { ... }
    table.insert(self.queue, function()
      self.quiet = false
      self.before = { changes = self.changes, effects = self.effects, old = self.old, result = self.result }
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
  self.session, self.queue, self.stale = session, {}, false
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
      if not self.quiet then
        message.error(self.session:told(err))
      end
      for field, value in pairs(self.before) do
        self[field] = value
      end
      self:finish()
    end
  end)
end

-- load asks for what is below a node, as deep as is said.
function Model:load(node, depth, done)
  self:ask('kconfig/menu', { node = node.item.id, depth = depth }, function(answer)
    self.head = answer
    node.item, node.children = answer.node, adopt(answer.node).children or {}
    for _, child in ipairs(node.children) do
      child.parent = node
    end
    name(node)
    self:complete(node, done)
  end)
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
    local root = adopt_root(answer.node)
    -- What is shown is the old one until all of the new one is there.
    self:complete(root, function()
      self.head, self.root, self.whole = answer, root, nil
      done()
    end)
  end)
end

-- anew reads the menu from its top, and what follows from the changes.
function Model:anew(done)
  self:top(function()
    self:compute(function()
      self:finish(done)
    end)
  end)
end

-- read reads the menu anew, and finds out what follows from the changes. If nobody has
-- asked for it, nobody is told that it fails.
Model.read = queued(function(self, done, unasked)
  self.stale, self.quiet = false, unasked or false
  self:anew(done)
end)

-- refresh reads the menu anew, unless that is about to happen anyway.
function Model:refresh(done)
  if not self.stale then
    self.stale = true
    self:read(done, true)
  end
end

-- current returns the node of the menu as it is now for one that was shown, which may be
-- one of an earlier reading; nil if there is none any more.
function Model:current(node)
  local function find(nodes)
    for _, one in ipairs(nodes or {}) do
      if one.key == node.key then
        return one
      end
      local below = node.key:sub(1, #one.key + 1) == one.key .. '\n' and find(one.children)
      if below then
        return below
      end
    end
  end
  return find(self.root.children)
end

-- expand shows what is below a node.
function Model:expand(node, done)
  local function show()
    self.expanded[node.key] = true
    done()
  end
  if node.children then
    self:complete(node, show)
  else
    self:load(node, 1, show)
  end
end

-- toggle shows or hides what is below a node.
Model.toggle = queued(function(self, shown, done)
  local node = self:current(shown)
  if not node then
    self:finish(done)
  elseif self.expanded[node.key] then
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

-- remember has the changes that were made before taken back by undo. symbol is what the one
-- after them was about, nil if it was about all.
function Model:remember(before, symbol)
  table.insert(self.past, { changes = before, symbol = symbol })
  self.future = {}
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
        self:remember(before, symbol)
        self:finish(done, earlier, result, one.text)
        return
      elseif one.index == index then
        -- What it is without the change is what was asked for: there is none then.
        self.changes = one.reason == 'same' and without(before, symbol) or before
        self:compute(function(now)
          if #self.changes < #before then
            self:remember(before, symbol)
          end
          self:finish(done, earlier, now, one.reason ~= 'same' and one.text or nil, one.reason)
        end)
        return
      end
    end
    self:remember(before, symbol)
    self:finish(done, earlier, result)
  end)
end)

-- step goes from what is last in one list of changes to what was before it, and remembers
-- in another one how to come back. done gets what it was about, nil if there was nothing.
local function step(from, to)
  return queued(function(self, done)
    local last = self[from][#self[from]]
    if not last then
      self:finish(done)
      return
    end
    local now = self.changes
    self.changes = last.changes
    self:compute(function()
      table.remove(self[from])
      table.insert(self[to], { changes = now, symbol = last.symbol })
      self:finish(done, last)
    end)
  end)
end

-- undo takes the last change back, redo makes it again.
Model.undo, Model.redo = step('past', 'future'), step('future', 'past')

-- discard takes all changes back.
Model.discard = queued(function(self, done)
  local before = self.changes
  self.changes = {}
  self:compute(function()
    if #before > 0 then
      self:remember(before)
    end
    self:finish(done)
  end)
end)

-- saved forgets changes that are written. Others may have been made since.
Model.saved = queued(function(self, written, done)
  self.changes = vim.tbl_filter(function(change)
    return not vim.tbl_contains(written, change)
  end, self.changes)
  self.past, self.future = {}, {}
  self:anew(done)
end)

-- consequences gives what follows from the changes to done.
Model.consequences = queued(function(self, done)
  self:compute(function(result)
    self:finish(done, result)
  end)
end)

-- save gives what is to be written to done, and the changes of which it comes.
Model.save = queued(function(self, done)
  local changes = self.changes
  self:ask('kconfig/save', { changes = changes }, function(saved)
    self:finish(done, saved, changes)
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
    self.whole = adopt_root(answer.node)
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
