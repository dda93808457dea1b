"""A study whose every name, label and cell is hostile, and what is wrong with the outputs that are made from
it.
"""

import csv
import re
import subprocess
import zipfile
from pathlib import Path

import yaml
from lxml import etree, html
from pypdf import PdfReader

from evidentia.render.html.opening import BESIDE
from folders import write_folder
from reliability.hostile import REMOTE
from reliability.small import text_of

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd|'/C calc'!A0"
TEMPLATE = "{{ 7*7 }} {% raw %} {{< include /etc/passwd >}}"
MARKDOWN = "**b** [l](javascript:alert) ![i](x.png) `r 1` | $$n$$ $x_1$ \\frac &lt;i&gt; @key {#id .class}"
DRAWING = '</text></svg><script>alert(2)</script> id="x" &amp; $\\frac$'
AREA = f'{FORMULA} <img src=x onerror=alert(1)> {TEMPLATE} {MARKDOWN} "q" \u200f'
NEIGHBOURS = ["@SUM(1+9)*cmd", "-2+3+cmd", "+cmd|x!A1"]
NATION = f"Wales{SCRIPT}"
LABEL = f"=1+1 Calls {SCRIPT} {DRAWING}"
PAYLOADS = (AREA, NATION, LABEL)


def write(folder: Path) -> Path:
    """Write the study."""
    rows = [["indicator", "year", "period", "area", "value", "unit", "source"]]
    for year in (2018, 2019, 2020):
        for number, area in enumerate([AREA, *NEIGHBOURS, NATION]):
            source = f'=HYPERLINK("{REMOTE}") {SCRIPT} {TEMPLATE}'
            rows.append(["calls", str(year), "year", area, str(40 + number + year % 7), "per_10000", source])
    evaluation = {
        "id": "hostile",
        "title": f"Title {SCRIPT} {TEMPLATE}",
        "subtitle": FORMULA,
        "date": "2021-06-30",
        "organisation": f"<b>Org</b> {REMOTE}",
        "publisher": SCRIPT,
        "contact": f'=HYPERLINK("{REMOTE}")',
    }
    indicators = {"calls": {"label": LABEL}}
    rates = {
        "design": "benchmark",
        "data": "rates",
        "area": AREA,
        "neighbours": NEIGHBOURS,
        "nation": NATION,
        "indicators": indicators,
    }
    config = {
        "evaluation": evaluation,
        "data": {"rates": {"path": "data/rates.csv"}},
        "analyses": {"rates": rates, "theory": {"design": "theory_of_change", "file": "report/theory.yaml"}},
        "figures": {
            "trend": {
                "kind": "trend",
                "analysis": "rates",
                "indicator": "calls",
                "axis": f"per {DRAWING}",
                "caption": "Calls",
                "alt": 'Calls "rose"',
            },
            "theory": {
                "kind": "theory_of_change",
                "analysis": "theory",
                "caption": "Theory",
                "alt": "Theory",
            },
        },
        "tables": {
            "calls": {
                "kind": "benchmark",
                "analysis": "rates",
                "indicators": ["calls"],
                "years": [2019, 2020],
                "caption": "Calls",
            },
            "stages": {"kind": "theory_of_change", "analysis": "theory", "caption": "Theory"},
        },
        "derived": {
            "made.a": {"formula": "rates.calls.2019.area * 2", "unit": "rate_per_10000", "label": LABEL}
        },
        "report": {
            "chapters": ["report/one.qmd"],
            "engine": "pandoc",
            "facts": "report/facts.yaml",
            "annexes": ["numbers"],
        },
    }
    fact = {
        "value": f"{FORMULA} {SCRIPT} {MARKDOWN}",
        "unit": "text",
        "label": LABEL,
        "document": "plan",
        "place": SCRIPT,
    }
    theory = {
        "origins": {"o": {"label": LABEL}},
        "stages": {"inputs": {"name": NATION, "elements": [{"text": AREA, "origin": "o"}]}},
    }
    words = (
        '# Findings\n\n{{ n("rates.calls.2019.area") }}: {{ n("programme.name") }}, {{ n("made.a") }}.\n\n'
    )
    words += "\n\n".join(
        f"{{{{ {call} }}}}"
        for call in ('figure("trend")', 'table("calls")', 'figure("theory")', 'table("stages")')
    )
    return write_folder(
        folder,
        config,
        **{
            "data__rates.csv": text_of(rows),
            "report__one.qmd": words + "\n",
            "report__facts.yaml": yaml.safe_dump(
                {"documents": {"plan": SCRIPT}, "facts": {"programme.name": fact}}
            ),
            "report__theory.yaml": yaml.safe_dump(theory, sort_keys=False),
        },
    )


