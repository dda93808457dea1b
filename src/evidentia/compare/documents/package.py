"""The parts of a Word file, opened with limits: nothing in it is run, fetched or believed to be small."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import read_bytes
from evidentia.core.word_format import NAMESPACE, Sent, parse_sent

LARGEST, LARGEST_PART, MOST_PARTS = 300_000_000, 120_000_000, 5_000
"""Bytes of all parts together and of one part once unpacked, and how many parts a file may have."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LINKS = ("hyperlink",)


class Package:
    """A .docx file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    EvidentiaError
        If it is no .docx, is encrypted, or unpacks to more than a document holds.
    """

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        data, _ = read_bytes(path, self.path, "correct the path", most=LARGEST)
        if data.startswith(_OLD):
            if _ENCRYPTED in data:
                raise self._fault(
                    "the document is encrypted, with a password",
                    "open it in Word, take the password off (File, Info, Protect Document), and save a copy",
                )
            raise self._fault(
                "this is a file of an older Word, not a .docx", "open it in Word and save it as .docx"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            infos = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise self._fault("this is no .docx", "give the file that Word saved as .docx") from None
        if len(infos) > MOST_PARTS:
            raise self._fault(f"it has more than {MOST_PARTS:,} parts", "save it anew in Word")
        if any(info.flag_bits & 1 for info in infos):
            raise self._fault("the document is encrypted, with a password", "save a copy without a password")
        self.names = {info.filename for info in infos}
        self._unpacked = 0
        self._parts: dict[str, bytes] = {}
        if not self.main:
            raise self._fault("this is no document of Word", "give the file that Word saved as .docx")

    def _fault(self, what: str, remedy: str) -> EvidentiaError:
        return EvidentiaError(what, where=self.path, remedy=remedy)

    @property
    def main(self) -> str:
        """The part that holds the words; empty if there is none."""
        if "word/document.xml" in self.names:
            return "word/document.xml"
        return next((name for kind, name, _ in self.relations("") if kind == "officeDocument"), "")

    def read(self, name: str) -> bytes:
        """Return a part's bytes; empty if there is no such part."""
        if name not in self.names:
            return b""
        if name not in self._parts:
            try:
                with self._archive.open(name) as stream:
                    data = stream.read(LARGEST_PART + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
                raise self._fault(f"its part {name} is broken", "open it in Word and save it anew") from None
            except Exception as error:  # zlib.error and the like of other methods of packing
                if type(error).__name__ not in ("error", "LZMAError"):
                    raise
                raise self._fault(f"its part {name} is broken", "open it in Word and save it anew") from None
            self._unpacked += len(data)
            if len(data) > LARGEST_PART or self._unpacked > LARGEST:
                raise self._fault(
                    "it unpacks to more than a document holds", "save it anew in Word, without large pictures"
                )
            self._parts[name] = data
        return self._parts[name]

    def xml(self, name: str) -> Any:
        """Return the root of a part, or None if there is no such part.

        No entity is resolved, no file and no address is opened; a part that declares entities is refused.
        """
        data = self.read(name)
        return None if not data else safe_xml(data, f"{self.path}, part {name}")

    def relations(self, part: str) -> Iterator[tuple[str, str, bool]]:
        """Yield what a part refers to: kind, target, and whether the target lies outside the file."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for item in root.iter(_RELATIONS) if root is not None else ():
            outside = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield item.get("Type", "").rpartition("/")[2], target, outside

    def related(self, kind: str) -> str:
        """Return the part of a kind to which the words refer, such as comments; empty if there is none."""
        return next(
            (name for found, name, outside in self.relations(self.main) if found == kind and not outside), ""
        )

    def remarks(self) -> list[str]:
        """Return what a reader should know of the file."""
        found = []
        types = self.read("[Content_Types].xml")
        if any(name.endswith("vbaProject.bin") for name in self.names) or b"macroEnabled" in types:
            found.append("it holds macros, which were not run")
        outside = [
            kind
            for name in sorted(self.names)
            if name.endswith(".rels")
            for kind, _, elsewhere in self.relations(_owner(name))
            if elsewhere and kind not in _LINKS
        ]
        if outside:
            kinds = ", ".join(sorted(set(outside)))
            found.append(f"it refers to content elsewhere ({kinds}), which was not fetched")
        return found


def _owner(name: str) -> str:
    """Return the part to which a part of relations belongs."""
    return re.sub(r"(^|/)_rels/(.*)\.rels$", r"\1\2", name)


def safe_xml(data: bytes, where: str) -> Any:
    """Return the root of an XML text that comes from anybody.

    Raises
    ------
    EvidentiaError
        If it is broken, or declares a document type, with which it could name entities and files.
    """
    remedy = "open the document in Word and save it anew"
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", data[:100_000]) or b"<!\0D\0O\0C" in data[:100_000]:
        raise EvidentiaError(
            "it declares a document type, which no Word file does", where=where, remedy=remedy
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EvidentiaError(f"it is broken: {error}", where=where, remedy=remedy) from None


def sent_version(package: Package) -> Sent | None:
    """Return the version that was sent, found among the custom parts by its root; None if it has none."""
    for name in sorted(package.names):
        if name.startswith("customXml/") and name.endswith(".xml") and "/_rels/" not in name:
            content = package.read(name)
            if NAMESPACE.encode() in content[:2000]:
                safe_xml(content, f"{package.path}, part {name}")
                return parse_sent(content)
    return None
