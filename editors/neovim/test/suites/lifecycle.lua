-- The life of servers: one for each tree, restart, sudden death, and the end.

local t = require('harness')

local client = require('kconfig_ls.client')

local function pid(one)
  -- The process is known under its name only.
  for _, line in ipairs(vim.fn.systemlist({ 'ps', '-o', 'pid=,args=', '--ppid', tostring(vim.fn.getpid()) })) do
    if line:find('kconfig-ls', 1, true) and line:find('serve', 1, true) then
      return tonumber(line:match('%d+'))
    end
  end
  error('no process for the client ' .. one.id, 0)
end

-- signal sends a signal to the process of a client that owes no answer: one that is ended
-- before it has answered is not what the protocol's judge has to find.
local function signal(one, name, process)
  t.eventually(function()
    return next(one.requests or {}) == nil
  end, 'all is answered', function()
    return one.requests
  end)
  local uv = vim.uv or vim.loop
  uv.kill(process, name)
end

local function restart()
  t.open('drivers/net/Kconfig')
  t.open('init/Kconfig')
  local before = t.clients()[1].id
  t.request('kconfig/views', vim.empty_dict()) -- the server has begun
  vim.cmd('KconfigRestart')
  t.eventually(function()
    return t.clients()[1] and t.clients()[1].id ~= before
  end, ':KconfigRestart starts another server')
  t.equal(t.told, {}, 'and tells nothing, as nothing is wrong')
  t.equal(#client.all(), 1, 'the first one is gone')
  t.open('drivers/net/Kconfig')
  t.eventually(function()
    return t.clients()[1] and t.clients()[1].id == client.all()[1].id
  end, 'files that were open use it')
end

local function killed()
  t.open('init/Kconfig')
  local before = t.clients()[1].id
  signal(t.clients()[1], 'sigkill', pid(t.clients()[1]))
  t.tells('the server ended by itself')
  t.eventually(function()
    return #client.all() == 0
  end, 'a server that was killed is gone')
  vim.cmd('KconfigRestart')
  t.eventually(function()
    return t.clients()[1] and t.clients()[1].id ~= before
  end, ':KconfigRestart starts it again')
  t.place('config EXPERT', 'EXPERT')
  vim.cmd('KconfigWhy')
  t.contains(t.page('kconfig-why'), 'EXPERT', 'and it answers')
  t.press('q')
end

-- interrupted kills a server that is asked by the menu, and does not come to answer.
local function interrupted()
  vim.cmd('KconfigMenu SMP')
  t.page('kconfig-menu')
  local function shows(text, what)
    t.eventually(function()
      return t.text():find(text, 1, true)
    end, what, t.text)
  end
  shows('[*] Several processors  SMP', 'the menu shows a value')
  local before = client.all()[1].id
  local process = pid(client.all()[1])
  signal(client.all()[1], 'sigstop', process)
  t.place('Several processors')
  t.press('n')
  vim.fn.system({ 'kill', '-9', tostring(process) })
  t.eventually(function()
    local told = table.concat(t.told, '\n')
    return told:find('the server ended before it had answered', 1, true) and told:find('the server ended by itself', 1, true)
  end, 'a change that is asked about when the server dies fails', function()
    return t.told
  end)
  t.expect(not vim.bo.modified, 'and is none')
  vim.cmd('KconfigRestart')
  t.eventually(function()
    return client.all()[1] and client.all()[1].initialized and client.all()[1].id ~= before
  end, 'another server is started')
  t.place('Several processors')
  t.press('n')
  shows('[ ] Several processors  SMP  was y', 'and the menu goes on with it')
  t.press('U')
  shows('[*] Several processors', 'as before')
  t.press('q')
  t.told = {}
end

-- Another tree has a server of its own.
local function trees()
  local other = vim.env.KCONFIG_LS_WORK .. '/other'
  vim.fn.mkdir(other .. '/sub', 'p')
  vim.fn.writefile({ 'mainmenu "Other"', 'source "sub/Kconfig"' }, other .. '/Kconfig')
  vim.fn.writefile({ 'config OTHER', '\tbool "Other"', '\tdepends on MISSING' }, other .. '/sub/Kconfig')
  vim.cmd('edit ' .. vim.fn.fnameescape(other .. '/sub/Kconfig'))
  t.eventually(function()
    return #t.clients() > 0
  end, 'a file of another tree has a server')
  t.equal(#client.all(), 2, 'which is another one')
  t.equal(vim.fn.resolve(t.clients()[1].config.root_dir), vim.fn.resolve(other), 'in the top of that tree')
  t.eventually(function()
    return table.concat(t.diagnostics(), '\n'):find('MISSING', 1, true)
  end, 'and diagnostics of its own', t.diagnostics)
  vim.cmd('KconfigWhy OTHER')
  t.contains(t.page('kconfig-why'), 'OTHER', 'commands are about the tree of the current file')
  t.press('q')
  vim.cmd('KconfigWhy RUST')
  t.tells('`RUST` is mentioned nowhere in the tree')
  t.open('init/Kconfig')
  vim.cmd('KconfigWhy RUST')
  t.contains(t.page('kconfig-why'), 'RUST', 'also when that is another one')
  t.press('q')
  -- Elsewhere neither of the two is meant.
  vim.cmd('cd ' .. vim.fn.fnameescape(vim.env.KCONFIG_LS_WORK))
  vim.cmd('enew')
  vim.cmd('KconfigWhy RUST')
  t.tells('several Kconfig trees are open: go to a file of one', 'where no tree is, none of several is taken')
  vim.cmd('cd ' .. vim.fn.fnameescape(t.tree))
  vim.cmd('KconfigWhy RUST')
  t.contains(t.page('kconfig-why'), 'RUST', 'in the directory of one, that one is')
  t.press('q')
end

-- Text that is not saved counts.
local function unsaved()
  t.open('drivers/net/Kconfig')
  t.replace('config HERON_ETH_DEBUG', 'HERON_ETH_DEBUG', 'HERON_ETH_TALK')
  vim.cmd('KconfigWhy HERON_ETH_TALK')
  t.contains(t.page('kconfig-why'), 'HERON_ETH_TALK', 'a symbol that is not saved yet is known')
  t.press('q')
  vim.cmd('silent undo')
  vim.bo.modified = false
end

-- A file that is no Kconfig file any more has no server.
local function detached()
  t.open('lib/Kconfig.debug')
  vim.bo.filetype = 'text'
  t.eventually(function()
    return #t.clients() == 0
  end, 'a buffer of another file type leaves the server')
  vim.bo.filetype = 'kconfig'
  t.eventually(function()
    return #t.clients() == 1
  end, 'and comes back')
  vim.cmd('edit ' .. vim.fn.fnameescape(t.path('notes.txt')))
  t.equal(#t.clients(), 0, 'other files have none')
end

-- stopped ends the servers as Neovim does when it is left.
local function stopped()
  t.told = {}
  local all = client.all()
  for _, one in ipairs(all) do
    local on_exit = one.config.on_exit
    t.expect(type(on_exit) == 'function' or type(on_exit) == 'table', 'the end of a server is noticed')
    client.call(one, 'stop')
  end
  t.eventually(function()
    return #client.all() == 0
  end, 'servers end when they are asked to')
  t.equal(t.told, {}, 'with exit status 0: nothing is told')
end

return function()
  restart()
  killed()
  interrupted()
  trees()
  unsaved()
  detached()
  stopped()
end
