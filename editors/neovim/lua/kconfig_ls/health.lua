-- :checkhealth kconfig_ls

local binary = require('kconfig_ls.binary')
local client = require('kconfig_ls.client')
local filetype = require('kconfig_ls.filetype')
local highlights = require('kconfig_ls.highlights')

local M = {}

-- The functions were renamed in 0.10.
local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

local patience = 3000

local function neovim()
  start('Neovim')
  local version = vim.version()
  ok(('Neovim %d.%d.%d: the server is started by %s'):format(version.major, version.minor, version.patch, client.way()))
  if vim.fn.has('nvim-0.9') == 0 then
    info('Semantic tokens are shown since Neovim 0.9: names that need Rust or a newer compiler are not marked here. Hovers and completion say it')
  end
  if not vim.lsp.inlay_hint then
    info('Inlay hints are shown since Neovim 0.10')
  end
end

-- version_of returns the command that asks the server's program for its version: it may
-- be run by another one, such as a container's.
local function version_of(command)
  local asking = {}
  for _, word in ipairs(command) do
    if word == 'serve' then
      break
    end
    table.insert(asking, word)
  end
  table.insert(asking, 'version')
  return asking
end

-- first returns the first line of what a program said.
local function first(said)
  return (vim.trim(said):gsub('\n.*', ''))
end

local function program()
  start('The program kconfig-ls')
  local command, how = client.command()
  if not command then
    fail(how)
    return
  end
  if type(command) ~= 'table' then
    ok(('the server is started by a function, from %s'):format(how))
    return
  end
  local good, said = pcall(vim.fn.system, version_of(command))
  if not good or vim.v.shell_error ~= 0 then
    fail(('%s (from %s) does not run: %s'):format(table.concat(command, ' '), how, vim.trim(said)))
    return
  end
  ok(('%s, from %s: %s'):format(command[1], how, first(said)))
  local other = binary.passed_over(command)
  if other then
    said = vim.fn.system({ other, 'version' })
    info(('kconfig-ls on PATH is another one, which is not used: %s: %s. To have it used: setup({ cmd = { %q, "serve" } })'):format(other, first(said), other))
  end
end

-- answer asks and waits, for no longer than a moment.
local function answer(one, method, params)
  local result
  client.call(one, 'request', method, params, function(_, got)
    result = got or false
  end)
  vim.wait(patience, function()
    return result ~= nil
  end, 10)
  return result
end

local trust = {
  none = 'Trust is none: no compiler or other tool is asked, so what depends on one is not known. setup({ trust = "probe" }) has your own tools asked; nothing of the tree is run then',
  probe = 'Trust is probe: your own tools are asked, and nothing of the tree is run',
  shell = "Trust is shell: the tree's own commands are run",
}

local function gates(report)
  if #report.gates == 0 then
    info('Nothing in this tree stands for Rust')
  end
  for _, gate in ipairs(report.gates) do
    local failing = {}
    for _, condition in ipairs(gate.conditions) do
      if condition.state ~= 'yes' and not condition.advice and not condition.tool then
        table.insert(failing, ('%s: %s'):format(condition.text, condition.reason ~= '' and condition.reason or condition.state))
      end
    end
    local state = ({ y = 'on', n = 'off', unknown = 'not known' })[gate.value]
    info(('%s is %s. :KconfigRust has the whole report'):format(gate.title, state) .. (#failing > 0 and '\n' .. table.concat(failing, '\n') or ''))
  end
end

local function trees(one)
  local views = answer(one, 'kconfig/views', vim.empty_dict())
  if not views then
    warn(('The server did not answer within %d seconds. It may be reading a tree'):format(patience / 1000))
    return
  end
  if #views.roots == 0 then
    info('It has loaded no tree yet')
  end
  for _, root in ipairs(views.roots) do
    ok(('Tree %s: %s %s, architecture %s'):format(vim.uri_to_fname(root.uri), root.dialect, root.version or '', root.arch ~= '' and root.arch or 'none'))
    local toolchain = answer(one, 'kconfig/toolchain', { root = root.uri })
    if toolchain then
      info(trust[toolchain.trust] or toolchain.trust)
      local found = {}
      for _, tool in ipairs(toolchain.tools) do
        if tool.state == 'found' then
          table.insert(found, ('%s=%s'):format(tool.variable, tool.command))
        end
      end
      info('Tools found: ' .. (#found > 0 and table.concat(found, ', ') or 'none'))
    end
    -- The rest of the report takes a while in a large tree.
    local report = answer(one, 'kconfig/rust', { root = root.uri, brief = true })
    if report then
      gates(report)
    else
      warn('What Rust needs was not told in time: :KconfigRust asks again')
    end
  end
end

local function servers()
  start('Servers')
  local all = client.all()
  if #all == 0 then
    info('No server runs: ' .. require('kconfig_ls').state())
  end
  for _, one in ipairs(all) do
    local buffers = 0
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      buffers = buffers + (vim.lsp.buf_is_attached(buffer, one.id) and 1 or 0)
    end
    ok(('%s, id %d, in %s, for %d %s'):format(one.name, one.id, one.config.root_dir or '-', buffers, buffers == 1 and 'buffer' or 'buffers'))
    trees(one)
  end
end

local function files()
  start('File types')
  local empty = vim.api.nvim_create_buf(false, true)
  for _, name in ipairs({ 'Kconfig', 'Kconfig.debug', 'Config.in', 'x86_64_defconfig', 'prj.conf' }) do
    local found = filetype.detect('/tree/' .. name, empty)
    if found then
      ok(('%s is %s'):format(name, found))
    else
      fail(('%s is not recognised'):format(name))
    end
  end
  vim.api.nvim_buf_delete(empty, { force = true })
  if vim.fn.exists('#filetypedetect') == 0 then
    warn('Files have no types, as ":filetype on" is missing in your configuration: no server is started for them')
  end
end

local function groups()
  if vim.fn.has('nvim-0.9') == 0 then
    return
  end
  start('Highlights')
  local missing = {}
  for modifier in pairs(highlights.modifiers()) do
    if vim.fn.hlexists(('@lsp.mod.%s.kconfig'):format(modifier)) == 0 then
      table.insert(missing, modifier)
    end
  end
  if #missing > 0 then
    info('No highlight is set for the modifiers ' .. table.concat(missing, ', '))
  else
    ok('All modifiers of semantic tokens have a highlight')
  end
end

function M.check()
  neovim()
  program()
  servers()
  files()
  groups()
end

return M
