-- The report on gates: what holds Rust back, and what Rust and the toolchain hold back.

local message = require('kconfig_ls.message')
local page = require('kconfig_ls.page')
local request = require('kconfig_ls.request')

local M = {}

local signs = {
  yes = { '✓', 'KconfigYes' },
  no = { '✗', 'KconfigNo' },
  unknown = { '?', 'KconfigUnknown' },
}

-- The words for what a gate and what it holds back are.
local as_state = { y = 'yes', n = 'no', open = 'yes', closed = 'no', unknown = 'unknown' }

local Report = {}
Report.__index = Report

function Report:add(level, opens, parts, file, line)
  local place
  if file and file ~= '' then
    local position = { line = math.max((line or 1) - 1, 0), character = 0 }
    place = { uri = vim.uri_from_fname(self.tree .. '/' .. file), range = { start = position, ['end'] = position } }
    table.insert(parts, { ('  %s:%d'):format(file, line or 1), 'KconfigPlace' })
  end
  local row = { parts = parts, place = place, level = level, opens = opens }
  table.insert(self.rows, row)
  return row
end

function Report:condition(one)
  local indent = one.tool and '      ' or '  '
  local sign = one.advice and { '·', 'KconfigPlace' } or signs[one.state]
  local parts = { { indent }, sign, { ' ' .. one.text } }
  self:add(1, false, parts, one.file, one.line)
  if one.reason ~= '' then
    self:add(1, false, { { indent .. '    ' }, { one.reason, one.state == 'yes' and 'KconfigPlace' or nil } })
  end
  if one.fix ~= '' and one.state ~= 'yes' then
    for line in one.fix:gmatch('[^\n]+') do
      self:add(1, false, { { indent .. '    ' }, { 'Fix: ' .. line, 'KconfigFix' } })
    end
  end
end

function Report:gate(gate)
  local state = as_state[gate.value]
  local words = ({ yes = 'on', no = 'off', unknown = 'not known' })[state]
  self:add(1, true, { signs[state], { ' ' }, { gate.title .. ': ' .. words, 'KconfigTitle' }, { '  ' .. gate.symbol, 'KconfigSymbol' } }, gate.file, gate.line).symbol =
    gate.symbol
  for _, condition in ipairs(gate.conditions) do
    self:condition(condition)
  end
  if gate.hint then
    self:add(1, false, { { '  ' }, { gate.hint .. (gate.write and ': ' .. gate.write or ''), 'KconfigFix' } })
  end
end

-- list adds a heading with a line for each of some symbols below it.
function Report:list(title, symbols, level, sign)
  if #symbols == 0 then
    return
  end
  local count = #symbols == 1 and '1 symbol' or #symbols .. ' symbols'
  local indent = level == 1 and '' or '  '
  self:add(level, true, { { indent }, sign or { '▸', 'KconfigMenu' }, { ' ' }, { title, 'KconfigTitle' }, { '  ' .. count, 'KconfigPlace' } })
  for _, one in ipairs(symbols) do
    local row = self:add(level, false, {
      { indent .. '  ' },
      { one.symbol, 'Identifier' },
      { one.prompt and '  ' .. one.prompt or '' },
      { one.note and '  ' .. one.note or '', 'KconfigPlace' },
    }, one.file, one.line)
    row.symbol = one.symbol
  end
end

-- through says by which symbols another one needs a gate.
local function through(one)
  local names = {}
  for i, link in ipairs(one.chain) do
    if i > 1 and i < #one.chain then
      table.insert(names, link.symbol)
    end
  end
  return #names > 0 and 'through ' .. table.concat(names, ', ') or nil
end

function Report:gated(report, gate)
  local needing, excluded = {}, {}
  for _, one in ipairs(report.gated) do
    if one.gate == gate.symbol then
      table.insert(needing, { symbol = one.symbol, prompt = one.prompt, note = through(one), file = one.file, line = one.line })
    end
  end
  for _, one in ipairs(report.excluded) do
    if one.gate == gate.symbol then
      local note = one.when ~= 'always' and 'with ' .. one.when or one.through and 'through ' .. one.through
      table.insert(excluded, { symbol = one.symbol, note = note or nil, file = one.file, line = one.line })
    end
  end
  self:list('On only with ' .. gate.title, needing, 1)
  self:list('Never on beside ' .. gate.title, excluded, 1)
end

function Report:toolchain(tools)
  if #tools == 0 then
    return
  end
  local titles, by_title = {}, {}
  for _, one in ipairs(tools) do
    if not by_title[one.title] then
      by_title[one.title] = {}
      table.insert(titles, one.title)
    end
    table.insert(by_title[one.title], one)
  end
  self:add(1, true, { { '▸', 'KconfigMenu' }, { ' ' }, { 'Needs something of the toolchain', 'KconfigTitle' } })
  for _, title in ipairs(titles) do
    local all = by_title[title]
    self:list(title, all, 2, signs[as_state[all[1].state]])
    if all[1].reason ~= '' and all[1].state ~= 'open' then
      self:add(2, false, { { '    ' }, { all[1].reason, 'KconfigPlace' } })
    end
    if all[1].fix ~= '' and all[1].state ~= 'open' then
      self:add(2, false, { { '    ' }, { 'Fix: ' .. all[1].fix:gsub('\n.*', ''), 'KconfigFix' } })
    end
  end
end

local function rows_of(answer, tree)
  local report = setmetatable({ rows = {}, tree = tree }, Report)
  local config = answer.config.exists and vim.fn.fnamemodify(vim.uri_to_fname(answer.config.uri), ':t') or 'no .config: defaults'
  report:add(0, false, {
    { 'Rust and the toolchain', 'KconfigTitle' },
    { ('  %s  %s'):format(answer.view.arch, config), 'KconfigPlace' },
  })
  report:add(0, false, { { '<CR> to the line   K why   za fold   R again   q close', 'KconfigKey' } })
  if #answer.gates == 0 then
    report:add(0, false, { { 'Nothing in this tree stands for Rust.' } })
  end
  for _, gate in ipairs(answer.gates) do
    report:gate(gate)
    report:gated(answer, gate)
  end
  report:toolchain(answer.tools or {})
  return report.rows
end

-- show opens the report, or brings the one that is open up to date.
function M.show()
  local session = request.session()
  if not session then
    return
  end
  session:ask('kconfig/rust', { tools = true }, function(answer)
    local about = session:at(answer.root)
    page.open(rows_of(answer, about.tree), {
      name = 'kconfig://rust/' .. about.tree,
      session = about,
      filetype = 'kconfig-rust',
      fold = 1,
      keys = {
        R = M.show,
        K = function()
          local row = page.row()
          if row and row.symbol then
            require('kconfig_ls.why').show(row.symbol)
          end
        end,
      },
    })
    if not answer.complete then
      message.info('there was no time to settle everything: R asks again')
    end
  end)
end

return M
