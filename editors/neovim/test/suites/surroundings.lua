-- What is around the server: health, help, status line, highlights, and what is left
-- alone.

local t = require('harness')

local function health()
  t.open('init/Kconfig')
  vim.cmd('checkhealth kconfig_ls')
  local text = t.text()
  vim.cmd('bwipeout!')
  for _, want in ipairs({
    'the server is started by ' .. require('kconfig_ls.client').way(),
    'from what "make" built beside this plugin: kconfig-ls',
    'for 1 buffer',
    'linux 6.12.0-example, architecture x86',
    'Trust is none',
    'Rust is off',
    'kconfig-ls on PATH is another one, which is not used',
    'prj.conf is kconfig-config',
  }) do
    t.contains(text, want, (':checkhealth says %q'):format(want))
  end
  t.expect(not text:find('ERROR', 1, true), 'and finds nothing wrong', text)
  if not t.has('0.9') then
    t.contains(text, 'Semantic tokens are shown since Neovim 0.9', 'but tells what this Neovim has not')
  end
end

local function help()
  for _, tag in ipairs({ 'kconfig_ls', 'kconfig_ls-setup', 'kconfig_ls-trust', 'kconfig_ls-menu', ':KconfigWhy', ':KconfigRust', ':KconfigView', ':KconfigMenu', ':KconfigEnable', ':KconfigRestart', ':KconfigLog', ':KconfigInfo', 'kconfig_ls.statusline()', 'kconfig_ls-highlights' }) do
    local good, err = pcall(vim.cmd, 'help ' .. tag)
    t.expect(good and vim.api.nvim_buf_get_name(0):find('kconfig_ls.txt', 1, true), (':help %s'):format(tag), err)
  end
  vim.cmd('helpclose')
  -- The tags that come with the plugin are those of the text.
  local copy = vim.env.KCONFIG_LS_WORK .. '/doc'
  vim.fn.system({ 'cp', '-R', t.plugin .. '/doc', copy })
  vim.fn.delete(copy .. '/tags')
  vim.cmd('helptags ' .. vim.fn.fnameescape(copy))
  t.equal(vim.fn.readfile(copy .. '/tags'), vim.fn.readfile(t.plugin .. '/doc/tags'), 'doc/tags is what :helptags makes of the text')
  for number, line in ipairs(vim.fn.readfile(copy .. '/kconfig_ls.txt')) do
    if vim.fn.strdisplaywidth(line) > 80 then
      error(('line %d of the help is too long: %s'):format(number, line), 0)
    end
  end
end

-- Each option, command and highlight group is in the help.
local function described()
  local text = table.concat(vim.fn.readfile(t.plugin .. '/doc/kconfig_ls.txt'), '\n')
  for command in pairs(vim.api.nvim_get_commands({})) do
    if command:find('^Kconfig') then
      t.contains(text, '*:' .. command .. '*', (':%s is described'):format(command))
    end
  end
  for modifier in pairs(require('kconfig_ls.highlights').modifiers()) do
    t.contains(text, '@lsp.mod.' .. modifier, ('the modifier %s is described'):format(modifier))
  end
  for _, group in ipairs(require('kconfig_ls.highlights').names()) do
    t.contains(text, ' ' .. group .. ' ', ('the group %s is described'):format(group))
  end
  for _, key in ipairs(require('kconfig_ls.menu').keys()) do
    local row = key:match('^[ymn]$') and 'y m n' or key
    t.contains(text, '\n  ' .. row .. ' ', ('the key %s of the menu is described'):format(key))
  end
  local _, err = pcall(require('kconfig_ls').setup, { nothing = true })
  for option in err:match('There are (.*)'):gmatch('[%w_]+') do
    t.contains(text, '\n' .. option .. ' ', ('the option %s is described'):format(option))
  end
end

local function status()
  local line = require('kconfig_ls').statusline
  vim.fn.writefile({ '# CONFIG_RUST is not set' }, t.path('.config'))
  t.open('init/Kconfig')
  t.eventually(function()
    return line() == 'Kconfig x86 .config Rust closed'
  end, 'the status line tells architecture, configuration and gate', line)
  vim.cmd('KconfigView arm64')
  t.eventually(function()
    return line():find('Kconfig arm64', 1, true)
  end, 'and follows the view', line)
  vim.o.statusline = "%{v:lua.require'kconfig_ls'.statusline()}"
  if vim.api.nvim_eval_statusline then
    t.contains(vim.api.nvim_eval_statusline(vim.o.statusline, {}).str, 'Kconfig arm64', 'it can be drawn')
  end
  vim.cmd('enew')
  t.equal(line(), '', 'elsewhere it is empty')
end

local function untouched()
  for _, mode in ipairs({ 'n', 'i', 'v' }) do
    for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
      t.expect(not vim.inspect(map):find('kconfig', 1, true), 'no key is mapped', map)
    end
  end
  t.open('mm/Kconfig')
  local own = vim.tbl_filter(function(map)
    return vim.inspect(map):find('kconfig', 1, true)
  end, vim.api.nvim_buf_get_keymap(0, 'n'))
  t.equal(own, {}, 'no key of a Kconfig file is mapped by the plugin')
end

return function()
  health()
  help()
  described()
  status()
  untouched()
end
