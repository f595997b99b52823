-- Requests of the server's own, and what becomes of their errors.

local client = require('kconfig_ls.client')
local message = require('kconfig_ls.message')
local paths = require('kconfig_ls.paths')
local workspace = require('kconfig_ls.workspace')

local M = {}

-- subject says which tree a request is about: that of a file, or of a directory.
local function subject(asked, buffer, tree)
  local name = vim.api.nvim_buf_get_name(buffer)
  if vim.b[buffer].kconfig_ls_tree == nil and name ~= '' and vim.lsp.buf_is_attached(buffer, asked.id) then
    return { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  end
  return { root = tree and vim.uri_from_fname(tree) or nil }
end

-- A session is a server and the tree that requests are about.
local Session = {}
Session.__index = Session

-- session returns the one of a buffer. It says what is missing if there is none.
function M.session(buffer)
  buffer = (buffer == nil or buffer == 0) and vim.api.nvim_get_current_buf() or buffer
  local found, tree = client.find(buffer)
  if not found then
    return nil
  end
  workspace.follow()
  return setmetatable({ client = found, tree = tree, subject = subject(found, buffer, tree) }, Session)
end

-- revive has a session whose server has been started anew go on with that.
function Session:revive()
  if vim.lsp.get_client_by_id(self.client.id) or not self.tree then
    return
  end
  for _, one in ipairs(client.all()) do
    if one.config.root_dir and paths.within(self.tree, one.config.root_dir) then
      self.client = one
    end
  end
end

-- The requests that are not answered yet: what to call, with the id of the client. Neovim
-- forgets them if the server ends before it has answered.
local waiting = {}

local period = 200 -- milliseconds

local timer

-- watch has requests to servers that have ended fail. It looks as long as any waits.
local function watch()
  timer = timer or (vim.uv or vim.loop).new_timer()
  timer:start(period, period, vim.schedule_wrap(function()
    for _, one in ipairs(vim.tbl_keys(waiting)) do
      local about = waiting[one]
      if about and not vim.lsp.get_client_by_id(about.client) then
        about.answer({ message = 'the server ended before it had answered: :KconfigRestart starts it' })
      end
    end
    if next(waiting) == nil then
      timer:stop()
    end
  end))
end

local last = 0

-- send sends a request as it is. done gets the error and the result, once.
function Session:send(method, params, done)
  self:revive()
  last = last + 1
  local number = last
  local function answer(err, result)
    if waiting[number] then
      waiting[number] = nil
      done(err, result)
    end
  end
  waiting[number] = { client = self.client.id, answer = answer }
  if client.call(self.client, 'request', method, params, answer) then
    watch()
  else
    answer({ message = 'the server does not run: :KconfigRestart starts it' })
  end
end

-- announce says, after a second without an answer, that there will be one. It returns a
-- function to call when the answer is there.
local function announce()
  local answered, said = false, false
  vim.defer_fn(function()
    if not answered then
      said = true
      vim.api.nvim_echo({ { 'kconfig-ls: working on it; in a large tree the first time takes a while' } }, false, {})
    end
  end, 1000)
  return function()
    answered = true
    if said then
      vim.api.nvim_echo({ { '' } }, false, {})
    end
  end
end

local method_not_found = -32601

-- told returns an error in words.
function Session:told(err)
  local text = tostring(err.message or err):gsub('^.-RPC%[Error%]%s*', '')
  if err.code ~= method_not_found then
    return text
  end
  local program = type(self.client.config.cmd) == 'table' and self.client.config.cmd[1] or 'kconfig-ls'
  return ('%s is older than this plugin (%s): bring it up to date, or name another one by setup({ cmd = { ... } }); then :KconfigRestart'):format(program, text)
end

-- ask sends a request about the tree and gives its result to done. An error is told,
-- unless failed takes it.
function Session:ask(method, params, done, failed)
  local answered = announce()
  self:send(method, vim.tbl_extend('force', self.subject, params), function(err, result)
    answered()
    if not err then
      done(result)
    elseif failed then
      failed(err)
    else
      message.error(self:told(err))
    end
  end)
end

-- at returns the session about one tree, which an answer has named by its URI.
function Session:at(uri)
  return setmetatable({ client = self.client, tree = vim.uri_to_fname(uri), subject = { root = uri } }, Session)
end

-- encoding is in what the server counts characters.
function Session:encoding()
  return self.client.offset_encoding or 'utf-16'
end

return M
