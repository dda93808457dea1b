"""The preview in a real browser: save, see, message."""

import os
import re
import threading

import pytest

from evidentia.preview.run import Preview
from evidentia.prove.checks.browser import QUIET, _chromium
from evidentia.prove.checks.check import CannotRun
from reliability.small import CHAPTER, write_small

pytestmark = [pytest.mark.build, pytest.mark.chromium]
MINUTES = 120_000  # milliseconds that a busy machine may take for the numbers
LONG = "\n\n".join(
    f"Paragraph {{{{ n('rates.calls.{year}.area') }}}} of the service." for year in (2019, 2020) * 30
)


@pytest.fixture
def browser():
    try:
        program = _chromium()
    except CannotRun as reason:
        pytest.skip(str(reason))
    from playwright.sync_api import sync_playwright

    args = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=args)
        yield browser
        browser.close()


@pytest.fixture
def preview(tmp_path):
    shown = Preview(write_small(tmp_path / "small"))
    begun = threading.Event()
    runs = threading.Thread(target=shown.run, args=(begun.set,))
    runs.start()
    assert begun.wait(60)
    yield shown
    shown.stop()
    runs.join(60)


def test_a_save_is_seen_a_failing_claim_is_marked_and_new_data_change_the_number(preview, browser):
    folder, chapter = preview.folder, preview.folder / "report" / "one.qmd"
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(preview.address)
    page.wait_for_selector("main .n", timeout=MINUTES)
    assert page.locator("main .n").first.inner_text().split() == ["44", "per", "10,000"]
    assert page.locator("#preview-bar summary").inner_text() == "No mistakes"

    chapter.write_text(
        CHAPTER.replace("# Findings", f"# Findings\n\nThe service grew.\n\n{LONG}\n\n# Late"),
        encoding="utf-8",
    )
    page.get_by_text("The service grew.").wait_for(timeout=MINUTES)
    page.get_by_text("Calls were").scroll_into_view_if_needed()
    before = page.get_by_text("Calls were").bounding_box()["y"]

    words = 'Calls {% claim "rates.calls.2020.area < rates.calls.2019.area" %}went down{% endclaim %} there.'
    chapter.write_text(
        chapter.read_text(encoding="utf-8").replace("The service grew.", f"{words}\n\nMore.\n\nStill more."),
        encoding="utf-8",
    )
    message = page.locator(".preview-message")
    message.wait_for(timeout=MINUTES)
    assert page.locator("mark.preview-mark").inner_text() == "went down"
    assert 'a claim no longer holds: "Calls went down there."' in message.inner_text()
    assert "report/one.qmd, line 3" in message.inner_text()
    assert page.locator("#preview-bar summary").inner_text() == "1 mistake"
    assert abs(page.get_by_text("Calls were").bounding_box()["y"] - before) < 2, "the reader's place is lost"

    data = folder / "data" / "rates.csv"
    data.write_text(
        data.read_text(encoding="utf-8").replace("2020,year,Hereford,44.0", "2020,year,Hereford,31.0"),
        encoding="utf-8",
    )
    page.get_by_text(re.compile(r"Calls were 31\s")).wait_for(timeout=MINUTES)
    assert page.locator("mark.preview-mark").count() == 0, "the claim holds by the new data"
    assert errors == []
