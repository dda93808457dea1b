"""The reference document, whose styles pandoc takes: the house's, or the organisation's own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from evidentia.config.brand import FOREGROUND, PRIMARY, Brand, load_brand
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.font import FAMILY
from evidentia.render.docx.package import DOCUMENT, Package, w
from evidentia.render.docx.pandoc import default_reference

STYLES = "word/styles.xml"
LARGEST = 20_000_000
"""Bytes of all parts of a reference document, unpacked."""


def reference_of(config: Config, templates: Path, folder: Path) -> bytes:
    """Return the reference document of an evaluation; styles that the organisation's lacks are the house's.

    Raises
    ------
    EvidentiaError
        If the organisation's is no Word document.
    """
    house = (templates / "word" / "styles.xml").read_bytes()
    name = config.report.reference if config.report else None
    if not name:
        package = Package(default_reference())
        package.parts[STYLES] = branded(house, load_brand(folder))
        return package.write()
    package = _own(folder / name, name)
    styles = package.tree(STYLES)
    known = {style.get(w("styleId")) for style in styles.findall(w("style"))}
    for style in etree.fromstring(house).findall(w("style")):
        if style.get(w("styleId")) not in known:
            style.attrib.pop(w("default"), None)
            styles.append(style)
    return package.write()


def branded(styles: bytes, brand: Brand) -> bytes:
    """Return the house styles in an organisation's colours and fonts."""
    if brand.is_house:
        return styles
    text = styles.decode("utf-8")
    for old, new in ((PRIMARY, brand.primary), (FOREGROUND, brand.foreground)):
        text = text.replace(f'"{old[1:].upper()}"', f'"{new[1:].upper()}"')
    if brand.family != FAMILY:
        text = text.replace('"Arial"', f'"{escape(brand.family)}"')
    root = etree.fromstring(text.encode("utf-8"))
    for style in root.findall(w("style")):
        name = style.get(w("styleId"), "")
        words = style.find(w("rPr"))
        if name == "Hyperlink" and words is not None:
            words.find(w("color")).set(w("val"), brand.link[1:].upper())
        if brand.headings != FAMILY and words is not None and (name.startswith("Heading") or name == "Title"):
            font = etree.Element(w("rFonts"))
            for kind in ("ascii", "hAnsi", "cs"):
                font.set(w(kind), brand.headings)
            words.insert(0, font)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _own(path: Path, name: str) -> Package:
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
            size = sum(part.file_size for part in file.infolist())
            names = set(file.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise _wrong(name, f"cannot be read as a Word document ({error})") from None
    if size > LARGEST:
        raise _wrong(name, f"is larger than {LARGEST // 1_000_000} MB when unpacked")
    if not {DOCUMENT, STYLES} <= names:
        raise _wrong(name, "has no styles of Word's in it")
    if any(part.endswith("vbaProject.bin") for part in names):
        raise _wrong(name, "carries macros")
    try:
        package = Package(path.read_bytes())
        package.tree(STYLES)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError) as error:
        raise _wrong(name, f"cannot be read as a Word document ({error})") from None
    return package


def _wrong(name: str, why: str) -> EvidentiaError:
    return EvidentiaError(
        f"the reference document {why}",
        where=f"config.yaml, report.reference: {name}",
        remedy="take build/report.docx, change its styles in Word, save it as .docx and name that file",
    )


def has_own_heads(reference: bytes) -> bool:
    """Tell whether a reference document brings heads or feet of pages of its own."""
    section = Package(reference).tree(DOCUMENT).find(f"{w('body')}/{w('sectPr')}")
    kinds = (w("headerReference"), w("footerReference"))
    return section is not None and any(section.find(kind) is not None for kind in kinds)
