"""Checks of build/report.html that need no browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from evidentia.prove.checks.check import CannotRun
from evidentia.render.html.opening import BESIDE

MOST_BYTES = 3 * 1024 * 1024
LEAST_WORDS = 20  # characters of a text alternative


def parses(text: str) -> tuple[str, list[str]]:
    """Check that the page is HTML as the standard's parser reads it, without a single parse error."""
    from tinyhtml5.parser import HTMLParser

    parser = HTMLParser()
    parser.parse(text)
    findings = [f"line {place[0] if place else '?'}: {error}" for place, error, *_ in parser.errors]
    return f"{len(findings)} parse errors", findings


def valid(path: Path) -> tuple[str, list[str]]:
    """Check the page with the Nu Html Checker, where it is at hand: the variable VNU_JAR names it, or npm's
    vnu-jar is here.

    What it says of the style sheet for paper is passed over: it does not know the properties of paged media.
    """
    jar = Path(os.environ.get("VNU_JAR", "node_modules/vnu-jar/build/dist/vnu.jar"))
    java = shutil.which("java")
    if not jar.is_file() or not java:
        raise CannotRun("the Nu Html Checker is not here (vnu-jar from npm, and Java)")
    command = [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = [
        message
        for message in json.loads(done.stdout)["messages"]
        if not message["message"].startswith("CSS:")
    ]
    findings = [f"line {message.get('lastLine', '?')}: {message['message']}" for message in messages]
    return f"{len(findings)} messages", findings


def _tree(text: str) -> Any:
    from lxml import html

    return html.document_fromstring(text)


def links_lead_somewhere(text: str) -> tuple[str, list[str]]:
    """Check that ids are unique, that each link and each reference by id has its target, and that nothing is
    loaded from elsewhere.
    """
    tree = _tree(text)
    ids = Counter(tree.xpath("//@id"))
    findings = [f"the id {id} stands {count} times" for id, count in ids.items() if count > 1]
    links = tree.xpath("//a[@href]")
    for link in links:
        address = link.get("href")
        if address.startswith("#") and address[1:] not in ids:
            findings.append(
                f"the link '{link.text_content().strip()}' leads to {address}, which is not there"
            )
        elif not re.match(r"#|https?://|mailto:|data:", address) and address not in BESIDE:
            findings.append(f"the link '{link.text_content().strip()}' leads to the file {address}")
        if not (link.text_content().strip() or link.get("aria-label")):
            findings.append(f"the link to {address} has no words")
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for element in tree.xpath(f"//*[@{name}]"):
            findings += [
                f"{name} names {id}, which is not there" for id in element.get(name).split() if id not in ids
            ]
    loaded = tree.xpath("//*[self::img or self::script or self::iframe or self::source]/@src | //link/@href")
    findings += [
        f"{address[:60]} is loaded from elsewhere" for address in loaded if not address.startswith("data:")
    ]
    return f"{len(links)} links, {len(ids)} ids", findings


def pictures_described(text: str) -> tuple[str, list[str]]:
    """Check that each picture has a text alternative, and each figure a caption and its data."""
    tree = _tree(text)
    pictures = tree.xpath("//img | //*[local-name()='svg']")
    findings = []
    for picture in pictures:
        words = picture.get("aria-label") or picture.get("alt") or ""
        if len(words) < LEAST_WORDS and picture.get("aria-hidden") != "true":
            findings.append(f"a picture has no text alternative to speak of: '{words}'")
    for figure in tree.xpath("//figure[@id]"):
        if not figure.xpath("./figcaption"):
            findings.append(f"{figure.get('id')} has no caption")
        own = figure.xpath(".//*[contains(@class, 'own-picture')]")  # a photograph or a map has no data
        if not own and not figure.xpath(".//details//table"):
            findings.append(f"{figure.get('id')} does not show its data")
    return f"{len(pictures)} pictures", findings


def headings_step(text: str) -> tuple[str, list[str]]:
    """Check that there is one title, and that no level of heading is left out."""
    headings = _tree(text).xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    levels = [int(heading.tag[1]) for heading in headings]
    findings = [] if levels.count(1) == 1 else [f"there are {levels.count(1)} titles (h1)"]
    for before, after, heading in zip(levels, levels[1:], headings[1:], strict=False):
        if after > before + 1:
            findings.append(
                f"'{heading.text_content().strip()}' is at level {after}, right below level {before}"
            )
    return f"{len(levels)} headings", findings


def tables_headed(text: str) -> tuple[str, list[str]]:
    """Check that each table has a caption or a name, and headers with a scope for columns and rows."""
    tables = _tree(text).xpath("//table")
    findings = []
    for number, table in enumerate(tables, start=1):
        caption = "".join(table.xpath("string(./caption)")).strip()
        name = caption or f"table {number}"
        if not caption and not table.getparent().get("aria-label"):
            findings.append(f"{name} has no caption")
        if table.xpath(".//th[not(@scope)]") or not table.xpath("./thead//th[@scope='col']"):
            findings.append(f"{name[:60]}: a header has no scope")
        bare = table.xpath("./tbody/tr[not(th[@scope='row' or @scope='rowgroup'])]")
        groups = table.xpath("./tbody/tr/th[@scope='rowgroup']")
        if len(bare) > sum(int(head.get("rowspan", "1")) - 1 for head in groups):
            findings.append(f"{name[:60]}: a row has no header")
    return f"{len(tables)} tables", findings


def size(text: str) -> tuple[str, list[str]]:
    """Check that the page opens quickly."""
    bytes_ = len(text.encode())
    return f"{bytes_ / 1024:,.0f} KiB", (
        [f"larger than {MOST_BYTES // 1024 // 1024} MiB"] if bytes_ > MOST_BYTES else []
    )
