--[[ A footnote, which the page's HTML has as words where it is called, becomes a note of Word's; a list whose
numbers have brackets keeps them. ]]

local delimiters = { ["mark-after"] = "OneParen", ["mark-round"] = "TwoParens" }

function Span(span)
  if span.classes:includes("footnote") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
end

function Div(div)
  local list = div.content[1]
  if list and list.t == "OrderedList" and delimiters[div.classes[1]] then
    list.delimiter = delimiters[div.classes[1]]
    return list
  end
end
