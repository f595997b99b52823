-- Inlay hints. What Neovim does when the server says that they are others now loses the
-- answer if it draws in between, as the old hints then count as those of the answer; and it
-- forgets buffers that are not shown. So hints are put on anew here, for buffers that are
-- not shown when they are.

local M = {}

-- The buffers whose hints are old.
local stale = {}

local function again(buffer)
  stale[buffer] = nil
  vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
end

-- refresh answers the server's request to ask again.
function M.refresh(_, _, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  for buffer in pairs(client and client.attached_buffers or {}) do
    if not vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }) then
      stale[buffer] = nil
    elseif #vim.fn.win_findbuf(buffer) > 0 then
      again(buffer)
    else
      stale[buffer] = true
    end
  end
  return vim.NIL
end

-- show puts the hints of a buffer on, and keeps them new.
function M.show(buffer, group)
  vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = group,
    buffer = buffer,
    callback = function()
      if stale[buffer] then
        again(buffer)
      end
    end,
  })
end

return M
