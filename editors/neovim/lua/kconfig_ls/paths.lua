-- Paths, which on Windows may be written in several ways.

local M = {}

local windows = vim.fn.has('win32') == 1

-- normal returns a path in the one way in which paths are compared.
function M.normal(path)
  if windows then
    path = path:gsub('\\', '/'):gsub('^%a:', string.upper)
  end
  return path
end

-- within reports whether a path is a directory or lies in it.
function M.within(path, directory)
  path, directory = M.normal(path), M.normal(directory)
  return path == directory or vim.startswith(path, directory:gsub('/$', '') .. '/')
end

-- relative returns a path as it is called in a directory, nil if it is not in it.
function M.relative(path, directory)
  if M.within(path, directory) and M.normal(path) ~= M.normal(directory) then
    return M.normal(path):sub(#M.normal(directory):gsub('/$', '') + 2)
  end
end

-- name returns the last part of a path.
function M.name(path)
  return vim.fn.fnamemodify(path, ':t')
end

return M
