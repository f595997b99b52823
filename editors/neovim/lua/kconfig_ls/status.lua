-- A few words on a tree for the status line. Nobody is asked while it is drawn: what
-- was heard last is shown, and heard anew when it may be different.

local client = require('kconfig_ls.client')
local paths = require('kconfig_ls.paths')

local M = {}

-- What is known, by the id of a client and the directory of a tree.
local heard = {}

-- Whether a status line has asked: if none does, the server is not asked either.
local wanted = false

local delay = 300 -- milliseconds in which several causes become one question
local timer

local function redraw()
  vim.cmd('redrawstatus')
end

local states = { y = 'open', n = 'closed', unknown = '?' }

-- hear asks about one tree. The state of the gate takes a moment in a large tree, so
-- the rest is shown before.
local function hear(one, root, known)
  known.arch, known.dialect = root.arch, root.dialect
  client.call(one, 'request', 'kconfig/rust', { root = root.uri, brief = true }, function(err, report)
    if err then
      return
    end
    known.config = report.config.exists and paths.name(vim.uri_to_fname(report.config.uri)) or 'defaults'
    local gate = report.gates[1]
    known.gate = gate and ('%s %s'):format(gate.title, states[gate.value] or '?') or nil
    redraw()
  end)
end

local function refresh()
  for _, one in ipairs(client.all()) do
    client.call(one, 'request', 'kconfig/views', vim.empty_dict(), function(err, answer)
      local before, now = heard[one.id] or {}, {}
      heard[one.id] = now
      for _, root in ipairs(not err and answer.roots or {}) do
        local path = vim.uri_to_fname(root.uri)
        now[path] = before[path] or {}
        hear(one, root, now[path])
      end
      redraw()
    end)
  end
end

-- changed is called when what is shown may be another.
function M.changed()
  if not wanted then
    return
  end
  timer = timer or (vim.uv or vim.loop).new_timer()
  timer:start(delay, 0, vim.schedule_wrap(refresh))
end

-- text returns the words for a buffer, "" if it has nothing to do with Kconfig.
function M.text(buffer)
  local tree = vim.b[buffer].kconfig_ls_tree
  if not tree and not vim.bo[buffer].filetype:match('^kconfig') then
    return ''
  end
  if not wanted then
    wanted = true
    M.changed()
  end
  local one = client.of_buffer(buffer)
  if not one and not tree then
    return 'Kconfig: no server'
  end
  local path = tree or vim.api.nvim_buf_get_name(buffer)
  local best, known
  for id, trees in pairs(heard) do
    for root, what in pairs(trees) do
      if (not one or one.id == id) and paths.within(path, root) and (not best or #root > #best) then
        best, known = root, what
      end
    end
  end
  if not known then
    return 'Kconfig'
  end
  local view = known.arch ~= '' and known.arch or known.dialect
  return table.concat(vim.tbl_filter(function(word)
    return word ~= nil and word ~= ''
  end, { 'Kconfig', view, known.config or '', known.gate or '' }), ' ')
end

return M
