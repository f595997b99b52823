-- Which architecture's view of a tree is shown.

local message = require('kconfig_ls.message')
local paths = require('kconfig_ls.paths')
local request = require('kconfig_ls.request')

local M = {}

local invalid_params = -32602

-- current returns the tree of a session among those that the server has loaded.
function M.current(session, roots)
  local best
  for _, one in ipairs(roots) do
    local path = vim.uri_to_fname(one.uri)
    local own = session.tree and paths.within(session.tree, path)
    if own and (not best or #one.uri > #best.uri) then
      best = one
    end
  end
  return best or (#roots == 1 and roots[1]) or nil
end

-- trees gives the trees that are loaded to done.
local function tree_of(session, done)
  session:send('kconfig/views', vim.empty_dict(), function(err, answer)
    local tree = not err and M.current(session, answer.roots)
    if err then
      message.error(session:told(err))
      return
    elseif not tree then
      message.warn('no Kconfig tree is loaded here')
      return
    end
    done(tree)
  end)
end

local function switch(session, tree, arch)
  session:send('kconfig/setView', { uri = tree.uri, arch = arch }, function(err)
    if err and err.code ~= invalid_params then
      message.error(session:told(err))
      return
    elseif err then
      message.error(('this tree has no architecture %q. It has %s'):format(arch, table.concat(tree.archs, ', ')))
      return
    end
    message.info(('%s is shown as %s sees it'):format(paths.name(vim.uri_to_fname(tree.uri)), arch))
    require('kconfig_ls.status').changed()
    vim.api.nvim_exec_autocmds('User', { pattern = 'KconfigView', modeline = false })
  end)
end

-- choose shows the view of an architecture, which the user picks if it is not given.
function M.choose(arch)
  local session = request.session()
  if not session then
    return
  end
  tree_of(session, function(tree)
    if #tree.archs == 0 then
      message.info('this tree has no architectures to choose from')
    elseif arch and arch ~= '' then
      switch(session, tree, arch)
    else
      vim.ui.select(tree.archs, {
        prompt = 'Architecture',
        kind = 'kconfig-arch',
        format_item = function(one)
          return one == tree.arch and one .. ' (shown now)' or one
        end,
      }, function(chosen)
        if chosen then
          switch(session, tree, chosen)
        end
      end)
    end
  end)
end

-- complete returns the architectures that begin with a text.
function M.complete(lead)
  local session = request.session()
  local found
  if session then
    session:send('kconfig/views', vim.empty_dict(), function(_, answer)
      local tree = answer and M.current(session, answer.roots)
      found = tree and tree.archs or {}
    end)
    vim.wait(1500, function()
      return found ~= nil
    end, 10)
  end
  return vim.tbl_filter(function(arch)
    return vim.startswith(arch, lead)
  end, found or {})
end

return M
