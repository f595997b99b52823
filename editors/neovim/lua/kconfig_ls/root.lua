-- Where the tree begins that a file belongs to. The server finds that out by
-- itself; here it decides which files share one server, so it follows the same
-- rules: the nearest directory that is the top of a known project, else the
-- outermost one with a main menu.

local uv = vim.uv or vim.loop

local M = {}

-- What only the top of some projects has, besides a Kconfig.
local projects = {
  { 'init/Kconfig', 'scripts/Kconfig.include' }, -- Linux, U-Boot of late
  { 'Kconfig.zephyr' },
  { 'Kconfig.host', 'hw/Kconfig' }, -- QEMU
  { 'kconfigs', 'playbooks' }, -- kdevops
}

-- Words of the main menus of others.
local titles = {
  ['Kconfig'] = { 'mainmenu "U-Boot', 'mainmenu "Barebox', 'mainmenu "Xen/', 'Espressif IoT', 'NuttX' },
  ['Config.in'] = { 'mainmenu "Buildroot', 'Busybox', 'BusyBox', 'OpenWrt', 'LEDE' },
  ['src/Kconfig'] = { 'mainmenu "coreboot' },
}

local function exists(path)
  return uv.fs_stat(path) ~= nil
end

local function text_of(path)
  local file = io.open(path, 'r')
  if not file then
    return nil
  end
  local text = file:read(256 * 1024)
  file:close()
  return text
end

-- kind returns "known" for the top of a known project, "menu" for a directory
-- with a main menu, else nil.
local function kind(directory)
  if exists(directory .. '/Kconfig') then
    for _, files in ipairs(projects) do
      local all = true
      for _, file in ipairs(files) do
        all = all and exists(directory .. '/' .. file)
      end
      if all then
        return 'known'
      end
    end
  end
  local menu
  for file, words in pairs(titles) do
    local text = text_of(directory .. '/' .. file)
    for _, word in ipairs(text and words or {}) do
      if text:find(word, 1, true) then
        return 'known'
      end
    end
    if text and file ~= 'src/Kconfig' and ('\n' .. text):find('\n[ \t]*mainmenu[ \t"\']') then
      menu = 'menu'
    end
  end
  return menu
end

-- above returns the directory above another one, nil at the top.
local function above(directory)
  local up = vim.fn.fnamemodify(directory, ':h')
  return up ~= directory and up ~= '.' and up or nil
end

-- tree returns the top of the tree that a path lies in, nil if it is in none.
function M.tree(path)
  local directory = vim.fn.fnamemodify(path, ':p'):gsub('(.)[/\\]$', '%1')
  local found
  while directory do
    local what = kind(directory)
    if what == 'known' then
      return directory
    end
    found = what and directory or found
    directory = above(directory)
  end
  return found
end

-- of_buffer returns the directory that a server for a buffer is started in: that of
-- its tree, else its own for a file that stands alone.
function M.of_buffer(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == '' then
    return uv.cwd()
  end
  return M.tree(vim.fn.fnamemodify(name, ':p:h')) or vim.fn.fnamemodify(name, ':p:h')
end

return M
