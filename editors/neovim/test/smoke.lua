-- Opens the example tree in this Neovim, uses kconfig-ls as a person would, and
-- says what is not as it must be. smoke.sh starts it. Neovim 0.7.2 has
-- vim.lsp.start_client, 0.8 has vim.lsp.start, and 0.11 has vim.lsp.config and
-- vim.lsp.enable: the best that is there is used.

local tree = vim.env.KCONFIG_LS_TREE
local binary = vim.env.KCONFIG_LS_BIN

-- Generous: the machine may be busy. Nothing waits longer than it must.
local patience = 15000

local passed = 0
local exit_code -- the server's, once it has ended
local published = {} -- how often diagnostics came, by file: URIs may be spelt in several ways

local function say(text)
  io.stdout:write(text .. '\n')
end

local function ok(what)
  passed = passed + 1
  say('ok    ' .. what)
end

-- expect ends the run, with a message, unless the condition holds.
local function expect(condition, what, got)
  if condition then
    ok(what)
    return
  end
  error(what .. (got ~= nil and '\ngot ' .. vim.inspect(got) or ''), 0)
end

-- eventually waits until the function returns something true.
local function eventually(fn, what, got)
  local value
  vim.wait(patience, function()
    value = fn()
    return value
  end, 20)
  expect(value, what, not value and got and got() or nil)
  return value
end

-- start makes Neovim use the server for Kconfig files and returns the name of
-- the way in which it does.
local function start()
  local config = {
    name = 'kconfig-ls',
    cmd = { binary, 'serve' },
    root_dir = tree,
    filetypes = { 'kconfig', 'kconfig-config' },
    on_exit = function(code)
      exit_code = code
    end,
  }
  local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
  vim.lsp.handlers['textDocument/publishDiagnostics'] = function(err, result, ...)
    if result then
      local file = vim.uri_to_fname(result.uri)
      published[file] = (published[file] or 0) + 1
    end
    return publish(err, result, ...)
  end
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config('kconfig-ls', config)
    vim.lsp.enable('kconfig-ls')
    return 'vim.lsp.enable'
  end
  local id
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'kconfig', 'kconfig-config' },
    callback = function(event)
      if vim.lsp.start then
        vim.lsp.start(config, { bufnr = event.buf })
      else
        id = id or vim.lsp.start_client(config)
        vim.lsp.buf_attach_client(event.buf, id)
      end
    end,
  })
  return vim.lsp.start and 'vim.lsp.start' or 'vim.lsp.start_client'
end

-- clients returns the clients of the current buffer that are ready.
local function clients()
  local all = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = 0 })
  return vim.tbl_filter(function(c)
    return c.name == 'kconfig-ls' and c.server_capabilities ~= nil and c.initialized ~= false
  end, all)
end

local function open(file, filetype)
  filetype = filetype or 'kconfig'
  vim.cmd('edit ' .. vim.fn.fnameescape(tree .. '/' .. file))
  if vim.bo.filetype ~= filetype then
    vim.bo.filetype = filetype
  end
  eventually(function()
    return #clients() > 0
  end, file .. ' is open and the server answers')
end

-- relative returns a file's name in the tree.
local function relative(name)
  name = vim.fn.resolve(name)
  local prefix = vim.fn.resolve(tree) .. '/'
  return vim.startswith(name, prefix) and name:sub(#prefix + 1) or name
end

local function here()
  return relative(vim.api.nvim_buf_get_name(0))
end

-- line_of finds the line that contains a text, counted from 1.
local function line_of(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then
      return i, line
    end
  end
  error(('no line of %s contains %q'):format(here(), text), 0)
end

-- place puts the cursor into a word on the line that contains a text.
local function place(text, word)
  local number, line = line_of(text)
  local column = assert(line:find(word, 1, true), 'no such word: ' .. word)
  vim.api.nvim_win_set_cursor(0, { number, column }) -- inside of the word, not at its start
  return number
end

-- position is the cursor's, for a request. The text before it is ASCII.
local function position(more)
  local cursor = vim.api.nvim_win_get_cursor(0)
  return vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = cursor[1] - 1, character = cursor[2] },
  }, more or {})
