--[[ What pandoc alone lacks of Quarto: labelled figures and tables, cross-references, callouts.

The result is close to Quarto's own HTML; evidentia.render.finish then makes both the same page. Numbers of
figures and tables, and the words of cross-references, are set there, for both engines alike. ]]

local kinds = { fig = true, tbl = true, sec = true }

local function kind_of(label)
  local kind = label:match("^(%a+)%-")
  return kinds[kind] and kind or nil
end

-- ![](x.svg){fig-alt="..."}: the alternative text is an attribute of Quarto's
function Image(image)
  local alt = image.attributes["fig-alt"]
  if alt then
    image.attributes["fig-alt"] = nil
    image.attributes["alt"] = alt
    image.caption = {}
  end
  return image
end

-- @fig-trend, [-@tbl-balance], [Chart @fig-trend]: links whose words the finishing step writes; a prefix takes the place of the word
function Cite(cite)
  local links = {}
  for index, citation in ipairs(cite.citations) do
    if not kind_of(citation.id) then
      return nil
    end
    if index > 1 then
      table.insert(links, pandoc.Str(", "))
    end
    local attributes = { class = "quarto-xref" }
    if citation.mode == "SuppressAuthor" then
      attributes["data-word"] = ""
    elseif #citation.prefix > 0 then
      attributes["data-word"] = pandoc.utils.stringify(citation.prefix)
    end
    table.insert(links, pandoc.Link("?", "#" .. citation.id, "", attributes))
  end
  return links
end

-- ::: {#fig-trend} image, source line, caption :::   and the same for tables
local function float(div, kind)
  local caption = pandoc.utils.blocks_to_inlines({ table.remove(div.content) })
  if kind == "fig" then
    return pandoc.Figure(div.content, { long = { pandoc.Plain(caption) } }, div.attr)
  end
  for _, block in ipairs(div.content) do
    if block.t == "Table" then
      block.caption = { long = { pandoc.Plain(caption) } }
    end
  end
  return div
end

-- ::: {.callout-note} ## Title ... :::   a callout without a title is called by its kind, as in Quarto
local function callout(div, type)
  local title = pandoc.Inlines(div.attributes["title"] or (type:sub(1, 1):upper() .. type:sub(2)))
  if div.content[1] and div.content[1].t == "Header" then
    title = table.remove(div.content, 1).content
  end
  local body = pandoc.Div(div.content, { class = "callout-body" })
  return pandoc.Div({ pandoc.Div({ pandoc.Plain(title) }, { class = "callout-title" }), body }, { id = div.identifier, class = "callout" })
end

function Div(div)
  local kind = kind_of(div.identifier)
  if kind == "fig" or kind == "tbl" then
    return float(div, kind)
  end
  for _, class in ipairs(div.classes) do
    local type = class:match("^callout%-(%a+)$")
    if type then
      return callout(div, type)
    end
  end
end
