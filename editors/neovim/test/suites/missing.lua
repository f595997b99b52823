-- No server: what the user is told, and that it works once there is one.

local t = require('harness')

return function()
  local path = vim.env.PATH
  local binary = require('kconfig_ls.binary')
  binary.repository = function()
    return vim.env.KCONFIG_LS_WORK .. '/checkout'
  end
  vim.env.PATH = '/usr/bin:/bin'
  t.edit('init/Kconfig')
  t.tells('the program kconfig-ls is neither in ' .. binary.repository() .. '/bin nor on PATH: run "make"', 'without a server the user is told what to do')
  t.equal(#t.clients(), 0, 'and none is started')
  t.edit('mm/Kconfig')
  t.equal(t.told, {}, 'the next file does not tell it again')
  vim.cmd('KconfigMenu')
  t.equal(#require('kconfig_ls.client').all(), 0, 'a command starts none either')
  vim.cmd('checkhealth kconfig_ls')
  t.contains(t.text(), 'the program kconfig-ls is neither in ', ':checkhealth says it')
  vim.cmd('bwipeout!')

  -- As a build hook of a plugin manager leaves it.
  vim.fn.mkdir(binary.repository() .. '/bin', 'p')
  vim.fn.system({ 'cp', '-P', vim.env.KCONFIG_LS_ROOT .. '/bin/kconfig-ls', binary.repository() .. '/bin/kconfig-ls' })
  vim.cmd('KconfigRestart')
  t.eventually(function()
    return #t.clients() == 1
  end, ':KconfigRestart finds the server that was built in the checkout', function()
    return t.told
  end)
  local _, how = binary.command()
  t.contains(how, 'make', 'and says where it is from')

  vim.env.PATH = path
  local command = binary.command()
  t.equal(command[1], binary.repository() .. '/bin/kconfig-ls', 'it goes before what is on PATH', command)
  vim.cmd('checkhealth kconfig_ls')
  t.contains(t.text(), 'kconfig-ls on PATH is another one', ':checkhealth says that there is another one on PATH')
  vim.cmd('bwipeout!')
  vim.fn.delete(binary.repository(), 'rf')
  command, how = binary.command()
  t.equal(how, 'PATH', 'where none was built, that on PATH counts', command)
  require('kconfig_ls').setup({ cmd = { '/no/such/program', 'serve' } })
  t.tells('the option cmd names "/no/such/program", which cannot be run')
end
