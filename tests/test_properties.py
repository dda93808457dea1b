"""Properties of the readers, the printed forms and the ledger, over random input."""

import csv
import io
import math
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidentia.compare.ledgers import compare
from evidentia.config.report import Regression
from evidentia.core.errors import EvidentiaError
from evidentia.core.formats import MINUS, printed, rounded
from evidentia.core.ledger import SCHEMA, display, exact, finished, load, save
from evidentia.core.results import Frame, Result, load_result, save_result
from evidentia.core.units import UNITS
from evidentia.core.yamlio import read_yaml
from evidentia.data.cleaning import BLANKS, NOTHING
from evidentia.data.fields import Field, Schema
from evidentia.data.table import read_table

FILE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CALM = settings(deadline=None)  # a loaded machine is no fault
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), max_size=12).map(str.strip)
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: float(f"{value:.12g}"))
NUMERIC = [name for name, unit in UNITS.items() if unit.numeric]


def shown(text):
    """Return a text as it is seen: signs without width are nothing, all blanks are one sign."""
    return "".join("" if sign in NOTHING else " " if sign in BLANKS else sign for sign in text).strip()


def outcome(read):
    """Return what is read, or the one kind of error that is allowed."""
    try:
        return read()
    except EvidentiaError as error:
        return error


@FILE
@given(st.lists(st.tuples(CELL, CELL, st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_a_table_is_read_as_it_was_written(tmp_path, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("a", "b", "n"), *rows])
    (tmp_path / "t.csv").write_text(out.getvalue(), encoding="utf-8")
    table = read_table(tmp_path, "t.csv", Schema((Field("a"), Field("b"), Field("n", "integer"))))
    found = [
        tuple("" if cell is None or cell != cell else cell for cell in row)
        for row in table.frame.itertuples(index=False)
    ]
    assert found == [(shown(a), shown(b), n) for a, b, n in rows]
    assert list(table.frame.index) == list(range(2, len(rows) + 2))


@FILE
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"a,b\n{text}".encode("utf-8", "replace"))
)
def test_any_bytes_are_a_table_or_one_clear_error(tmp_path, data):
    (tmp_path / "t.csv").write_bytes(data)
    found = outcome(lambda: read_table(tmp_path, "t.csv", None))
    if isinstance(found, EvidentiaError):
        assert "t.csv" in str(found)
    else:
        assert len(set(found.frame.columns)) == len(found.frame.columns)


@FILE
@given(st.text(max_size=120).map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=80))
def test_any_bytes_are_yaml_or_one_clear_error(tmp_path, data):
    (tmp_path / "c.yaml").write_bytes(data)
    found = outcome(lambda: read_yaml(tmp_path / "c.yaml"))
    assert not isinstance(found, EvidentiaError) or "c.yaml" in str(found)


@CALM
@given(NUMBERS, st.integers(0, 6))
def test_rounding_is_half_away_from_zero_on_the_decimal_value(value, places):
    step, found = Decimal(1).scaleb(-places), rounded(value, places)
    true = Decimal(format(value, ".15g"))
    assert abs(found - true) <= step / 2
    assert found == found.quantize(step)
    assert rounded(-value, places) == -found
    if abs(found - true) == step / 2:
        assert abs(found) > abs(true)


@CALM
@given(NUMBERS, NUMBERS, st.integers(0, 4))
def test_rounding_keeps_the_order(first, second, places):
    low, high = sorted((first, second))
    assert rounded(low, places) <= rounded(high, places)


@CALM
@given(NUMBERS, st.sampled_from([unit for unit in NUMERIC if unit != "p_value"]), st.integers(0, 6))
def test_what_is_printed_can_be_read_back_to_its_last_decimal(value, unit, places):
    text = printed(value, unit, f"{places}dp")
    number = text.replace(MINUS, "-").replace(UNITS[unit].before, "").replace(",", "").split()[0].rstrip("%")
    scale = 100 if unit in ("proportion", "percentage_points") else 1
    assert abs(Decimal(number) - Decimal(format(value, ".15g")) * scale) <= Decimal(1).scaleb(-places) / 2
    assert not number.startswith("-") or Decimal(number) != 0  # no minus before a 0


