-- What the suites have in common: they use the plugin in this Neovim as a person would,
-- and say what is not as it must be.

local M = {}

M.tree = vim.env.KCONFIG_LS_TREE
M.plugin = vim.env.KCONFIG_LS_PLUGIN

-- Generous: the machine may be busy. Nothing waits longer than it must.
local patience = 15000

local passed, failed = 0, 0

function M.say(text)
  io.stdout:write(text .. '\n')
end

-- has reports whether this Neovim is at least of a version, such as "0.10".
function M.has(version)
  return vim.fn.has('nvim-' .. version) == 1
end

local function ok(what)
  passed = passed + 1
  M.say('ok      ' .. what)
end

-- expect ends the suite, with a message, unless the condition holds.
function M.expect(condition, what, got)
  if condition then
    ok(what)
    return
  end
  error(what .. (got ~= nil and '\ngot ' .. (type(got) == 'string' and got or vim.inspect(got)) or ''), 0)
end

function M.equal(got, want, what)
  M.expect(vim.deep_equal(got, want), what, got)
end

-- contains expects a text to have another one in it, as it is.
function M.contains(text, want, what)
  M.expect(type(text) == 'string' and text:find(want, 1, true), what or ('%q is there'):format(want), text)
end

-- wait returns what the function returns once it is true, else what it returned last. The
-- function may itself wait: so it is not called by vim.wait, which 0.7 cannot nest.
function M.wait(fn, time)
  local uv = vim.uv or vim.loop
  local last = uv.now() + (time or patience)
  while true do
    local value = fn()
    uv.update_time()
    if value or uv.now() > last then
      return value
    end
    vim.wait(20)
  end
end

-- eventually waits until the function returns something true.
function M.eventually(fn, what, got)
  local value = M.wait(fn)
  M.expect(value, what, not value and got and got() or nil)
  return value
end

-- What the user was told, and what was chosen and typed where the user was asked.
M.told = {}
M.choices = {}
M.inputs = {}
M.asked = {}

function M.capture()
  vim.notify = function(text)
    table.insert(M.told, text)
  end
  vim.ui.select = function(items, o, done)
    local format = o.format_item or tostring
    local shown = vim.tbl_map(format, items)
    table.insert(M.asked, { prompt = o.prompt, items = shown })
    local answer = table.remove(M.choices, 1)
    for i, text in ipairs(shown) do
      if answer and text:find(answer, 1, true) then
        done(items[i], i)
        return
      end
    end
    done(nil)
  end
  vim.ui.input = function(o, done)
    table.insert(M.asked, { prompt = o.prompt, default = o.default })
    done(table.remove(M.inputs, 1))
  end
end

-- tells waits until the user is told something that contains a text. What was told up to
-- then does not count the next time.
function M.tells(text, what)
  M.eventually(function()
    for i, one in ipairs(M.told) do
      if one:find(text, 1, true) then
        M.told = vim.list_slice(M.told, i + 1)
        return true
      end
    end
  end, what or ('the user is told %q'):format(text), function()
    return M.told
  end)
end

-- clients returns the clients of the current buffer that are ready.
function M.clients(buffer)
  local all = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return vim.tbl_filter(function(client)
    return client.name == 'kconfig_ls' and client.initialized and vim.lsp.buf_is_attached(buffer or 0, client.id)
  end, all)
end

-- path returns where a file of the tree is.
function M.path(file)
  return M.tree .. '/' .. file
end

-- edit opens a file of the tree.
function M.edit(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(M.path(file)))
end

-- open opens a file of the tree, and waits until the server takes part.
function M.open(file, filetype)
  M.edit(file)
  if vim.bo.filetype ~= (filetype or 'kconfig') then
    error(('the file type of %s is %q'):format(file, vim.bo.filetype), 0)
  end
  if not M.wait(function()
    return #M.clients() > 0
  end) then
    error(('no server for %s. The user was told %s'):format(file, vim.inspect(M.told)), 0)
  end
end

-- relative returns a file's name in the tree.
function M.relative(name)
  name = vim.fn.resolve(name)
  local prefix = vim.fn.resolve(M.tree) .. '/'
  return vim.startswith(name, prefix) and name:sub(#prefix + 1) or name
end

function M.here()
  return M.relative(vim.api.nvim_buf_get_name(0))
end

function M.lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false)
end

function M.text(buffer)
  return table.concat(M.lines(buffer), '\n')
end

-- line_of finds the line that contains a text, counted from 1.
function M.line_of(text)
  for i, line in ipairs(M.lines()) do
    if line:find(text, 1, true) then
      return i, line
    end
  end
  error(('no line of %s contains %q:\n%s'):format(M.here(), text, M.text()), 0)
end

-- place puts the cursor into a word on the line that contains a text.
function M.place(text, word)
  local number, line = M.line_of(text)
  local column = assert(line:find(word or text, 1, true), 'no such word: ' .. tostring(word))
  vim.api.nvim_win_set_cursor(0, { number, column }) -- inside of the word, not at its start
  return number
end

-- press types keys, as they are written in mappings.
function M.press(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xt', false)
end

-- position is the cursor's, for a request. The text before it is ASCII.
function M.position(more)
  local cursor = vim.api.nvim_win_get_cursor(0)
  return vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = cursor[1] - 1, character = cursor[2] },
  }, more or {})
end

-- request asks the server and returns its result.
function M.request(method, params)
  local answers, err = vim.lsp.buf_request_sync(0, method, params, patience)
  if not answers then
    error(method .. ': ' .. tostring(err), 0)
  end
  local _, answer = next(answers)
  if not answer or answer.error or answer.err then
    error(method .. ': ' .. vim.inspect(answer and (answer.error or answer.err)), 0)
  end
  return answer.result
end

-- replace changes a text in the buffer, as typing does, in one step of undo.
function M.replace(text, old, new)
  local number, line = M.line_of(text)
  local column = assert(line:find(old, 1, true), 'no such text: ' .. old)
  vim.api.nvim_buf_set_text(0, number - 1, column - 1, number - 1, column - 1 + #old, { new })
  return number
end

function M.diagnostics()
  return vim.tbl_map(function(d)
    return ('%d:%d: %s'):format(d.lnum + 1, d.col + 1, d.message)
  end, vim.diagnostic.get(0))
end

-- floating returns the text of the floating window, if there is one.
function M.floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return M.text(vim.api.nvim_win_get_buf(window)), window
    end
  end
end

-- page waits for a buffer of the plugin's, by its file type, to be the current one.
function M.page(filetype)
  if not M.wait(function()
    return vim.bo.filetype == filetype
  end) then
    error(('no %s came. The user was told %s'):format(filetype, vim.inspect(M.told)), 0)
  end
  return M.text()
end

-- read returns the text of a file of the tree.
function M.read(file)
  return table.concat(vim.fn.readfile(M.path(file)), '\n')
end

-- run runs a suite and ends Neovim.
function M.run(name)
  M.capture()
  vim.opt.swapfile = false
  vim.opt.hidden = true
  local good, err = xpcall(require('suites.' .. name), function(e)
    return type(e) == 'string' and not e:find('^[^\n]*%.lua:%d') and e or debug.traceback(e)
  end)
  if not good then
    failed = 1
    M.say('not ok  ' .. tostring(err))
  end
  M.say(('%s: %d passed, %d failed'):format(name, passed, failed))
  vim.cmd(good and 'qall!' or 'cquit 1')
end

return M
