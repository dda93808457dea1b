"""The Word document: the finished page through pandoc, then with its pictures, tables, fields, bound numbers
and the version that it is.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from lxml import etree

from evidentia.config.model import Config
from evidentia.core.files import read_json
from evidentia.core.ledger import load
from evidentia.core.version import version
from evidentia.core.word_format import EVALUATION, NAMESPACE, VERSION, Sent, write_sent
from evidentia.render.docx.chapter_bookmarks import set_homes
from evidentia.render.docx.controls import bind_numbers
from evidentia.render.docx.fields import fill_contents
from evidentia.render.docx.package import DOCUMENT, Package, R, w
from evidentia.render.docx.pandoc import to_word
from evidentia.render.docx.pandoc_page import for_word
from evidentia.render.docx.pictures import keep_with_sources, put_pictures
from evidentia.render.docx.reference import has_own_heads, reference_of
from evidentia.render.docx.sections import TEXT_WIDTH, Margins, run_on, set_sections
from evidentia.render.docx.settings import finish_settings, finish_styles
from evidentia.render.docx.tables import finish_tables
from evidentia.render.html.cover import draft_line

ROOM = (TEXT_WIDTH * 635, 140 * 36_000)
"""Width and height that a picture may take, in EMU."""

_NOTICE = re.compile(r'<body[^>]*\bdata-notice="([^"]*)"')
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_ITEM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def write_docx(config: Config, build: Path, templates: Path, folder: Path = Path(), brief: str = "") -> bytes:
    """Return the page as a Word document.

    Parameters
    ----------
    config : Config
    build : Path
        Where report.html, homes.json and the ledger are.
    templates : Path
        The engine's templates/.
    folder : Path
        The evaluation folder, with the organisation's reference document if it names one.
    brief : str
        HTML of the short version, if that is what is wanted.
    """
    page = brief or (build / "report.html").read_text(encoding="utf-8")
    sheet = for_word(page)
    reference = reference_of(config, templates, folder)
    package = Package(to_word(sheet.words, reference, templates))
    body = package.tree(DOCUMENT).find(w("body"))
    put_pictures(package, sheet.pictures, ROOM)
    keep_with_sources(body)
    finish_tables(body, TEXT_WIDTH)
    fill_contents(body)
    run_on(body, sheet.run_on)
    own = has_own_heads(reference)
    set_sections(package, _margins(config, page, own), brief=bool(brief))
    ledger = load(build / "numbers.json")
    controls = bind_numbers(package, sheet.numbers, ledger)
    chapters = set_homes(package, read_json(build / "homes.json")["chapters"], controls, sheet.numbers)
    evaluation = config.evaluation
    text = (build / "numbers.json").read_text(encoding="utf-8")
    sent = Sent(evaluation.id, version(), evaluation.language, evaluation.status, text, chapters)
    _carry(package, sent)
    finish_styles(
        package, evaluation.language, small=bool(brief) and not (config.report and config.report.reference)
    )
    finish_settings(package, config)
    return package.write()


def _margins(config: Config, page: str, own: bool) -> Margins:
    evaluation = config.evaluation
    notice = _NOTICE.search(page)
    return Margins(evaluation.title, draft_line(config), unescape(notice[1]) if notice else "", own)


def _carry(package: Package, sent: Sent) -> None:
    """Let the version that is sent travel in the file."""
    content = write_sent(sent)
    id = str(uuid5(NAMESPACE_URL, f"{NAMESPACE}/{sent.evaluation}/{sent.version}")).upper()
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    told = (
        f'<ds:datastoreItem xmlns:ds="{space}" ds:itemID="{{{id}}}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package.add("customXml/item1.xml", content, "application/xml", extension=True)
    type = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    package.add("customXml/itemProps1.xml", told.encode(), type)
    package.relate(DOCUMENT, f"{R}/customXml", "../customXml/item1.xml")
    package.relate("customXml/item1.xml", f"{R}/customXmlProps", "itemProps1.xml")
    _properties(package, {EVALUATION: sent.evaluation, VERSION: sent.version})


def _properties(package: Package, values: dict[str, str]) -> None:
    """Write the document's own properties."""
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{index}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for index, (name, value) in enumerate(values.items(), start=2)
    )
    content = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VARIANTS}">{rows}</Properties>'
    type = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    known = "docProps/custom.xml" in package.parts
    package.add("docProps/custom.xml", etree.tostring(etree.fromstring(content)), type)
    if not known:
        package.relate("", f"{R}/custom-properties", "docProps/custom.xml")
