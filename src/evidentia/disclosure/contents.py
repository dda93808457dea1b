"""What a file holds, as text: also what is inside archives, PDFs and their attachments, and data within
pages.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_TAG = re.compile(r"<[^<>]{0,2000}>")
_DATA = re.compile(r"data:([\w/+.-]*)(?:;[\w=-]+)*;base64,([A-Za-z0-9+/=\s]{16,})")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")  # the names of vocabularies, which hold years
DEPTH = 5  # of files within files


def contents(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a file with the place where it is, such as ``report.pdf,
    attachment numbers.csv``.
    """
    yield from texts_of(path.read_bytes(), path.name)


def texts_of(data: bytes, name: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the texts of a file's bytes; what is no text is read byte by byte, so that nothing is passed
    over.
    """
    if depth > DEPTH:
        return
    if data.startswith(b"%PDF"):
        yield from _pdf(data, name, depth)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}, {member}", member
                yield from texts_of(archive.read(member), f"{name}, {member}", depth + 1)
    elif data.startswith(b"\x1f\x8b"):
        yield from texts_of(gzip.decompress(data), f"{name}, unpacked", depth + 1)
    else:
        yield from _plain(data, name, depth)


def _plain(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield a text as it is written and, if it has tags or escapes, as it is read."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    yield name, text
    if "<" in text and ">" in text:
        yield f"{name}, as read", html.unescape(_TAG.sub("", text))
        yield f"{name}, as read", html.unescape(_TAG.sub(" ", text))
    elif "&" in text:
        yield f"{name}, as read", html.unescape(text)
    for kind, coded in _DATA.findall(text):
        try:
            yield from texts_of(
                base64.b64decode(re.sub(r"\s", "", coded)), f"{name}, {kind or 'data'} inside", depth + 1
            )
        except binascii.Error:
            continue


def _pdf(data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield a PDF's words in reading order, descriptions of pictures included, its properties and its
    attachments.
    """
    import pypdf

    from evidentia.core.pdf_text import FinishedPdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    yield f"{name}, properties", " ".join(str(value) for value in (reader.metadata or {}).values())
    metadata = reader.trailer["/Root"].get("/Metadata")
    if metadata is not None:
        yield (
            f"{name}, metadata",
            _ADDRESS.sub(" ", metadata.get_object().get_data().decode("utf-8", "replace")),
        )
    pieces = list(FinishedPdf(io.BytesIO(data)).pieces())
    yield f"{name}, words", " ".join(piece.text for piece in pieces)
    yield f"{name}, words", "".join(piece.text for piece in pieces)
    for attached, versions in reader.attachments.items():
        yield f"{name}, attachments", attached
        for version in versions:
            yield from texts_of(bytes(version), f"{name}, attachment {attached}", depth + 1)
