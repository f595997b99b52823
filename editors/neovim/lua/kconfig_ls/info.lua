-- What the server knows of the trees and tools.

local binary = require('kconfig_ls.binary')
local page = require('kconfig_ls.page')
local request = require('kconfig_ls.request')
local view = require('kconfig_ls.view')

local M = {}

local function heading(text)
  return { parts = { { text, 'KconfigTitle' } } }
end

local function line(name, value)
  return { parts = { { ('  %-14s'):format(name), 'KconfigPlace' }, { value } } }
end

local trust = {
  none = 'none: no compiler or other tool is asked, so what depends on one is not known',
  probe = 'probe: your own tools are asked, and nothing of the tree is run',
  shell = "shell: the tree's own commands are run",
}

local function tool(one)
  local said = ({ ['not-looked-for'] = 'not looked for', missing = 'missing', refused = 'not run', found = one.version or one.path or 'found' })[one.state]
  local reason = (one.state == 'refused' or one.state == 'missing') and one.reason or nil
  return line(one.variable, ('%s  %s%s'):format(one.command, said, reason and ': ' .. reason or ''))
end

-- rows returns what is shown, and what :checkhealth reads.
local function rows_of(session, roots, toolchain)
  local command, how = binary.command()
  local rows = {
    heading('Server'),
    line('program', command and ('%s (%s)'):format(command[1], how) or 'not found'),
    line('client', ('%s, id %d, in %s'):format(session.client.name, session.client.id, session.client.config.root_dir or '-')),
    line('trust', trust[toolchain.trust] or toolchain.trust),
  }
  local current = view.current(session, roots)
  for _, root in ipairs(roots) do
    table.insert(rows, heading(vim.uri_to_fname(root.uri) .. (root == current and '  (here)' or '')))
    table.insert(rows, line('dialect', vim.trim(root.dialect .. ' ' .. (root.version or ''))))
    if root.arch ~= '' then
      table.insert(rows, line('architecture', ('%s, of %s'):format(root.arch, table.concat(root.archs, ', '))))
    end
  end
  table.insert(rows, heading('Tools'))
  for _, one in ipairs(toolchain.tools) do
    table.insert(rows, tool(one))
  end
  local open = vim.tbl_filter(function(question)
    return not question.known
  end, toolchain.questions)
  if #open > 0 then
    table.insert(rows, heading(('Questions without an answer: %d of %d'):format(#open, #toolchain.questions)))
    for _, question in ipairs(open) do
      table.insert(rows, { parts = { { '  ' .. question.command }, { toolchain.trust ~= 'none' and question.reason and '  ' .. question.reason or '', 'KconfigPlace' } } })
    end
  end
  return rows
end

-- show opens what is known in a floating window.
function M.show()
  local session = request.session()
  if not session then
    return
  end
  session:send('kconfig/views', vim.empty_dict(), function(_, views)
    session:ask('kconfig/toolchain', {}, function(toolchain)
      page.open(rows_of(session, views and views.roots or {}, toolchain), {
        float = true,
        title = 'Kconfig',
        session = session,
        filetype = 'kconfig-info',
      })
    end)
  end)
end

return M
