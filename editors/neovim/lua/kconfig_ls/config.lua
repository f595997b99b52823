-- What the server is started with, and where Neovim has to be helped.

local binary = require('kconfig_ls.binary')
local hints = require('kconfig_ls.hints')
local message = require('kconfig_ls.message')
local options = require('kconfig_ls.options')

local M = {}

M.name = 'kconfig_ls'

-- The clients that are asked to stop, by id: their end is no surprise.
M.stopping = {}

-- ended says that a server has ended which nobody has asked to.
local function ended(code, signal, id)
  local expected = M.stopping[id]
  M.stopping[id] = nil
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

-- refresh_tokens does what Neovim does, and takes it for the sign that what is known of a
-- tree is something else now.
local function refresh_tokens(...)
  require('kconfig_ls.status').changed()
  return vim.lsp.handlers['workspace/semanticTokens/refresh'](...)
end

-- handlers returns the answers to requests of the server that differ from Neovim's.
local function handlers()
  return {
    ['workspace/inlayHint/refresh'] = vim.lsp.inlay_hint and hints.refresh or nil,
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

-- get returns what the server is started with. Without a program it is what it
-- would be if kconfig-ls were on PATH.
function M.get()
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

return M
