"""An edition: the chapters' HTML finished as the report's page is, with what is wrong marked in it."""

from __future__ import annotations

import html
from pathlib import Path

from lxml.html import builder as tag

from evidentia.config.brand import load_brand
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import digest
from evidentia.core.markup import Element
from evidentia.core.paths import DRAFT, ENGINE
from evidentia.core.text import read_bytes, read_words
from evidentia.preview.assemble import chapter_body, joined
from evidentia.preview.edition import Chapter, Edition, Fault, as_faults
from evidentia.preview.marks import mark_faults, mark_suppressed
from evidentia.preview.words import Numbers, Written
from evidentia.render.html.body import normalise
from evidentia.render.html.finish import Finished, finish, text_of
from evidentia.render.html.neighbours import joined_numbers
from evidentia.render.html.page import CONTENT, content_of, framed
from evidentia.render.html.places import Places, places
from evidentia.render.html.policy import PLACE, policy
from evidentia.render.html.safety import active, take_out_active
from evidentia.render.html.schemes import dark_rules

TEMPLATES = ENGINE / "templates"
WAITS = (
    '<p class="preview-waits">The numbers are made for the first time.'
    " The words appear as soon as they are there.</p>"
)


def made(
    config: Config,
    folder: Path,
    numbers: Numbers,
    written: dict[str, Written],
    faults: dict[str, list[Fault]],
    bodies: dict[str, str | EvidentiaError],
    report: list[EvidentiaError],
) -> Edition:
    """Return an edition.

    Parameters
    ----------
    config : Config
    folder : Path
    numbers : Numbers
    written : dict of str to Written
        Each chapter as composed.
    faults : dict of str to list of Fault
        Those of each chapter; the marks in its text are places in its list.
    bodies : dict of str to str or EvidentiaError
        Each chapter's HTML from the engine.
    report : list of EvidentiaError
        What is wrong with no chapter.
    """
    chapters: list[Element] = []
    said: list[Fault] = []
    lines: dict[str, str] = {}
    for index, (path, chapter) in enumerate(written.items()):
        body = bodies[path]
        own = faults[path] + (as_faults(body) if isinstance(body, EvidentiaError) else [])
        element = chapter_body(body if isinstance(body, str) else "", index)
        printed = {f"{anchor}-{index}": place for anchor, place in chapter.lines.items()}
        lines |= printed
        said += mark_faults(element, own, f"preview-{index}-", _lines(folder, path))
        mark_suppressed(element, numbers.ledger, {}, printed)
        if not len(element):
            element.append(_unreadable(path, own))
        chapters.append(element)
    main, sources = joined(chapters), places(config, folder)
    said += [
        fault
        for error in [*report, *active(main, sources), *joined_numbers(main, lines)]
        for fault in as_faults(error)
    ]
    take_out_active(main)
    normalise(main)
    for box in main.xpath("./div[.//section[contains(@data-kind, 'opening')]]")[:1]:
        main.insert(0, box)
    done = finish(main)
    names, shown = list(written), list[Chapter]()
    drawn: dict[str, str] = {}
    for box in main.xpath("./div[@class='preview-chapter']"):
        text, drawings = _content(config, folder, box, sources, said)
        drawn |= drawings
        index = box.get("data-chapter")
        path = names[int(index)] if index.isdigit() else ""
        shown.append(Chapter(path, _title(box, path), f'<div class="preview-chapter">{text}</div>'))
    return Edition(
        shown, _frame(config, folder, done, drawn), _contents(done), said, cover=_cover(config, folder)
    )


def waiting(config: Config, folder: Path) -> Edition:
    """Return the edition of a report whose numbers have never been made."""
    nothing = Finished(tag.E.main())
    return Edition(
        [Chapter("", "", WAITS)], _frame(config, folder, nothing, {}), cover=_cover(config, folder)
    )


