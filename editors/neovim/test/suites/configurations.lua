-- Configurations: which files are, and what is said of their lines.

local t = require('harness')

-- is opens a new file and returns its type.
local function is(file, lines)
  vim.fn.mkdir(vim.fn.fnamemodify(t.path(file), ':h'), 'p')
  if lines then
    vim.fn.writefile(lines, t.path(file))
  end
  t.edit(file)
  local found = vim.bo.filetype
  vim.cmd('bwipeout!')
  return found
end

local function types()
  for _, name in ipairs({ 'Kconfig', 'Kconfig.debug', 'Kconfig-nommu', 'Kconfig_x', 'Config.in', 'Config.in.host', 'Config.src', 'Config-kernel.in', 'a.kconfig' }) do
    t.equal(is('new/' .. name), 'kconfig', name .. ' is a Kconfig file')
  end
  local line = { '# a comment', '', 'CONFIG_NET=y' }
  for _, name in ipairs({ '.config', '.config.old', 'defconfig', 'x86_64_defconfig', 'sdkconfig', 'sdkconfig.defaults', 'sdkconfig.defaults.esp32', 'sdkconfig.ci.x', 'prj.conf', '.kunitconfig' }) do
    t.equal(is('new/' .. name, {}), 'kconfig-config', name .. ' is a configuration')
  end
  for _, name in ipairs({ 'tiny.config', 'prj_release.conf', 'overlay-net.conf', 'boards/nucleo.conf' }) do
    t.equal(is('new/' .. name, line), 'kconfig-config', name .. ' is one if its lines are')
  end
  t.equal(is('kernel/configs/new.config'), 'kconfig-config', 'so is an empty one in a tree')
  t.expect(is('new/Web.config', { '<?xml version="1.0"?>', '<configuration/>' }) ~= 'kconfig-config', 'Web.config is none')
  t.expect(is('new/boards/nginx.conf', { 'server { }' }) ~= 'kconfig-config', 'nor is a .conf of another program')
  t.expect(is('new/Kconfig.md', { '# Kconfig' }) ~= 'kconfig', 'Kconfig.md is no Kconfig file')
  t.expect(is('new/app.conf', line) ~= 'kconfig-config', 'a .conf of any name is none')
  vim.fn.mkdir(t.path('home/.config/app'), 'p')
  vim.cmd('silent edit ' .. vim.fn.fnameescape(t.path('home/.config')))
  t.expect(vim.bo.filetype ~= 'kconfig-config', 'a directory .config is none')
  vim.cmd('silent! bwipeout!')
  t.expect(is('home/.config/app/settings', { 'x' }) ~= 'kconfig-config', 'nor is what lies in it')
end

local function complaints()
  t.open('arch/x86/configs/x86_64_defconfig', 'kconfig-config')
  t.equal(vim.b.current_syntax, 'kconfig-config', 'they have a syntax')
  t.equal(vim.bo.commentstring, '# %s', 'and comments')
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'CONFIG_HERON_ETH_RX_RING=99999', 'CONFIG_NO_SUCH_THING=y' })
  for pattern, what in pairs({
    NO_SUCH_THING = 'a symbol that does not exist is shown',
    HERON_ETH_RX_RING = 'a line that comes to nothing is shown',
  }) do
    t.eventually(function()
      return table.concat(t.diagnostics(), '\n'):find(pattern, 1, true)
    end, what, t.diagnostics)
  end
  t.place('CONFIG_HERON_ETH_RX_RING', 'HERON_ETH_RX_RING')
  vim.lsp.buf.hover()
  t.eventually(function()
    local shown = t.floating()
    return shown and shown:find('Size of the receive ring', 1, true)
  end, 'hover on a line tells the symbol', t.floating)
  local _, window = t.floating()
  vim.api.nvim_win_close(window, true)
  vim.lsp.buf.definition()
  t.eventually(function()
    return t.here() == 'drivers/net/Kconfig' and vim.api.nvim_get_current_line():find('config HERON_ETH_RX_RING', 1, true)
  end, 'definition leads from there to the Kconfig file', t.here)
end

local function marks()
  if not t.has('0.9') then
    return
  end
  vim.fn.writefile({ '# CONFIG_NET is not set', 'CONFIG_HERON_ETH=y' }, t.path('.config'))
  t.open('.config', 'kconfig-config')
  local function seen()
    vim.cmd('redraw') -- they are set as lines are drawn
    local found = {}
    for name, id in pairs(vim.api.nvim_get_namespaces()) do
      if name:find('semantic_tokens') then
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, id, 0, -1, { details = true })) do
          found[mark[4].hl_group] = true
        end
      end
    end
    return found
  end
  t.eventually(function()
    return seen()['@lsp.mod.dropped.kconfig-config'] and seen()['@lsp.mod.off.kconfig-config']
  end, 'lines that do not count and symbols that are off are marked', seen)
end

return function()
  types()
  complaints()
  marks()
end
