"""The words of a paragraph of Word, with what happens to them: insertions, deletions, comments, controls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from evidentia.core.word_format import NUMBER_BOOKMARK

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DEEPEST = 100


@dataclass(frozen=True)
class Change:
    """A tracked change: ``insertion`` or ``deletion``, of whom and when; of a move, one of each."""

    kind: str
    id: str
    author: str
    date: str
    moved: bool = False


@dataclass(frozen=True)
class Run:
    """A stretch of words, or a mark without words.

    Attributes
    ----------
    text : str
        Empty for a mark.
    mark : str
        ``comment start``, ``comment end``, ``comment`` (its sign), ``bookmark``, ``bookmark end``, ``note``
        or ``alt`` (text said for a picture).
    id : str
        Of the mark: the comment's, the bookmark's name, the note's, the alternative text.
    changes : tuple of Change
        The tracked changes in which it stands.
    tag, control : str
        The tag and the id of the content control in which it stands.
    number : str
        The number of the bookmark `_en_` in which it stands, which programs keep that drop tags.
    """

    text: str = ""
    mark: str = ""
    id: str = ""
    changes: tuple[Change, ...] = ()
    tag: str = ""
    control: str = ""
    number: str = ""

    @property
    def deleted(self) -> bool:
        """Whether a reader who accepts all changes does not see it."""
        return any(change.kind == "deletion" for change in self.changes)

    @property
    def inserted(self) -> bool:
        """Whether a reader who rejects all changes does not see it."""
        return any(change.kind == "insertion" for change in self.changes)


_CHANGES = {
    f"{W}ins": "insertion",
    f"{W}moveTo": "insertion",
    f"{W}del": "deletion",
    f"{W}moveFrom": "deletion",
}
_SIGNS = {
    f"{W}tab": " ",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{W}softHyphen": "",
}
_MARKS = {
    f"{W}commentRangeStart": "comment start",
    f"{W}commentRangeEnd": "comment end",
    f"{W}commentReference": "comment",
    f"{W}footnoteReference": "note",
    f"{W}endnoteReference": "note",
}
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}instrText", f"{W}delInstrText", _FALLBACK}


def runs(paragraph: Any) -> Iterator[Run]:
    """Yield the runs and marks of a paragraph in their order, without those of text boxes in it."""
    open_: dict[str, str] = {}  # the bookmarks of numbers that are open, by the id that ends them
    for run in _inside(paragraph, Run(), 0):
        if run.mark == "bookmark":
            found = NUMBER_BOOKMARK.fullmatch(run.id)
            if found:
                open_[run.control] = found[1]
        elif run.mark == "bookmark end":
            open_.pop(run.id, None)
            continue
        yield replace(run, number=next(reversed(open_.values()))) if open_ else run


def _inside(element: Any, state: Run, depth: int) -> Iterator[Run]:
    if depth > _DEEPEST:
        return
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or tag == _TEXT_BOX or not isinstance(tag, str):
            continue
        if tag in (f"{W}t", f"{W}delText", _MATHS_TEXT):
            if child.text:
                yield replace(state, text=child.text)
        elif tag in _SIGNS:
            yield replace(state, text=_SIGNS[tag])
        elif tag == f"{W}sym":
            yield replace(state, text="\N{BULLET}")
        elif tag in _MARKS:
            yield replace(state, mark=_MARKS[tag], id=child.get(f"{W}id", ""))
        elif tag == f"{W}bookmarkStart":
            own = child.get(f"{W}id", "")
            yield replace(state, mark="bookmark", id=child.get(f"{W}name", ""), control=own)
        elif tag == f"{W}bookmarkEnd":
            yield replace(state, mark="bookmark end", id=child.get(f"{W}id", ""))
        elif tag == _DESCRIBED:
            said = child.get("descr") or ""
            if said.strip():
                yield replace(state, mark="alt", id=said)
        else:
            yield from _inside(child, _entered(child, state), depth + 1)


def _entered(element: Any, state: Run) -> Run:
    """Return the state inside an element."""
    kind = _CHANGES.get(element.tag)
    if kind:
        id, author, date = (element.get(f"{W}{name}", "") for name in ("id", "author", "date"))
        change = Change(kind, id, author, date, "move" in element.tag)
        return replace(state, changes=(*state.changes, change))
    if element.tag == f"{W}sdt":
        about = element.find(f"{W}sdtPr")
        tag, control = (_value(about, "tag"), _value(about, "id")) if about is not None else ("", "")
        return replace(state, tag=tag, control=control) if tag else state
    return state


def _value(about: Any, name: str) -> str:
    found = about.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the paragraphs of the text boxes that hang on a paragraph."""
    for box in paragraph.iter(_TEXT_BOX):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from box.iter(f"{W}p")


def current_text(found: list[Run]) -> str:
    """Return what a reader who accepts all changes reads."""
    return "".join(run.text for run in found if not run.deleted)


def sent_text(found: list[Run]) -> str:
    """Return what a reader who rejects all changes reads: the words before the changes."""
    return "".join(run.text for run in found if not run.inserted)
