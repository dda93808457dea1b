"""From the page for paper to the PDF: cut into parts, set in several processes, bound into one file.

A part that was set before is taken as it is. Neither that nor the number of processes changes a byte of the result.
"""

from __future__ import annotations

import gc
import io
from pathlib import Path
from typing import Any

from evidentia.render.pdf.binding import bind
from evidentia.render.pdf.drawn import Drawn, compressing
from evidentia.render.pdf.glyphs import SAMPLE, add_fonts, sampled, without
from evidentia.render.pdf.kept import Kept
from evidentia.render.pdf.margins import margins
from evidentia.render.pdf.pagination import settle
from evidentia.render.pdf.parts import parts_of
from evidentia.render.pdf.typeset import VERSION, Looks, Typesetter, pdf_options
from evidentia.workflow.workers import Crew


def print_pdf(page: Any, folder: Path, processes: int = 1, identifier: str = "", **given: Any) -> bytes:
    """Return a page as a tagged PDF.

    Parameters
    ----------
    page : weasyprint.HTML
        After `evidentia.render.pdf.paper.for_paper`. It is used up.
    folder : Path
        Where parts are kept for the next time.
    processes : int
        How many parts may be set at the same time.
    identifier : str
        Of the PDF.
    given
        Attachments, for `weasyprint.Document.write_pdf`.

    Raises
    ------
    EvidentiaError
        If WeasyPrint reports an error (an image without text, a missing anchor).
    """
    looks = Looks(page)
    fonts = sampled(lambda: type(page)(string=SAMPLE).write_pdf(font_config=looks.fonts, stylesheets=looks.sheets))
    parts = parts_of(page.etree_element)
    kept = Kept(folder, looks.texts)
    keys = [kept.key(part) for part in parts]
    gc.freeze()  # what is there now stays to the end
    crew = Crew(Typesetter(parts, looks, frozenset(fonts)), min(processes, len(parts)))
    try:
        settings = settle(parts, [kept.load(key) for key in keys], crew, kept.guess())
    finally:
        crew.close()
    new = kept.save(dict(zip(keys, settings, strict=True)))
    print(f"evidentia: {new} of {len(parts)} parts of the PDF are set anew", flush=True)
    drawn = [Drawn.from_bytes(setting.drawn) for setting in settings]
    with without(frozenset(fonts)) as used:
        pdf = margins(parts[0].root, [leaf for setting in settings for leaf in setting.leaves], looks, **given)
    used.dictionary.update(add_fonts(pdf, fonts, [*(part.glyphs for part in drawn), used.glyphs], pdf_options()))
    bind(pdf, drawn, used.dictionary)
    out = io.BytesIO()
    with compressing():
        pdf.write(out, VERSION, identifier.encode("utf-8"), compress=True)
    return out.getvalue()
