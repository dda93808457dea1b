"""A data file inside a zip, as official statistics are downloaded."""

from __future__ import annotations

import io
import zipfile

from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.data.limits import BYTES

SMALL, RATIO = 50_000_000, 200  # what unpacks to more, and to so many times its size, is no honest table


def unfolds(item: zipfile.ZipInfo) -> bool:
    """Tell whether a member of a zip holds far more than it looks, or more than is read."""
    return item.file_size > BYTES or item.file_size > max(SMALL, RATIO * item.compress_size)


def member_of(data: bytes, path: str, wanted: str) -> tuple[bytes, str]:
    """Return a member's bytes, and the name by which messages call it.

    Raises
    ------
    EvidentiaError
        If the zip is damaged or locked, holds several tables and none is named, or unpacks to more than is
        read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [
                item
                for item in archive.infolist()
                if not item.is_dir() and not item.filename.startswith("__MACOSX/")
            ]
            item = _named([item for item in tables if item.file_size], path, wanted)
            if unfolds(item):
                raise EvidentiaError(
                    f"'{item.filename}' unpacks to more than is read",
                    where=path,
                    remedy="unpack it, and see what it holds",
                )
            with archive.open(item) as stream:
                return stream.read(item.file_size + 1), f"{path}, {item.filename}"
    except EvidentiaError:
        raise
    except Exception as error:  # the library raises whatever the broken byte leads to
        locked = "encrypted" in str(error) or "password" in str(error)
        what = "the zip is locked by a password" if locked else "not a zip file, or a damaged one"
        raise EvidentiaError(
            what, where=path, remedy=f"unpack it and give the file itself ({type(error).__name__})"
        ) from None


def _named(items: list[zipfile.ZipInfo], path: str, wanted: str) -> zipfile.ZipInfo:
    names = {item.filename: item for item in items}
    if wanted:
        if wanted not in names:
            raise EvidentiaError(
                f"the zip has no file '{wanted}'", where=path, remedy=did_you_mean(wanted, names)
            )
        return names[wanted]
    if len(items) != 1:
        shown = ", ".join(sorted(names)[:8]) or "nothing"
        first = next(
            (name for name in sorted(names) if name.lower().endswith(".csv")),
            next(iter(sorted(names)), "name.csv"),
        )
        raise EvidentiaError(
            f"the zip holds {len(items)} files: {shown}",
            where=path,
            remedy=f"name one in config.yaml: member: {first}",
        )
    return items[0]
