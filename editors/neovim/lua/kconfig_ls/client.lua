-- Starts the server, one for each tree, and has buffers use it: by vim.lsp.enable on
-- Neovim 0.11 and later, by vim.lsp.start before, and by what was there before that
-- on 0.7.

local binary = require('kconfig_ls.binary')
local config = require('kconfig_ls.config')
local message = require('kconfig_ls.message')
local options = require('kconfig_ls.options')
local paths = require('kconfig_ls.paths')
local root = require('kconfig_ls.root')

local uv = vim.uv or vim.loop

local M = {}

M.name = config.name

-- Also the clients that others have started for this server.
local names = { kconfig_ls = true, ['kconfig-ls'] = true }

local modern = vim.fn.has('nvim-0.11') == 1

local stopping = config.stopping

-- way says by what the server is started.
function M.way()
  return modern and 'vim.lsp.enable' or vim.lsp.start and 'vim.lsp.start' or 'vim.lsp.start_client'
end

-- call calls a method of a client, in whichever way this Neovim has it.
function M.call(client, method, ...)
  if modern then
    return client[method](client, ...)
  end
  return client[method](...)
end

-- all returns the clients of this server.
function M.all()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return vim.tbl_filter(function(client)
    return names[client.name] ~= nil and not stopping[client.id]
  end, clients)
end

