-- How what the server marks looks, unless the colour scheme or the user says so.

local options = require('kconfig_ls.options')

local M = {}

local groups = {
  KconfigRustGated = { link = 'Special' },
  KconfigToolchain = { link = 'PreProc' },
  KconfigUnavailable = { italic = true },
  KconfigUndefined = { link = vim.fn.has('nvim-0.8') == 1 and 'DiagnosticUnderlineWarn' or 'WarningMsg' },
  KconfigOff = { link = 'Comment' },
  KconfigDropped = { link = vim.fn.has('nvim-0.10') == 1 and 'DiagnosticUnnecessary' or 'Comment' },
  -- In the plugin's own buffers.
  KconfigTitle = { link = 'Title' },
  KconfigMenu = { link = 'Directory' },
  KconfigSymbol = { link = 'Comment' },
  KconfigValue = { link = 'Constant' },
  KconfigChanged = { link = 'DiagnosticWarn' },
  KconfigHidden = { link = 'NonText' },
  KconfigYes = { link = 'String' },
  KconfigNo = { link = 'DiagnosticError' },
  KconfigUnknown = { link = 'DiagnosticWarn' },
  KconfigFix = { link = 'DiagnosticHint' },
  KconfigPlace = { link = 'Comment' },
  KconfigKey = { link = 'SpecialKey' },
}

-- Modifiers of semantic tokens. The group is for the modifier on whatever it is.
local modifiers = {
  rustGated = 'KconfigRustGated',
  toolchain = 'KconfigToolchain',
  unavailable = 'KconfigUnavailable',
  undefined = 'KconfigUndefined',
  off = 'KconfigOff',
  dropped = 'KconfigDropped',
}

-- Those that say what a symbol is about. In configurations whether a line counts matters
-- more, and Neovim does not say which of two colours it takes.
local gates = { rustGated = true, toolchain = true }

-- names returns all groups.
function M.names()
  local all = vim.tbl_keys(groups)
  table.sort(all)
  return all
end

-- modifiers returns the groups by modifier.
function M.modifiers()
  return modifiers
end

local function apply()
  for name, definition in pairs(groups) do
    vim.api.nvim_set_hl(0, name, vim.tbl_extend('error', { default = true }, definition))
  end
  -- Semantic tokens are shown since 0.9.
  if vim.fn.has('nvim-0.9') == 0 or not options.get().highlights then
    return
  end
  for modifier, group in pairs(modifiers) do
    vim.api.nvim_set_hl(0, ('@lsp.mod.%s.kconfig'):format(modifier), { link = group, default = true })
    if not gates[modifier] then
      vim.api.nvim_set_hl(0, ('@lsp.mod.%s.kconfig-config'):format(modifier), { link = group, default = true })
    end
  end
end

-- define sets the groups, and again when a colour scheme has cleared them.
function M.define()
  apply()
  vim.api.nvim_create_autocmd('ColorScheme', {
    group = vim.api.nvim_create_augroup('kconfig_ls_highlights', {}),
    callback = apply,
  })
end

return M
