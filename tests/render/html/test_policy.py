"""The page's policy lets the page work and lets nothing else run, be fetched or be styled, in a browser."""

import re
import shutil

import pytest

from evidentia.render.html.policy import policy
from reliability.small import run_rules, write_small

PLANTED = """<script>window.ran = 1</script><img src="x" onerror="window.ran = 2" alt=""><style>main { display: none }</style>
<img src="http://127.0.0.1:9/x.png" alt=""><iframe src="http://127.0.0.1:9/"></iframe><base href="http://127.0.0.1:9/">
<object data="http://127.0.0.1:9/"></object><link rel="stylesheet" href="http://127.0.0.1:9/x.css"><script src="http://127.0.0.1:9/x.js"></script>
<svg onload="window.ran = 3"></svg><form action="http://127.0.0.1:9/"><button id="send">Send</button></form>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = write_small(tmp_path_factory.mktemp("policy") / "study")
    run_rules(folder)
    return folder / "build" / "draft" / "report.html"


def test_only_the_engines_own_scripts_and_styles_are_in_the_policy():
    frame = "<style>a{}</style><script>b()</script>"
    assert policy(frame) == policy(frame + '<script type="application/json">{}</script>')
    assert len(re.findall("'sha256-", policy(frame))) == 2


@pytest.mark.chromium
def test_the_page_works_and_what_is_planted_in_it_does_not(page):
    playwright = pytest.importorskip("playwright.sync_api")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        pytest.skip("needs Chromium")
    text = page.read_text(encoding="utf-8")
    hostile = page.with_name("hostile.html")
    hostile.write_text(text.replace("</main>", f"{PLANTED}</main>"), encoding="utf-8")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        said, asked = [], []
        opened = chromium.new_page()
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("requestfinished", lambda request: asked.append(request.url))
        opened.goto(page.resolve().as_uri())
        loaded = (
            "document.fonts.ready.then(() => [...document.fonts].filter(font => font.status ==="
            " 'loaded').length)"
        )
        assert opened.evaluate(loaded) > 0
        assert opened.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"
        assert opened.locator("#fig-trend .drawn-wide svg").bounding_box()["height"] > 100
        opened.locator("#fig-trend summary").click()
        with opened.expect_download() as download:
            opened.locator("#fig-trend-data a[download]").click()
        assert download.value.suggested_filename == "trend.csv"
        assert said == []
        opened.goto(hostile.resolve().as_uri())
        opened.evaluate("document.querySelector('#send').click()")
        assert opened.evaluate("window.ran") is None
        assert opened.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"
        assert opened.url == hostile.resolve().as_uri()
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert len(said) >= 8
        chromium.close()
