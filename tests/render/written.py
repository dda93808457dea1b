"""A chapter's Markdown as it is on the page and on paper, without a build."""

from lxml import html

from evidentia.core.pandoc import TO_HTML, pandoc, run
from evidentia.render.html.body import normalise, parse
from evidentia.render.html.finish import finish
from evidentia.render.html.layouts import layout_faults
from evidentia.render.html.places import Places
from evidentia.render.html.safety import active
from evidentia.render.html.webfonts import font_faces
from evidentia.render.pdf.paper import for_paper
from folders import ENGINE

CHAPTER = "report/one.qmd"


def body_of(markdown: str):
    """Return a chapter as pandoc writes it."""
    filter = str((ENGINE / "templates" / "quarto.lua").resolve())
    return parse(run([pandoc(), *TO_HTML, "--lua-filter", filter], text=markdown)[0])


def faults_of(markdown: str) -> list[str]:
    """Return what is wrong with a chapter before its page is finished."""
    main, sources = body_of(markdown), Places({CHAPTER: markdown})
    return [str(fault) for fault in [*active(main, sources), *layout_faults(main, sources)]]


def page_of(markdown: str):
    """Return the finished body of a chapter."""
    main = body_of(markdown)
    normalise(main)
    return finish(main).main


def paper_of(markdown: str, style: str = ""):
    """Return a chapter as it is given to WeasyPrint, in the report's font unless a style is given."""
    main = html.tostring(page_of(markdown), encoding="unicode")
    print_css = "".join((ENGINE / "templates" / name).read_text() for name in ("lists.css", "print.css"))
    return for_paper(
        f"<html lang='en'><head><title>T</title><style>{style or font_faces()}</style><style media='print'>{print_css}"
        f"</style></head><body>{main}</body></html>"
    )
