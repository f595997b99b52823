-- Gives a symbol a value with the fewest changes of the configuration.

local effects = require('kconfig_ls.effects')
local message = require('kconfig_ls.message')
local page = require('kconfig_ls.page')
local reasons = require('kconfig_ls.reasons')
local request = require('kconfig_ls.request')
local symbol = require('kconfig_ls.symbol')
local workspace = require('kconfig_ls.workspace')

local M = {}

local most_effects = 20

-- preview shows all that an alternative changes, and asks whether to write it.
local function preview(session, answer, alternative)
  local rows = { { parts = { { 'Changes', 'KconfigTitle' } } } }
  for _, change in ipairs(alternative.changes) do
    table.insert(rows, {
      symbol = change.symbol,
      place = change.place,
      parts = {
        { '  ' .. change.symbol },
        { (': %s → %s'):format(change.from, change.to), 'KconfigValue' },
        { '  ' .. (change.prompt or ''), 'KconfigPlace' },
      },
    })
  end
  if #alternative.effects > 0 then
    table.insert(rows, { parts = { { 'What follows', 'KconfigTitle' } } })
    vim.list_extend(rows, effects.rows(alternative.effects, most_effects))
  end
  for i, condition in ipairs(alternative.conditions) do
    if i == 1 then
      table.insert(rows, { parts = { { 'Only if', 'KconfigTitle' } } })
    end
    for _, row in ipairs(reasons.rows(condition, session.tree, answer.config)) do
      table.insert(row.parts, 1, { '  ' })
      table.insert(rows, row)
    end
  end
  if alternative.diff ~= '' and answer.config.exists then
    table.insert(rows, { parts = { { 'Lines', 'KconfigTitle' } } })
    vim.list_extend(rows, effects.diff(alternative.diff))
  end
  local buffer = page.open(rows, { float = true, title = alternative.title, session = session, filetype = 'kconfig-changes' })
  vim.cmd('redraw')
  local name = vim.fn.fnamemodify(vim.uri_to_fname(answer.config.uri), ':~:.')
  local write = 'Write ' .. name
  if workspace.unsaved(answer.config.uri) then
    write = write .. ', with your unsaved changes of it'
  end
  vim.ui.select({ write, 'Cancel' }, { prompt = alternative.title, kind = 'kconfig-confirm' }, function(_, index)
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.api.nvim_buf_delete(buffer, { force = true })
    end
    if index == 1 and workspace.write(alternative.edit, answer.config.uri, session:encoding()) then
      message.info(('%s is written: %s'):format(name, alternative.title))
      require('kconfig_ls.status').changed()
    end
  end)
end

local function describe(alternative)
  local following = #effects.values(alternative.effects)
  return following == 0 and alternative.title or ('%s (%d more values change)'):format(alternative.title, following)
end

local refusals = {
  never = '%s: no configuration for %s has this',
  ['not-with-tools'] = '%s: not with your tools, for %s',
  open = '%s: no way was found in time, for %s',
}

-- refuse shows what makes it impossible.
local function refuse(session, name, answer)
  local title = refusals[answer.verdict]:format(name, answer.arch ~= '' and answer.arch or 'this tree')
  local rows = {}
  for _, reason in ipairs(vim.list_extend(vim.deepcopy(answer.reasons), answer.answers)) do
    vim.list_extend(rows, reasons.rows(reason, session.tree, answer.config))
  end
  if #rows == 0 then
    message.warn(title)
    return
  end
  page.open(rows, { float = true, title = title, session = session, filetype = 'kconfig-why' })
end

-- start looks for ways to give a symbol a value, "NAME" or "NAME=value", and carries
-- out the one that the user picks.
function M.start(argument)
  local name, value = (argument or ''):match('^([^=]*)=?(.*)$')
  name = symbol.given(name)
  if not name then
    message.warn('there is no symbol at the cursor: name one, as in :KconfigEnable HERON_ETH or :KconfigEnable HERON_ETH=m')
    return
  end
  local session = request.session()
  if not session then
    return
  end
  local wanted = { symbol = name, value = value ~= '' and value or nil }
  session:ask('kconfig/enable', { wanted = { wanted }, most = 3 }, function(answer)
    local about = session:at(answer.root)
    local told = value ~= '' and name .. '=' .. value or name
    if answer.verdict ~= 'possible' then
      refuse(about, told, answer)
      return
    end
    local ways = vim.tbl_filter(function(alternative)
      return alternative.edit ~= nil and alternative.edit ~= vim.NIL
    end, answer.alternatives)
    if #ways == 0 then
      message.info(told .. ' is so already')
      return
    end
    vim.ui.select(ways, { prompt = 'Enable ' .. told, kind = 'kconfig-enable', format_item = describe }, function(chosen)
      if chosen then
        preview(about, answer, chosen)
      end
    end)
  end)
end

return M