@CALM
@given(st.sampled_from(NUMERIC), st.sampled_from(NUMERIC))
def test_a_unit_takes_no_form_of_another(unit, other):
    for form in set(UNITS[other].forms) - set(UNITS[unit].forms):
        with pytest.raises(EvidentiaError):
            printed(0.5, unit, form)


ENTRY = st.fixed_dictionaries(
    {
        "value": NUMBERS | st.integers(0, 10**9) | st.none(),
        "unit": st.sampled_from(NUMERIC),
        "label": CELL.filter(bool),
        "source": st.fixed_dictionaries(
            {"basis": st.just("computed"), "inputs": st.just({"data/a.csv": "sha256:0"})}
        ),
    }
)
LEDGER = st.dictionaries(
    st.from_regex(r"[a-z]{1,5}\.[a-z0-9_-]{1,5}\.[a-z]{1,3}", fullmatch=True), ENTRY, max_size=8
)


def entries_of(ledger):
    hide = lambda entry: {"suppressed": "c"} if entry["value"] is None else {}  # noqa: E731
    return finished([{"id": id, **entry, **hide(entry)} for id, entry in ledger.items()], {})


@FILE
@given(LEDGER)
def test_a_ledger_is_read_as_it_was_written_and_differs_from_itself_in_nothing(tmp_path, ledger):
    entries = entries_of(ledger)
    save(tmp_path / "numbers.json", "small", entries)
    found = load(tmp_path / "numbers.json")
    assert found == {entry["id"]: entry for entry in entries}
    assert compare(found, found, Regression()) == []
    assert f'"schema": {SCHEMA}' in (tmp_path / "numbers.json").read_text()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "numbers.csv").read_text(encoding="utf-8"))))
    assert [(row["id"], row["value"]) for row in rows] == [
        (entry["id"], "" if entry["value"] is None else str(entry["value"])) for entry in entries
    ]
    assert all(
        (display(entry) == "[c]") == (exact(entry) == "[c]") == (entry["value"] is None) for entry in entries
    )


@FILE
@given(LEDGER.filter(bool), st.data())
def test_a_changed_a_new_and_a_missing_number_are_each_named(tmp_path, ledger, data):
    entries = {entry["id"]: entry for entry in entries_of(ledger)}
    id = data.draw(st.sampled_from(sorted(entries)))
    old = entries[id]["value"]
    changed = {**entries, id: {**entries[id], "value": (old or 0) + 1 + abs(old or 0) / 2}}
    assert [(change.id, change.kind) for change in compare(entries, changed, Regression())] == [
        (id, "changed")
    ]
    without = {key: entry for key, entry in entries.items() if key != id}
    assert [(change.id, change.kind) for change in compare(entries, without, Regression())] == [(id, "gone")]
    assert [(change.id, change.kind) for change in compare(without, entries, Regression())] == [(id, "new")]


@FILE
@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-z]{1,6}\.[a-z]{1,4}", fullmatch=True), NUMBERS | st.just(math.nan)),
        max_size=6,
    )
)
def test_a_result_is_read_as_it_was_written(tmp_path, numbers):
    result = Result(
        frames={
            "f": Frame(
                ["who", "n"], [[id, value if value == value else None] for id, value in numbers], ["", "mean"]
            )
        }
    )
    for id, value in numbers:
        result.add(id, value, "mean", f"label of {id}", "a formula")
    save_result(tmp_path / "r.json", result, {"rule": "test", "validated": {}})
    found, source = load_result(tmp_path / "r.json")
    assert (found.numbers, found.frames) == (result.numbers, result.frames)
    assert source["rule"] == "test"
    assert "links" not in (tmp_path / "r.json").read_text()
