"""All words that the engine writes into a report, as a catalogue to translate."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from evidentia.core.language import Language
from evidentia.core.paths import ENGINE
from evidentia.core.units import NBSP, UNITS

_PACKAGE = Path(__file__).resolve().parents[1]
_SAID = re.compile(r"""\bsay\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
_MARKS = frozenset(["translate", "later"])


def messages() -> dict[str, str]:
    """Return every text that is translated, in the order of the engine's files, with the file of each."""
    found: dict[str, str] = {}
    for path in sorted(_PACKAGE.rglob("*.py")):
        for text in _in_module(path):
            found.setdefault(text, path.relative_to(_PACKAGE).as_posix())
    for path in sorted((ENGINE / "templates").glob("*.jinja")):
        for match in _SAID.finditer(path.read_text(encoding="utf-8")):
            found.setdefault(ast.literal_eval(match[1]), f"templates/{path.name}")
    for text in _of_units():
        found.setdefault(text, "core/units.py")
    return found


def _in_module(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    if not any(f"{mark}(" in source for mark in _MARKS):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield a text, or the texts between which a condition chooses."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _of_units() -> Iterator[str]:
    for unit in UNITS.values():
        for words in (unit.after, unit.one, f"{NBSP}million"):
            if re.search("[A-Za-z]", words):
                yield words.replace(NBSP, " ").strip()
        yield from filter(None, (unit.label, unit.spoken.removeprefix("a ")))


def catalogue(language: Language) -> str:
    """Return the catalogue of a language: every text with its translation, or with room for it.

    Parameters
    ----------
    language : Language
        With the translations that there are.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    found = Catalog(charset="utf-8")
    for text, place in messages().items():
        found.add(text, language.words.get(text, ""), locations=[(place, 0)])
    out = io.BytesIO()
    write_po(out, found, omit_header=True, width=100, include_lineno=False)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head + out.getvalue().decode("utf-8").strip() + "\n"


def lacking(language: Language) -> list[str]:
    """Return the texts that a language has no translation of."""
    return [] if language.is_english else [text for text in messages() if text not in language.words]
