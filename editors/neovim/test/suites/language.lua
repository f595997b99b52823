-- What any client of the server has, by the keys and functions of Neovim.

local t = require('harness')

-- mistake makes one, waits until it is shown on its line, or anywhere, and takes it back.
local function mistake(what, text, old, new, pattern, anywhere)
  local number = t.replace(text, old, new)
  t.eventually(function()
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if (anywhere or d.lnum + 1 == number) and d.message:find(pattern) then
        return true
      end
    end
  end, what .. (anywhere and ' is shown' or ' is shown on its line'), t.diagnostics)
  vim.cmd('silent undo')
  t.eventually(function()
    return #vim.diagnostic.get(0) == 0
  end, what .. ' is gone after undo', t.diagnostics)
end

-- lands follows a definition, as a person does with a key, and checks the place.
local function lands(text, word, file, line)
  t.place(text, word)
  vim.lsp.buf.definition()
  t.eventually(function()
    return t.here() == file and vim.api.nvim_get_current_line():find(line, 1, true)
  end, ('definition of %s is in %s'):format(word, file), function()
    return t.here() .. ':' .. vim.api.nvim_win_get_cursor(0)[1] .. ': ' .. vim.api.nvim_get_current_line()
  end)
end

local function activation()
  t.open('drivers/net/Kconfig')
  local client = t.clients()[1]
  local way = require('kconfig_ls.client').way()
  local want = t.has('0.11') and 'vim.lsp.enable' or t.has('0.8') and 'vim.lsp.start' or 'vim.lsp.start_client'
  t.equal(way, want, 'the server is started by ' .. want)
  t.equal(vim.fn.resolve(client.config.root_dir), vim.fn.resolve(t.tree), 'it is started in the top of the tree')
  local views = t.request('kconfig/views', vim.empty_dict())
  t.equal(vim.fn.resolve(vim.uri_to_fname(views.roots[1].uri)), vim.fn.resolve(client.config.root_dir), 'which is where the server finds it')
  t.open('init/Kconfig')
  t.equal(t.clients()[1].id, client.id, 'another file of the tree has the same server')
  t.equal(vim.bo.omnifunc, 'v:lua.vim.lsp.omnifunc', 'completion is that of the server')
  t.equal({ vim.bo.tabstop, vim.bo.expandtab }, { 8, false }, 'Kconfig files are indented by tabs')
end

local function diagnostics()
  t.open('drivers/net/Kconfig')
  mistake('a syntax error', 'depends on PCI && HAS_DMA', '&&', '&& &&', '.')
  mistake('an undefined symbol', 'depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM', 'HAS_DAM')
  mistake('an unclosed menu', 'endmenu', 'endmenu', '# endmenu', 'menu', true)
end

local function hover()
  t.place('depends on PCI && HAS_DMA', 'PCI')
  vim.lsp.buf.hover()
  t.eventually(function()
    local shown = t.floating()
    return shown and shown:find('PCI support', 1, true)
  end, 'hover opens a window', t.floating)
  local text, window = t.floating()
  for _, want in ipairs({ 'PCI', 'bool', 'arch/x86/Kconfig' }) do
    t.contains(text, want, ('hover on PCI says %q'):format(want))
  end
  vim.api.nvim_win_close(window, true)
end

local function navigation()
  lands('depends on PCI && HAS_DMA', 'PCI', 'arch/x86/Kconfig', 'config PCI')
  t.open('drivers/net/Kconfig')
  lands('imply HERON_PHY', 'HERON_PHY', 'drivers/net/phy/Kconfig', 'config HERON_PHY')
  t.open('drivers/net/Kconfig')
  lands('source "drivers/net/phy/Kconfig"', 'drivers/net/phy', 'drivers/net/phy/Kconfig', '')
  t.open('drivers/net/Kconfig')
  t.place('select CRC32', 'CRC32')
  vim.lsp.buf.references()
  local function places()
    return vim.tbl_map(function(item)
      return t.relative(vim.api.nvim_buf_get_name(item.bufnr)) .. ':' .. item.lnum
    end, vim.fn.getqflist())
  end
  t.eventually(function()
    return vim.bo.buftype == 'quickfix' and #places() == 4
  end, 'CRC32 has four references, in the quickfix list', places)
  vim.cmd('cclose')
