-- The commands, besides the menu.

local t = require('harness')

local function why()
  t.open('drivers/net/Kconfig')
  t.place('config HERON_ETH_DEBUG', 'HERON_ETH_DEBUG')
  vim.cmd('KconfigWhy')
  local text = t.page('kconfig-why')
  t.contains(text, 'HERON_ETH_DEBUG is n', ':KconfigWhy explains the symbol at the cursor')
  t.contains(text, '└─ needs DEBUG_KERNEL, which is n', 'down to its causes')
  t.place('DEBUG_KERNEL is n by default', 'DEBUG_KERNEL')
  t.press('<CR>')
  t.equal(t.here(), 'lib/Kconfig.debug', '<CR> goes to the file of a cause')
  t.contains(vim.api.nvim_get_current_line(), 'config DEBUG_KERNEL', 'and to its line')
  vim.cmd('KconfigWhy! CONFIG_PCI')
  t.contains(t.page('kconfig-why'), 'PCI is y by default', ':KconfigWhy! says where a value comes from')
  t.press('q')
  vim.cmd('KconfigWhy NO_SUCH_SYMBOL')
  t.tells('`NO_SUCH_SYMBOL` is mentioned nowhere in the tree')
  t.equal(#vim.fn.getcompletion('KconfigWhy HERON', 'cmdline'), 4, 'names of symbols are completed')
  t.equal(vim.fn.getcompletion('KconfigWhy CONFIG_HERON_P', 'cmdline'), { 'CONFIG_HERON_PHY' }, 'also with CONFIG_')
end

local function rust()
  t.open('init/Kconfig')
  vim.cmd('KconfigRust')
  local text = t.page('kconfig-rust')
  t.contains(text, 'Rust: off', ':KconfigRust tells the state of the gate')
  t.contains(text, '✓ HAVE_RUST', 'each condition')
  t.contains(text, 'SAMPLE_RUST_REED', 'and what needs it')
  t.contains(text, 'trust = "probe"', 'and that no tool is asked')
  local number = t.line_of('SAMPLE_RUST_REED')
  t.expect(vim.fn.foldlevel(number) > 0, 'lists can be folded')
  t.place('On only with Rust')
  vim.cmd('normal! zc')
  t.expect(vim.fn.foldclosed('.') ~= -1, 'and are closed by a key')
  t.contains(vim.fn.foldtextresult(vim.fn.line('.')), 'On only with Rust  3 symbols  [3 lines]', 'which shows what is in it')
  vim.cmd('normal! zo')
  t.place('SAMPLE_RUST_MINIMAL')
  t.press('<CR>')
  t.equal(t.here(), 'samples/rust/Kconfig', '<CR> goes to the line')
  t.contains(vim.api.nvim_get_current_line(), 'config SAMPLE_RUST_MINIMAL', 'of the symbol')
  local windows = #vim.api.nvim_list_wins()
  vim.cmd('KconfigRust')
  t.page('kconfig-rust')
  t.equal(#vim.api.nvim_list_wins(), windows, 'asked again, it is shown in the window that it has')
  vim.cmd('edit ' .. vim.fn.fnameescape(t.path('Makefile')))
  t.equal({ vim.wo.foldmethod, vim.wo.cursorline, vim.wo.signcolumn }, { 'manual', false, 'auto' }, 'and leaves no options behind')
  vim.cmd('close')
end

local function view()
  t.open('init/Kconfig')
  t.equal(vim.fn.getcompletion('KconfigView ', 'cmdline'), { 'arm64', 'x86' }, 'architectures are completed')
  t.choices = { 'arm64' }
  vim.cmd('KconfigView')
  t.tells('arm64')
  t.expect(vim.tbl_contains(t.asked[#t.asked].items, 'x86 (shown now)'), 'the one that is shown is marked', t.asked)
  local views = t.request('kconfig/views', vim.empty_dict())
  t.equal(views.roots[1].arch, 'arm64', ':KconfigView switches')
  vim.cmd('KconfigView vax')
  t.tells('no architecture "vax". It has arm64, x86')
  vim.cmd('KconfigView x86')
  t.tells('as x86 sees it')
end

local function enable()
  vim.fn.writefile({ 'CONFIG_MODULES=y' }, t.path('.config'))
  t.open('drivers/net/Kconfig')
  t.place('config HERON_ETH_DEBUG', 'HERON_ETH_DEBUG')
  t.choices = { 'turn on DEBUG_KERNEL', 'Cancel' }
  vim.cmd('KconfigEnable')
  t.eventually(function()
    return t.asked[#t.asked].items[1]:find('^Write ')
  end, ':KconfigEnable asks before it writes', function()
    return t.asked
  end)
  t.equal(t.read('.config'), 'CONFIG_MODULES=y', 'and writes nothing if the user does not want to')
  local seen = {}
  local select = vim.ui.select
  vim.ui.select = function(...)
    table.insert(seen, t.floating() or '')
    select(...)
  end
  t.choices = { 'turn on DEBUG_KERNEL', 'Write ' }
  vim.cmd('KconfigEnable CONFIG_HERON_ETH_DEBUG=y')
  t.tells('is written: turn on DEBUG_KERNEL')
  vim.ui.select = select
  t.contains(seen[2], 'HERON_ETH_DEBUG: n → y', 'all changes are shown before')
  t.contains(seen[2], 'CRC32: n → ', 'and what follows from them')
  local text = t.read('.config')
  t.contains(text, 'CONFIG_HERON_ETH_DEBUG=y', 'then it is in the file')
  t.contains(text, 'CONFIG_DEBUG_KERNEL=y', 'with what it needs')
  vim.cmd('KconfigEnable HERON_ETH_DEBUG')
  t.tells('HERON_ETH_DEBUG is so already')
  vim.cmd('KconfigView arm64')
  t.tells('as arm64 sees it')
  vim.cmd('KconfigEnable ISA_BUS')
  t.eventually(function()
    return vim.bo.filetype == 'kconfig-why' or table.concat(t.told, '\n'):find('ISA_BUS', 1, true)
  end, 'what cannot be is said, with the reasons', function()
    return t.told
  end)
  if vim.bo.filetype == 'kconfig-why' then
    t.press('q')
  end
  vim.cmd('KconfigView x86')
end

local function information()
  t.open('drivers/net/Kconfig')
  vim.cmd('KconfigInfo')
  local text = t.page('kconfig-info')
  t.contains(text, 'none: no compiler or other tool is asked', ':KconfigInfo tells the trust')
  t.contains(text, 'linux 6.12.0-example', 'the dialect')
  t.press('q')
  vim.cmd('KconfigLog')
  t.contains(vim.api.nvim_buf_get_name(0), 'lsp', ':KconfigLog opens a log')
  vim.cmd('close')
end

-- Commands of code lenses, as the server sends them.
local function lenses()
  t.open('lib/Kconfig')
  local uri = vim.uri_from_bufnr(0)
  local client = t.clients()[1]
  local lens
  for _, one in ipairs(t.request('textDocument/codeLens', { textDocument = { uri = uri } })) do
    local full = one.command and one or t.request('codeLens/resolve', one)
    if full.command.command == 'kconfig.showReferences' and full.command.arguments[3][2] then
      lens = full
      break
    end
  end
  vim.lsp.commands['kconfig.showReferences'](lens.command, { client_id = client.id })
  t.equal(#vim.fn.getqflist(), #lens.command.arguments[3], 'the lens of references fills the quickfix list')
  t.equal(vim.fn.getqflist({ title = 0 }).title, lens.command.title, 'with its title')
  vim.cmd('cclose')
  vim.lsp.commands['kconfig.showValue']({ title = '', arguments = { uri, {}, 'CRC32' } }, { client_id = client.id })
  t.contains(t.page('kconfig-why'), 'CRC32', 'the lens of a value says where it comes from')
  t.press('q')
end

-- older is a server that does not know what the plugin asks.
local function older()
  t.open('init/Kconfig')
  local session = require('kconfig_ls.request').session()
  session:ask('kconfig/of_the_future', {}, function()
    error('it is answered')
  end)
  t.tells('is older than this plugin (no such method: kconfig/of_the_future): bring it up to date', 'of an old server it is told that it is old')
end

return function()
  -- Before any file is open: the tree is that of the current directory.
  vim.cmd('KconfigWhy RUST')
  t.contains(t.page('kconfig-why'), 'RUST', 'a command works before a file is open')
  t.press('q')
  local started = require('kconfig_ls.client').all()
  t.equal(#started, 1, 'by a server for the current directory')
  t.open('init/Kconfig')
  t.equal(t.clients()[1].id, started[1].id, 'which files that are opened then use')
  why()
  rust()
  view()
  enable()
  older()
  information()
  lenses()
end
