"""The short version read back: its words are the report's, and so are the origins of its numbers."""

from __future__ import annotations

from pathlib import Path

from evidentia.config.model import Config
from evidentia.core.changes import Comparison
from evidentia.core.language import translate
from evidentia.core.ledger import load
from evidentia.core.number_words import fold
from evidentia.core.pdf_text import FinishedPdf
from evidentia.prove.blocks import Block, Found, PageText
from evidentia.prove.match_pdf import match_pdf
from evidentia.prove.origins import Origins
from evidentia.prove.page_text import read_page
from evidentia.prove.round_trip import RoundTrip
from evidentia.prove.word import is_printed, match_word, printed_of, read_word
from evidentia.render.html.brief import KIND


def prove_brief(
    config: Config, folder: Path, build: Path, comparison: Comparison | None, done: RoundTrip
) -> None:
    """Read the short version back, and add what is found to a round trip, in place.

    Parameters
    ----------
    config : Config
        With chapters in ``report.summary``.
    folder, build : Path
    comparison : Comparison or None
    done : RoundTrip
        Of the report.
    """
    assert config.report is not None
    ledger = load(build / "numbers.json")
    origins = Origins(config, folder, ledger, build, comparison)
    report, page = read_page(build / "report.html"), read_page(build / "brief.html")
    found, faults = _explained(page, _by_words(report, origins), origins)
    done.brief["html"] = found
    if "pdf" in config.report.formats:
        printed, unmatched = match_pdf(page, found, FinishedPdf(build / "brief.pdf"), origins)
        done.brief["pdf"] = printed
        faults += [_said(item.text, item.words, "has no origin", "pdf") for item in printed if not item.kind]
        missing = [item for item in unmatched if item.kind == "ledger" and not item.screen_only]
        faults += [_said(item.text, item.words, "is missing", "pdf") for item in missing]
    if "docx" in config.report.formats:
        done.brief["docx"], left = match_word(page, found, read_word(build / "brief.docx"))
        faults += [fault.replace("build/report.docx", "build/brief.docx") for fault in left]
    done.faults = list(dict.fromkeys([*done.faults, *faults]))


def _by_words(page: PageText, origins: Origins) -> dict[str, list[Found]]:
    """Return the numbers of each block of the report by its words."""
    return {fold(printed_of(block)): _numbers(block, origins) for block in page.blocks}


def _numbers(block: Block, origins: Origins) -> list[Found]:
    return [item for item in origins.numbers_in(block) if item.kind != "footnote mark"]


def _explained(
    page: PageText, report: dict[str, list[Found]], origins: Origins
) -> tuple[list[Found], list[str]]:
    """Return the numbers of the short version, explained as those of the report with the same words, and the
    faults.
    """
    found: list[Found] = []
    faults: list[str] = []
    for block in page.blocks:
        numbers = list(origins.numbers_in(block))
        own = report.get(fold(printed_of(block)))
        if own is None and is_printed(block) and printed_of(block).strip() != translate(KIND):
            words = " ".join(block.text.split())[:90]
            faults.append(f'words of the short version are not the report\'s: "{words}"\n{_where("html")}')
        known = iter(own or [])
        for item in numbers:
            if item.kind != "footnote mark":
                same = next(known, None)
                item.kind, item.id = (same.kind, same.id) if same else (item.kind, item.id)
        found += numbers
        faults += [_said(item.text, item.words, "has no origin", "html") for item in numbers if not item.kind]
    return found, faults


def _said(number: str, words: str, what: str, kind: str) -> str:
    return f"the number '{number}' of the short version {what}: \"{words}\"\n{_where(kind)}"


def _where(kind: str) -> str:
    return f"  where: build/brief.{kind}"
