"""Blocks of a page's text with their marks, and the numbers that are found in them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """What a stretch of a block is: its kind, and the id that it belongs to."""

    start: int
    end: int
    kind: str
    id: str = ""
    anchor: str = ""


@dataclass
class Block:
    """A paragraph, heading, cell or label.

    Attributes
    ----------
    text : str
    where : str
        The heading above it.
    role : str
        ``text``, ``cell``, ``chart`` (inside a picture), ``alt``, ``attribute`` or ``row`` (of the numbers'
        annex).
    id : str
        Of the figure, table or row that it belongs to.
    marks : list of Mark
    screen_only : bool
        It does not go on paper.
    """

    text: str
    where: str
    role: str = "text"
    id: str = ""
    marks: list[Mark] = field(default_factory=list)
    screen_only: bool = False


@dataclass
class PageText:
    """The page's blocks in reading order, and what is needed to explain them."""

    blocks: list[Block]
    headings: dict[str, str]
    names: dict[str, str]
    downloads: dict[str, str]
    styles: str
    marks: list[str]
    formulas: list[str] = field(default_factory=list)


@dataclass
class Found:
    """A number in the finished page.

    Attributes
    ----------
    text : str
        As printed.
    kind : str
        What explains it: ``ledger``, ``figure data``, ``year`` and so on; empty if nothing does.
    id : str
        Of the ledger's number, figure, table or heading behind it.
    words : str
        The words round it.
    where : str
        The heading above it, or the page.
    """

    text: str
    kind: str
    id: str
    words: str
    where: str
    anchor: str = ""
    screen_only: bool = False
    start: int = 0
    end: int = 0
