-- What users are told.

local M = {}

local told = {}

local function tell(text, level)
  vim.notify('kconfig-ls: ' .. text, level, { title = 'kconfig-ls' })
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
