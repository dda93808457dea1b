"""The small dialogue that says where a number comes from, in a browser."""

import shutil

import pytest

from evidentia.core.files import read_json

pytestmark = [pytest.mark.chromium, pytest.mark.build, pytest.mark.xdist_group("popover")]
ID = "indicators.turnover.2019.area"


@pytest.fixture
def opened(default_build):
    """The page, and the anchor of a number in it."""
    playwright = pytest.importorskip("playwright.sync_api")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(f"file://{default_build}/build/report.html")
        numbers = {entry["id"]: entry for entry in read_json(default_build / "build" / "numbers.json")["numbers"]}
        yield page, next(use["anchor"] for use in numbers[ID]["uses"] if use["anchor"].startswith("n-"))
        chromium.close()


def test_a_number_opens_what_is_known_of_it_and_escape_gives_the_focus_back(opened):
    page, anchor = opened
    page.focus(f"#{anchor}")
    page.keyboard.press("Enter")
    text = page.inner_text("dialog[open]")
    for part in ("11.5%", "Social worker turnover", "data/indicators.csv", "scripts/analyse.py"):
        assert part in text
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.query_selector("dialog[open]") is None
    assert page.evaluate("document.activeElement.id") == anchor


def test_its_link_leads_to_the_row_and_a_click_elsewhere_closes_it(opened):
    page, anchor = opened
    page.click(f"#{anchor}")
    page.click("dialog[open] a:has-text('row')")
    assert page.evaluate("location.hash") == f"#row-{ID}"
    assert page.query_selector("dialog[open]") is None
    page.click(f"#{anchor}")
    page.click("h1")
    assert page.query_selector("dialog[open]") is None
