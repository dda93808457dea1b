"""A drawing is built anew from what draws; what would run, be fetched, hide or lead elsewhere is named."""

import pytest
from lxml import etree

from evidentia.core.errors import EvidentiaError
from evidentia.render.html.safe_svg import inline_svg

NAMES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:h="http://www.w3.org/1999/xhtml"'
)

USES = ["".join(f"<use href='#a{level - 1}'/>" for _ in range(10)) for level in range(1, 9)]
GROWING = "<g id='a0'/>" + "".join(f"<g id='a{level}'>{uses}</g>" for level, uses in enumerate(USES, start=1))


def drawn(inside, root=""):
    return inline_svg(
        f'<svg {NAMES} viewBox="0 0 9 9"{root}>{inside}</svg>', "trend", "Rose", "build/figures/trend.svg"
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<script href='http://127.0.0.1/x.js'/>", "<script>"),
        ("<h:script>alert(1)</h:script>", "<script>"),
        ("<g><g><SCRIPT/></g></g>", "<SCRIPT>"),
        ("<handler/>", "<handler>"),
        ("<rect onload='alert(1)'/>", "'onload'"),
        ("<rect ONCLICK='alert(1)'/>", "'ONCLICK'"),
        ("<rect onbegin='alert(1)'/>", "'onbegin'"),
        ("<foreignObject><h:b>words</h:b></foreignObject>", "<foreignObject>"),
        ("<h:iframe src='http://127.0.0.1/'/>", "<iframe>"),
        ("<title><h:b>words</h:b></title>", "<b>"),
        ("<a href='http://127.0.0.1/'><text>words</text></a>", "<a>"),
        ("<set attributeName='href' to='x'/>", "<set>"),
        ("<animate attributeName='href' values='x'/>", "<animate>"),
        ("<image href='http://127.0.0.1/x.png'/>", "http://127.0.0.1/x.png"),
        ("<image xlink:href='//127.0.0.1/x.png'/>", "//127.0.0.1/x.png"),
        ("<image href='data:image/svg+xml;base64,AAAA'/>", "data:image/svg+xml"),
        ("<image href='file:///etc/passwd'/>", "file:///etc/passwd"),
        ("<image href='x.png'/>", "x.png"),
        ("<use href='http://127.0.0.1/x.svg#a'/>", "http://127.0.0.1/x.svg#a"),
        ("<use xlink:href='javascript:alert(1)'/>", "javascript:alert(1)"),
        ("<use href='data:image/svg+xml,x#a'/>", "data:image/svg+xml"),
        ("<rect fill='url(http://127.0.0.1/#a)'/>", "url(http://127.0.0.1/#a)"),
        ("<rect style='fill: url(//127.0.0.1/#a)'/>", "url(//127.0.0.1/#a)"),
        ("<rect style='fill: u\\72l(#a)'/>", "u\\72l(#a)"),
        ("<rect style='background: red'/>", "'background'"),
        ("<rect style='behavior: url(#a)'/>", "'behavior'"),
        ("<rect filter='url(#a)'/>", "'filter'"),
        ("<style>@import 'http://127.0.0.1/x.css';</style>", "import"),
        ("<style>@font-face {src: url(http://127.0.0.1/x)}</style>", "font-face"),
        ("<style>rect {background: url(http://127.0.0.1/x)}</style>", "'background'"),
        ("<text style='display: none'>9</text>", "'none' for 'display'"),
        ("<text visibility='hidden'>9</text>", "'hidden' for 'visibility'"),
        ("<text data-id='a.b'>9</text>", "'data-id'"),
        ("<g id='a'><use href='#a'/></g>", "is used in itself"),
        (GROWING, "more than 200,000 elements"),
        ("<rect", "is not XML"),
        ("<unknown/>", "<unknown>"),
    ],
)  # fmt: skip
def test_what_would_run_be_fetched_hide_or_never_end_is_named(inside, said):
    with pytest.raises(EvidentiaError) as refused:
        drawn(inside)
    assert said in str(refused.value)
    assert "build/figures/trend.svg" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        (
            '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg'
            ' xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
        ),
        (
            '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg'
            ' xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
        ),
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "<svg/>",
        "<html><script>alert(1)</script></html>",
        "",
    ],
)
def test_a_file_that_is_more_or_less_than_a_drawing_is_refused(text):
    with pytest.raises(EvidentiaError):
        inline_svg(text, "trend", "Rose")


def test_what_draws_is_kept_with_ids_of_its_own():
    root = etree.fromstring(
        drawn(
            "<defs><path id='a' d='M 0 0'/></defs><g clip-path='url(#b)'><use xlink:href='#a' style='fill:"
            " #12436d'/></g><text>5</text>"
        )
    )
    assert root.get("aria-label") == "Rose"
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["trend-a"]
    use = root.find(".//{*}use")
    assert (use.get("href"), use.get("style"), use.getparent().get("clip-path")) == (
        "#trend-a",
        "fill: #12436d",
        "url(#trend-b)",
    )


def test_a_style_sheet_holds_for_its_own_drawing_alone():
    text = drawn(
        "<style>main, .a line {stroke: red} * {stroke-linecap: butt}</style><g class='a'><line/></g><!-- x"
        " --><metadata><x/></metadata>"
    )
    root = etree.fromstring(text)
    assert [element.tag.rpartition("}")[2] for element in root.iter()] == ["svg", "g", "line"]
    assert root.get("style") == "stroke-linecap: butt"
    assert root.find(".//{*}line").get("style") == "stroke: red"
    assert "class" not in text
