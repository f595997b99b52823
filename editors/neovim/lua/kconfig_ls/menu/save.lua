-- Shows what changes of the menu come to, and writes them.

local effects = require('kconfig_ls.effects')
local message = require('kconfig_ls.message')
local page = require('kconfig_ls.page')
local workspace = require('kconfig_ls.workspace')

local M = {}

local most_effects = 20

-- preview opens what would be written.
local function preview(model, title)
  local result = model.result
  local rows = { { parts = { { 'Values', 'KconfigTitle' } } } }
  vim.list_extend(rows, effects.rows(effects.values(result.effects), most_effects))
  if #result.unknown > 0 then
    table.insert(rows, { parts = { { 'Not known, so written only if you have set them', 'KconfigTitle' } } })
    table.insert(rows, { parts = { { '  ' .. table.concat(result.unknown, ' '), 'KconfigPlace' } } })
  end
  table.insert(rows, { parts = { { 'Lines', 'KconfigTitle' } } })
  if model.head.config.exists then
    vim.list_extend(rows, effects.diff(result.diff))
  else
    -- Each line would be a new one.
    local count = result.diff:match('\n@@ %-0,0 %+1,(%d+) @@') or '1'
    table.insert(rows, { parts = { { ('  a new file of %s lines'):format(count) } } })
  end
  return page.open(rows, { float = true, title = title, session = model.session, filetype = 'kconfig-changes' })
end

-- diff shows what the changes come to.
function M.diff(model)
  if #model.changes == 0 then
    message.info('nothing has been changed')
    return
  end
  model:consequences(function()
    preview(model, 'Changes that are not saved')
  end)
end

-- save shows what would be written, asks, writes, and then calls a function with the changes.
function M.save(model, done)
  if #model.changes == 0 then
    message.info('nothing has been changed')
    return
  end
  model:consequences(function()
    local uri = model.head.config.uri
    local name = vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
    local buffer = preview(model, 'Save to ' .. name)
    vim.cmd('redraw')
    local save = 'Save to ' .. name
    if workspace.unsaved(uri) then
      save = save .. ', with your unsaved changes of it'
    end
    vim.ui.select({ save, 'Go on without' }, { prompt = 'Save?', kind = 'kconfig-confirm' }, function(_, index)
      if vim.api.nvim_buf_is_valid(buffer) then
        vim.api.nvim_buf_delete(buffer, { force = true })
      end
      if index ~= 1 then
        return
      end
      model:save(function(saved, changes)
        local edit = saved.edit
        if edit ~= nil and edit ~= vim.NIL and not workspace.write(edit, saved.config.uri, model.session:encoding()) then
          return
        end
        message.info(('%s is written'):format(name))
        require('kconfig_ls.status').changed()
        done(changes)
      end)
    end)
  end)
end

return M
