--[[ A footnote, which the page's HTML has as words where it is called, becomes a note of Word's. ]]

function Span(span)
  if span.classes:includes("footnote") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
end