def faults(build: Path) -> list[str]:
    """Return what could run, be fetched or be lost in the outputs of the study."""
    found = []
    for name in ("report.html", "changes.html", "quality_log.html"):
        if (build / name).is_file():
            found += [f"{name}: {what}" for what in _page((build / name).read_text(encoding="utf-8"))]
    text = re.sub(
        r"\s+",
        "",
        html.document_fromstring((build / "report.html").read_text(encoding="utf-8")).text_content(),
    )
    quotes = str.maketrans("‘’“”", "''\"\"")
    for payload in PAYLOADS:
        if re.sub(r"\s+", "", payload) not in text.translate(quotes):
            found.append(f"report.html: {payload[:30]!r} is not printed as it is")
    for drawing in sorted((build / "figures").glob("*.svg")):
        found += [f"{drawing.name}: {what}" for what in _drawing(drawing.read_bytes())]
    for table in sorted(build.rglob("*.csv")):
        found += [f"{table.name}: the formula {value!r}" for value in _formulas(table)]
    found += [f"tables.xlsx: {what}" for what in _workbook(build / "tables.xlsx")]
    found += [f"report.pdf: {what}" for what in _pdf(build / "report.pdf")]
    return found


def _page(text: str) -> list[str]:
    root = html.document_fromstring(text)
    running = root.xpath(
        "//script[not(@type='application/json')]"
    )  # what numbers say of themselves is data, not a program
    found = [f"{len(running)} scripts"] if len(running) > 1 else []
    found += [
        f"<{element.tag}>"
        for element in root.xpath("//img | //iframe | //link | //object | //embed | //form | //base")
    ]
    found += [
        f"attribute {name}" for element in root.iter() for name in element.attrib if name.startswith("on")
    ]
    links = [link for link in root.xpath("//@href | //@src") if link not in BESIDE]
    found += [
        f"link to {link}" for link in links if not link.startswith(("#", "data:", "https://", "mailto:"))
    ]
    return found + (["the template was filled"] if re.search(r"\b49\b", root.text_content()) else [])


def _drawing(content: bytes) -> list[str]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    names = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
    return [f"<{name}>" for name in sorted(names & {"script", "a", "image", "foreignObject", "iframe"})]


def _formulas(table: Path) -> list[str]:
    with table.open(encoding="utf-8", newline="") as stream:
        cells = [value for row in csv.reader(stream) for value in row]
    return [
        value
        for value in cells
        if value[:1] in ("=", "+", "-", "@", "\t", "\r")
        and not re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", value)
    ][:3]


def _workbook(path: Path) -> list[str]:
    found = []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            text = book.read(name).decode("utf-8", "replace")
            found += [
                f"{name}: {what}" for what in re.findall(r"<f\b[^>]*>|TargetMode=\"External\"|<ddeLink", text)
            ]
    return found


def _pdf(path: Path) -> list[str]:
    reader = PdfReader(path)
    found = (
        ["JavaScript"] if re.search(rb"/(JavaScript|JS|Launch|SubmitForm|GoToR)\b", path.read_bytes()) else []
    )
    addresses = {
        link.get_object().get("/A", {}).get("/URI", "")
        for page in reader.pages
        for link in page.get("/Annots") or []
    }
    found += [
        f"link to {address}"
        for address in addresses
        if address and not str(address).startswith(("https://", "mailto:"))
    ]
    text = re.sub(
        r"\s+",
        "",
        subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout,
    )
    return found + ([] if "alert(1)</script>" in text else ["the label is not printed as it is"])
