"""A brand in the page, on paper and in charts."""

import contextlib

import pytest

from brands import GIVEN, PIXEL
from evidentia.charts.house import new_figure
from evidentia.charts.style import use_style
from evidentia.charts.svg import to_svg
from evidentia.config.brand import load_brand
from evidentia.prove.checks.paper import fonts_embedded
from evidentia.render.html.webfonts import KEPT
from evidentia.render.pdf.characters import lacking
from evidentia.render.pdf.document import to_pdf
from evidentia.render.pdf.paper import for_paper
from reliability.small import run_rules, write_small


@pytest.fixture
def folder(tmp_path):
    write_small(tmp_path)
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "logo.png").write_bytes(PIXEL)
    for name in ("regular", "bold"):
        (tmp_path / "brand" / f"{name}.woff2").write_bytes((KEPT / f"{name}.woff2").read_bytes())
    (tmp_path / "_brand.yml").write_text(GIVEN, encoding="utf-8")
    yield tmp_path
    use_style()


def test_the_page_its_paper_and_its_charts_have_the_brand(folder):
    run_rules(folder)
    draft = folder / "build" / "draft"
    page = (draft / "report.html").read_text(encoding="utf-8")
    assert "--blue: #005a6e" in page
    assert '<img alt="Harbour Council" src="data:image/png;base64,' in page
    assert "font-family:'Harbour Sans'" in page
    chart = (draft / "figures" / "trend.svg").read_text(encoding="utf-8")
    assert "#005a6e" in chart
    assert "#12436d" not in chart.lower()
    assert "Harbour Sans" in chart
    root = for_paper(page)
    assert lacking(root) == {}
    (draft / "report.pdf").write_bytes(to_pdf(root))
    used, findings = fonts_embedded(draft / "report.pdf", ["Harbour Sans"])
    assert (bool(used), findings) == (True, [])


def test_words_in_a_pale_series_are_darker_than_its_line(folder):
    use_style(load_brand(folder), folder)
    figure, axes = new_figure(2)
    axes.text(0, 0, "words", color="#1A6E67")
    axes.plot([0, 1], [0, 1], color="#28A197")
    with contextlib.suppress(ValueError):
        text = to_svg(figure)
    assert "#7a5c00" in text
