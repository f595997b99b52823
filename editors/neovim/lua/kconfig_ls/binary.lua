-- Where the server's program is.

local options = require('kconfig_ls.options')

local M = {}

local windows = vim.fn.has('win32') == 1
local program = windows and 'kconfig-ls.exe' or 'kconfig-ls'

local function is_absolute(path)
  return path:match('^/') or path:match('^%a:[/\\]') or path:match('^[/\\][/\\]')
end

local function is_program(path)
  return vim.fn.isdirectory(path) == 0 and vim.fn.executable(path) == 1
end

-- on_path looks along PATH. Unlike exepath(), it never takes what lies in the
-- current directory.
local function on_path()
  for _, directory in ipairs(vim.split(vim.env.PATH or '', windows and ';' or ':', { plain = true })) do
    local path = directory:gsub('[/\\]$', '') .. '/' .. program
    if is_absolute(directory) and is_program(path) then
      return path
    end
  end
end

-- repository returns the directory of the checkout that this plugin is part of.
function M.repository()
  local file = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
  return vim.fn.fnamemodify(vim.fn.resolve(file), ':h:h:h:h:h')
end

local function built()
  local path = M.repository() .. '/bin/' .. program
  return is_program(path) and path or nil
end

-- passed_over returns the program on PATH if a command names another one.
function M.passed_over(command)
  local path = on_path()
  local taken = vim.fn.exepath(command[1])
  if path and vim.fn.fnamemodify(taken, ':t') == program and vim.fn.resolve(taken) ~= vim.fn.resolve(path) then
    return path
  end
end

-- command returns the command that starts the server, and how it was found; or
-- nil and what to do.
function M.command()
  local given = options.get().cmd
  if given then
    if is_program(vim.fn.expand(given[1])) then
      local command = vim.deepcopy(given)
      command[1] = vim.fn.expand(given[1])
      return command, 'the option cmd'
    end
    return nil, ('the option cmd names %s, which cannot be run: correct it in setup(), then :KconfigRestart'):format(vim.inspect(given[1]))
  end
  -- The one that was built with the plugin is as old as the plugin; one on PATH may be any.
  local path = built()
  if path then
    return { path, 'serve' }, 'what "make" built beside this plugin'
  end
  path = on_path()
  if path then
    return { path, 'serve' }, 'PATH'
  end
  return nil,
    ('the program kconfig-ls is neither in %s nor on PATH: run "make" in %s (it needs Go), or install it, or name it by setup({ cmd = { "/path/to/kconfig-ls", "serve" } }); then :KconfigRestart'):format(
      M.repository() .. '/bin',
      M.repository()
    )
end

return M