end

local function labels(result)
  local seen = {}
  for _, item in ipairs(result == vim.NIL and {} or result.items or result) do
    seen[item.label] = item
  end
  return seen
end

-- typed asks for completion behind a line that is being typed.
local function typed(after, line)
  local number = t.line_of(after)
  vim.api.nvim_buf_set_lines(0, number, number, false, { line })
  vim.api.nvim_win_set_cursor(0, { number + 1, #line - 1 })
  local position = t.position({ context = { triggerKind = 1 } })
  position.position.character = #line
  return labels(t.request('textDocument/completion', position))
end

local function completion()
  local seen = typed('select PHYLIB', '\tselect CR')
  t.expect(seen.CRC32 and seen.CRC8, 'completion after select offers CRC32 and CRC8', vim.tbl_keys(seen))
  t.expect(not seen.LOCALVERSION, 'and no string')
  vim.cmd('silent undo')
end

local function symbols()
  local outline = t.request('textDocument/documentSymbol', { textDocument = { uri = vim.uri_from_bufnr(0) } })
  t.contains(vim.inspect(outline), 'HERON_ETH_RX_RING', 'the outline has HERON_ETH_RX_RING')
  local found = vim.tbl_map(function(s)
    return s.name
  end, t.request('workspace/symbol', { query = 'sensors_reed' }))
  t.contains(table.concat(found, ' '), 'SENSORS_REED_INTERVAL', 'search finds symbols of files that are not open')
end

local function edits()
  t.open('drivers/net/phy/Kconfig')
  t.place('config HERON_PHY', 'HERON_PHY')
  vim.lsp.buf.rename('HERON_TRANSCEIVER')
  t.eventually(function()
    return t.text():find('config HERON_TRANSCEIVER', 1, true)
  end, 'rename changes the file', t.text)
  t.open('drivers/net/Kconfig')
  t.contains(t.text(), 'imply HERON_TRANSCEIVER', 'and the other file that has the symbol')
  vim.cmd('silent undo')
  t.open('drivers/net/phy/Kconfig')
  vim.cmd('silent undo')

  t.open('drivers/net/Kconfig')
  local number = t.replace('depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM')
  t.eventually(function()
    return table.concat(t.diagnostics(), '\n'):find('did you mean `HAS_DMA`', 1, true)
  end, 'a misspelt symbol is reported, with what was meant', t.diagnostics)
  t.place('HAS_DAM', 'HAS_DAM')
  t.choices = { 'HAS_DMA' }
  vim.lsp.buf.code_action()
  t.eventually(function()
    return t.lines()[number]:find('depends on PCI && HAS_DMA', 1, true)
  end, 'a code action corrects it', function()
    return { line = t.lines()[number], asked = t.asked }
  end)
  vim.cmd('silent undo | silent undo')
end

local function layout()
  t.open('drivers/net/Kconfig')
  local number = t.replace('\tselect CRC32', '\tselect CRC32', '        select    CRC32  ')
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = 15000 })
  else
    vim.lsp.buf.formatting_sync({}, 15000)
  end
  t.equal(t.lines()[number], '\tselect CRC32', 'formatting puts blanks right')
  vim.cmd('silent undo | silent undo')
  vim.bo.modified = false
  local folds = t.request('textDocument/foldingRange', { textDocument = { uri = vim.uri_from_bufnr(0) } })
  local menu = t.line_of('menu "Network devices"') - 1
  t.expect(vim.tbl_contains(vim.tbl_map(function(fold)
    return fold.startLine
  end, folds), menu), 'the menu can be folded', folds)
  if vim.lsp.foldexpr then
    vim.wo.foldmethod, vim.wo.foldexpr = 'expr', 'v:lua.vim.lsp.foldexpr()'
    t.eventually(function()
      vim.cmd('normal! zx')
      return vim.fn.foldlevel(menu + 2) > 0
    end, 'and Neovim folds it')
  end
end

return function()
  activation()
  diagnostics()
  hover()
  navigation()
  completion()
  symbols()
  edits()
  layout()
end
