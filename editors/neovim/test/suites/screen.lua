-- The buffers of the plugin as people handle buffers and windows, on screens of all sizes.

local t = require('harness')

-- shows waits for the current buffer to have a text.
local function shows(text, what)
  t.eventually(function()
    return t.text():find(text, 1, true)
  end, what, t.text)
end

local function at(text, keys)
  t.place(text)
  t.press(keys)
end

local function menu(argument)
  vim.cmd('KconfigMenu ' .. (argument or ''))
  t.page('kconfig-menu')
  if argument then
    t.eventually(function()
      return vim.api.nvim_get_current_line():find('  ' .. argument .. ' *')
    end, 'the menu shows ' .. argument, t.text)
  end
end

local function floats()
  return vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end, vim.api.nvim_list_wins())
end

-- steps goes back and forth through changes.
local function steps()
  t.open('drivers/net/Kconfig')
  menu('HERON_ETH')
  shows('< > Heron Ethernet support', 'a tristate is off')
  at('Heron Ethernet support', 'm')
  shows('<M> Heron Ethernet support', 'm')
  at('Heron Ethernet support', 'y')
  shows('<*> Heron Ethernet support', 'y')
  t.press('u')
  shows('<M> Heron Ethernet support', 'u goes back to the value before, not to that of the file')
  t.press('<C-r>')
  shows('<*> Heron Ethernet support', '<C-r> makes the change again')
  t.press('U')
  shows('< > Heron Ethernet support', 'U takes all back')
  t.press('u')
  shows('<*> Heron Ethernet support', 'which u undoes')
  t.press('u')
  t.press('u')
  shows('< > Heron Ethernet support', 'down to the file')
  t.expect(not vim.bo.modified, 'where nothing is changed')
  t.told = {}
  t.press('u')
  t.tells('nothing has been changed', 'and there is nothing more to undo')
end

-- numbers are refused in words.
local function numbers()
  local invalid = require('kconfig_ls.menu.values').invalid
  local hex = { type = 'hex', symbol = 'BASE', range = { '0x10', '0xff' } }
  for text, want in pairs({
    ['0x20'] = false,
    ['20'] = false,
    ['0XFF'] = false,
    ['x20'] = 'BASE takes a hexadecimal number, not "x20"',
    ['0x'] = 'BASE takes a hexadecimal number, not "0x"',
    ['100'] = 'BASE must be from 0x10 to 0xff, not 100',
  }) do
    t.equal(invalid(hex, text) or false, want, ('%s for a hexadecimal number: %s'):format(text, want or 'right'))
  end
  t.equal(invalid({ type = 'int', symbol = 'N', range = { '', '' } }, '1'), nil, 'a range that is not known refuses nothing')
end

