-- The menu: values are looked at, changed, and saved.

local t = require('harness')

-- shows waits for the menu to have a line.
local function shows(text, what)
  t.eventually(function()
    return t.text():find(text, 1, true)
  end, what, t.text)
end

local function hides(text, what)
  t.eventually(function()
    return not t.text():find(text, 1, true)
  end, what, t.text)
end

-- at puts the cursor on an entry and types keys.
local function at(text, keys)
  t.place(text)
  t.press(keys)
end

local function browse()
  t.open('drivers/net/Kconfig')
  vim.cmd('KconfigMenu')
  local text = t.page('kconfig-menu')
  t.contains(text, 'Example/x86 6.12.0-example Configuration', ':KconfigMenu shows the main menu')
  t.contains(text, '▸ Device drivers', 'with menus that are closed')
  t.contains(text, '[*] 64-bit kernel  64BIT', 'and values')
  at('▸ Device drivers', '<CR>')
  shows('▾ Device drivers', '<CR> opens a menu')
  at('▸ Network devices', '<Tab>')
  shows('Heron Ethernet support', '<Tab> does, too')
  at('▾ Network devices', '<Tab>')
  hides('Heron Ethernet support', 'and closes it')
  at('▸ Network devices', '<Tab>')
  shows('< > Heron Ethernet support  HERON_ETH', 'a tristate that is off')
end

