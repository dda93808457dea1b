"""Checks of build/report.html in a headless Chromium: axe-core, and what a phone shows, in both colour
schemes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from evidentia.prove.checks.check import CannotRun

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)
VIEWS = (
    ("desktop", 1280, 900, "light"),
    ("desktop", 1280, 900, "dark"),
    ("phone", 390, 844, "light"),
    ("phone", 390, 844, "dark"),
)
_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']}))
  .violations.map(found => [found.id, found.help, found.nodes.map(node => node.target.join(' '))])"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_OPEN = "() => document.querySelectorAll('details').forEach(details => { details.open = true; })"


def _axe() -> str:
    try:
        import axe_playwright_python
    except ImportError:
        raise CannotRun("axe-core is not installed (axe-playwright-python)") from None
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _chromium() -> str:
    named = os.environ.get("EVIDENTIA_CHROMIUM", "")
    found = named or next((path for name in PROGRAMS if (path := shutil.which(name))), "")
    if not found:
        raise CannotRun("there is no Chromium (Debian: chromium)")
    return found


def passes_axe(path: Path) -> tuple[str, list[str]]:
    """Run axe-core's rules at the width of a desk and of a phone, light and dark, with every fold open.

    Also finds a page that is wider than the screen.
    """
    script, program = _axe(), _chromium()
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise CannotRun("playwright is not installed") from None
    args = [*QUIET, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    findings: list[str] = []
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=program, args=args)
        except Error as error:
            raise CannotRun(f"Chromium does not start: {str(error).splitlines()[0]}") from None
        for name, width, height, scheme in VIEWS:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
            )
            findings += [
                f"{name}, {scheme}: {finding}" for finding in _findings(context.new_page(), path, script)
            ]
            context.close()
        version = browser.version
        browser.close()
    return f"Chromium {version.split('.')[0]}, {len(VIEWS)} views, {len(findings)} violations", findings


def _findings(page: Any, path: Path, script: str) -> list[str]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    page.goto(path.resolve().as_uri())
    overflow = page.evaluate(_OVERFLOW)
    page.evaluate(_OPEN)
    page.evaluate(script)
    violations = [f"{id}: {help} ({', '.join(nodes[:3])})" for id, help, nodes in page.evaluate(_RUN)]
    return (
        errors
        + violations
        + ([f"the page is {overflow} pixels wider than the screen"] if overflow > 0 else [])
    )
