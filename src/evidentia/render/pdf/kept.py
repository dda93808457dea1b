"""Parts kept from build to build, so that only what has changed is set anew."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from evidentia.core.files import write_whole
from evidentia.render.pdf.pagination import page_numbers
from evidentia.render.pdf.parts import Part
from evidentia.render.pdf.typeset import Leaf, Setting
from evidentia.workflow.evaluation import code

NUMBERS = "numbers"


class Kept:
    """A folder of parts that were set, each named by a hash of all that decides how it looks.

    Parameters
    ----------
    folder : Path
    styles : list of str
        The style sheets.
    """

    def __init__(self, folder: Path, styles: list[str]) -> None:
        self.folder = folder
        self._common = hashlib.sha256("\0".join([code("scripts/pdf.py"), *_software(), *styles]).encode())
        self._loaded: dict[str, bytes] = {}

    def key(self, part: Part) -> str:
        """Return the hash of a part; page numbers are not in it."""
        whole = self._common.copy()
        whole.update(part.markup)
        return whole.hexdigest()

    def load(self, key: str) -> Setting | None:
        """Return a part as it was set, or None if it is not known, or damaged."""
        try:
            seal, _, content = (self.folder / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if seal.decode("ascii", "replace") != hashlib.sha256(content).hexdigest():
            return None
        self._loaded[key] = content
        head, _, drawn = content.partition(b"\n")
        values = json.loads(head)
        leaves = [Leaf(kind, [(name, text) for name, text in strings]) for kind, strings in values["leaves"]]
        return Setting(values["numbers"], leaves, values["places"], drawn)

    def guess(self) -> dict[str, str]:
        """Return the page numbers of the last time; they may be right."""
        try:
            found: dict[str, str] = json.loads((self.folder / NUMBERS).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return found

    def save(self, settings: Mapping[str, Setting]) -> int:
        """Keep these parts and no others; return how many of them are new.

        A disk that is full does not matter here; the PDF itself will say so.
        """
        new = 0
        with contextlib.suppress(OSError):
            for key, setting in settings.items():
                leaves = [(leaf.kind, leaf.strings) for leaf in setting.leaves]
                head = json.dumps({"numbers": setting.numbers, "leaves": leaves, "places": setting.places})
                content = head.encode("ascii") + b"\n" + setting.drawn
                if content != self._loaded.get(key):
                    new += 1
                    write_whole(self.folder / key, hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content)
            for path in self.folder.iterdir():
                if path.name not in settings:
                    path.unlink()
            write_whole(self.folder / NUMBERS, json.dumps(page_numbers(list(settings.values()))))
        return new


def _software() -> list[str]:
    """Return the versions of what lays out and draws."""
    import cssselect2
    import pydyf
    import tinycss2
    import weasyprint
    from weasyprint.text.ffi import pango

    return [*(module.VERSION for module in (weasyprint, pydyf, tinycss2, cssselect2)), str(pango.pango_version())]
