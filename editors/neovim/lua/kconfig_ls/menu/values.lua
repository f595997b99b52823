-- Which values an entry of the menu can be given.

local M = {}

-- settable returns the values of a bool or tristate that can be tried. What changes that
-- are not saved make possible is for the server to say.
function M.settable(node, model)
  local item = node.item
  local effect = item.symbol and model.effects[item.symbol]
  local values = item.assignable
  if type(values) == 'table' and #values > 0 and not effect then
    return values
  end
  return item.type == 'tristate' and { 'n', 'm', 'y' } or { 'n', 'y' }
end

-- next returns the value after the present one.
function M.next(node, model)
  local values = M.settable(node, model)
  local now = model:state(node.item).value
  for i, value in ipairs(values) do
    if value == now then
      return values[i % #values + 1]
    end
  end
  return values[#values]
end

local function number(text, hex)
  return tonumber(hex and not text:match('^0[xX]') and '0x' .. text or text)
end

-- outside reports whether a number is below or above a range.
local function outside(text, range, hex)
  local value, low, high = number(text, hex), number(range[1], hex), number(range[2], hex)
  return value ~= nil and low ~= nil and high ~= nil and (value < low or value > high)
end

-- invalid says why a text is no value of an item, nil if it is one.
function M.invalid(item, text)
  if item.type ~= 'int' and item.type ~= 'hex' then
    return nil
  end
  local hex = item.type == 'hex'
  if not (text:match(hex and '^%x+$' or '^-?%d+$') or hex and text:match('^0[xX]%x+$')) then
    return ('%s takes %s, not %q'):format(item.symbol, hex and 'a hexadecimal number' or 'a number', text)
  end
  local range = item.range
  if type(range) == 'table' and outside(text, range, hex) then
    return ('%s must be from %s to %s, not %s'):format(item.symbol, range[1], range[2], text)
  end
end

return M
