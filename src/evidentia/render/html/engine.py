"""The two engines: Quarto where it is installed, else pandoc with a small Lua filter."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidentia.compose.code import blanked_code
from evidentia.core.chapter_lines import ChapterLines
from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.pandoc import MEMORY, TO_HTML, pandoc, run
from evidentia.core.paths import BUILD
from evidentia.core.text import read_words

QUARTO_LEAST = (1, 7)
PAGE = "preview.html"
"""What Quarto calls its page (templates/quarto/_quarto.yml), so that it never touches the finished one."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LOST = re.compile(r"^\[WARNING\] (Could not (?:.*(?:\n  .*)*))", re.MULTILINE)
_OWN_NAMES = {
    "content-visible": "when-visible",
    "content-hidden": "when-hidden",
    "when-format": "data-when-format",
    "unless-format": "data-unless-format",
    "layout-ncol": "data-layout-ncol",
    "panel-tabset": "tabset",
}
_ATTRIBUTES = re.compile(r"\{[^{}\n]{1,500}\}")
_DECIDED = re.compile(r"(?<![\w-])(?:" + "|".join(_OWN_NAMES) + r")(?![\w-])")
_PARENT = re.compile(r"independent-parent")


def choose(wanted: str) -> tuple[str, str]:
    """Return the engine (``quarto`` or ``pandoc``) and its program.

    Parameters
    ----------
    wanted : str
        ``auto``, ``quarto`` or ``pandoc``, from config.yaml. ``auto`` takes a Quarto that is new enough; see
        `passed_over`.

    Raises
    ------
    EvidentiaError
        If Quarto is asked for by name and is not installed.
    """
    quarto = shutil.which("quarto")
    if wanted == "quarto" and not quarto:
        raise EvidentiaError(
            "the engine 'quarto' is not installed",
            where="config.yaml, report.engine",
            remedy="install Quarto 1.7 or later, or set engine: auto or engine: pandoc",
        )
    if quarto and (wanted == "quarto" or (wanted == "auto" and not passed_over(wanted))):
        return "quarto", quarto
    return "pandoc", pandoc()


def passed_over(wanted: str) -> str:
    """Return why a Quarto that is installed is not taken, in words; empty if it is taken, or if there is
    none.
    """
    quarto = shutil.which("quarto")
    if wanted != "auto" or not quarto:
        return ""
    try:
        version("quarto", quarto)
    except (EvidentiaError, ValueError, IndexError) as error:
        why = (
            error.what
            if isinstance(error, EvidentiaError)
            else "what Quarto says of its version is no version"
        )
        return f"{why.strip()}: rendering with pandoc, which gives the same page"
    return ""


def version(engine: str, program: str) -> str:
    """Return the engine's version; a Quarto older than 1.7 is an error."""
    text = run([program, "--version"])[0].split("\n")[0].split()[-1]
    if engine == "quarto" and tuple(int(part) for part in text.split(".")[:2]) < QUARTO_LEAST:
        raise EvidentiaError(
            f"Quarto {text} is too old",
            remedy="install Quarto 1.7 or later, or set engine: pandoc in config.yaml",
        )
    return text


def to_html(
    engine: str,
    program: str,
    build: Path,
    templates: Path,
    beside: Sequence[str] = (),
    drawn: Path | None = None,
) -> str:
    """Render the composed document to HTML with the engine.

    Parameters
    ----------
    engine, program : str
        As `choose` returned them.
    build : Path
        The folder build/, with report.qmd, _quarto.yml and citations.csl.
    templates : Path
        The engine's templates/, with the Lua filter for pandoc.
    beside : sequence of str
        Files of the evaluation folder that the document refers to: the bibliography (.bib and others) and its
        style (.csl).
    drawn : Path, optional
        The folder with the figures, ``build/figures`` by default.

    Returns
    -------
    str
        A whole HTML page (Quarto) or its body (pandoc).
    """
    styles = [file for file in beside if file.endswith(".csl")]
    for style in styles:
        _refuse_parent(build.parent / style, style)
    if engine == "quarto":
        return _quarto(program, build, beside, drawn or build / "figures")
    options = [*TO_HTML, "--citeproc"]
    for file in beside:  # named here too, because the sandbox reads no other files
        options += ["--csl" if file in styles else "--bibliography", f"../{file}"]
    options += [] if styles else ["--csl", "citations.csl"]
    command = [program, "+RTS", f"-M{MEMORY}m", "-RTS", *options]
    command += ["--lua-filter", str(templates.resolve() / "quarto.lua"), "report.qmd"]
    body, said = run(command, build)
    raise_all(_lost(said, ChapterLines.of((drawn or build / "figures").parent)))
    return body


def for_quarto(text: str) -> str:
    """Return the report under other names for what Quarto would decide by the format HTML alone: the page is
    the PDF's too, so the finishing step decides.
    """
    plain, parts, last = blanked_code(text), list[str](), 0
    for match in _ATTRIBUTES.finditer(plain):
        said = _DECIDED.sub(lambda name: _OWN_NAMES[name[0]], text[match.start() : match.end()])
        parts += [text[last : match.start()], said]
        last = match.end()
    return "".join([*parts, text[last:]])


def _lost(said: str, homes: ChapterLines) -> Iterator[EvidentiaError]:
    """Yield a fault for each piece that pandoc says it could not bring to the page."""
    for match in _LOST.finditer(said):
        words = " ".join(match[1].split())
        yield EvidentiaError(
            f"pandoc warns: {words[:200]}",
            where=homes.near(*re.split(r"(?i)could not \w+(?: tex math)?|, rendering|from", words))
            or "build/report.qmd",
            remedy="correct the formula or the address that it names",
        )


def _refuse_parent(style: Path, name: str) -> None:
    """Raise for a citation style that only names another one, which an engine would fetch from the web."""
    if _PARENT.search(read_words(style, name)):
        raise EvidentiaError(
            "the citation style depends on another one, which would be fetched",
            where=name,
            remedy="give the independent style itself",
        )


def _quarto(program: str, build: Path, beside: Sequence[str], drawn: Path) -> str:
    """Render a copy of the project: Quarto leaves folders of its own beside what it renders."""
    with tempfile.TemporaryDirectory(prefix="evidentia-") as name:
        folder = Path(name) / BUILD
        folder.mkdir()
        if drawn.is_dir():
            shutil.copytree(drawn, folder / "figures", ignore=shutil.ignore_patterns("*.csv"))
        if (pictures := drawn.with_name("pictures")).is_dir():
            shutil.copytree(pictures, folder / "pictures")
        written = (build / "report.qmd").read_text(encoding="utf-8")
        (folder / "report.qmd").write_text(for_quarto(written), encoding="utf-8")
        for file in ("_quarto.yml", "citations.csl"):
            shutil.copy(build / file, folder / file)
        for file in beside:
            (Path(name) / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(build.parent / file, Path(name) / file)
        try:
            _, said = run([program, "render", "report.qmd", "--to", "html", "--log-level", "error"], folder)
        except EvidentiaError as error:
            what = _COLOURS.sub("", error.what).replace(str(folder.resolve()), "build")
            raise EvidentiaError(what, where="build/report.qmd", remedy=error.remedy) from None
        pages = sorted(folder.rglob(PAGE))
        if not pages:
            words = " ".join(_COLOURS.sub("", said).split())
            raise EvidentiaError(
                f"Quarto wrote no page{f': {words}' if words else ''}",
                where="build/report.qmd",
                remedy="correct what it names, or run 'quarto render report.qmd' in build/ to see more",
            )
        return pages[0].read_text(encoding="utf-8")
