-- The commands of the plugin.

local M = {}

local function symbols(lead)
  return require('kconfig_ls.symbol').complete(lead)
end

-- log opens the log in which Neovim keeps what the server writes.
local function log()
  local path = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd('botright split ' .. vim.fn.fnameescape(path))
  vim.bo.autoread, vim.bo.readonly = true, true
  vim.cmd('normal! G')
end

local commands = {
  Why = {
    'Why a symbol is off; with !, where its value comes from',
    function(given)
      require('kconfig_ls.why').show(given.args, given.bang)
    end,
    nargs = '?',
    bang = true,
    complete = symbols,
  },
  Rust = {
    'What Rust and the toolchain need, and what they hold back',
    function()
      require('kconfig_ls.rust').show()
    end,
  },
  View = {
    'The architecture whose view is shown',
    function(given)
      require('kconfig_ls.view').choose(given.args)
    end,
    nargs = '?',
    complete = function(lead)
      return require('kconfig_ls.view').complete(lead)
    end,
  },
  Menu = {
    'The menu of the tree, to change the configuration',
    function(given)
      require('kconfig_ls.menu').open(given.args ~= '' and given.args or nil)
    end,
    nargs = '?',
    complete = symbols,
  },
  Enable = {
    'Turn a symbol on, or give it a value, with the fewest changes',
    function(given)
      require('kconfig_ls.enable').start(given.args)
    end,
    nargs = '?',
    complete = symbols,
  },
  Restart = {
    'Start the server anew',
    function()
      require('kconfig_ls').restart()
    end,
  },
  Log = { 'What the server said', log },
  Info = {
    'Trees, architectures, tools and trust',
    function()
      require('kconfig_ls.info').show()
    end,
  },
}

-- define makes the commands known.
function M.define()
  for name, command in pairs(commands) do
    vim.api.nvim_create_user_command('Kconfig' .. name, command[2], {
      desc = command[1],
      nargs = command.nargs or 0,
      bang = command.bang or false,
      complete = command.complete,
    })
  end
end

return M