def _cover(config: Config, folder: Path) -> str:
    """Return what tells whether the page round the words is the same."""
    looks = [read_bytes(folder / name, name)[1] for name in load_brand(folder).files]
    return digest([config.evaluation.model_dump(mode="json"), looks])


def _lines(folder: Path, path: str) -> dict[int, str]:
    try:
        return dict(enumerate(read_words(folder / path, path).split("\n"), start=1))
    except EvidentiaError:
        return {}


def _unreadable(path: str, faults: list[Fault]) -> Element:
    """Return what stands in the place of a chapter that cannot be read."""
    words = [f"{path} cannot be shown."] if faults else [f"{path} holds no words yet."]
    words += ["\n".join(filter(None, [fault.what, fault.where, fault.remedy])) for fault in faults]
    return tag.E.section(*(tag.E.div(text, {"class": "preview-message", "role": "note"}) for text in words))


def _content(
    config: Config, folder: Path, box: Element, sources: Places, said: list[Fault]
) -> tuple[str, dict[str, str]]:
    """Return a chapter's content with its drawings; one that is not there yet is said to be missing."""
    for image in box.xpath(".//img"):
        source = image.get("src", "")
        if source.startswith("figures/") and not (folder / DRAFT / source).is_file():
            _replace(image, "This figure is drawn when the numbers have been made.")
    try:
        return content_of(config, box, folder / DRAFT, sources)
    except EvidentiaError as error:
        said += as_faults(error)
        for image in box.xpath(".//img"):
            _replace(image, str(error))
        return content_of(config, box, folder / DRAFT, sources)


def _replace(image: Element, words: str) -> None:
    message = tag.E.div(words, {"class": "preview-message preview-hidden", "role": "note"})
    message.tail = image.tail
    image.getparent().replace(image, message)


def _title(box: Element, path: str) -> str:
    headings = box.xpath(".//h2")
    return text_of(headings[0]) if headings else path


def _contents(done: Finished) -> str:
    return "".join(
        f'<li class="level-{line.level}"><a href="#{html.escape(line.id)}">'
        f"{html.escape(line.number + line.text)}</a></li>"
        for line in done.headings
    )


def _frame(config: Config, folder: Path, done: Finished, drawings: dict[str, str]) -> str:
    return framed(
        config,
        done,
        TEMPLATES,
        folder,
        screen=dark_rules(drawings.values()) + _text("preview.css"),
        origins="{}",
        script=_text("preview.js"),
    )


def _text(name: str) -> str:
    return (TEMPLATES / "preview" / name).read_text(encoding="utf-8")


def whole(edition: Edition, chapter: str) -> tuple[str, str]:
    """Return the page of an edition, or of one of its chapters, and its Content-Security-Policy."""
    frame = edition.frame
    rules = f"{policy(frame)}; connect-src 'self'; frame-ancestors 'none'"
    titles = {one.path: one.title for one in edition.chapters}
    known = chapter if chapter in titles else ""
    bar = _text("bar.html").replace("CHOSEN", html.escape(known))
    bar = bar.replace("TITLE", html.escape(titles[known]) if known else "The whole report")
    bar = bar.replace("COVER", edition.cover)
    frame = frame.replace(PLACE, rules.replace("; frame-ancestors 'none'", ""), 1)
    frame = _script_last(frame.replace("</body>", f"{bar}</body>"))
    return frame.replace(CONTENT, content(edition, chapter), 1), rules


def content(edition: Edition, chapter: str) -> str:
    """Return the words of an edition, or of one of its chapters."""
    chosen = [one for one in edition.chapters if chapter and one.path == chapter] or edition.chapters
    return "".join(one.html for one in chosen)


def _script_last(frame: str) -> str:
    """Move the page's script behind the bar that it serves."""
    start = frame.rindex("<script>")
    end = frame.index("</script>", start) + len("</script>")
    return (frame[:start] + frame[end:]).replace("</body>", f"{frame[start:end]}\n</body>")
