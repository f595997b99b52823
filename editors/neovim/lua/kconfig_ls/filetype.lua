-- Which files are Kconfig files and configurations. Neovim knows a few of them. Names
-- that others use, too, such as *.config, need contents or neighbours that fit.

local M = {}

-- Ends of names that begin as Kconfig files do, and are none.
local others = {}
for ending in
  ([[c h py rst md txt o html json yml yaml sh cmake rs patch orig rej swp go vim lua el tar xz gz adoc pl cc cpp d a so sarif bak pyc]]):gmatch('%S+')
do
  others[ending] = true
end

local function base(path)
  return path:match('[^/\\]*$')
end

-- kconfig returns the file type if a file is named as Kconfig files are.
function M.kconfig(path)
  local name = base(path)
  local ending = (name:match('%.(%w+)$') or ''):lower()
  if ending == 'kconfig' then
    return 'kconfig'
  end
  if others[ending] then
    return nil
  end
  if name:match('^Kconfig') or name:match('^Config%.in') or name == 'Config.src' or name:match('^Config%-.*%.in$') then
    return 'kconfig'
  end
end

-- looks_configured reports whether the lines of a buffer are those of a configuration.
-- An empty one is, where configurations are kept.
local function looks_configured(path, buffer)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 50, false)) do
    if line:match('^%s*CONFIG_[%w_]+=') or line:match('^# CONFIG_[%w_]+ is not set') then
      return true
    elseif not line:match('^%s*#') and not line:match('^%s*$') then
      return false
    end
  end
  local directory = vim.fn.fnamemodify(path, ':h')
  return base(directory):match('^k?configs?$') ~= nil or require('kconfig_ls.root').tree(directory) ~= nil
end

-- certain are names that nothing else uses.
local function certain(name)
  return name == '.config.old'
    or name == '.kunitconfig'
    or name == 'defconfig'
    or name:match('.*_defconfig$')
    or name == 'sdkconfig'
    or name == 'sdkconfig.old'
    or name == 'sdkconfig.defaults'
    or name:match('^sdkconfig%.defaults%.')
    or name:match('^sdkconfig%.ci')
    or name == 'prj.conf'
end

-- likely are names of configurations that others use, too.
local function likely(path)
  local name = base(path)
  return name:match('%.config$')
    or name:match('^prj.*%.conf$')
    or name:match('^overlay.*%.conf$')
    or (name:match('%.conf$') and base(vim.fn.fnamemodify(path, ':h')) == 'boards')
end

-- configuration returns the file type if a file is a configuration.
function M.configuration(path, buffer)
  local name = base(path)
  if M.kconfig(path) or vim.fn.isdirectory(path) == 1 then
    return nil
  end
  if certain(name) then
    return 'kconfig-config'
  end
  -- A file of this name is one; a directory is where programs keep their settings.
  if likely(path) and (name == '.config' or looks_configured(path, buffer)) then
    return 'kconfig-config'
  end
end

-- detect returns the file type of a file, nil if it is another's.
function M.detect(path, buffer)
  return M.kconfig(path) or M.configuration(path, buffer)
end

-- register has Neovim know them. In 0.7 vim.filetype is there, but off.
function M.register()
  if vim.fn.has('nvim-0.8') == 0 then
    vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
      group = vim.api.nvim_create_augroup('kconfig_ls_filetype', {}),
      pattern = {
        'Kconfig*', '*.kconfig', 'Config.in*', 'Config.src', 'Config-*.in',
        '.config', '.config.old', '.kunitconfig', '*.config', '*defconfig', 'sdkconfig*', 'prj*.conf', 'overlay*.conf', '*/boards/*.conf',
      },
      callback = function(event)
        local found = M.detect(event.match, event.buf)
        if found then
          vim.bo[event.buf].filetype = found
        end
      end,
    })
    return
  end
  local function kconfig(path)
    return M.kconfig(path)
  end
  local function configuration(path, buffer)
    return M.configuration(path, buffer or 0)
  end
  vim.filetype.add({
    extension = { kconfig = 'kconfig' },
    filename = {
      ['Config.src'] = 'kconfig',
      ['.config'] = configuration,
      ['.config.old'] = configuration,
      ['.kunitconfig'] = configuration,
      defconfig = configuration,
      sdkconfig = configuration,
      ['sdkconfig.old'] = configuration,
      ['sdkconfig.defaults'] = configuration,
      ['prj.conf'] = configuration,
    },
    pattern = {
      ['Kconfig.*'] = kconfig,
      ['Config%.in.*'] = kconfig,
      ['Config%-.*%.in'] = kconfig,
      ['.*_defconfig'] = configuration,
      ['.*%.config'] = configuration,
      ['sdkconfig%.defaults%..*'] = configuration,
      ['sdkconfig%.ci.*'] = configuration,
      ['prj.*%.conf'] = configuration,
      ['overlay.*%.conf'] = configuration,
      ['.*/boards/.*%.conf'] = configuration,
    },
  })
end

return M
