-- The commands of code lenses.

local M = {}

local function encoding(context)
  local client = context and vim.lsp.get_client_by_id(context.client_id)
  return client and client.offset_encoding or 'utf-16'
end

-- references goes to the only place, or lists several.
local function references(command, context)
  local locations = command.arguments[3]
  if #locations == 0 then
    require('kconfig_ls.message').info('there are none')
    return
  end
  if #locations == 1 then
    require('kconfig_ls.page').go(locations[1], encoding(context))
    return
  end
  vim.fn.setqflist({}, ' ', {
    title = command.title,
    items = vim.lsp.util.locations_to_items(locations, encoding(context)),
  })
  vim.cmd('botright copen')
end

-- define has Neovim carry out the commands.
function M.define()
  vim.lsp.commands['kconfig.showReferences'] = references
  vim.lsp.commands['kconfig.showValue'] = function(command)
    require('kconfig_ls.why').show(command.arguments[3], true)
  end
  vim.lsp.commands['kconfig.showGate'] = function()
    require('kconfig_ls.rust').show()
  end
end

return M
