"""The default report's finished pages: all checks, a browser's keyboard, and a machine without fonts."""

import contextlib
import os

import pytest

from evidentia.config.load import load_config
from evidentia.prove.checks.browser import QUIET, _chromium
from evidentia.prove.checks.check import FAILED, PASSED, SKIPPED, CannotRun
from evidentia.prove.checks.report import all_checks
from folders import ENGINE, copy_default, snakemake

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("pages")]


@pytest.fixture(scope="session")
def checks(default_build):
    config = load_config(default_build, check_files=False)
    return {check.id: check for check in all_checks(config, default_build / "build", ENGINE / "templates")}


def test_no_check_of_the_default_report_fails(checks):
    assert {check.id: check.findings for check in checks.values() if check.status == FAILED} == {}
    assert sum(check.status == PASSED for check in checks.values()) >= 12


@pytest.mark.chromium
def test_axe_finds_nothing_at_a_desk_and_on_a_phone_in_light_and_dark(checks):
    if checks["html-axe"].status == SKIPPED:
        pytest.skip(checks["html-axe"].measured)
    assert checks["html-axe"].findings == []


def test_a_machine_without_fonts_gives_the_same_charts_and_pages(default_build, tmp_path):
    (tmp_path / "fonts.conf").write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    folder = copy_default(tmp_path / "fontless")
    fontless = {
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "MPLCONFIGDIR": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    done = snakemake(folder, **fontless)
    assert done.returncode == 0, done.stdout
    for name in ("figures/looked-after.svg", "figures/looked-after.narrow.svg", "report.html", "report.pdf"):
        assert (folder / "build" / name).read_bytes() == (default_build / "build" / name).read_bytes(), name


@contextlib.contextmanager
def opened(path, **options):
    """Open a page in a headless Chromium."""
    try:
        program = _chromium()
    except CannotRun as reason:
        pytest.skip(str(reason))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=[*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        page = browser.new_context(offline=True, reduced_motion="reduce", **options).new_page()
        page.goto(path.as_uri())
        yield page
        browser.close()


def tab_until(page, condition, most=600):
    """Press Tab until the element with the focus meets a condition in JavaScript."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const it = document.activeElement; return {condition}; }})()"):
            return
    pytest.fail(f"the keyboard does not reach: {condition}")


@pytest.mark.chromium
def test_the_keyboard_alone_leads_from_the_contents_to_a_figures_data(default_build):
    with opened(default_build / "build" / "report.html", viewport={"width": 1280, "height": 900}) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        tab_until(page, "it.closest('nav.contents') && it.hash === '#sec-outcomes-families'")
        page.keyboard.press("Enter")
        tab_until(page, "it.matches('figure summary')")
        figure = page.evaluate("document.activeElement.closest('figure').id")
        assert not page.locator(f"#{figure} details table").is_visible()
        page.keyboard.press("Enter")
        assert page.locator(f"#{figure} details table").is_visible()
        tab_until(page, "it.download && it.download.endsWith('.csv')", most=3)


@pytest.mark.chromium
def test_a_footnote_opens_where_it_is_called_and_gives_the_focus_back(default_build):
    with opened(default_build / "build" / "report.html", viewport={"width": 390, "height": 844}) as page:
        call = page.locator("a.footnote-ref").first
        call.focus()
        page.keyboard.press("Enter")
        popup = page.locator("#note")
        assert popup.is_visible()
        assert len(popup.inner_text()) > 40
        box = popup.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.keyboard.press("Escape")
        assert not popup.is_visible()
        assert page.evaluate("document.activeElement.classList.contains('footnote-ref')")


@pytest.mark.chromium
def test_without_javascript_contents_and_notes_are_there(default_build):
    with opened(
        default_build / "build" / "report.html",
        viewport={"width": 1280, "height": 900},
        java_script_enabled=False,
    ) as page:
        assert page.locator("nav.contents li").first.is_visible()
        page.locator("a.footnote-ref").first.click()
        assert page.url.endswith("#fn1")
        assert page.locator("#fn1").is_visible()


DRAWN = """() => [...document.querySelectorAll('figure .picture')].map(box => {
    const svg = box.querySelector('svg'), frame = svg.getBoundingClientRect();
    const beyond = [...svg.querySelectorAll('text')].filter(text => {
        const place = text.getBoundingClientRect();
        return place.left < frame.left - 2 || place.right > frame.right + 2 || place.top < frame.top - 2 || place.bottom > frame.bottom + 2;
    });
    return {classes: [...box.classList], shown: box.checkVisibility(), left: frame.left, right: frame.right,
        scrolls: box.scrollWidth > box.clientWidth + 1, beyond: beyond.map(text => text.textContent)};
})"""


@pytest.mark.chromium
@pytest.mark.parametrize(
    ("width", "fits", "other"), [(390, "drawn-narrow", "drawn-wide"), (1280, "drawn-wide", "drawn-narrow")]
)
def test_of_two_drawings_the_one_that_fits_the_screen_is_shown_whole(default_build, width, fits, other):
    with opened(default_build / "build" / "report.html", viewport={"width": width, "height": 844}) as page:
        boxes = page.evaluate(DRAWN)
    assert sum(fits in box["classes"] for box in boxes) == sum(other in box["classes"] for box in boxes) >= 15
    assert not any(box["shown"] for box in boxes if other in box["classes"])
    for box in (box for box in boxes if fits in box["classes"]):
        assert box["shown"]
        assert 0 <= box["left"] < box["right"] <= width
        assert not box["scrolls"]
        assert box["beyond"] == []
