"""The box that says where a number comes from, and the contents that follow the reader, in a browser."""

import shutil

import pytest

from evidentia.core.files import read_json

pytestmark = [pytest.mark.chromium, pytest.mark.build, pytest.mark.xdist_group("popover")]
ID = "indicators.turnover.2019.area"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(params=list(SIZES))
def opened(default_build, request):
    """The page at the width of a desk and of a phone, and the anchor of a number in it."""
    playwright = pytest.importorskip("playwright.sync_api")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        pytest.skip("needs Chromium")
    width, height = SIZES[request.param]
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.goto(f"file://{default_build}/build/report.html")
        numbers = {
            entry["id"]: entry for entry in read_json(default_build / "build" / "numbers.json")["numbers"]
        }
        yield page, next(use["anchor"] for use in numbers[ID]["uses"] if use["anchor"].startswith("n-"))
        chromium.close()


def place(page):
    return page.evaluate("[Math.round(scrollX), Math.round(scrollY)]")


def put_at(page, anchor, share):
    """Scroll so that a number stands at a share of the window's height."""
    script = (
        "([id, share]) => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - innerHeight *"
        " share)"
    )
    page.evaluate(script, [anchor, share])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_box_opens_at_the_number_in_view_and_nothing_scrolls(opened, share):
    page, anchor = opened
    put_at(page, anchor, share)
    before = place(page)
    page.click(f"#{anchor}")
    box = page.locator("dialog[open]").bounding_box()
    number = page.locator(f"#{anchor}").bounding_box()
    gap = min(abs(box["y"] - number["y"] - number["height"]), abs(number["y"] - box["y"] - box["height"]))
    assert gap < 40  # a number may be broken over two lines
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    assert place(page) == before
    page.keyboard.press("Escape")
    assert page.query_selector("dialog[open]") is None
    assert page.evaluate("document.activeElement.id") == anchor
    assert place(page) == before


def test_the_box_says_what_the_number_is_and_from_which_data_and_offers_the_rest(opened):
    page, anchor = opened
    page.click(f"#{anchor}")
    text = page.inner_text("dialog[open]")
    for part in ("11.5%", "Social worker turnover", "It is computed from data/indicators.csv."):
        assert part in text
    assert "Before rounding" not in text
    page.click("dialog[open] summary")
    for part in ("Before rounding", "scripts/", ID):
        assert part in page.inner_text("dialog[open]")
    page.click("dialog[open] button")
    assert page.query_selector("dialog[open]") is None


def test_a_click_elsewhere_closes_the_box(opened):
    page, anchor = opened
    page.click(f"#{anchor}")
    page.mouse.click(3, 3)
    assert page.query_selector("dialog[open]") is None


def test_numbers_are_no_tab_stops_until_the_switch_makes_them_one(opened):
    page, anchor = opened
    stops = "document.querySelectorAll('main .n[tabindex=\"0\"]').length"
    assert page.evaluate(stops) == 0
    page.focus("button.trace")
    page.keyboard.press("Enter")
    assert page.evaluate(stops) == 1
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.id")
    assert first != second
    before = place(page)
    page.keyboard.press("Enter")
    assert page.query_selector("dialog[open]")
    page.keyboard.press("Escape")
    assert (page.evaluate("document.activeElement.id"), place(page)) == (second, before)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.n')") is False
    page.focus("button.trace")
    page.keyboard.press("Enter")
    assert page.evaluate(stops) == 0


def test_a_footnote_opens_where_it_is_called_and_nothing_scrolls(opened):
    page, _ = opened
    page.locator("a.footnote-ref").nth(3).scroll_into_view_if_needed()
    before = place(page)
    page.locator("a.footnote-ref").nth(3).click()
    assert page.locator("#note:popover-open").count() == 1
    assert place(page) == before


def test_the_contents_follow_the_reader(opened):
    page, _ = opened
    if page.viewport_size["width"] < 960:
        pytest.skip("the contents are folded on a phone")
    last = page.evaluate("[...document.querySelectorAll('nav.contents a')].at(-1).hash")
    page.evaluate("hash => document.querySelector(hash).scrollIntoView()", last)
    page.wait_for_function(
        "hash => document.querySelector('nav.contents a[aria-current]')?.hash === hash", arg=last
    )
    seen = page.evaluate("""() => {
        const nav = document.querySelector('nav.contents').getBoundingClientRect();
        const link = document.querySelector('nav.contents a[aria-current]').getBoundingClientRect();
        return link.top >= nav.top && link.bottom <= nav.bottom; }""")
    assert seen


def test_the_page_opens_with_the_key_messages_and_the_files_beside_it(opened):
    page, _ = opened
    assert page.inner_text("main > section:first-child h2") == "Key messages"
    links = page.evaluate(
        "[...document.querySelectorAll('nav.bar a')].map(link => link.getAttribute('href'))"
    )
    assert links == ["report.pdf", "numbers.csv", "tables.xlsx"] or set(links) == {
        "report.pdf",
        "numbers.csv",
        "tables.xlsx",
    }
