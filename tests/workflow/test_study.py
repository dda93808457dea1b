import copy
import shutil

from evidentia.workflow.evaluation import Study, code, modules
from folders import ENGINE, MINIMAL, write_folder


def names(script, engine=ENGINE):
    return {path.relative_to(engine).as_posix() for path in modules(script, engine)}


def test_a_script_depends_on_the_modules_it_imports_and_on_those_it_names():
    found = names("scripts/benchmark.py")
    assert {"scripts/benchmark.py", "src/evidentia/workflow/job.py", "src/evidentia/designs/benchmark/analyse.py"} <= found
    assert "src/evidentia/data/table.py" in found  # imported inside a function of job.py
    assert "src/evidentia/render/pdf/document.py" not in found


def test_drawing_depends_on_the_charts_and_the_page_does_not():
    assert "src/evidentia/designs/benchmark/charts.py" in names("scripts/figures.py")
    assert "src/evidentia/charts/house.py" not in names("scripts/webpage.py")


def test_the_light_path_loads_no_pandas_and_no_matplotlib():
    for script in ("values", "compose", "ledger", "webpage", "pdf"):
        heavy = [path for path in modules(f"scripts/{script}.py") if path.match("designs/*/analyse.py") or path.match("charts/house.py")]
        assert heavy == [], script


def test_a_changed_module_changes_the_digest_of_its_scripts_only(tmp_path):
    for name in ("src", "scripts"):
        shutil.copytree(ENGINE / name, tmp_path / "one" / name)
        shutil.copytree(ENGINE / name, tmp_path / "two" / name)
    changed = tmp_path / "two" / "src" / "evidentia" / "render" / "pdf" / "document.py"
    changed.write_text(changed.read_text() + "\n# changed\n")
    assert code("scripts/pdf.py", tmp_path / "one") != code("scripts/pdf.py", tmp_path / "two")
    assert code("scripts/benchmark.py", tmp_path / "one") == code("scripts/benchmark.py", tmp_path / "two")


def test_settings_of_one_analysis_do_not_touch_another(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["analyses"]["other"] = copy.deepcopy(config["analyses"]["rates"])
    before = Study(write_folder(tmp_path / "a", config))
    config["analyses"]["other"]["area"] = "Eastshire"
    after = Study(write_folder(tmp_path / "b", config))
    assert before.settings("rates") == after.settings("rates")
    assert before.settings("other") != after.settings("other")
