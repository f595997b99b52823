-- What users are told.

local M = {}

local told = {}

local lead = 'kconfig-ls: '

local function tell(text, level)
  vim.notify(lead .. text, level, { title = 'kconfig-ls' })
end

-- fits reports whether a text can be told without Neovim waiting for a key.
function M.fits(text)
  return vim.fn.strdisplaywidth(lead .. text) < vim.o.columns * math.max(1, vim.o.cmdheight) - (vim.o.columns - vim.v.echospace)
end

function M.info(text)
  tell(text, vim.log.levels.INFO)
end

function M.warn(text)
  tell(text, vim.log.levels.WARN)
end

function M.error(text)
  tell(text, vim.log.levels.ERROR)
end

-- once warns of something that would be said again with each file.
function M.once(text)
  if not told[text] then
    told[text] = true
    M.warn(text)
  end
end

-- forget has what was told once be told again.
function M.forget()
  told = {}
end

return M
