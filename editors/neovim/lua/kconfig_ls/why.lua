-- Why a symbol is off, or where its value comes from.

local message = require('kconfig_ls.message')
local page = require('kconfig_ls.page')
local reasons = require('kconfig_ls.reasons')
local request = require('kconfig_ls.request')
local symbol = require('kconfig_ls.symbol')

local M = {}

-- show explains a symbol in a floating window; with origin, where its value comes
-- from, and not what it lacks to be y.
function M.show(name, origin)
  name = symbol.given(name)
  if not name then
    message.warn('there is no symbol at the cursor: name one, as in :KconfigWhy RUST')
    return
  end
  local session = request.session()
  if not session then
    return
  end
  session:ask('kconfig/why', { symbol = name, origin = origin or false }, function(answer)
    local about = session:at(answer.root)
    local value = answer.symbol.known and (answer.symbol.value or '') or 'not known'
    page.open(reasons.rows(answer.reason, about.tree, answer.config), {
      float = true,
      title = ('%s is %s'):format(answer.symbol.name, value),
      session = about,
      filetype = 'kconfig-why',
      keys = {
        K = function()
          local row = page.row()
          if row and row.symbol then
            M.show(row.symbol, origin)
          end
        end,
      },
    })
  end)
end

return M
