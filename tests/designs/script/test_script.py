"""The design script: what a program gives, and what is said of a program that does wrong."""

import shutil

import pytest

from designs.script.own import folder_of, result_of, shell, values_of
from evidentia.charts.width import drawn_narrow
from evidentia.core import running
from evidentia.core.confine import can_confine
from evidentia.core.errors import EvidentiaError
from evidentia.designs.script.charts import draw
from evidentia.designs.script.settings import ScriptFigure, ScriptSettings

PYTHON = """import evidentia
from beside import doubled

def analyse(tables, settings):
    gifts = tables["gifts"]
    result = evidentia.Result()
    result.number("total", gifts["gifts"].sum(), "count", "Gifts")
    result.number("twice", doubled(settings["number"]), "count", "Twice a setting")
    result.estimate(
        "change", 6.5, 2.0, "mean", "Change", df=6)
    result.table("quarters", gifts, units={"pounds": "pounds 2dp"})
    return result
"""
RSCRIPT = """paths <- commandArgs(trailingOnly = TRUE)
gifts <- read.csv(paths[1])
source("analysis/more.R")
numbers <- data.frame(id = c("total", "change"), value = c(sum(gifts$gifts), 6.5), unit = c("count", "mean"),
  label = c("Gifts", "Change"), se = c(NA, 2), df = c(NA, 6))
write.csv(numbers, file.path(paths[2], "numbers.csv"), row.names = FALSE)
svg(file.path(paths[2], "figures", "bars.svg"))
barplot(gifts$gifts)
invisible(dev.off())
"""
# R 4.2.2: 6.5 + c(-1, 1) * qt(0.975, 6) * 2; 2 * pt(-3.25, 6)
LOW, HIGH, P = 1.606176, 11.393824, 0.017466


