"""A small evaluation folder whose analysis is a program, and what its program wrote."""

import contextlib

from evidentia.config.load import load_config
from evidentia.designs.script.analyse import analyse
from evidentia.workflow.analysis import read_datasets
from folders import write_folder

GIFTS = "quarter,gifts,pounds\n2019-Q1,40,1210.5\n2019-Q2,44,1350\n2019-Q3,52,1402\n2019-Q4,61,1777.25\n"
HEADER = "id,value,unit,label"


def folder_of(place, program, text, data=None, **settings):
    """Write a folder with one program."""
    config = {
        "evaluation": {"id": "own", "title": "Own analysis", "date": "2021-06-30"},
        "data": {"gifts": {"path": "data/gifts.csv", **(data or {})}},
        "analyses": {"own": {"design": "script", "run": program, "data": ["gifts"], **settings}},
    }
    return write_folder(place, config, **{"data__gifts.csv": GIFTS, program.replace("/", "__"): text})


def result_of(folder):
    """Run the program as the rule does, and return its result."""
    with contextlib.chdir(folder):
        config = load_config(".")
        settings = config.analyses["own"]
        return analyse(settings, read_datasets(config, settings.datasets()), name="own")


def values_of(result):
    return {number.id: number.value for number in result.numbers}


def shell(*rows, header=HEADER, more=""):
    """Return a shell program that writes these rows of numbers.csv."""
    lines = "\n".join([header, *rows])
    return f"cat > \"$2/numbers.csv\" <<'END'\n{lines}\nEND\n{more}"
