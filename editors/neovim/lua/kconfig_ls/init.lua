-- What users call. Nothing of it has to be called: the plugin works without.

local options = require('kconfig_ls.options')

local M = {}

local group = vim.api.nvim_create_augroup('kconfig_ls', {})

-- Whether the server is to be started for files, and whether it is.
local asked, running = false, false

-- run has the server be started for the files that are open and those that follow. It is
-- for other parts of the plugin to call, too.
function M.run()
  if running or not asked or not options.get().autostart then
    return
  end
  running = true
  vim.api.nvim_clear_autocmds({ group = group })
  require('kconfig_ls.client').enable()
end

-- is_open reports whether a file is open that the server is for.
local function is_open()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(options.get().filetypes, vim.bo[buffer].filetype) then
      return true
    end
  end
  return false
end

-- start has Kconfig files use the server from now on. It is called when the plugin is
-- loaded. Until the first such file, next to nothing is.
function M.start()
  asked = true
  vim.api.nvim_clear_autocmds({ group = group })
  if running or not options.get().autostart then
    return
  end
  vim.api.nvim_create_autocmd('FileType', { group = group, pattern = options.get().filetypes, callback = M.run })
  if is_open() then
    M.run()
  end
end

-- setup takes options, at any time. Settings reach servers that run; what counts at
-- their start only has them start anew.
function M.setup(given)
  local before, initial = options.get(), options.initial()
  options.set(given)
  local now = options.get()
  if not vim.g.loaded_kconfig_ls then
    return -- the plugin is about to be loaded, and asks for the options then
  end
  require('kconfig_ls.highlights').define()
  if not running then
    if asked then
      M.start()
    end
    return
  end
  local client = require('kconfig_ls.client')
  if not now.autostart then
    running = false
    client.disable()
  elseif
    not vim.deep_equal(before.cmd, now.cmd)
    or not vim.deep_equal(initial, options.initial())
    or not vim.deep_equal(before.capabilities, now.capabilities)
  then
    client.restart()
  else
    if not vim.deep_equal(before.settings, now.settings) then
      client.settings_changed()
    end
    client.enable()
  end
end

-- state says what is missing for a server to run.
function M.state()
  if not options.get().autostart then
    return 'the option autostart is false'
  elseif not asked then
    return "g:kconfig_ls_autostart is 0: require('kconfig_ls').start() begins"
  end
  return 'open a Kconfig file or a .config'
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
