-- What users can set, and what holds where they do not.

local M = {}

local kinds = {
  cmd = 'table',
  filetypes = 'table',
  trust = 'string',
  tools = 'table',
  settings = 'table',
  capabilities = 'table',
  autostart = 'boolean',
  inlay_hints = 'boolean',
  codelens = 'boolean',
  highlights = 'boolean',
  on_attach = 'function',
}

local levels = { none = true, probe = true, shell = true }

local defaults = {
  filetypes = { 'kconfig', 'kconfig-config' },
  settings = {},
  autostart = true,
  inlay_hints = true,
  codelens = true,
  highlights = true,
}

local current = defaults

-- get returns the options that hold.
function M.get()
  return current
end

local function known()
  local names = vim.tbl_keys(kinds)
  table.sort(names)
  return table.concat(names, ', ')
end

-- check raises an error that says what is wrong with options.
local function check(given)
  for name, value in pairs(given) do
    local kind = kinds[name]
    if not kind then
      error(('kconfig_ls: there is no option %q. There are %s'):format(tostring(name), known()), 0)
    end
    if type(value) ~= kind then
      error(('kconfig_ls: the option %q must be a %s, not %s'):format(name, kind, vim.inspect(value)), 0)
    end
  end
  if given.cmd and type(given.cmd[1]) ~= 'string' then
    error(('kconfig_ls: the option "cmd" must be a list that begins with a program, not %s'):format(vim.inspect(given.cmd)), 0)
  end
  local sections = given.settings or {}
  if next(sections) ~= nil and type(sections.kconfig) ~= 'table' then
    error('kconfig_ls: settings go below the key kconfig: settings = { kconfig = { arch = "arm64" } }', 0)
  end
  for _, trust in ipairs({ given.trust or 'none', (sections.kconfig or {}).trust or 'none' }) do
    if not levels[trust] then
      error(('kconfig_ls: the option "trust" must be "none", "probe" or "shell", not %s'):format(vim.inspect(trust)), 0)
    end
  end
end

-- set takes what the user gives in place of what was given before.
function M.set(given)
  check(given or {})
  current = vim.tbl_extend('force', defaults, given or {})
end

-- section returns the settings of the server, {} if there are none.
local function section()
  return current.settings.kconfig or {}
end

-- initial returns what counts when the server starts only. Trust can be lowered
-- later, but not raised.
function M.initial()
  local initial = {
    trust = current.trust or section().trust,
    tools = current.tools or section().tools,
  }
  -- An empty table would be a list for the server.
  return next(initial) and initial or nil
end

return M