-- of_buffer returns the client that a buffer uses, nil if there is none.
function M.of_buffer(buffer)
  for _, client in ipairs(M.all()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

local function wanted(buffer)
  return vim.tbl_contains(options.get().filetypes, vim.bo[buffer].filetype) and vim.bo[buffer].buftype == ''
end

-- directory returns where the server for a buffer is started, nil for a file of
-- another language that is in no tree.
local function directory(buffer)
  if vim.bo[buffer].filetype:match('^kconfig') then
    return root.of_buffer(buffer)
  end
  return root.tree(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h'))
end

-- root_dir is what vim.lsp.enable asks for the directory.
function M.root_dir(buffer, use)
  local found = directory(buffer)
  if found then
    use(found)
  end
end

-- definition returns the configuration for vim.lsp.enable.
function M.definition()
  return vim.tbl_extend('error', config.get(), { root_dir = M.root_dir })
end

-- command returns the command that servers are started with, and where it is from; or nil
-- and what to do. On 0.11 and later vim.lsp.config() may have been called with another one.
function M.command()
  local own, how = binary.command()
  local held = modern and vim.lsp.config[M.name]
  if not held or not held.cmd or vim.deep_equal(held.cmd, config.get().cmd) then
    return own, how
  end
  if type(held.cmd) == 'table' and vim.fn.executable(held.cmd[1]) == 0 then
    if not own then
      return nil, how
    end
    return nil, ('vim.lsp.config.%s.cmd names %s, which cannot be run'):format(M.name, vim.inspect(held.cmd[1]))
  end
  return held.cmd, 'vim.lsp.config'
end

-- complain says once that there is no program.
local function complain()
  local command, missing = M.command()
  if not command then
    message.once(missing)
  end
  return command == nil
end

-- The clients by the directory of their tree, for Neovim 0.7: it lists those only that
-- have been answered by their server.
local by_tree = {}

-- started returns the id of the client with a configuration, which is started if there
-- is none.
local function started(own)
  local known = by_tree[own.root_dir]
  if not known or stopping[known] or not vim.lsp.get_client_by_id(known) then
    own.on_attach = function(client, attached)
      require('kconfig_ls.attach').attach(client, attached)
    end
    by_tree[own.root_dir] = vim.lsp.start_client(own)
  end
  return by_tree[own.root_dir]
end

-- start has a buffer use the server of its tree, which is started if it does not
-- run. On 0.11 and later vim.lsp.enable does it.
local function start(buffer)
  if complain() or modern then
    return
  end
  local own = config.get()
  own.root_dir = directory(buffer)
  if not own.root_dir then
    return
  end
  if vim.lsp.start then
    vim.lsp.start(own, { bufnr = buffer })
    return
  end
  local id = started(own)
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

-- detach has a buffer that is no Kconfig file any more leave its server.
local function detach(buffer)
  local client = M.of_buffer(buffer)
  if client and client.name == M.name and not modern then
    vim.lsp.buf_detach_client(buffer, client.id)
  end
end

-- in_tree starts a server for a directory without a buffer, for commands that are
-- given before a file is open.
local function in_tree(path)
  if complain() then
    return nil
  end
  local own = vim.tbl_extend('force', modern and vim.lsp.config[M.name] or config.get(), { root_dir = path })
  local id
  if modern then
    id = vim.lsp.start(own, { attach = false })
  elseif vim.lsp.start then
    id = vim.lsp.start_client(own)
  else
    id = started(own)
  end
  return id and vim.lsp.get_client_by_id(id)
end

-- find returns the client to ask for a buffer, and the tree it is about: the one of
-- the buffer, else that of the tree it or the current directory lies in, else the
-- only one there is. It says what is missing if there is none.
function M.find(buffer)
  local client = M.of_buffer(buffer)
  local tree = vim.b[buffer].kconfig_ls_tree
  if not client then
    require('kconfig_ls').run()
    local name = vim.api.nvim_buf_get_name(buffer)
    local place = vim.bo[buffer].buftype == '' and name ~= '' and vim.fn.fnamemodify(name, ':p:h') or uv.cwd()
    tree = tree or root.tree(place) or root.tree(uv.cwd())
    for _, one in ipairs(M.all()) do
      if one.config.root_dir and paths.within(tree or place, one.config.root_dir) then
        client = one
      end
    end
    client = client or (tree and in_tree(tree)) or (not tree and #M.all() == 1 and M.all()[1]) or nil
  end
  if not client then
    if not complain() then
      local open = #M.all() > 1 and 'several Kconfig trees are open: go to a file of one' or 'no Kconfig tree is open: open one of its files'
      message.warn(open .. ', or change to its directory')
    end
    return nil
  end
  -- It answers the first request at once, whatever the size of the tree.
  if not vim.wait(5000, function()
    return client.initialized or client.is_stopped == nil or M.call(client, 'is_stopped')
  end, 10) then
    message.warn('the server does not answer: :KconfigLog says more')
    return nil
  end
  return client, tree or client.config.root_dir
end

-- disable undoes enable. Servers that run go on.
function M.disable()
  vim.api.nvim_create_augroup('kconfig_ls_start', {})
  if modern then
    vim.lsp.enable(M.name, false)
  end
end

-- enable has buffers of the file types use the server from now on, and those that
-- are open at once.
function M.enable()
  require('kconfig_ls.lens').define()
  local group = vim.api.nvim_create_augroup('kconfig_ls_start', {})
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    callback = function(event)
      if wanted(event.buf) then
        start(event.buf)
      else
        detach(event.buf)
      end
    end,
  })
  if vim.lsp.start then
    vim.api.nvim_create_autocmd('LspAttach', {
      group = group,
      callback = function(event)
        local client = vim.lsp.get_client_by_id(event.data.client_id)
        if client and names[client.name] then
          require('kconfig_ls.attach').attach(client, event.buf)
        end
      end,
    })
  end
  M.start_all()
end

-- start_open has buffers use the server that are open already. vim.lsp.enable does so in
-- 0.12; in 0.11 not for what is opened by Neovim's command line, and up to 0.11.1 not at all.
local function start_open()
  local own = vim.lsp.config[M.name]
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local function begin(path)
      vim.lsp.start(vim.tbl_extend('force', own, { root_dir = path }), { bufnr = buffer, reuse_client = own.reuse_client, silent = true })
    end
    if vim.api.nvim_buf_is_loaded(buffer) and wanted(buffer) and not M.of_buffer(buffer) and M.command() then
      if type(own.root_dir) == 'function' then
        own.root_dir(buffer, begin)
      else
        begin(own.root_dir)
      end
    end
  end
end

-- start_all starts the server for the buffers that are open.
function M.start_all()
  if modern then
    -- Options that were given since the last time are read anew.
    vim.lsp.config(M.name, {})
    vim.lsp.enable(M.name)
    vim.schedule(start_open)
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and wanted(buffer) then
      start(buffer)
    end
  end
end

-- stop asks all servers to end and then calls a function. Those that have not ended
-- after two seconds are ended.
local function stop(done)
  local clients = M.all()
  for _, client in ipairs(clients) do
    stopping[client.id] = true
    -- Else Neovim 0.10 and later goes on to ask for hints and lenses, and shows the refusals.
    for _, buffer in ipairs(vim.lsp.inlay_hint and vim.tbl_keys(client.attached_buffers) or {}) do
      vim.lsp.buf_detach_client(buffer, client.id)
    end
    M.call(client, 'stop')
  end
  local timer = uv.new_timer()
  local waited = 0
  timer:start(0, 20, vim.schedule_wrap(function()
    if timer:is_closing() then
      return
    end
    waited = waited + 20
    local left = vim.tbl_filter(function(client)
      return vim.lsp.get_client_by_id(client.id) ~= nil
    end, clients)
    if #left > 0 and waited < 4000 then
      if waited == 2000 then
        for _, client in ipairs(left) do
          M.call(client, 'stop', true)
        end
      end
      return
    end
    timer:stop()
    timer:close()
    done()
  end))
end

-- restart stops the servers and starts them anew, with the options and the program
-- of now.
function M.restart()
  message.forget()
  -- Not before Neovim has set up what was attached just now.
  vim.schedule(function()
    stop(function()
      M.start_all()
      require('kconfig_ls.status').changed()
    end)
  end)
end

-- settings_changed hands settings to the servers that run. Neovim sends them when
-- it is asked.
function M.settings_changed()
  local settings = options.get().settings
  for _, client in ipairs(M.all()) do
    client.config.settings = settings
    if client.settings then
      client.settings = settings
    end
    M.call(client, 'notify', 'workspace/didChangeConfiguration', { settings = next(settings) and settings or vim.empty_dict() })
  end
end

return M
