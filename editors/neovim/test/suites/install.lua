-- The ways to install the plugin, each in a Neovim of its own that does what the plugin
-- manager does, opens a file, and asks the server.

local t = require('harness')

local repository = vim.env.KCONFIG_LS_ROOT

-- try starts a Neovim with a configuration and returns what it printed: the symbol that
-- the server explained.
local function try(what, lines, more)
  local init = vim.env.KCONFIG_LS_WORK .. '/init.lua'
  vim.fn.writefile(lines, init)
  local script = vim.env.KCONFIG_LS_WORK .. '/script.lua'
  vim.fn.writefile({
    'local function all() return (vim.lsp.get_clients or vim.lsp.get_active_clients)() end',
    'vim.wait(10000, function() return all()[1] ~= nil and all()[1].initialized end, 20)',
    "local result = { name = (all()[1] or {}).name, filetype = vim.bo.filetype, loaded = vim.g.loaded_kconfig_ls }",
    "result.options = all()[1] and all()[1].config.init_options",
    "result.help = pcall(vim.cmd, 'help kconfig_ls')",
    "vim.cmd('checkhealth kconfig_ls')",
    "result.command = all()[1] and all()[1].config.cmd",
    "result.health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n'):find('kconfig%-ls') ~= nil",
    "result.said = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')",
    "vim.fn.writefile({ vim.json and vim.json.encode(result) or vim.fn.json_encode(result) }, vim.env.KCONFIG_LS_WORK .. '/result')",
    "vim.cmd('qall!')",
  }, script)
  vim.fn.delete(vim.env.KCONFIG_LS_WORK .. '/result')
  local command = { vim.v.progpath, '--headless', '-n', '-i', 'NONE', '-u', init }
  vim.list_extend(command, more or {})
  vim.list_extend(command, { t.path('arch/x86/configs/x86_64_defconfig'), '-c', 'luafile ' .. vim.fn.fnameescape(script) })
  local said = vim.fn.system(command)
  local good, result = pcall(function()
    return vim.fn.json_decode(vim.fn.readfile(vim.env.KCONFIG_LS_WORK .. '/result'))
  end)
  t.expect(good, what, said)
  t.equal({ result.name, result.filetype, result.help, result.health }, { 'kconfig_ls', 'kconfig-config', true, true }, what .. ': server, file type, help and health are there')
  return result
end

-- lspconfig starts the server by the file for nvim-lspconfig, in this Neovim.
local function lspconfig()
  require('kconfig_ls').setup({ autostart = false })
  vim.env.PATH = repository .. '/bin:' .. vim.env.PATH
  vim.opt.runtimepath:remove(t.plugin)
  vim.opt.runtimepath:append(t.plugin .. '/contrib/nvim-lspconfig')
  vim.lsp.config('kconfig_ls', {})
  vim.lsp.enable('kconfig_ls')
  local config = vim.lsp.config.kconfig_ls
  t.expect(config.root_dir and not config.on_init, 'the file for nvim-lspconfig is what counts', config)
  t.open('drivers/net/Kconfig')
  t.equal(vim.fn.resolve(t.clients()[1].config.root_dir), vim.fn.resolve(t.tree), 'it starts the server in the top of the tree')
  t.replace('depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM')
  t.eventually(function()
    return table.concat(t.diagnostics(), '\n'):find('did you mean `HAS_DMA`', 1, true)
  end, 'and diagnostics come', t.diagnostics)
end

