"""What a Word document says of itself: language, title, dates, and how Word is to treat it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from lxml import etree

from evidentia.config.model import Config
from evidentia.render.docx.package import NAMES, Element, Package, piece, w
from evidentia.render.html.cover import cover

SETTINGS, STYLES, CORE, APP = "word/settings.xml", "word/styles.xml", "docProps/core.xml", "docProps/app.xml"
_COMPATIBLE = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
)
_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_BEFORE_COMPATIBLE = (
    "rsids",
    "mathPr",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
)
_BEFORE_TRACKING = ("doNotTrackMoves", "doNotTrackFormatting", "documentProtection", "defaultTabStop")


SMALL = {"Normal": (20, 110), "Heading1": (28, 100), "Heading2": (23, 70), "Heading3": (21, 50)}
"""Sizes in half points and spaces after, of a document of 2 pages."""


def finish_styles(package: Package, language: str, small: bool = False) -> None:
    """Set the language of all words that have none of their own, and smaller type if asked for, in place."""
    for style in package.tree(STYLES).findall(w("style")) if small else []:
        if style.get(w("styleId")) in SMALL:
            _set_small(style, *SMALL[style.get(w("styleId"))])
    defaults = package.tree(STYLES).find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    if defaults is None:
        return
    told = defaults.find(w("lang"))
    if told is None:
        told = etree.SubElement(defaults, w("lang"))
    told.set(w("val"), language)


def _set_small(style: Element, size: int, after: int) -> None:
    for name in ("sz", "szCs"):
        told = style.find(f"{w('rPr')}/{w(name)}")
        if told is None:
            words = style.find(w("rPr"))
            words = etree.SubElement(style, w("rPr")) if words is None else words
            told = etree.SubElement(words, w(name))
        told.set(w("val"), str(size))
    for spacing in style.iter(w("spacing")):
        spacing.set(w("after"), str(after))
        spacing.set(w("line"), "276")
        if spacing.get(w("before")):
            spacing.set(w("before"), "200")


def finish_settings(package: Package, config: Config) -> None:
    """Say what the document is, in place; one that is out for comment tracks changes."""
    settings = package.tree(SETTINGS)
    if settings.find(w("compat")) is None:
        _before(settings, piece(_COMPATIBLE), _BEFORE_COMPATIBLE)
    if config.evaluation.status == "for_comment" and settings.find(w("trackRevisions")) is None:
        _before(settings, piece("<w:trackRevisions/>"), _BEFORE_TRACKING)
    font = settings.find(w("themeFontLang"))
    if font is not None:
        font.set(w("val"), config.evaluation.language)
    package.parts[CORE] = _core(config)


def _before(settings: Element, element: Element, names: tuple[str, ...]) -> None:
    """Put a setting before the first of some others, since their order is fixed."""
    later = {f"{{{NAMES['w']}}}{name}" for name in names}
    place = next((child for child in settings if child.tag in later or child.tag.endswith("}mathPr")), None)
    settings.append(element) if place is None else place.addprevious(element)


def _core(config: Config) -> bytes:
    evaluation = config.evaluation
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _CORE.items())
    when = f"{evaluation.date.isoformat()}T00:00:00Z"
    described = f"{evaluation.title}: {evaluation.subtitle}" if evaluation.subtitle else evaluation.title
    rows = {
        "dc:title": evaluation.title,
        "dc:creator": cover(config).by,
        "dc:description": described,
        "dc:language": evaluation.language,
        "cp:lastModifiedBy": cover(config).by,
        "cp:contentStatus": evaluation.status,
    }
    words = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in rows.items() if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return f"<cp:coreProperties {spaces}>{words}{dates}</cp:coreProperties>".encode()
