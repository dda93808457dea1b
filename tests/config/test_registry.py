"""The registry of designs: what is found without a list, and what is wrong with an object is one message."""

import dataclasses
import importlib
import sys
from typing import Literal

import pytest

from evidentia.config import registry as module
from evidentia.config.base import Section
from evidentia.config.design import Design, FigureKind, TableKind
from evidentia.config.presentation import Figure, Table
from evidentia.config.registry import Registry, installed
from evidentia.core.errors import EvidentiaError
from evidentia.core.reference import resolve
from folders import MINIMAL, write_folder

SETTINGS = '''
from typing import Literal
from evidentia.config.base import Section

class MeanSettings(Section):
    """An analysis that reads nothing."""

    design: Literal["mean"]

    def datasets(self):
        return []
'''
OBJECT = """
from evidentia.config.design import Design
from {package}.settings import MeanSettings

DESIGN = Design(settings=MeanSettings, about="a mean", analyse=".analyse:analyse")
"""


class Empty(Section):
    design: Literal["empty"]

    def datasets(self):
        return []


class Drawing(Figure):
    kind: Literal["drawing"]


DESIGN = Design(settings=Empty, about="nothing", analyse="somewhere:analyse")


@pytest.fixture(autouse=True)
def fresh_registry():
    installed.cache_clear()
    yield
    installed.cache_clear()


def package_of(folder, name):
    package = folder / name
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "settings.py").write_text(SETTINGS)
    (package / "design.py").write_text(OBJECT.format(package=name))
    (package / "analyse.py").write_text("def analyse(settings, tables):\n    return 'analysed'\n")
    return package


def test_a_package_below_the_designs_is_found_without_being_listed_anywhere(tmp_path, monkeypatch):
    designs = importlib.import_module(module.BUILT_IN)
    monkeypatch.setattr(designs, "__path__", [*designs.__path__, str(tmp_path)])
    package = package_of(tmp_path, "mean")
    (package / "design.py").write_text(OBJECT.format(package="evidentia.designs.mean"))
    try:
        found = installed().designs["mean"]
        assert found.analyse == "evidentia.designs.mean.analyse:analyse"
        assert resolve(found.analyse)(None, {}) == "analysed"
    finally:
        for name in [name for name in sys.modules if name.startswith("evidentia.designs.mean")]:
            del sys.modules[name]


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Install a package with the entry point of a design, as pip would; yield its folder."""
    package = package_of(tmp_path, "mean_plugin")
    info = tmp_path / "mean_plugin-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mean-plugin\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[evidentia.designs]\nmean = mean_plugin.design:DESIGN\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    for name in [name for name in sys.modules if name.startswith("mean_plugin")]:
        del sys.modules[name]


def test_a_design_of_an_installed_package_can_be_named_in_a_configuration(plugin, tmp_path):
    from evidentia.config.load import load_config
    from evidentia.config.model import config_model

    config_model.cache_clear()
    try:
        folder = write_folder(
            tmp_path / "folder",
            {**MINIMAL, "analyses": {"a": {"design": "mean"}}, "figures": {}, "tables": {}},
        )
        config = load_config(folder, check_files=False)
        assert resolve(config.registry.designs[config.analyses["a"].design].analyse)(None, {}) == "analysed"
    finally:
        config_model.cache_clear()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("DESIGN = 3\n", ["DESIGN is int", "Design(...)"]),
        ("import nowhere_to_be_found\n", ["cannot be loaded", "nowhere_to_be_found", "mean-plugin"]),
        ("", ["cannot be loaded", "DESIGN"]),
        ("raise SystemExit(3)\n", ["cannot be loaded", "SystemExit: 3"]),
    ],
)
def test_a_package_whose_object_is_wrong_is_one_message(plugin, text, parts):
    (plugin / "design.py").write_text(text)
    with pytest.raises(EvidentiaError) as caught:
        installed()
    for part in parts:
        assert part in str(caught.value)


def test_two_designs_of_one_name_are_named_with_both_places():
    registry = Registry()
    registry.add(DESIGN, "first.design")
    with pytest.raises(
        EvidentiaError, match=r"two designs with the design 'empty': in first\.design and in second\.design"
    ):
        registry.add(DESIGN, "second.design")


def test_two_kinds_of_figure_of_one_name_are_refused():
    kind = FigureKind(Drawing, draw=".a:b", data=".a:c")
    registry = Registry()
    with pytest.raises(EvidentiaError, match="kind of figure 'drawing'"):
        registry.add(dataclasses.replace(DESIGN, figures=(kind, kind)), "mine.design")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"analyse": "analyse"}, "'analyse' is not of the form module:function"),
        ({"disclosure": "perhaps"}, "disclosure is 'perhaps'"),
        ({"analyse": 7}, "7 is no function"),
        ({"about": None}, "its about is no text"),
        ({"starter": "starter"}, "its starter 'starter' is no folder"),
        ({"tables": TableKind(Table, rows="a:b")}, "its tables are no tuple of TableKind"),
        ({"figures": (TableKind(Table, rows="a:b"),)}, "its figures are no tuple of FigureKind"),
        ({"settings": dict}, "no subclass of evidentia.config.base.Section"),
        ({"settings": Section}, "have no method datasets"),
        (
            {"figures": (FigureKind(Section, draw="a:b", data="a:c"),)},
            "no subclass of evidentia.config.presentation.Figure",
        ),
    ],
)
def test_a_part_that_does_not_fit_is_said(changes, said):
    with pytest.raises(EvidentiaError, match=said):
        Registry().add(dataclasses.replace(DESIGN, **changes), "mine.design")


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("evidentia.nowhere:analyse", "no module evidentia.nowhere"),
        ("evidentia.core.units:analyse", "evidentia.core.units has no function analyse"),
    ],
)
def test_a_reference_to_nothing_is_one_message(reference, said):
    with pytest.raises(EvidentiaError, match=said):
        resolve(reference)


def test_every_reference_of_every_installed_design_can_be_called():
    registry = installed()
    references = [design.analyse for design in registry.designs.values()]
    references += [reference for kind in registry.figures.values() for reference in (kind.draw, kind.data)]
    references += [kind.rows for kind in registry.tables.values()]
    assert all(callable(resolve(reference)) for reference in references)


def test_protected_data_are_refused_by_a_design_that_cannot_protect_them(tmp_path):
    from evidentia.config.load import load_config

    analysis = {"design": "evidence", "data": "judgements", "features": {"f": "F"}, "sources": {"s": "S"}}
    data = {"judgements": {"path": "data/j.csv", "disclosure": {"minimum_cell": 5}}}
    config = {"evaluation": MINIMAL["evaluation"], "data": data, "analyses": {"a": analysis}}
    with pytest.raises(
        EvidentiaError, match="'evidence' does not say how its counts of people hang together"
    ):
        load_config(write_folder(tmp_path, config), check_files=False)
