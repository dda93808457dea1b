"""The audit of the default evaluation's own PDF: all of it is found, and after one changed cell, what is stale."""

import json
import re
import shutil
from collections import Counter

import pytest

from evidentia.compare.documents.read import read_document
from evidentia.compare.foreign.against import against
from evidentia.compare.foreign.audit import audit
from evidentia.core.ledger import load
from folders import snakemake

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("default")]


def found_in(pdf, known):
    return audit(read_document(pdf), known.ledger, known.past, known.notes, known.build)


def digits(text):
    return re.sub(r"\D", "", text)


def test_every_quantity_of_the_report_is_bound(default_build):
    found = found_in(default_build / "build" / "report.pdf", against(default_build))
    assert len(found.quantities) > 700
    assert {item.status for item in found.quantities} == {"bound"}
    assert not found.remarks


def test_the_ledgers_numbers_are_bound_to_themselves(default_build):
    proved = json.loads((default_build / "build" / "round_trip.json").read_text())["numbers"]
    ledger = load(default_build / "build" / "numbers.json")
    wanted = Counter(
        (item["id"], digits(item["printed"]))
        for item in proved
        if item["kind"] == "ledger" and ledger[item["id"]]["unit"] not in ("date", "text")
    )
    found = found_in(default_build / "build" / "report.pdf", against(default_build))
    bound = Counter((id, digits(item.number.text)) for item in found.of("bound") for id in item.ids)
    missing = {key for key, times in wanted.items() if bound[key] < times}
    assert len(missing) < 0.02 * len(wanted)  # parts of 'per 10,000', and levels of tests


@pytest.mark.slow
def test_after_one_changed_cell_exactly_the_stale_numbers_are_named(default_build, tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(default_build, folder, symlinks=True)
    before = load(folder / "build" / "numbers.json")
    (tmp_path / "before.json").write_bytes((folder / "build" / "numbers.json").read_bytes())
    path = folder / "data" / "indicators.csv"
    old = "social_worker_turnover,2019,30 September,Lincolnshire,11.5,"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, old.replace("11.5", "11.9")), encoding="utf-8")
    assert snakemake(folder, "numbers").returncode == 0
    known = against(folder, past=[str(tmp_path / "before.json")])
    changed = {id for id, entry in known.ledger.items() if entry["value"] != before[id]["value"]}
    printed = {id for id in changed for use in before[id]["uses"] if use["anchor"].startswith("n-")}
    found = found_in(default_build / "build" / "report.pdf", known)
    assert printed == {"indicators.turnover.2019.area"}
    assert {id for item in found.of("stale") for id in item.ids} == printed
    assert not found.of("without origin")