end

-- request asks the server and returns its result.
local function request(method, params)
  local answers, err = vim.lsp.buf_request_sync(0, method, params, patience)
  if not answers then
    error(method .. ': ' .. tostring(err), 0)
  end
  local _, answer = next(answers)
  if not answer or answer.error or answer.err then
    error(method .. ': ' .. vim.inspect(answer and (answer.error or answer.err)), 0)
  end
  return answer.result
end

-- replace changes a text in the buffer, as typing does, in one step of undo.
local function replace(text, old, new)
  local number, line = line_of(text)
  local column = assert(line:find(old, 1, true), 'no such text: ' .. old)
  vim.api.nvim_buf_set_text(0, number - 1, column - 1, number - 1, column - 1 + #old, { new })
  return number
end

local function diagnostics()
  return vim.tbl_map(function(d)
    return ('%d:%d: %s'):format(d.lnum + 1, d.col + 1, d.message)
  end, vim.diagnostic.get(0))
end

-- mistake makes one, waits until it is shown on its line, or anywhere, and takes
-- it back.
local function mistake(what, text, old, new, pattern, anywhere)
  local number = replace(text, old, new)
  eventually(function()
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if (anywhere or d.lnum + 1 == number) and d.message:find(pattern) then
        return true
      end
    end
  end, what .. (anywhere and ' is shown' or ' is shown on its line'), diagnostics)
  vim.cmd('silent undo')
  eventually(function()
    return #vim.diagnostic.get(0) == 0
  end, what .. ' is gone after undo', diagnostics)
end

-- contents returns the text of a hover.
local function contents(hover)
  if hover == nil or hover == vim.NIL then
    return ''
  end
  local c = hover.contents
  if type(c) == 'string' then
    return c
  end
  return c.value or table.concat(vim.tbl_map(function(part)
    return type(part) == 'string' and part or part.value
  end, c), '\n')
end

-- floating returns the text of the floating window, if there is one.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      return table.concat(lines, '\n'), window
    end
  end
end

-- lands follows a definition, as a person does with a key, and checks the place.
local function lands(text, word, file, line)
  place(text, word)
  vim.lsp.buf.definition()
  eventually(function()
    return here() == file and vim.api.nvim_get_current_line():find(line, 1, true)
  end, ('definition of %s is in %s'):format(word, file), function()
    return here() .. ':' .. vim.api.nvim_win_get_cursor(0)[1] .. ': ' .. vim.api.nvim_get_current_line()
  end)
end

local function labels(result)
  local items = result == vim.NIL and {} or result.items or result
  local seen = {}
  for _, item in ipairs(items) do
    seen[item.label] = true
  end
  return seen
end

-- find_symbol looks in an outline for a name and returns the names above it.
local function find_symbol(symbols, name, above)
  for _, symbol in ipairs(symbols) do
    if symbol.name:find(name, 1, true) then
      return above or '', symbol
    end
    local path, found = find_symbol(symbol.children or {}, name, (above or '') .. '/' .. symbol.name)
    if path then
      return path, found
    end
  end
end

-- modifiers_of returns the modifiers of the semantic tokens on a line, by name.
local function modifiers_of(line)
  local legend = clients()[1].server_capabilities.semanticTokensProvider.legend.tokenModifiers
  local data = request('textDocument/semanticTokens/full', { textDocument = { uri = vim.uri_from_bufnr(0) } }).data
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

local function run()
  local v = vim.version()
  local way = start()
  say(('Neovim %d.%d.%d, by %s'):format(v.major, v.minor, v.patch, way))

  open('drivers/net/Kconfig')
  local uri = vim.uri_from_bufnr(0)

  -- Diagnostics: none in a sound file, and each mistake while it is there.
  local client = clients()[1]
  if not client.server_capabilities.diagnosticProvider or not vim.lsp.diagnostic.on_diagnostic then
    eventually(function()
      return published[vim.api.nvim_buf_get_name(0)]
    end, 'diagnostics of the open file arrive')
  end
  expect(#vim.diagnostic.get(0) == 0, 'the example has none', diagnostics())
  mistake('a syntax error', 'depends on PCI && HAS_DMA', '&&', '&& &&', '.')
  mistake('an undefined symbol', 'depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM', 'HAS_DAM')
  mistake('an unclosed menu', 'endmenu', 'endmenu', '# endmenu', 'menu', true)

  -- Hover: what a symbol in a dependency is, and where it comes from.
  place('depends on PCI && HAS_DMA', 'PCI')
  local text = contents(request('textDocument/hover', position()))
  for _, want in ipairs({ 'PCI', 'bool', 'PCI support', 'arch/x86/Kconfig' }) do
    expect(text:find(want, 1, true), ('hover on PCI says %q'):format(want), text)
  end
  vim.lsp.buf.hover()
  eventually(function()
    local shown = floating()
    return shown and shown:find('PCI support', 1, true)
  end, 'hover opens a window', floating)
  local _, window = floating()
  vim.api.nvim_win_close(window, true)
  place('config HERON_ETH', 'config')
  text = contents(request('textDocument/hover', position()))
  expect(text ~= '', 'hover on a keyword explains it')

  -- Definition: across files, from a source line, and back.
  lands('depends on PCI && HAS_DMA', 'PCI', 'arch/x86/Kconfig', 'config PCI')
  open('drivers/net/Kconfig')
  lands('imply HERON_PHY', 'HERON_PHY', 'drivers/net/phy/Kconfig', 'config HERON_PHY')
  open('drivers/net/Kconfig')
  lands('source "drivers/net/phy/Kconfig"', 'drivers/net/phy', 'drivers/net/phy/Kconfig', '')

  -- References: the true ones, with and without the definition.
  open('drivers/net/Kconfig')
  place('select CRC32', 'CRC32')
  for with, want in pairs({ [true] = 4, [false] = 3 }) do
    local found = request('textDocument/references', position({ context = { includeDeclaration = with } }))
    local places = vim.tbl_map(function(l)
      return relative(vim.uri_to_fname(l.uri)) .. ':' .. l.range.start.line + 1
    end, found)
    expect(#places == want, ('CRC32 has %d references %s the definition'):format(want, with and 'with' or 'without'), places)
  end

  -- Completion: on a line that is being typed.
  local number = line_of('select PHYLIB')
  vim.api.nvim_buf_set_lines(0, number, number, false, { '\tselect CR' })
  vim.api.nvim_win_set_cursor(0, { number + 1, 9 })
  local typed = position({ context = { triggerKind = 1 } })
  typed.position.character = 10 -- after the last letter
  local seen = labels(request('textDocument/completion', typed))
  expect(seen.CRC32 and seen.CRC8, 'completion after select offers CRC32 and CRC8', vim.tbl_keys(seen))
  expect(not seen.LOCALVERSION, 'completion after select offers no string')
  vim.cmd('silent undo')

  -- Outline: the menu, and what is in it.
  local outline = request('textDocument/documentSymbol', { textDocument = { uri = uri } })
  local path = find_symbol(outline, 'HERON_ETH_RX_RING')
  expect(path and path:find('Network devices', 1, true), 'the outline has HERON_ETH_RX_RING in its menu', path or outline)

  -- Search over the whole tree.
  local symbols = request('workspace/symbol', { query = 'sensors_reed' })
  local names = vim.tbl_map(function(s)
    return s.name
  end, symbols)
  expect(#vim.tbl_filter(function(n)
    return n:find('SENSORS_REED', 1, true)
  end, names) >= 2, 'search finds symbols of files that are not open', names)

  -- A rename that is asked for, looked at, and not kept.
  open('drivers/net/phy/Kconfig')
  place('config HERON_PHY', 'HERON_PHY')
  local edit = request('textDocument/rename', position({ newName = 'HERON_TRANSCEIVER' }))
  local files = 0
  for _ in pairs(edit.changes or {}) do
    files = files + 1
  end
  for _ in ipairs(edit.documentChanges or {}) do
    files = files + 1
  end
  expect(files == 2, 'rename changes two files', edit)

  -- A configuration: what would be dropped, and why; what a symbol comes to.
  open('arch/x86/configs/x86_64_defconfig', 'kconfig-config')
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'CONFIG_HERON_ETH_RX_RING=99999', 'CONFIG_NO_SUCH_THING=y' })
  for pattern, what in pairs({
    NO_SUCH_THING = 'a symbol that does not exist is shown',
    HERON_ETH_RX_RING = 'a line that comes to nothing is shown',
  }) do
    eventually(function()
      for _, d in ipairs(vim.diagnostic.get(0)) do
        if d.message:find(pattern, 1, true) then
          return true
        end
      end
    end, what, diagnostics)
  end
  place('CONFIG_HERON_ETH_RX_RING', 'HERON_ETH_RX_RING')
  text = contents(request('textDocument/hover', position()))
  expect(text:find('Size of the receive ring', 1, true), 'hover on a line of the configuration tells the symbol', text)
  lands('CONFIG_HERON_ETH_RX_RING', 'HERON_ETH_RX_RING', 'drivers/net/Kconfig', 'config HERON_ETH_RX_RING')
  local answer = request('kconfig/why', { textDocument = { uri = vim.uri_from_bufnr(0) }, symbol = 'HERON_ETH_DEBUG' })
  expect(answer.reason and answer.reason.text:find('HERON_ETH_DEBUG', 1, true), 'kconfig/why explains a value', answer)

  -- Gates: what a symbol in Rust needs, in hovers, tokens and the report.
  vim.fn.writefile({ '# CONFIG_RUST is not set' }, tree .. '/.config')
  open('samples/rust/Kconfig')
  place('config SAMPLE_RUST_MINIMAL', 'SAMPLE_RUST_MINIMAL')
  eventually(function() -- once nobody has typed for a moment
    text = contents(request('textDocument/hover', position()))
    return text:find('needs `?RUST`? through `?SAMPLES_RUST')
  end, 'hover on a gated symbol says through what it needs Rust', function()
    return text
  end)
  number = vim.api.nvim_win_get_cursor(0)[1]
  local modifiers
  eventually(function()
    modifiers = modifiers_of(number)
    return modifiers.rustGated and modifiers.unavailable
  end, 'the name of a gated symbol has the modifiers rustGated and unavailable', function()
    return modifiers
  end)
  answer = request('kconfig/rust', { textDocument = { uri = vim.uri_from_bufnr(0) } })
  expect(answer.gates[1].symbol == 'RUST' and #answer.gates[1].conditions >= 2, 'kconfig/rust tells what RUST needs', answer.gates)
  local gated = vim.tbl_map(function(g)
    return g.symbol .. ' ' .. g.kind .. ' ' .. g.state
  end, answer.gated)
  expect(table.concat(gated, ', ') == 'SAMPLES_RUST direct closed, SAMPLE_RUST_MINIMAL transitive closed, SAMPLE_RUST_REED transitive closed',
    'kconfig/rust tells what needs RUST', gated)

  -- The end: a server that is asked to stop says good-bye.
  client = clients()[1]
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
  eventually(function()
    return exit_code
  end, 'the server ends when it is asked to')
  expect(exit_code == 0, 'its exit status is 0', exit_code)
end

vim.cmd('filetype on')
vim.opt.swapfile = false
vim.opt.hidden = true
local good, err = xpcall(run, function(e)
  return type(e) == 'string' and not e:find('^[^\n]*smoke.lua:%d') and e or debug.traceback(e)
end)
if good then
  say(('neovim: %d passed, 0 failed'):format(passed))
  vim.cmd('qall!')
else
  say('FAIL  ' .. tostring(err))
  say(('neovim: %d passed, 1 failed'):format(passed))
  vim.cmd('cquit 1')
end