local function change()
  at('Heron Ethernet support', 'm')
  shows('<M> Heron Ethernet support  HERON_ETH  was n', 'm sets it to m')
  t.tells('HERON_ETH: n → m. With it: CRC32: n → m')
  shows('1 change not saved', 'and the menu tells that it is not saved')
  t.expect(vim.bo.modified, 'the buffer counts as changed')
  at('Heron Ethernet support', '<Tab>')
  shows('(1024) Size of the receive ring', 'what the change makes visible is there')
  t.inputs = { '99999' }
  at('Size of the receive ring', 'e')
  t.tells('HERON_ETH_RX_RING: the range is 64 to 4096')
  t.inputs = { '512' }
  at('Size of the receive ring', 'e')
  t.equal(t.asked[#t.asked].default, '1024', 'a number is asked for with its value')
  t.eventually(function()
    return vim.tbl_contains(t.told, 'kconfig-ls: HERON_ETH_RX_RING: 1024 → 512')
  end, 'and what an earlier change has brought about is not told once more', function()
    return t.told
  end)
  shows('(512) Size of the receive ring', 'and set')
  at('Heron Ethernet support', '<Space>')
  shows('<*> Heron Ethernet support', '<Space> sets the next value')
  at('Heron Ethernet support', 'm')
  shows('<M> Heron Ethernet support', 'm sets it back')
end

local function limits()
  -- CRC32 is selected as m, so that n comes to nothing.
  at('▸ Library routines', '<CR>')
  shows('CRC32 functions', 'a library is shown')
  at('CRC32 functions', 'n')
  t.tells('HERON_ETH')
  shows('<M> CRC32 functions', 'a change that comes to nothing is taken back')
  shows('2 changes not saved', 'and counts no more')
end

local function hidden()
  t.expect(not t.text():find('Tell what the Heron card does', 1, true), 'what configurators hide is not shown')
  t.press('a')
  shows('Tell what the Heron card does', 'a shows it, too')
  at('Tell what the Heron card does', 'y')
  t.tells('E finds the changes that make it possible', 'and what cannot be changed there has a way')
  t.press('a')
  hides('Tell what the Heron card does', 'a hides it again')
end

local function choices()
  at('▸ General setup', '<CR>')
  shows('▸ Timer frequency (250 HZ)', 'a choice tells its member')
  at('▸ Timer frequency', '<CR>')
  shows('(X) 250 HZ', 'and lists them all')
  at('( ) 1000 HZ', '<Space>')
  shows('(X) 1000 HZ', 'another one is chosen')
  shows('Timer frequency (1000 HZ)', 'and told')
  t.choices = { '100 HZ' }
  at('Timer frequency', 'e')
  shows('Timer frequency (100 HZ)', 'e picks one from a list')
  at('Timer frequency', 'u')
  shows('Timer frequency', 'u takes the last change back')
  t.inputs = { '-mine' }
  at('Local version', 'e')
  shows('(-mine) Local version', 'a text is entered')
  at('Local version', 'u')
  shows('(-example) Local version', 'and taken back')
end

local function search()
  t.inputs = { 'reed temperature' }
  t.press('/')
  t.eventually(function()
    return vim.api.nvim_get_current_line():find('Reed temperature sensor', 1, true)
  end, '/ finds an entry by its prompt and shows it', t.text)
  t.inputs, t.choices = { 'CONFIG_CRC' }, { 'CRC8' }
  t.press('/')
  t.eventually(function()
    return vim.api.nvim_get_current_line():find('CRC8 function', 1, true)
  end, 'and by its symbol, from several', vim.api.nvim_get_current_line)
  t.inputs = { 'no such thing' }
  t.press('/')
  t.tells('nothing in the menu has "no such thing"')
  t.press('a')
  hides('Reed temperature sensor', 'a hides what configurators hide')
end

local function explain()
  at('Rust support', '?')
  t.contains(t.page('kconfig-why'), 'RUST', '? says why')
  t.press('q')
  t.page('kconfig-menu')
  at('Rust support', 'K')
  t.contains(t.page('kconfig-text'), 'Allows parts that are written in Rust', 'K shows the help text')
  t.press('q')
  t.page('kconfig-menu')
  t.press('g?')
  t.contains(t.page('kconfig-text'), 'search prompts and symbols', 'g? lists the keys')
  t.press('<Esc>')
  t.page('kconfig-menu')
  t.press('d')
  local text = t.page('kconfig-changes')
  t.contains(text, '+CONFIG_HERON_ETH=m', 'd shows the lines that change')
  t.contains(text, 'CRC32: n → m  selected', 'and why values do')
  t.press('q')
  t.page('kconfig-menu')
end

local function save()
  local before = t.read('.config')
  t.choices = { 'Go on without' }
  t.press('s')
  t.eventually(function()
    return t.asked[#t.asked].prompt == 'Save?'
  end, 's asks before it saves')
  t.equal(t.read('.config'), before, 'and writes nothing if the user does not want to')
  shows('not saved', 'the changes are kept')
  t.choices = { 'Save to' }
  t.press('s')
  t.tells('.config is written')
  local text = t.read('.config')
  for _, line in ipairs({ 'CONFIG_HERON_ETH=m', 'CONFIG_HERON_ETH_RX_RING=512', 'CONFIG_CRC32=m', '# CONFIG_HZ_250 is not set' }) do
    t.contains(text, line, ('the file has %q'):format(line))
  end
  hides('not saved', 'nothing is unsaved then')
  t.expect(not vim.bo.modified, 'and the buffer counts as written')
end

local function again()
  at('Heron Ethernet support', 'n')
  shows('1 change not saved', 'a change')
  t.press('q')
  vim.cmd('KconfigMenu SMP')
  t.page('kconfig-menu')
  shows('1 change not saved', 'is still there when the menu is opened again')
  t.eventually(function()
    return vim.api.nvim_get_current_line():find('SMP', 1, true)
  end, ':KconfigMenu SYMBOL shows the entry of a symbol', t.text)
  t.press('U')
  hides('not saved', 'U takes all changes back')
  -- What others write is seen.
  t.press('gd')
  t.equal(t.here(), 'arch/x86/Kconfig', 'gd goes to the definition')
  t.replace('bool "Several processors"', 'Several processors', 'More than one processor')
  vim.cmd('silent write')
  vim.cmd('KconfigMenu')
  t.page('kconfig-menu')
  shows('More than one processor', 'a prompt that is edited is read again')
  t.open('.config', 'kconfig-config')
  t.replace('CONFIG_SMP=y', 'CONFIG_SMP=y', '# CONFIG_SMP is not set')
  vim.cmd('KconfigMenu')
  t.page('kconfig-menu')
  shows('[ ] More than one processor', 'unsaved text of the configuration counts')
  at('More than one processor', 'y')
  t.choices = { 'with your unsaved changes' }
  vim.cmd('write')
  t.eventually(function()
    return t.read('.config'):find('CONFIG_SMP=y', 1, true)
  end, ':write saves as s does, and says that the user has changed the file, too', function()
    return t.asked
  end)
end

-- fresh has a file written that is not there yet.
local function fresh()
  vim.fn.delete(t.path('.config'))
  t.open('drivers/net/Kconfig')
  vim.cmd('KconfigMenu')
  t.page('kconfig-menu')
  shows('no .config yet', 'without a file the menu has the defaults')
  at('▸ General setup', '<CR>')
  shows('Local version', 'a menu is opened')
  t.inputs = { '-fresh' }
  at('Local version', 'e')
  shows('(-fresh) Local version', 'and something in it changed')
  t.press('d')
  local text = t.page('kconfig-changes')
  t.expect(text:find('  a new file of %d+ lines') and not text:find('+CONFIG_', 1, true), 'd does not list all lines of a new file', text)
  t.press('q')
  t.page('kconfig-menu')
  t.press('U')
  hides('not saved', 'the change is taken back')
  at('▾ General setup', '<Tab>')
  hides('Local version', 'and the menu closed')
  t.press('q')
end

return function()
  fresh()
  vim.fn.writefile({ 'CONFIG_MODULES=y' }, t.path('.config'))
  browse()
  change()
  limits()
  hidden()
  choices()
  explain()
  save()
  search()
  again()
end
