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
  return tonumber(hex and '0x' .. text:gsub('^0[xX]', '') or text)
end

-- invalid says why a text is no value of an item, nil if it is one.
function M.invalid(item, text)
  if item.type ~= 'int' and item.type ~= 'hex' then
    return nil
  end
  local hex = item.type == 'hex'
  if not text:match(hex and '^0?[xX]?%x+$' or '^-?%d+$') then
    return ('%s takes %s, not %q'):format(item.symbol, hex and 'a hexadecimal number' or 'a number', text)
  end
  local range = item.range
  if type(range) == 'table' and (number(text, hex) < number(range[1], hex) or number(text, hex) > number(range[2], hex)) then
    return ('%s must be from %s to %s, not %s'):format(item.symbol, range[1], range[2], text)
  end
end

return M