@pytest.fixture(autouse=True)
def trusted(monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")


def test_a_python_function_gives_numbers_estimates_and_tables_with_the_line_of_each(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.py", PYTHON, settings={"number": 21})
    (folder / "analysis" / "beside.py").write_text("def doubled(x):\n    return 2 * x\n")
    result = result_of(folder)
    values = values_of(result)
    assert values["total"] == 197
    assert values["twice"] == 42
    assert values["change.ci_low"] == pytest.approx(LOW, abs=1e-6)
    assert values["change.ci_high"] == pytest.approx(HIGH, abs=1e-6)
    assert values["change.p_value"] == pytest.approx(P, abs=1e-6)
    places = {number.id: number.place for number in result.numbers}
    assert places["total"] == "analysis/own.py, line 7"
    assert places["change.se"] == "analysis/own.py, line 9"
    assert values["quarters.2019-q4.pounds"] == 1777.25


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_an_r_program_gives_the_same_as_a_python_function_and_a_drawing(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.R", RSCRIPT)
    (folder / "analysis" / "more.R").write_text("# nothing\n")
    result = result_of(folder)
    values = values_of(result)
    assert values["total"] == 197
    assert values["change.ci_low"] == pytest.approx(LOW, abs=1e-6)
    assert result.drawings["bars"].startswith("<svg")
    assert {number.place for number in result.numbers if number.id == "total"} == {"analysis/own.R, line 4"}


def test_settings_reach_a_program_that_is_no_function(tmp_path):
    program = shell(more='printf "start,%s,text,Start\\n" "$SETTING_START" >> "$2/numbers.csv"\n')
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, settings={"start": "2011-Q3"})
    assert values_of(result_of(folder)) == {"start": "2011-Q3"}


GROUPED = """import evidentia

def analyse(tables, settings):
    gifts = tables["gifts"]
    years = gifts.assign(year=gifts["quarter"].str[:4]).groupby("year")[["gifts", "pounds"]].sum()
    result = evidentia.Result()
    result.table("years", years, units={"pounds": "pounds"})
    return result
"""


def test_the_groups_of_a_table_are_its_first_column(tmp_path):
    result = result_of(folder_of(tmp_path / "own", "analysis/own.py", GROUPED))
    assert result.frames["table.years"].columns == ["year", "gifts", "pounds"]
    assert values_of(result) == {"years.2019.gifts": 197, "years.2019.pounds": 5739.75}


def test_a_whole_number_with_a_power_of_ten_is_a_count(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell("a,1e+05,count,A", "b,2.0,count,B"))
    assert repr(values_of(result_of(folder))) == "{'a': 100000, 'b': 2}"


WRONG = {
    "unknown unit": (shell("a,1,euro,A"), r"the unknown unit 'euro'.*did you mean 'euros'"),
    "no id": (shell(",1,count,People helped"), r"a number has no id: People helped"),
    "no id that can be one": (shell("1st place,1,count,A"), r"'1st place' cannot be a number id"),
    "an id twice": (shell("a,1,count,A", "a,2,count,B"), r"the number 'a' is given twice"),
    "no label": (shell("a,1,count,"), r"the number 'a' has no label"),
    "no number": (shell("a,many,count,A"), r"'many' is not a number.*row 2"),
    "a limit above the other": (
        shell("c.estimate,1,mean,C", "c.ci_low,3,mean,C low", "c.ci_high,2,mean,C high"),
        r"the interval of 'c' is from 3 to 2",
    ),
    "a negative standard error": (
        shell("c,1,mean,C,-2", header="id,value,unit,label,se"),
        r"'c': its se is -2, which none can be",
    ),
    "no degrees of freedom": (
        shell("c,1,mean,C,2,0", header="id,value,unit,label,se,df"),
        r"'c': its df is 0, which none can be",
    ),
    "no chance": (shell("c.p_value,1.5,p_value,C"), r"1.5 is no p-value, which lies between 0 and 1"),
    "a percentage": (shell("a,30,proportion,A"), r"30 would print as 3000%.*0.3 for 30%"),
    "no column": (shell("1,count,A", header="value,unit,label"), r"the column 'id' is missing"),
    "a column too many": (
        shell("a,1,count,A,x", header="id,value,unit,label,colour"),
        "unknown column 'colour'",
    ),
    "a file": (shell("a,1,count,A", more='echo x > "$2/notes.txt"'), r"the program wrote notes.txt"),
    "a file outside": (shell("a,1,count,A", more="echo x > more.csv"), r"wrote or changed more.csv, outside"),
    "an input changed": (
        shell("a,1,count,A", more="echo x >> data/gifts.csv"),
        r"wrote or changed data/gifts.csv",
    ),
    "a column of row names": (
        shell("1,a,1,count,A", header='"",id,value,unit,label'),
        r"a column has no name.*row.names = FALSE",
    ),
    "semicolons": ("echo '\"id\";1' > $2/numbers.csv", r"not CSV.*not write.csv2"),
    "an endless number in a table": (
        "printf 'a,n\\nx,1\\ny,inf\\n' > $2/tables/t.csv",
        r"the column 'n': 'inf' is not a number.*row 3",
    ),
    "a table without rows": ("echo 'a,n' > $2/tables/t.csv", r"it has no rows"),
    "a package of R": (
        "echo 'Error in library(x) : there is no package called ‘lme4’'; exit 1",
        r"install.packages\('lme4'\) in R",
    ),
    "nothing": ("true", r"the program gives nothing"),
    "a fall": (
        "echo 'no such thing' >&2; exit 3",
        r"failed \(exit status 3\); its last lines:\n    no such thing",
    ),
    "other numbers": (
        shell("a,$$,count,A").replace("'END'", "END"),
        r"when it runs again: the number 'a' is \d+, then",
    ),
    "records": (
        "mkdir -p $2/tables; (echo id; seq 1 3000) > $2/tables/all.csv",
        r"3,000 rows and 1 columns, as records have",
    ),
    "no picture": ("echo x > $2/figures/a.svg", r"the figure is no SVG drawing"),
    "broken pixels": ("echo x > $2/figures/a.png", r"the picture cannot be read"),
    "a link": ("ln -s /etc/hostname $2/figures/a.svg", r"a link or no file"),
    "a file that is not declared": ("cat data/other.csv", r"it uses data/other.csv, which is not declared"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_program_that_does_wrong_is_told_of_in_one_message(tmp_path, what):
    program, message = WRONG[what]
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program)
    (folder / "data" / "other.csv").write_text("a\n1\n")
    with pytest.raises(EvidentiaError) as caught:
        result_of(folder)
    import re

    assert re.search(message, str(caught.value), re.DOTALL), str(caught.value)
    assert "analysis/own.sh" in str(caught.value)
    assert (folder / "data" / "gifts.csv").read_text().count("\n") == 5
    assert not list((folder / ".protected" / "runs").iterdir())


def test_all_mistakes_are_said_in_one_run(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell("a,1,euro,A", ",1,count,B", "c,x,count,C"))
    with pytest.raises(EvidentiaError) as caught:
        result_of(folder)
    assert str(caught.value).count("to do:") == 3


PYTHON_WRONG = {
    "writes elsewhere": (
        "open(settings['folder'] + '/data/new.csv', 'w')",
        "writes data/new.csv, outside its",
    ),
    "reads what is not declared": (
        "open(settings['folder'] + '/data/other.csv')",
        "reads data/other.csv, which is",
    ),
    "changes the folder": (
        "__import__('os').remove(settings['folder'] + '/data/other.csv')",
        "changes data/other",
    ),
    "swallows the refusal": (
        (
            "\n    try:\n        open(settings['folder'] + '/data/new.csv', 'w')\n    except OSError:\n      "
            "  pass"
        ),
        "writes data/new.csv, outside its",
    ),
    "returns nothing": ("return None", "returns NoneType, not evidentia.Result"),
    "gives a column for a number": (
        "result.number('a', tables['gifts']['gifts'], 'count', 'A')",
        r"a number is a Series of 4 values.*result.table",
    ),
    "gives a negative standard error": (
        "result.estimate('a', 1, -2, 'mean', 'A')",
        r"the standard error of 'a' is -2, which none can be",
    ),
    "falls": (
        "raise ValueError('no gifts')",
        'lines:\n    Traceback[^\n]*\n      File "analysis/own.py", line 5',
    ),
    "needs a package": ("import nopackage.at", "gives 'nopackage' beside Evidentia.*requirements.txt"),
    "needs a setting": ("settings['start']", "^[^\n]*gives no setting 'start' to this program"),
    "asks for an attribute": ("settings.start", "^[^\n]*gives no setting 'start' to this program"),
    "takes a random number": (
        "import random; result.number('a', random.random(), 'ratio', 'A')",
        "the number 'a' is 0[.].*set a seed",
    ),
}


@pytest.mark.parametrize("what", PYTHON_WRONG)
def test_a_python_function_that_does_wrong_is_told_of_in_one_message(tmp_path, what):
    line, message = PYTHON_WRONG[what]
    text = (
        f"import evidentia\n\ndef analyse(tables, settings):\n    result = evidentia.Result()\n    {line}\n  "
        "  return result\n"
    )
    place = tmp_path / "own"
    folder = folder_of(place, "analysis/own.py", text, settings={"folder": str(place)})
    (folder / "data" / "other.csv").write_text("a\n1\n")
    with pytest.raises(EvidentiaError) as caught:
        result_of(folder)
    import re

    assert re.search(message, str(caught.value), re.DOTALL), str(caught.value)
    assert (folder / "data" / "other.csv").is_file()
    assert not (folder / "data" / "new.csv").exists()


@pytest.mark.skipif(not can_confine(), reason="this system cannot confine a process")
def test_no_program_writes_into_the_folder_or_reads_what_is_not_declared(tmp_path):
    place = tmp_path / "own"
    program = shell(
        "a,1,count,A", more=f"(echo x > {place}/data/new.csv; cat {place}/data/other.csv) 2> /dev/null; true"
    )
    folder = folder_of(place, "analysis/own.sh", program)
    (folder / "data" / "other.csv").write_text("a\n4711\n")
    result_of(folder)
    assert not (folder / "data" / "new.csv").exists()
    assert "4711" not in (folder / ".protected" / "logs" / "own.log").read_text()


@pytest.mark.parametrize("path", ["{place}/data/new.csv", "../../../data/new.csv"])
def test_a_program_that_tries_to_write_into_the_folder_and_goes_on_stops_the_build(tmp_path, path):
    place = tmp_path / "own"
    program = shell("a,1,count,A", more=f"echo x > {path.format(place=place)}; true")
    folder = folder_of(place, "analysis/own.sh", program)
    with pytest.raises(EvidentiaError, match=r"wrote or changed .*data/new.csv, outside its output folder"):
        result_of(folder)


def test_a_program_gets_no_key_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENTIA_SEAL", "secret")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell("a,1,count,A", more="env"))
    result_of(folder)
    assert "secret" not in (folder / ".protected" / "logs" / "own.log").read_text()


def test_a_program_that_does_not_end_is_stopped(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", "sleep 60", minutes=0.01)
    with pytest.raises(EvidentiaError, match="ran for more than 0.01 minutes"):
        result_of(folder)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_packages_of_an_r_program_are_those_that_renv_has_locked(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.R", RSCRIPT)
    (folder / "analysis" / "renv.lock").write_text(
        '{"Packages": {"stats": {"Version": "0.1"}, "absent": {"Version": "1"}}}'
    )
    with pytest.raises(
        EvidentiaError, match="the R package stats 0.1 is asked for, and .* is installed"
    ) as caught:
        result_of(folder)
    assert "the R package absent 1 is asked for, and it is not installed" in str(caught.value)


def test_a_setting_is_named_or_an_error_names_those_that_are_given(tmp_path):
    text = "import evidentia\n\ndef analyse(tables, settings):\n    r = evidentia.Result()\n"
    text += "    r.number('a', settings.least, 'count', 'A')\n    r.number('b', settings['most'], 'count', 'B')\n    return r\n"
    with pytest.raises(
        EvidentiaError, match="config.yaml gives no setting 'most' to this program; it gives least"
    ):
        result_of(folder_of(tmp_path / "own", "analysis/own.py", text, settings={"least": 3}))


def test_what_a_program_has_started_ends_with_it(tmp_path):
    import time

    program = shell("a,1,count,A", more='(sleep 2; touch "$2/late") &')
    folder = folder_of(tmp_path / "own", "analysis/own.sh", program, check_twice=False)
    assert values_of(result_of(folder)) == {"a": 1}
    time.sleep(2.5)
    assert not list((folder / ".protected" / "runs").iterdir())


def test_nothing_runs_that_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = folder_of(tmp_path / "own", "analysis/own.sh", "touch $2/ran")
    with pytest.raises(EvidentiaError, match="you have not said that they may run"):
        result_of(folder)
    assert not (folder / ".protected").exists()


def test_the_packages_of_a_program_are_locked_and_installed(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell("a,1,count,A"))
    (folder / "analysis" / "requirements.txt").write_text("numpy==0.0.1\npandas>=2\nno-such-package==1\n")
    with pytest.raises(EvidentiaError) as caught:
        result_of(folder)
    said = str(caught.value)
    assert "numpy 0.0.1 is asked for" in said
    assert "'pandas>=2' names no exact version" in said
    assert "analysis/requirements.txt, line 2" in said
    assert "no-such-package 1 is asked for, and it is not installed" in said


def test_a_program_runs_twice_while_it_is_new_and_once_when_only_its_data_are(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(running, "_once", lambda folder, task, seed: ran.append(seed) or {})
    folder = folder_of(tmp_path / "own", "analysis/own.sh", shell("a,1,count,A"))

    def runs(**more):
        """Return how often a program runs."""
        ran.clear()
        running.run_program(folder, running.Task("analysis/own.sh", "own", **more))
        return len(ran)

    assert runs(inputs={"in/gifts.csv": b"1"}) == 2
    assert runs(inputs={"in/gifts.csv": b"2"}) == 1
    assert runs(variables={"SETTING_START": "2"}) == 2
    (folder / "analysis/more.sh").write_text("# beside it\n", encoding="utf-8")
    assert runs(variables={"SETTING_START": "2"}) == 2
    assert runs(variables={"SETTING_START": "3"}, twice=False) == 1


def test_a_program_that_gave_something_else_is_asked_twice_again(tmp_path):
    text = shell("a,$$,count,A").replace("'END'", "END")
    folder = folder_of(tmp_path / "own", "analysis/own.sh", text)
    for _ in range(2):
        with pytest.raises(EvidentiaError, match="when it runs again"):
            result_of(folder)


NARROW = """import matplotlib.pyplot as plt
import evidentia

def drawn(gifts, width):
    figure, axes = plt.subplots(figsize=(width, 3))
    axes.plot(gifts["quarter"], gifts["gifts"])
    return figure

def analyse(tables, settings):
    gifts = tables["gifts"]
    result = evidentia.Result()
    result.figure("trend", drawn(gifts, 6.5), gifts, narrow=drawn(gifts, 3.6))
    result.figure("plain", drawn(gifts, 6.5), gifts)
    return result
"""


def test_a_python_function_draws_a_figure_for_phones_too(tmp_path):
    result = result_of(folder_of(tmp_path / "own", "analysis/own.py", NARROW))
    assert list(result.drawings) == ["plain", "trend.narrow", "trend"]
    figure = ScriptFigure(kind="script", analysis="own", name="trend", caption="Gifts", alt="Gifts rose")
    settings = ScriptSettings(design="script", run="analysis/own.py")
    wide = draw(figure, settings, result)[0]
    with drawn_narrow():
        narrow = draw(figure, settings, result)[0]
        assert draw(figure.model_copy(update={"name": "plain"}), settings, result)[0] is None
    assert 'viewBox="0 0 468 ' in wide
    assert 'viewBox="0 0 259.2 ' in narrow


def test_a_drawing_for_phones_alone_is_refused(tmp_path):
    text = """echo '<svg viewBox="0 0 9 9"></svg>' > "$2/figures/a.narrow.svg\""""
    with pytest.raises(EvidentiaError, match="the figure 'a' is drawn for phones alone"):
        result_of(folder_of(tmp_path / "own", "analysis/own.sh", text))
