-- What users call. Nothing of it has to be called: the plugin works without.

local options = require('kconfig_ls.options')

local M = {}

local started = false

-- start has Kconfig files use the server from now on. It is called when the plugin is
-- loaded.
function M.start()
  if options.get().autostart then
    started = true
    require('kconfig_ls.client').enable()
  end
end

-- setup takes options, at any time. Settings reach servers that run; what counts at
-- their start only has them start anew.
function M.setup(given)
  local before = options.get()
  local initial = options.initial()
  options.set(given)
  require('kconfig_ls.highlights').define()
  local now = options.get()
  if not started then
    if vim.g.loaded_kconfig_ls then
      M.start()
    end
    return
  end
  local client = require('kconfig_ls.client')
  if not now.autostart then
    started = false
    client.disable()
    return
  end
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config(client.name, {})
  end
  if vim.v.vim_did_enter ~= 1 then
    return
  end
  if not vim.deep_equal(before.cmd, now.cmd) or not vim.deep_equal(initial, options.initial()) or not vim.deep_equal(before.capabilities, now.capabilities) then
    client.restart()
    return
  end
  if not vim.deep_equal(before.settings, now.settings) then
    client.settings_changed()
  end
  if not vim.deep_equal(before.filetypes, now.filetypes) then
    client.start_all()
  end
end

-- restart stops the servers and starts them again.
function M.restart()
  require('kconfig_ls.client').restart()
end

-- statusline returns a few words on the current buffer's tree, "" elsewhere.
function M.statusline()
  return require('kconfig_ls.status').text(vim.api.nvim_get_current_buf())
end

return M
