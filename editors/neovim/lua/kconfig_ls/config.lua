-- What the server is started with, and where Neovim has to be helped.

local binary = require('kconfig_ls.binary')
local hints = require('kconfig_ls.hints')
local message = require('kconfig_ls.message')
local options = require('kconfig_ls.options')

local M = {}

M.name = 'kconfig_ls'

-- The clients that are asked to stop, by id: their end is no surprise.
M.stopping = {}

-- The signal by which Neovim, or the user, ends a server that is to end.
local terminated = 15

-- ended says that a server has ended which nobody has asked to.
local function ended(code, signal, id)
  local expected = M.stopping[id]
  M.stopping[id] = nil
  -- v:exiting is v:null while nobody leaves Neovim.
  vim.schedule(function()
    require('kconfig_ls.status').changed()
    if expected or (code == 0 and signal == 0) or signal == terminated or (vim.v.exiting ~= vim.NIL and vim.v.exiting ~= nil) then
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

-- heard tells whoever shows what follows from trees and configurations that these are
-- others now.
local function heard()
  require('kconfig_ls.status').changed()
  vim.api.nvim_exec_autocmds('User', { pattern = 'KconfigChanged', modeline = false })
end

-- handlers returns the answers to requests of the server that differ from Neovim's, and
-- what is done when it tells something.
local function handlers()
  return {
    ['kconfig/changed'] = heard,
    ['workspace/inlayHint/refresh'] = vim.lsp.inlay_hint and hints.refresh or nil,
  }
end

-- announce takes from what Neovim says of itself that it asks for diagnostics: then the
-- server sends them. Neovim up to 0.11 cannot be told to ask again, and 0.12 does not for
-- the files that are open; but what is wrong in one file may follow from another, or come
-- out once the whole tree is read. And it has the server say when what was answered is
-- something else now.
local function announce(params)
  params.capabilities.textDocument.diagnostic = nil
  params.capabilities.experimental = vim.tbl_extend('force', params.capabilities.experimental or {}, { kconfigChanged = true })
end

-- get returns what the server is started with. Without a program it is what it
-- would be if kconfig-ls were on PATH.
function M.get()
  return {
    name = M.name,
    cmd = binary.command() or options.get().cmd or { 'kconfig-ls', 'serve' },
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
