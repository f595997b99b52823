-- Starts the server, one for each tree, and has buffers use it: by vim.lsp.enable on
-- Neovim 0.11 and later, by vim.lsp.start before, and by what was there before that
-- on 0.7.

local binary = require('kconfig_ls.binary')
local message = require('kconfig_ls.message')
local options = require('kconfig_ls.options')
local paths = require('kconfig_ls.paths')
local root = require('kconfig_ls.root')

local uv = vim.uv or vim.loop

local M = {}

M.name = 'kconfig_ls'

-- Also the clients that others have started for this server.
local names = { kconfig_ls = true, ['kconfig-ls'] = true }

local modern = vim.fn.has('nvim-0.11') == 1

-- The clients that are asked to stop, by id: their end is no surprise.
local stopping = {}

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

local function ended(code, signal, id)
  local expected = stopping[id]
  stopping[id] = nil
  -- v:exiting is v:null while nobody leaves Neovim.
  vim.schedule(function()
    require('kconfig_ls.status').changed()
    if expected or (code == 0 and signal == 0) or (vim.v.exiting ~= vim.NIL and vim.v.exiting ~= nil) then
      return
    end
    message.error(
      ('the server ended by itself (exit status %d, signal %d). :KconfigRestart starts it again; :KconfigLog has what it said last'):format(code, signal)
    )
  end)
end

-- prepare is called before buffers use a server. Neovim 0.12 applies the differences of
-- semantic tokens to those of the visible range if these arrive in between, and then has
-- nonsense; without ranges it asks for whole files, which takes a few milliseconds.
local function prepare(client)
  local tokens = client.server_capabilities.semanticTokensProvider
  if tokens then
    tokens.range = false
  end
end

-- refresh_hints asks for inlay hints again. What Neovim itself does loses the answer if it
-- draws in between: then the old hints count as those of the answer.
local function refresh_hints(_, _, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  for buffer in pairs(client and client.attached_buffers or {}) do
    if vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }) then
      vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
    end
  end
  return vim.NIL
end

-- refresh_tokens does what Neovim does, and takes it for the sign that what is known of a
-- tree is something else now.
local function refresh_tokens(...)
  require('kconfig_ls.status').changed()
  return vim.lsp.handlers['workspace/semanticTokens/refresh'](...)
end

-- handlers returns the answers to requests of the server that differ from Neovim's.
local function handlers()
  return {
    ['workspace/inlayHint/refresh'] = vim.lsp.inlay_hint and refresh_hints or nil,
    ['workspace/semanticTokens/refresh'] = vim.lsp.handlers['workspace/semanticTokens/refresh'] and refresh_tokens or nil,
  }
end

-- announce takes from what Neovim says of itself that it asks for diagnostics: then the
-- server sends them. Neovim up to 0.11 cannot be told to ask again, and 0.12 does not for
-- the files that are open; but what is wrong in one file may follow from another, or come
-- out once the whole tree is read.
local function announce(params)
  params.capabilities.textDocument.diagnostic = nil
end

-- config returns what the server is started with. Without a program it is what it
-- would be if kconfig-ls were on PATH.
function M.config()
  return {
    name = M.name,
    cmd = binary.command() or { 'kconfig-ls', 'serve' },
    filetypes = options.get().filetypes,
    init_options = options.initial(),
    settings = options.get().settings,
    capabilities = options.get().capabilities,
    -- An edit is told at once: commands are about the text of all buffers, and Neovim sends
    -- what waits only for the buffer that a request is about.
    flags = { debounce_text_changes = 0 },
    handlers = handlers(),
    before_init = announce,
    on_init = prepare,
    on_exit = ended,
  }
end

-- root_dir is what vim.lsp.enable asks for the directory.
function M.root_dir(buffer, use)
  local found = directory(buffer)
  if found then
    use(found)
  end
end

-- complain says once that there is no program.
local function complain()
  local command, missing = binary.command()
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
local function started(config)
  local known = by_tree[config.root_dir]
  if not known or stopping[known] or not vim.lsp.get_client_by_id(known) then
    config.on_attach = function(client, attached)
      require('kconfig_ls.attach').attach(client, attached)
    end
    by_tree[config.root_dir] = vim.lsp.start_client(config)
  end
  return by_tree[config.root_dir]
end

-- start has a buffer use the server of its tree, which is started if it does not
-- run. On 0.11 and later vim.lsp.enable does it.
local function start(buffer)
  if complain() or modern then
    return
  end
  local config = M.config()
  config.root_dir = directory(buffer)
  if not config.root_dir then
    return
  end
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = started(config)
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
  local config = M.config()
  config.root_dir = path
  local id
  if modern then
    local own = vim.tbl_extend('force', vim.lsp.config[M.name] or config, { root_dir = path })
    id = vim.lsp.start(own, { attach = false })
  elseif vim.lsp.start then
    id = vim.lsp.start_client(config)
  else
    id = started(config)
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
    local name = vim.api.nvim_buf_get_name(buffer)
    local place = vim.bo[buffer].buftype == '' and name ~= '' and vim.fn.fnamemodify(name, ':p:h') or uv.cwd()
    tree = tree or root.tree(place) or root.tree(uv.cwd())
    for _, one in ipairs(M.all()) do
      if one.config.root_dir and paths.within(tree or place, one.config.root_dir) then
        client = one
      end
    end
    client = client or (tree and in_tree(tree)) or (not tree and M.all()[1]) or nil
  end
  if not client then
    if not complain() then
      message.warn('no Kconfig tree is open: open one of its files, or change to its directory')
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
  if modern then
    -- Settings that were given since the last time are read anew.
    vim.lsp.config(M.name, {})
    vim.lsp.enable(M.name)
  end
  if vim.v.vim_did_enter == 1 then
    M.start_all()
  end
end

-- start_all starts the server for the buffers that are open.
function M.start_all()
  if modern then
    vim.lsp.config(M.name, {})
    vim.lsp.enable(M.name)
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
