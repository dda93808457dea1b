"""The example's own report: what its chapter shows is in the page and on paper."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
PAGE = (FOLDER / "build" / "report.html").read_text(encoding="utf-8")


def test_figures_and_tables_of_all_kinds_are_numbered_together():
    captions = re.findall(r'<span class="label">((?:Figure|Table) \d+)', PAGE)
    assert sorted(captions) == [*(f"Figure {n}" for n in range(1, 5)), *(f"Table {n}" for n in range(1, 5))]


def test_formulas_are_mathml_and_pictures_stand_in_the_page():
    assert PAGE.count("<math ") == 5
    assert "data:image/png;base64," in PAGE
    assert "$" not in re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", PAGE, flags=re.DOTALL)


def test_the_report_stands_in_all_three_formats():
    assert all(
        (FOLDER / "build" / f"report.{kind}").stat().st_size > 20_000 for kind in ("html", "pdf", "docx")
    )
