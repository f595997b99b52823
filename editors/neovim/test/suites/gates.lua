-- What needs Rust or a newer compiler is marked wherever a symbol is shown.

local t = require('harness')

local namespace_pattern = 'semantic_tokens'

-- groups returns the highlight groups of semantic tokens on a line.
local function groups(line)
  vim.cmd('redraw') -- they are set as lines are drawn
  local seen = {}
  for name, id in pairs(vim.api.nvim_get_namespaces()) do
    if name:find(namespace_pattern) then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, id, { line - 1, 0 }, { line - 1, -1 }, { details = true })) do
        seen[mark[4].hl_group] = true
      end
    end
  end
  return seen
end

local function modifiers_of(line)
  local legend = t.clients()[1].server_capabilities.semanticTokensProvider.legend.tokenModifiers
  local data = t.request('textDocument/semanticTokens/full', { textDocument = { uri = vim.uri_from_bufnr(0) } }).data
  local seen, at = {}, 1
  for i = 1, #data, 5 do
    at = at + data[i]
    for bit, name in ipairs(legend) do
      if at == line and math.floor(data[i + 4] / 2 ^ (bit - 1)) % 2 == 1 then
        seen[name] = true
      end
    end
  end
  return seen
end

local function tokens()
  local number = t.place('config SAMPLE_RUST_MINIMAL', 'SAMPLE_RUST_MINIMAL')
  local modifiers
  t.eventually(function() -- once nobody has typed for a moment
    modifiers = modifiers_of(number)
    return modifiers.rustGated and modifiers.unavailable
  end, 'the name of a gated symbol has the modifiers rustGated and unavailable', function()
    return modifiers
  end)
  if not t.has('0.9') then
    return
  end
  t.eventually(function()
    return groups(number)['@lsp.mod.rustGated.kconfig']
  end, 'Neovim highlights it', function()
    return groups(number)
  end)
  local definition = vim.api.nvim_get_hl(0, { name = '@lsp.mod.rustGated.kconfig' })
  t.equal(definition.link, 'KconfigRustGated', 'by a group of its own')
  t.expect(vim.tbl_count(vim.api.nvim_get_hl(0, { name = 'KconfigUnavailable' })) > 0, 'what cannot be on looks different')
  -- A colour scheme clears all groups; the user's own stay.
  vim.api.nvim_set_hl(0, 'KconfigRustGated', { bold = true })
  vim.cmd('colorscheme default')
  t.equal(vim.api.nvim_get_hl(0, { name = '@lsp.mod.rustGated.kconfig' }).link, 'KconfigRustGated', 'also after another colour scheme')
end

local function hover()
  t.place('config SAMPLE_RUST_MINIMAL', 'SAMPLE_RUST_MINIMAL')
  vim.lsp.buf.hover()
  t.eventually(function()
    local shown = t.floating()
    return shown and shown:find('SAMPLES_RUST', 1, true) and shown:find('RUST', 1, true)
  end, 'hover on a gated symbol says through what it needs Rust', t.floating)
  local _, window = t.floating()
  vim.api.nvim_win_close(window, true)
end

local function completion()
  local number = t.line_of('config SAMPLE_RUST_REED')
  vim.api.nvim_buf_set_lines(0, number, number, false, { '\tdepends on SAMPLE' })
  vim.api.nvim_win_set_cursor(0, { number + 1, 17 })
  local position = t.position()
  position.position.character = 18
  local result = t.request('textDocument/completion', position)
  local mark
  for _, item in ipairs(result.items or result) do
    if item.label == 'SAMPLE_RUST_MINIMAL' then
      mark = (item.detail or '') .. vim.inspect(item.labelDetails)
    end
  end
  t.contains(mark, 'Rust: off', 'completion marks what needs Rust')
  vim.cmd('silent undo')
  vim.bo.modified = false
end

local function hints()
  if not vim.lsp.inlay_hint then
    return
  end
  t.expect(vim.lsp.inlay_hint.is_enabled({ bufnr = 0 }), 'inlay hints are on')
  t.eventually(function()
    local shown = vim.tbl_map(function(hint)
      local label = hint.inlay_hint.label
      return type(label) == 'string' and label or label[1].value
    end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
    return table.concat(shown, ' '):find('Rust', 1, true)
  end, 'and say what needs Rust', function()
    return vim.lsp.inlay_hint.get({ bufnr = 0 })
  end)
  -- In a buffer that is not shown while they change, they are new when it is shown again.
  local buffer = vim.api.nvim_get_current_buf()
  t.open('mm/Kconfig')
  vim.cmd('KconfigView arm64')
  t.tells('as arm64 sees it')
  vim.cmd('buffer ' .. buffer)
  t.eventually(function()
    return vim.inspect(vim.lsp.inlay_hint.get({ bufnr = 0 })):find('in the view of arm64', 1, true)
  end, 'hints follow the view', function()
    return vim.lsp.inlay_hint.get({ bufnr = 0 })
  end)
  vim.cmd('KconfigView x86')
  t.tells('as x86 sees it')
end

-- shown returns the titles of the lenses that Neovim has for the buffer.
local function shown()
  local lenses = t.has('0.12') and vim.lsp.codelens.get({ bufnr = 0 }) or vim.lsp.codelens.get(0)
  local titles = {}
  for _, one in ipairs(lenses) do
    local lens = one.lens or one
    table.insert(titles, lens.command and lens.command.title or 'unresolved')
  end
  return titles
end

local function lenses()
  t.open('init/Kconfig')
  t.place('config RUST', 'RUST')
  vim.api.nvim_exec_autocmds('CursorHold', { buffer = 0 })
  t.eventually(function()
    if not t.has('0.12') then
      vim.api.nvim_exec_autocmds('CursorHold', { buffer = 0 })
    end
    local titles = table.concat(shown(), '\n')
    return titles:find('Rust: off', 1, true) and (t.has('0.12') or not titles:find('unresolved', 1, true))
  end, 'a code lens says what the gate holds back', shown)
  local number = t.line_of('bool "Rust support"') - 1
  vim.api.nvim_win_set_cursor(0, { number, 0 })
  -- There are several on the line: that of the gate is chosen.
  t.choices = { 'Rust: off' }
  vim.lsp.codelens.run()
  t.contains(t.page('kconfig-rust'), 'Rust: off', 'and opens the report')
  vim.cmd('bwipeout')
end

return function()
  vim.fn.writefile({ '# CONFIG_RUST is not set' }, t.path('.config'))
  t.open('samples/rust/Kconfig')
  tokens()
  hover()
  completion()
  hints()
  lenses()
end
