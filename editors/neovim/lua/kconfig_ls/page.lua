-- Buffers that show rows: of reasons, of a report, of a menu. A row is
--   { parts = { {text, group}... }, place = Location, symbol = name, level = of fold }
-- and whatever the one who made it wants to find again.

local M = {}

local namespace = vim.api.nvim_create_namespace('kconfig_ls_page')

-- The rows of each page, by buffer.
local pages = {}

-- row returns the row at the cursor, nil in other buffers.
function M.row(buffer, line)
  local page = pages[buffer or vim.api.nvim_get_current_buf()]
  return page and page.rows[line or vim.api.nvim_win_get_cursor(0)[1]]
end

-- set replaces the rows of a page.
function M.set(buffer, rows)
  local page = pages[buffer]
  page.rows = rows
  local lines, marks = {}, {}
  for number, row in ipairs(rows) do
    local text = ''
    for _, part in ipairs(row.parts) do
      local shown = part[1]:gsub('\n', ' ')
      if part[2] and shown ~= '' then
        table.insert(marks, { number - 1, #text, #text + #shown, part[2] })
      end
      text = text .. shown
    end
    lines[number] = text
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  for _, mark in ipairs(marks) do
    vim.api.nvim_buf_set_extmark(buffer, namespace, mark[1], mark[2], { end_col = mark[3], hl_group = mark[4] })
  end
end

-- foldlevel is for 'foldexpr'.
function M.foldlevel(line)
  local row = M.row(vim.api.nvim_get_current_buf(), line)
  if not row then
    return 0
  end
  return row.opens and '>' .. row.level or row.level or 0
end

-- opened stands before a line below which others are shown, and closed if they are not.
M.opened = '▾ '
M.closed = '▸ '

-- foldtext is for 'foldtext': the first line, and how many are behind it.
function M.foldtext()
  local first = vim.fn.getline(vim.v.foldstart):gsub(M.opened, M.closed, 1)
  return ('%s  [%d lines]'):format(first, vim.v.foldend - vim.v.foldstart)
end

-- close_floats closes the floating windows of pages, which may lie one over the other.
local function close_floats()
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    local page = vim.api.nvim_win_is_valid(window) and pages[vim.api.nvim_win_get_buf(window)]
    if page and page.float then
      vim.api.nvim_win_close(window, true)
    end
  end
end

-- go shows a place in the window that the page was opened from, or one that has a
-- file.
function M.go(place, encoding)
  local page = pages[vim.api.nvim_get_current_buf()]
  local origin = page and page.origin
  if page and page.float then
    close_floats()
  end
  if origin and vim.api.nvim_win_is_valid(origin) then
    vim.api.nvim_set_current_win(origin)
  elseif page and not page.float then
    vim.cmd('aboveleft split')
  end
  vim.cmd("normal! m'")
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(place, encoding, { focus = true, reuse_win = false })
  else
    vim.lsp.util.jump_to_location(place, encoding)
  end
  vim.cmd('normal! zvzz')
end

-- size returns how large a floating window for lines has to be.
local function size(lines)
  local width = 30
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  width = math.max(1, math.min(width + 1, vim.o.columns - 6))
  local height = 0
  for _, line in ipairs(lines) do
    height = height + math.max(1, math.ceil(vim.fn.strdisplaywidth(line) / width))
  end
  return width, math.max(1, math.min(height, vim.o.lines - 6))
end

-- border returns that of floating windows: the user's, if there is one. Where the signs of
-- a frame are two columns wide, Neovim does not take them.
local function border()
  if vim.fn.exists('+winborder') == 1 and vim.o.winborder ~= '' then
    return nil
  end
  return vim.o.ambiwidth == 'double' and { '+', '-', '+', '|', '+', '-', '+', '|' } or 'rounded'
end

-- layout returns where a floating window for a buffer is, in the screen as it is now.
local function layout(buffer)
  local width, height = size(vim.api.nvim_buf_get_lines(buffer, 0, -1, false))
  return {
    relative = 'editor',
    width = width,
    height = height,
    row = math.max(0, math.floor((vim.o.lines - height) / 2) - 1),
    col = math.max(0, math.floor((vim.o.columns - width) / 2) - 1),
  }
end

local function float(buffer, title)
  local config = vim.tbl_extend('error', layout(buffer), { style = 'minimal', border = border() })
  if vim.fn.has('nvim-0.9') == 1 and config.border ~= nil then
    config.title = ' ' .. title .. ' '
    config.title_pos = 'center'
  end
  local window = vim.api.nvim_open_win(buffer, true, config)
  vim.api.nvim_create_autocmd('VimResized', {
    buffer = buffer,
    callback = function()
      if vim.api.nvim_win_is_valid(window) then
        vim.api.nvim_win_set_config(window, layout(buffer))
      end
    end,
  })
end

-- close closes the window of a page. In the last one another buffer is shown.
local function close()
  local windows = vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_config(window).relative == ''
  end, vim.api.nvim_list_wins())
  if #windows > 1 or vim.api.nvim_win_get_config(0).relative ~= '' then
    vim.api.nvim_win_close(0, true)
  else
    vim.cmd(vim.fn.bufexists(0) == 1 and 'buffer #' or 'enew')
  end
end

-- find returns the buffer of a kind of page about a tree, if there is one.
local function find(filetype, tree)
  for buffer, page in pairs(pages) do
    if not page.float and vim.bo[buffer].filetype == filetype and vim.b[buffer].kconfig_ls_tree == tree then
      return buffer
    end
  end
end

-- name names a buffer after its tree, shortly unless there is another one of that name.
local function name(buffer, title, tree)
  local short = ('kconfig://%s/%s'):format(title, vim.fn.fnamemodify(tree, ':t'))
  if not pcall(vim.api.nvim_buf_set_name, buffer, short) then
    vim.api.nvim_buf_set_name(buffer, ('kconfig://%s/%s'):format(title, tree))
  end
end

-- watch has a buffer that loses its text, as by :bdelete, vanish altogether, and one that is
-- read anew by :edit have its rows again.
local function watch(buffer)
  vim.api.nvim_create_autocmd('BufReadCmd', {
    buffer = buffer,
    callback = function()
      M.set(buffer, pages[buffer].rows)
    end,
  })
  vim.api.nvim_create_autocmd('BufUnload', {
    buffer = buffer,
    callback = vim.schedule_wrap(function()
      if vim.api.nvim_buf_is_valid(buffer) and not vim.api.nvim_buf_is_loaded(buffer) then
        vim.api.nvim_buf_delete(buffer, { force = true })
      end
    end),
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    buffer = buffer,
    once = true,
    callback = function()
      pages[buffer] = nil
    end,
  })
end

-- open shows rows. Of its options, "title" is that of a floating window, or part of the
-- buffer's name, "float" asks for such a window instead of a split, "session" is what the
-- rows come from, "filetype" says what kind of page it is, "keys" are functions by key,
-- "wrap" wraps long lines, and "fold" has rows folded by their levels.
function M.open(rows, o)
  local origin = vim.api.nvim_get_current_win()
  if pages[vim.api.nvim_win_get_buf(origin)] then
    origin = pages[vim.api.nvim_win_get_buf(origin)].origin
  end
  local old = not o.float and find(o.filetype, o.session.tree) or nil
  local buffer = old or vim.api.nvim_create_buf(false, true)
  pages[buffer] = { rows = {}, origin = origin, float = o.float }
  vim.bo[buffer].bufhidden = o.float and 'wipe' or 'hide'
  vim.bo[buffer].undolevels = -1 -- what is shown is drawn, and nobody's text
  if not o.float and not old then
    name(buffer, o.title, o.session.tree)
  end
  vim.b[buffer].kconfig_ls_tree = o.session.tree
  M.set(buffer, rows)
  if o.float then
    float(buffer, o.title)
    vim.opt_local.winhighlight = 'NormalFloat:Normal'
  else
    local window = vim.fn.bufwinid(buffer)
    if window ~= -1 then
      vim.api.nvim_set_current_win(window)
    else
      vim.cmd(o.split or 'botright split')
      vim.api.nvim_win_set_buf(0, buffer)
    end
  end
  vim.bo[buffer].filetype = o.filetype
  -- Locally: another buffer that is shown in this window later has its own again.
  local options = { number = false, relativenumber = false, signcolumn = 'no', list = false, spell = false, cursorline = true }
  options.wrap, options.linebreak, options.breakindent = o.float or o.wrap or false, true, true
  if o.fold then
    options.foldmethod, options.foldlevel, options.foldenable = 'expr', o.fold, true
    options.foldexpr = "v:lua.require'kconfig_ls.page'.foldlevel(v:lnum)"
    options.foldtext = "v:lua.require'kconfig_ls.page'.foldtext()"
  end
  for option, value in pairs(options) do
    vim.opt_local[option] = value
  end
  local keys = vim.tbl_extend('keep', o.keys or {}, {
    q = close,
    ['<CR>'] = function()
      local row = M.row()
      if row and row.place then
        M.go(row.place, o.session:encoding())
      elseif row and row.opens then
        vim.cmd('normal! za')
      end
    end,
  })
  if o.float then
    keys['<Esc>'] = close
  end
  keys['<2-LeftMouse>'] = keys['<2-LeftMouse>'] or keys['<CR>']
  for key, action in pairs(keys) do
    vim.keymap.set('n', key, action, { buffer = buffer, nowait = true, silent = true })
  end
  if not old then
    watch(buffer)
  end
  return buffer
end

-- text opens lines of text in a floating window.
function M.text(lines, o)
  local rows = vim.tbl_map(function(line)
    return { parts = { { line } } }
  end, lines)
  local buffer = M.open(rows, vim.tbl_extend('force', { float = true, filetype = 'kconfig-text' }, o))
  if o.syntax then
    vim.bo[buffer].syntax = o.syntax
  end
  return buffer
end

return M