-- unsaved leaves a menu with changes.
local function unsaved()
  at('Heron Ethernet support', 'm')
  shows('1 change not saved', 'with a change')
  local buffer = vim.api.nvim_get_current_buf()
  vim.cmd('quit')
  t.expect(vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified, ':quit keeps the change')
  local good, err = pcall(vim.cmd, 'qall')
  t.expect(not good and err:find('E%d+'), 'and Neovim does not end without being asked twice', err)
  menu('HERON_ETH')
  shows('1 change not saved', ':KconfigMenu shows it again')
  good, err = pcall(vim.cmd, 'bdelete')
  t.expect(not good and err:find('E89', 1, true), 'nor does :bdelete drop it', err)
  t.choices = { 'Go on without' }
  good = pcall(vim.cmd, 'wq')
  t.eventually(function()
    return t.asked[#t.asked] and t.asked[#t.asked].prompt == 'Save?'
  end, ':wq asks as :write does')
  t.expect(not good or not t.read('.config'):find('HERON_ETH', 1, true), 'and writes nothing that was not agreed to')
  menu('HERON_ETH')
  shows('1 change not saved', 'so that it is still there')
  t.press('U')
  shows('< > Heron Ethernet support', 'U takes it back')
end

-- deleted has the buffer removed, and read again, by Neovim's own commands.
local function deleted()
  vim.cmd('edit')
  shows('< > Heron Ethernet support', ':edit shows the menu as before')
  local buffer = vim.api.nvim_get_current_buf()
  vim.cmd('bdelete')
  t.eventually(function()
    return not vim.api.nvim_buf_is_valid(buffer)
  end, ':bdelete removes the menu')
  t.open('drivers/net/Kconfig')
  menu('HERON_ETH')
  t.equal({ vim.bo.buftype, vim.fn.bufname() }, { 'acwrite', 'kconfig://menu/my trée' }, 'a new one has its name and can be written')
  at('Heron Ethernet support', 'm')
  shows('<M> Heron Ethernet support', 'and its keys')
  t.press('u')
  shows('< > Heron Ethernet support', 'work')
  vim.cmd('silent! undo')
  shows('< > Heron Ethernet support', "Neovim's own undo does not change what is shown")
end

-- twice shows the menu in two windows.
local function twice()
  local first = vim.api.nvim_get_current_win()
  t.place('Heron Ethernet support')
  vim.cmd('split')
  at('▾ Network devices', '<Tab>')
  shows('▸ Network devices', 'a menu is closed in one window')
  t.press('<Tab>')
  shows('Heron Ethernet support', 'and opened again')
  vim.api.nvim_set_current_win(first)
  t.contains(vim.api.nvim_get_current_line(), 'Network devices', 'the cursor of the other one is on the menu that was closed around it')
  vim.cmd('only')
end

-- told in one line is what follows from a change.
local function brief()
  local message = require('kconfig_ls.message')
  t.told = {}
  at('Heron Ethernet support', 'm')
  shows('<M> Heron Ethernet support', 'a change with several others')
  t.tells('HERON_ETH: n → m. With it: CRC32: n → m and ', 'is told in no more words than fit')
  t.expect(message.fits(('x'):rep(40)) and not message.fits(('x'):rep(69)), 'that is one line')
  t.press('u')
  shows('< > Heron Ethernet support', 'and is taken back')
end

-- mouse clicks.
local function mouse()
  t.place('▾ Network devices')
  t.press('<2-LeftMouse>')
  shows('▸ Network devices', 'a double click is <CR>')
  t.press('<2-LeftMouse>')
  shows('▾ Network devices', 'also in the other direction')
end

-- narrow has a screen of few columns and lines.
local function narrow()
  vim.o.columns, vim.o.lines = 24, 8
  menu('HERON_ETH')
  at('Heron Ethernet support', 'K')
  t.page('kconfig-text')
  local config = vim.api.nvim_win_get_config(0)
  t.expect(config.width <= 22 and config.height <= 6, 'a floating window fits a small screen', config)
  vim.o.columns, vim.o.lines = 100, 30
  vim.cmd('doautocmd VimResized')
  t.expect(vim.api.nvim_win_get_config(0).width > 24, 'and follows its size')
  t.press('q')
  vim.o.columns, vim.o.lines = 12, 5
  at('Heron Ethernet support', 'K')
  t.page('kconfig-text')
  t.press('q')
  vim.o.columns, vim.o.lines = 80, 24
  vim.o.ambiwidth = 'double'
  at('Heron Ethernet support', 'K')
  t.contains(t.page('kconfig-text'), 'HERON_ETH', 'floating windows open where signs of frames are wide')
  t.press('q')
  vim.o.ambiwidth = 'single'
  if vim.fn.exists('+winborder') == 1 then
    vim.o.winborder = 'double'
    at('Heron Ethernet support', 'K')
    t.page('kconfig-text')
    t.equal(vim.api.nvim_win_get_config(0).border[1], '╔', "they have the user's border")
    t.press('q')
    vim.o.winborder = ''
  end
end

-- long has prompts that are wide and do not end.
local function long()
  vim.fn.writefile({
    'mainmenu "Wide"',
    'config WIDE',
    '\tbool "' .. ('漢字 '):rep(200) .. '"',
    'config SAME_A',
    '\tbool "Same"',
    'config SAME_B',
    '\tbool "Same"',
    'comment "twice"',
    'comment "twice"',
  }, vim.env.KCONFIG_LS_WORK .. '/Kconfig')
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.KCONFIG_LS_WORK .. '/Kconfig'))
  t.eventually(function()
    return #t.clients() > 0
  end, 'a tree with a long prompt has a server')
  menu()
  shows('漢字 漢字', 'a prompt of wide characters is shown')
  at('WIDE', 'y')
  shows('[*] 漢字', 'and set')
  at('WIDE', 'K')
  t.contains(t.page('kconfig-text'), 'WIDE (bool)', 'with its help')
  t.expect(vim.api.nvim_win_get_config(0).width < vim.o.columns, 'in a window that is no wider than the screen')
  t.press('q')
  local line = t.line_of('*** twice ***')
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  t.press('R')
  t.press('a')
  t.equal(vim.api.nvim_win_get_cursor(0)[1], line, 'entries of the same prompt are told apart')
  t.press('U')
  t.press('q')
end

-- over has windows one above the other, and those of others.
local function over()
  t.open('drivers/net/Kconfig')
  vim.cmd('only')
  vim.cmd('KconfigWhy HERON_ETH_DEBUG')
  t.page('kconfig-why')
  t.place('DEBUG_KERNEL is n by default', 'DEBUG_KERNEL')
  t.press('K')
  t.eventually(function()
    return #floats() == 2
  end, 'K asks on in a second window')
  t.place('DEBUG_KERNEL is n')
  t.press('<CR>')
  t.equal({ t.here(), #floats() }, { 'lib/Kconfig.debug', 0 }, '<CR> goes to the file and closes both')
  menu()
  vim.cmd('tabonly')
  vim.cmd('only')
  local other = vim.api.nvim_create_buf(false, true)
  local window = vim.api.nvim_open_win(other, false, { relative = 'editor', width = 5, height = 1, row = 1, col = 1 })
  t.press('q')
  t.expect(vim.bo.filetype ~= 'kconfig-menu', 'q leaves the last window beside a floating one of others', vim.bo.filetype)
  vim.api.nvim_win_close(window, true)
end

-- outside has the configuration written by a build, after the menu has written it.
local function outside()
  vim.o.autoread = true
  t.open('drivers/net/Kconfig')
  menu('HERON_ETH')
  at('Heron Ethernet support', 'y')
  shows('<*> Heron Ethernet support', 'a change')
  t.choices = { 'Save to' }
  t.press('s')
  t.tells('.config is written')
  t.equal(vim.fn.bufloaded(t.path('.config')), 0, 'a file that was not open is not left open')
  vim.fn.writefile({ '# CONFIG_HERON_ETH is not set' }, t.path('.config'))
  t.press('R')
  shows('< > Heron Ethernet support', 'what a build has written since is read')
  t.open('.config', 'kconfig-config')
  -- Times of files may count whole seconds only; the size tells, too.
  vim.fn.writefile({ 'CONFIG_MODULES=y', 'CONFIG_HERON_ETH=m' }, t.path('.config'))
  menu('HERON_ETH')
  shows('<M> Heron Ethernet support', 'also if the file is open')
  t.press('q')
end

return function()
  vim.fn.writefile({ 'CONFIG_MODULES=y' }, t.path('.config'))
  steps()
  numbers()
  unsaved()
  deleted()
  twice()
  brief()
  mouse()
  narrow()
  over()
  outside()
  long()
end
