--[[ What pandoc alone lacks of Quarto: labelled figures and tables, cross-references, callouts.

The result is close to Quarto's own HTML; evidentia.render.finish then makes both the same page. Numbers of
figures and tables, and the words of cross-references, are set there, for both engines alike. ]]

local kinds = { fig = true, tbl = true, sec = true, eq = true }

local function kind_of(label)
  local kind = label:match("^(%a+)%-")
  return kinds[kind] and kind or nil
end

-- ![Words](x.png){fig-alt="..."}: the alternative text is an attribute of Quarto's
local function Image(image)
  local alt = image.attributes["fig-alt"]
  if alt then
    image.attributes["fig-alt"] = nil
    image.attributes["alt"] = alt
    image.caption = {}
  end
  return image
end

-- pictures in lines below each other, with nothing between, are a figure each
local function split_pictures(para)
  local figures = {}
  for _, inline in ipairs(para.content) do
    if inline.t == "Image" then
      local attr = pandoc.Attr(inline.identifier, {}, {})
      inline.identifier = ""
      table.insert(figures, pandoc.Figure({ pandoc.Plain({ inline }) }, { long = { pandoc.Plain(inline.caption) } }, attr))
    elseif inline.t ~= "SoftBreak" and inline.t ~= "Space" and inline.t ~= "LineBreak" then
      return nil
    end
  end
  return #figures > 1 and figures or nil
end

-- $$...$$ {#eq-effect}: a formula with a number
local function number_formulas(para)
  local said, changed = pandoc.Inlines({}), false
  for _, inline in ipairs(para.content) do
    local label = inline.t == "Str" and inline.text:match("^{#(eq%-[%w_-]+)}$")
    if label then
      while #said > 0 and (said[#said].t == "Space" or said[#said].t == "SoftBreak") do
        said:remove()
      end
      if #said > 0 and said[#said].t == "Math" and said[#said].mathtype == "DisplayMath" then
        inline = pandoc.Span({ said:remove() }, { id = label, class = "equation" })
        changed = true
      end
    end
    said:insert(inline)
  end
  return changed and pandoc.Para(said) or nil
end

local page_break = "^{{<%s*pagebreak%s*>}}$"
local tex_breaks = { ["\\newpage"] = true, ["\\pagebreak"] = true, ["\\clearpage"] = true }

local function Para(para)
  if pandoc.utils.stringify(para):match(page_break) then
    return pandoc.Div({}, { class = "new-page" })
  end
  return split_pictures(para) or number_formulas(para)
end

local function RawBlock(block)
  if block.format:match("tex$") and tex_breaks[block.text:match("^%s*(.-)%s*$")] then
    return pandoc.Div({}, { class = "new-page" })
  end
end

-- @fig-trend, [-@tbl-balance], [Chart @fig-trend]: links whose words the finishing step writes; a prefix takes the place of the word
local function Cite(cite)
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
  local title = pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes["title"] or (type:sub(1, 1):upper() .. type:sub(2))).blocks)
  if div.content[1] and div.content[1].t == "Header" then
    title = table.remove(div.content, 1).content
  end
  local body = pandoc.Div(div.content, { class = "callout-body" })
  return pandoc.Div({ pandoc.Div({ pandoc.Plain(title) }, { class = "callout-title" }), body }, { id = div.identifier, class = "callout" })
end

-- what only some formats show: HTML and PDF are made of one page, which keeps both until it is finished
local function conditional(element)
  if FORMAT:match("^html") then
    return nil
  end
  local hidden = element.classes:includes("content-hidden")
  if not hidden and not element.classes:includes("content-visible") then
    return nil
  end
  local function named(attribute)
    local formats = element.attributes[attribute]
    return formats and (" " .. formats:gsub(",", " ") .. " "):find(" " .. FORMAT .. " ", 1, true) ~= nil
  end
  local shown = named("when-format") ~= false and not named("unless-format")
  return shown ~= hidden and element.content or {}
end

local function Div(div)
  local only = conditional(div)
  if only then
    return only
  end
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

-- a definition of several paragraphs keeps them apart
local function DefinitionList(list)
  for _, item in ipairs(list.content) do
    for _, blocks in ipairs(item[2]) do
      if #blocks > 1 then
        for place, block in ipairs(blocks) do
          blocks[place] = block.t == "Plain" and pandoc.Para(block.content) or block
        end
      end
    end
  end
  return list
end

return { { Para = Para, RawBlock = RawBlock }, { Image = Image, DefinitionList = DefinitionList, Cite = Cite, Div = Div, Span = conditional } }
