-- The menu of a tree in a buffer: values to look at, to change, and to save.

local Menu = require('kconfig_ls.menu.actions')
local lines = require('kconfig_ls.menu.lines')
local message = require('kconfig_ls.message')
local models = require('kconfig_ls.menu.model')
local page = require('kconfig_ls.page')
local request = require('kconfig_ls.request')

local M = {}

-- The menus that are open, by the directory of their tree: changes that are not saved
-- are there when one is opened again.
local open = {}

local keys = {
  { '<CR>', 'act', 'open or close a menu; change an entry' },
  { '<Tab>', 'fold', 'open or close what is below' },
  { '<BS>', 'up', 'close the menu around' },
  { '<Space>', 'set', 'the next value' },
  { 'y', 'set', 'set to y', 'y' },
  { 'm', 'set', 'set to m', 'm' },
  { 'n', 'set', 'set to n', 'n' },
  { 'e', 'enter', 'enter a text or number, choose a member' },
  { '/', 'search', 'search prompts and symbols' },
  { '?', 'why', 'why it has its value' },
  { 'K', 'help', 'help text' },
  { 'gd', 'definition', 'go to the definition' },
  { 'E', 'enable', 'find the changes that turn it on' },
  { 'a', 'everything', 'show also what is hidden, or not' },
  { 'd', 'diff', 'what the changes come to' },
  { 's', 'save', 'save, after a look at the changes (also :write)' },
  { 'u', 'undo', 'take the last change back' },
  { '<C-r>', 'redo', 'make again what was taken back' },
  { 'U', 'discard', 'take all changes back' },
  { 'R', 'read', 'read the menu again' },
  { 'g?', 'keys', 'these keys' },
}

-- keys returns the keys of the menu.
function M.keys()
  return vim.tbl_map(function(key)
    return key[1]
  end, keys)
end

function Menu:keys()
  local text = vim.tbl_map(function(key)
    return ('  %-9s %s'):format(key[1], key[3])
  end, keys)
  table.insert(text, ('  %-9s %s'):format('q', 'close; changes are kept until Neovim ends'))
  page.text(text, { title = 'Kconfig menu', session = self.model.session })
end

-- follow reads the menu again if it is shown: else that happens when it is opened.
function Menu:follow()
  if vim.api.nvim_buf_is_valid(self.buffer) and #vim.fn.win_findbuf(self.buffer) > 0 then
    self.model:refresh(function()
      self:draw()
    end)
  end
end

-- watch has the menu follow what else changes the configuration or the tree.
function Menu:watch()
  local group = vim.api.nvim_create_augroup('kconfig_ls_menu_' .. self.buffer, {})
  vim.api.nvim_create_autocmd('BufWritePost', {
    group = group,
    callback = function(event)
      if vim.bo[event.buf].filetype:match('^kconfig') then
        self:follow()
      end
    end,
  })
  vim.api.nvim_create_autocmd('User', {
    group = group,
    pattern = { 'KconfigView', 'KconfigChanged' },
    callback = function()
      self:follow()
    end,
  })
  vim.api.nvim_create_autocmd('BufReadCmd', {
    group = group,
    buffer = self.buffer,
    callback = function()
      self:draw()
      self:read()
    end,
  })
  vim.api.nvim_create_autocmd('BufWriteCmd', {
    group = group,
    buffer = self.buffer,
    callback = function()
      self:save()
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = self.buffer,
    callback = function()
      open[self.model.session.tree] = nil
      vim.api.nvim_del_augroup_by_id(group)
    end,
  })
end

-- show puts the menu into a window.
function Menu:show()
  local mapped = {}
  for _, key in ipairs(keys) do
    mapped[key[1]] = function()
      self[key[2]](self, key[4])
    end
  end
  local new = self.buffer == nil
  self.buffer = page.open(lines.rows(self.model), {
    title = 'menu',
    session = self.model.session,
    filetype = 'kconfig-menu',
    split = 'tab split',
    keys = mapped,
  })
  if new then
    vim.bo[self.buffer].buftype = 'acwrite'
    self:watch()
  end
  self:draw()
  if vim.api.nvim_win_get_cursor(0)[1] < 5 then
    vim.api.nvim_win_set_cursor(0, { math.min(5, vim.api.nvim_buf_line_count(0)), 0 })
  end
end

-- find shows the entry of a symbol.
function Menu:find(symbol)
  self.model:find(function(item)
    return item.symbol == symbol
  end, function(found)
    if found[1] then
      self:reveal(found[1])
    else
      message.warn(('%s has no entry in this menu'):format(symbol))
    end
  end)
end

-- open shows the menu of the current buffer's tree, at the entry of a symbol if one is
-- named.
function M.open(symbol)
  local session = request.session()
  if not session then
    return
  end
  local menu
  local model = models.new(session, function()
    menu:draw()
  end)
  model:read(function()
    local about = session:at(model.head.root)
    local function find()
      if symbol then
        menu:find(require('kconfig_ls.symbol').bare(symbol))
      end
    end
    menu = open[about.tree]
    if menu and vim.api.nvim_buf_is_valid(menu.buffer) then
      menu.model:reset(about) -- the server may have been started anew
      menu:show()
      menu:read(find)
    else
      model.session = about
      menu = Menu.new(model)
      open[about.tree] = menu
      menu:show()
      find()
    end
  end)
end

return M
