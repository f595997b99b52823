-- The report on gates: what holds Rust back, and what Rust and the toolchain hold back.

local message = require('kconfig_ls.message')
local page = require('kconfig_ls.page')
local reasons = require('kconfig_ls.reasons')
local request = require('kconfig_ls.request')

local M = {}

local signs = {
  yes = { '✓', 'KconfigYes' },
  no = { '✗', 'KconfigNo' },
  unknown = { '?', 'KconfigUnknown' },
}

-- Before what can be folded. page.foldtext shows another sign while it is.
local opened = page.opened

-- The words for what a gate and what it holds back are.
local as_state = { y = 'yes', n = 'no', open = 'yes', closed = 'no', unknown = 'unknown' }

-- trusted reports whether a server may ask tools: what it was started with says so, be it
-- by setup() or by vim.lsp.config().
local function trusted(client)
  local initial = client.config.init_options
  return type(initial) == 'table' and initial.trust ~= nil and initial.trust ~= 'none'
end

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

-- explain adds the reason and the fix of something that does not hold. Where one after
-- the other have the same, as all have while no tool is asked, it is said once.
function Report:explain(level, indent, one)
  if one.state == 'unknown' and not self.trusted then
    return -- the top of the report says why
  end
  if one.reason ~= '' and one.reason ~= self.reason then
    local parts = reasons.words(one.reason)
    table.insert(parts, 1, { indent })
    self:add(level, false, parts)
  end
  if one.fix ~= '' and one.fix ~= self.fix then
    for line in one.fix:gmatch('[^\n]+') do
      self:add(level, false, { { indent }, { 'Fix: ' .. line, 'KconfigFix' } })
    end
  end
  self.reason, self.fix = one.reason, one.fix
end

function Report:condition(one)
  local indent = one.tool and '        ' or '    '
  local sign = one.advice and { '·', 'KconfigPlace' } or signs[one.state]
  self:add(1, false, { { indent }, sign, { ' ' .. one.text } }, one.file, one.line)
  if one.state ~= 'yes' then
    self:explain(1, indent .. '    ', one)
  end
end

function Report:gate(gate)
  local state = as_state[gate.value]
  local words = ({ yes = 'on', no = 'off', unknown = 'not known' })[state]
  local row = self:add(1, true, { { opened, 'KconfigMenu' }, signs[state], { ' ' }, { gate.title .. ': ' .. words, 'KconfigTitle' }, { '  ' .. gate.symbol, 'KconfigSymbol' } }, gate.file, gate.line)
  row.symbol = gate.symbol
  for _, condition in ipairs(gate.conditions) do
    self:condition(condition)
  end
  if gate.hint then
    self:add(1, false, { { '    ' }, { gate.hint .. (gate.write and ': ' .. gate.write or ''), 'KconfigFix' } })
  end
end

-- list adds a heading with a line for each of some symbols below it.
function Report:list(title, symbols, level, sign, why)
  if #symbols == 0 then
    return
  end
  local count = #symbols == 1 and '1 symbol' or #symbols .. ' symbols'
  local indent = level == 2 and '' or '  '
  self:add(level, true, { { indent }, { opened, 'KconfigMenu' }, sign or { '' }, { sign and ' ' or '' }, { title, 'KconfigTitle' }, { '  ' .. count, 'KconfigPlace' } })
  if why and why.state ~= 'open' then
    self:explain(level, indent .. '    ', why)
  end
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
  self:list('On only with ' .. gate.title, needing, 2)
  self:list('Never on beside ' .. gate.title, excluded, 2)
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
  self:add(2, true, { { opened, 'KconfigMenu' }, { 'On only with something of the toolchain', 'KconfigTitle' } })
  for _, title in ipairs(titles) do
    local all = by_title[title]
    self:list(title, all, 3, signs[as_state[all[1].state]], all[1])
  end
end

local function rows_of(answer, tree, client)
  local report = setmetatable({ rows = {}, tree = tree, trusted = trusted(client) }, Report)
  local config = answer.config.exists and vim.fn.fnamemodify(vim.uri_to_fname(answer.config.uri), ':t') or 'no .config: defaults'
  report:add(0, false, {
    { 'Rust and the toolchain', 'KconfigTitle' },
    { ('  %s  %s'):format(answer.view.arch, config), 'KconfigPlace' },
  })
  report:add(0, false, { { '<CR> to the line   K why   za fold   R again   q close', 'KconfigKey' } })
  if not report.trusted then
    report:add(0, false, { { 'No compiler or other tool is asked, so what depends on one is not known. setup({ trust = "probe" })', 'KconfigFix' } })
    report:add(0, false, { { 'has your own tools asked; nothing of the tree is run then. See :help kconfig_ls-trust.', 'KconfigFix' } })
  end
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
    local rows = rows_of(answer, about.tree, about.client)
    page.open(rows, {
      title = 'rust',
      wrap = true,
      session = about,
      filetype = 'kconfig-rust',
      fold = #rows > 80 and 1 or 3, -- of a large tree the lists are closed
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