-- beside has the plugin and the file for nvim-lspconfig, whichever comes later in the
-- runtimepath, in a Neovim that is as 0.11 is to buffers that are open already.
local function beside(plugin)
  local other = plugin .. '/contrib/nvim-lspconfig'
  local options = "require('kconfig_ls').setup({ settings = { kconfig = { arch = 'arm64' } }, trust = 'probe' })"
  for what, paths in pairs({ before = { other, plugin }, behind = { plugin, other } }) do
    local result = try('the plugin with nvim-lspconfig ' .. what .. ' it', {
      ('vim.opt.runtimepath:append(%q)'):format(paths[1]),
      ('vim.opt.runtimepath:append(%q)'):format(paths[2]),
      ('vim.opt.runtimepath:append(%q)'):format(plugin .. '/after'),
      options,
    })
    t.equal(result.options.trust, 'probe', 'its options count')
    t.equal(result.command[1], repository .. '/bin/kconfig-ls', 'and the program that was built')
  end
  try('the plugin where vim.lsp.enable leaves open buffers alone', {
    ('vim.opt.runtimepath:append(%q)'):format(plugin),
    'vim.cmd.doautoall = function() end',
  })
  -- What the user says goes before what the plugin does.
  local result = try('a command by vim.lsp.config', {
    ('vim.opt.runtimepath:append(%q)'):format(plugin),
    ("vim.lsp.config('kconfig_ls', { cmd = { %q, 'serve', '--trust', 'none' } })"):format(repository .. '/bin/kconfig-ls'),
  })
  t.equal(result.command[3], '--trust', 'what vim.lsp.config says counts')
  t.contains(result.said, 'from vim.lsp.config:', 'and :checkhealth says so')
end

return function()
  local binary = require('kconfig_ls.binary')
  t.equal(vim.fn.resolve(binary.repository()), vim.fn.resolve(repository), 'the plugin knows where "make" leaves the server')
  local plugin = repository .. '/editors/neovim'
  try('the plugin in the runtimepath', { ('vim.opt.runtimepath:append(%q)'):format(plugin) })

  -- Packages of Neovim: a link to the directory, at start and by :packadd.
  local packages = vim.env.KCONFIG_LS_WORK .. '/site/pack/kconfig'
  for _, kind in ipairs({ 'start', 'opt' }) do
    vim.fn.mkdir(packages .. '/' .. kind, 'p')
    vim.fn.system({ 'ln', '-sfn', plugin, packages .. '/' .. kind .. '/kconfig-ls' })
    try('the directory as a package (' .. kind .. ')', {
      ('vim.opt.packpath:prepend(%q)'):format(vim.env.KCONFIG_LS_WORK .. '/site'),
      kind == 'opt' and "vim.cmd('packadd kconfig-ls')" or '',
    })
    vim.fn.delete(packages .. '/' .. kind .. '/kconfig-ls')
  end

  -- What lazy.nvim does at start: Neovim does not load plugins, the directory of each is put
  -- into the runtimepath, what lies in its plugin/ is sourced, and then "config" is called:
  -- the line of the README.
  local config
  for line in io.lines(plugin .. '/README.md') do
    config = config or line:match('lazy%.nvim | `{.*config = (function%(p%).* end) }`')
  end
  t.expect(config, 'the README has a line for lazy.nvim')
  local lazy = {
    'vim.go.loadplugins = false',
    "vim.cmd('filetype plugin on')",
    ('local p = { dir = %q }'):format(repository),
    'vim.opt.runtimepath:prepend(p.dir)',
    "for _, file in ipairs(vim.fn.globpath(p.dir .. '/plugin', '**/*.lua', false, true)) do",
    "  vim.cmd('source ' .. vim.fn.fnameescape(file))",
    'end',
    ('(%s)(p)'):format(config),
  }
  try('the repository as lazy.nvim loads it', vim.list_extend(vim.deepcopy(lazy), { '' }))
  local cached = vim.list_extend({ 'if vim.loader then vim.loader.enable() end' }, lazy)
  local result = try('also with settings, and with the cache of modules', vim.list_extend(cached, { "require('kconfig_ls').setup({ trust = 'probe' })" }))
  t.equal(result.options.trust, 'probe', 'settings reach the server')

  -- vim-plug and packer.nvim with their option rtp.
  try('the directory that "rtp" names', {
    ('vim.opt.runtimepath:prepend(%q)'):format(plugin),
    ('vim.opt.runtimepath:append(%q)'):format(repository),
  })

  -- The file for nvim-lspconfig, with the plugin and without.
  if vim.lsp.enable then
    beside(plugin)
    lspconfig()
  end
end
