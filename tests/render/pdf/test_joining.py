"""What breaks over pages is tagged as what was written: as many paragraphs, sections, lists and items."""

import io
import random
from collections import Counter

import page
import pytest
from lxml import html
from pypdf import PdfReader
from weasyprint import HTML

from evidentia.prove.checks.paper import _elements
from evidentia.render.pdf.footnotes import laid_out
from evidentia.render.pdf.paper import for_paper
from evidentia.render.pdf.tags import complete
from folders import ENGINE

SENTENCE = "families met workers and carers before the visits began so that plans were known to all who took part"
WORDS = SENTENCE.split()


def body(seed: int) -> str:
    """Return chapters of paragraphs, nested lists, boxes and quotations of random length."""
    random_ = random.Random(seed)
    words = lambda least=8, most=90: " ".join(random_.choices(WORDS, k=random_.randint(least, most)))  # noqa: E731

    def items() -> str:
        inner = lambda: "".join(f"<li><p>{words()}</p></li>" for _ in range(random_.randint(1, 4)))  # noqa: E731
        return "".join(f"<li>{words()}<ol>{inner()}</ol></li><li>{words()} <em>{words(1, 3)}</em> {words()}</li>" for _ in range(3))

    parts = []
    for chapter in range(3):
        parts.append(f"<section><h2>{chapter + 1}. Chapter</h2>")
        for _ in range(3):
            paragraphs = "".join(f"<p>{words()} <a href='#s'>{words(1, 4)}</a> {words()}</p>" for _ in range(5))
            box = f"<aside class='box long'><p class='box-title'>Title</p><p>{words()}</p><ul>{items()}</ul></aside>"
            parts.append(f"<section><h3>Part</h3>{paragraphs}<ul>{items()}</ul>{box}<blockquote><p>{words()}</p></blockquote></section>")
        parts.append("</section>")
    return f"<h1>Title</h1><div class='layout'><main id='s'>{''.join(parts)}</main></div>"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_tags_count_what_was_written_over_all_page_ends(seed):
    written = body(seed)
    style = (ENGINE / "templates" / "print.css").read_text()
    document = HTML(string=f"<html lang=en><head><title>T</title><style>{style}</style></head><body>{written}</body></html>")
    for_paper(document.etree_element)
    pdf = laid_out(document, pdf_variant="pdf/ua-1").write_pdf(finisher=complete, pdf_variant="pdf/ua-1")
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) > 8
    tagged = Counter(element["/S"] for element in _elements(reader))
    main = html.fromstring(written)
    count = lambda path: len(main.xpath(path))  # noqa: E731
    assert tagged["/Part"] == 1
    assert tagged["/Sect"] == count(".//section")
    assert tagged["/P"] == count(".//p")
    assert tagged["/L"] == count(".//ul | .//ol")
    assert tagged["/LI"] == count(".//li")
    for item in (element for element in _elements(reader) if element["/S"] == "/LI"):
        assert [kid.get_object()["/S"] for kid in item["/K"]] in (["/Lbl", "/LBody"], ["/LBody"])
    assert tagged["/BlockQuote"] == count(".//blockquote")
    assert tagged["/H3"] == count(".//h3")
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
