"""Designs of an evaluation folder: found, trusted before anything of them runs, and said to be wrong by file
and line.
"""

import contextlib

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.core.reference import resolve
from evidentia.new.design import TEMPLATE
from folders import MINIMAL, write_folder

TEXT = (TEMPLATE / "src" / "design.py").read_text().replace("name_of_design", "medians")
PEOPLE = "arm,score\n" + "".join(
    f"{arm},{value}\n"
    for arm, values in (
        ("a", (32, 39, 26, 35, 43, 27, 40, 37, 34, 29)),
        ("b", (36, 44, 47, 42, 49, 39, 46, 31, 33, 48)),
    )
    for value in values
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    config = {
        **MINIMAL,
        "designs": ["designs/medians.py"],
        "data": {"people": {"path": "data/people.csv"}},
        "analyses": {
            "days": {
                "design": "medians",
                "data": "people",
                "outcome": "score",
                "group": "arm",
                "groups": ["a", "b"],
            }
        },
    }
    return write_folder(tmp_path / "own", config, **{"data__people.csv": PEOPLE, "designs__medians.py": TEXT})


def test_a_design_of_the_folder_is_one_like_any_other(folder):
    from evidentia.data.table import read_table

    config = load_config(folder)
    design = config.registry.designs["medians"]
    result = resolve(design.analyse)(
        config.analyses["days"], {"people": read_table(folder, "data/people.csv", None)}
    )
    values = {number.id: number.value for number in result.numbers}
    assert values["difference.ci_low"] == pytest.approx(-16.95977, abs=1e-5)  # R, statpsych: ci.median2


def test_its_settings_are_checked_as_those_of_any_other(folder):
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["analyses"]["days"]["outcom"] = config["analyses"]["days"].pop("outcome")
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    with pytest.raises(EvidentiaError, match="unknown key 'outcom'") as caught:
        load_config(folder)
    assert "did you mean 'outcome'" in str(caught.value)


def test_nothing_of_a_design_runs_before_it_is_trusted_whatever_is_asked(folder, monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "")
    (folder / "designs" / "medians.py").write_text(f"open({str(folder / 'ran')!r}, 'w')\n{TEXT}")
    from evidentia.cli import app

    for command in (["numbers"], ["data"], ["explain", "days.n"], ["disclosure"], ["mutate"], ["diff"]):
        with (
            pytest.raises(EvidentiaError, match="you have not said that they may run"),
            contextlib.chdir(folder),
        ):
            app(command, standalone_mode=False)
    assert not (folder / "ran").exists()


def test_what_runs_is_the_text_that_was_trusted_and_no_cache_beside_it(folder):
    import importlib.util
    import py_compile

    other = folder / "other.py"
    other.write_text("DESIGN = 'from a cache'\n")
    cache = importlib.util.cache_from_source(str(folder / "designs" / "medians.py"))
    py_compile.compile(str(other), cache, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    other.unlink()
    assert "medians" in load_config(folder).registry.designs


def test_files_beside_a_design_are_imported_and_a_change_of_one_is_seen(folder):
    (folder / "designs" / "helper.py").write_text("ABOUT = 'first'\n")
    text = TEXT.replace('"the difference of two medians", analyse', "ABOUT, analyse").replace(
        "import math\n", "import math\nfrom .helper import ABOUT\n", 1
    )
    (folder / "designs" / "medians.py").write_text(text)
    assert load_config(folder).registry.designs["medians"].about == "first"
    (folder / "designs" / "helper.py").write_text("ABOUT = 'second'\n")
    assert load_config(folder).registry.designs["medians"].about == "second"


WRONG = {
    "no object": ("x = 1\n", "DESIGN is NoneType, not"),
    "an error": ("import math\n1 / 0\n", "cannot be loaded: ZeroDivisionError: division by zero"),
    "a taken name": (
        TEXT.replace('Literal["medians"]', 'Literal["ipw"]'),
        "two designs with the design 'ipw'",
    ),
    "no datasets": (TEXT.replace("def datasets", "def sets"), "have no method datasets()"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_design_that_does_not_work_is_named_with_its_file(folder, what):
    text, message = WRONG[what]
    (folder / "designs" / "medians.py").write_text(text)
    with pytest.raises(EvidentiaError) as caught:
        load_config(folder)
    assert message in str(caught.value)
    assert "designs/medians.py" in str(caught.value)
    if what == "an error":
        assert "line 2" in str(caught.value)


def test_a_design_that_is_not_there_is_named(folder):
    (folder / "designs" / "medians.py").rename(folder / "designs" / "median.py")
    with pytest.raises(EvidentiaError, match="designs/medians.py is not there") as caught:
        load_config(folder)
    assert "did you mean 'designs/median.py'" in str(caught.value) or "median.py" in str(caught.value)
