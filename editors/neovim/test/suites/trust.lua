-- What may be run, and settings, which reach a server that runs.

local t = require('harness')

local plugin = require('kconfig_ls')

local function toolchain()
  return t.request('kconfig/toolchain', { textDocument = { uri = vim.uri_from_bufnr(0) } })
end

local function compiler()
  for _, tool in ipairs(toolchain().tools) do
    if tool.variable == 'CC' then
      return tool
    end
  end
end

-- restarted waits for another client than the one with an id.
local function restarted(id)
  t.eventually(function()
    local client = t.clients()[1]
    return client and client.id ~= id
  end, 'the server is started anew')
end

local function none()
  t.open('init/Kconfig')
  t.equal(toolchain().trust, 'none', 'nothing is run unless the user says so')
  t.equal(compiler().state, 'not-looked-for', 'the compiler is not looked for')
  vim.cmd('KconfigRust')
  t.contains(t.page('kconfig-rust'), 'setup({ trust = "probe" })', 'and the report says how to have it asked')
  t.press('q')
end

local function probe()
  local id = t.clients()[1].id
  plugin.setup({ trust = 'probe', tools = { CC = 'no-such-compiler' } })
  restarted(id)
  t.equal(toolchain().trust, 'probe', 'setup raises trust')
  t.eventually(function()
    return compiler().state == 'missing'
  end, 'and names the tools', compiler)
  vim.cmd('KconfigRust')
  local text = t.page('kconfig-rust')
  t.expect(not text:find('setup({ trust', 1, true), 'the report does not ask for trust any more', text)
  t.press('q')
end

local function settings()
  local id = t.clients()[1].id
  local function arch()
    return t.request('kconfig/views', vim.empty_dict()).roots[1].arch
  end
  t.equal(arch(), 'x86', 'the architecture is that of the environment')
  plugin.setup({ trust = 'probe', tools = { CC = 'no-such-compiler' }, settings = { kconfig = { arch = 'arm64' } } })
  t.eventually(function()
    return arch() == 'arm64'
  end, 'setup changes settings of a server that runs', arch)
  t.equal(t.clients()[1].id, id, 'without starting it anew')
  plugin.setup({ trust = 'probe', tools = { CC = 'no-such-compiler' }, settings = { kconfig = { arch = 'arm64', trust = 'none' } } })
  t.eventually(function()
    return toolchain().trust == 'none'
  end, 'and lowers trust', toolchain)
  t.equal(t.clients()[1].id, id, 'also without')
end

local function mistakes()
  for text, options in pairs({
    ['there is no option "cdm". There are autostart, ca'] = { cdm = {} },
    ['the option "cmd" must be a table, not "kconfig-ls"'] = { cmd = 'kconfig-ls' },
    ['must be a list that begins with a program, not {}'] = { cmd = {} },
    ['must be "none", "probe" or "shell", not "all"'] = { trust = 'all' },
    ['settings go below the key kconfig'] = { settings = { arch = 'arm64' } },
  }) do
    local good, err = pcall(plugin.setup, options)
    t.expect(not good and err:find(text, 1, true), ('a wrong option is refused: %s'):format(text), err)
  end
end

local function choices()
  local attached
  local id = t.clients()[1].id
  plugin.setup({
    cmd = { vim.env.KCONFIG_LS_ROOT .. '/bin/kconfig-ls', 'serve', '--trust', 'none' },
    inlay_hints = false,
    codelens = false,
    on_attach = function(client, buffer)
      attached = { client.name, buffer }
    end,
  })
  restarted(id)
  t.equal(attached, { 'kconfig_ls', vim.api.nvim_get_current_buf() }, 'on_attach is called')
  local client = t.clients()[1]
  local command = client.config.cmd
  t.equal(command[3], '--trust', 'cmd is what is started')
  t.open('mm/Kconfig')
  if vim.lsp.inlay_hint then
    t.expect(not vim.lsp.inlay_hint.is_enabled({ bufnr = 0 }), 'inlay hints can be left out')
  end
  if vim.lsp.codelens.is_enabled then
    t.expect(not vim.lsp.codelens.is_enabled({ bufnr = 0 }), 'code lenses, too')
  else
    t.equal(vim.api.nvim_get_autocmds({ group = 'kconfig_ls_attach', event = 'CursorHold', buffer = 0 }), {}, 'code lenses, too')
  end
end

-- off turns the plugin off, and on again.
local function off()
  local client = require('kconfig_ls.client')
  plugin.setup({ autostart = false })
  vim.cmd('edit ' .. vim.fn.fnameescape(t.path('lib/Kconfig.debug')))
  t.wait(function()
    return #t.clients() > 0
  end, 500)
  t.equal(#t.clients(), 0, 'with autostart = false no file uses the server')
  plugin.setup({})
  t.eventually(function()
    return #t.clients() == 1
  end, 'and does again without', client.all)
end

return function()
  none()
  probe()
  settings()
  mistakes()
  choices()
  off()
end
