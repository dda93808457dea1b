import copy
import shutil

from evidentia.config.registry import installed
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.modules import code, modules
from folders import ENGINE, MINIMAL, write_folder
from reliability.small import CONFIG, set_config, write_small

ITS = installed().designs["its"]


def names(script, *references):
    return {path.relative_to(ENGINE).as_posix() for path in modules(script, *references)}


def test_a_script_depends_on_the_modules_it_imports_and_on_the_functions_it_is_given():
    found = names("scripts/analyse.py", ITS.analyse)
    assert {
        "scripts/analyse.py",
        "src/evidentia/workflow/job.py",
        "src/evidentia/designs/its/glm.py",
    } <= found
    assert "src/evidentia/data/table.py" in found  # imported inside a function of job.py
    assert "src/evidentia/designs/its/charts.py" not in found
    assert "src/evidentia/designs/ipw/analyse.py" not in found
    assert "src/evidentia/render/pdf/document.py" not in found


def test_drawing_depends_on_the_charts_and_the_page_does_not():
    drawing = names("scripts/analyse.py", installed().figures["its"].draw)
    assert "src/evidentia/designs/its/charts.py" in drawing
    assert "src/evidentia/designs/ipw/charts.py" not in drawing
    assert "src/evidentia/charts/house.py" not in names("scripts/webpage.py")


def test_every_script_that_reads_the_configuration_depends_on_the_settings_of_the_designs():
    for script in ("scripts/values.py", "scripts/webpage.py"):
        assert {f"src/evidentia/designs/{name}/settings.py" for name in installed().designs} <= names(script)


def test_the_light_path_loads_no_pandas_and_no_matplotlib():
    for script in ("compose", "webpage", "pdf", "publish"):
        heavy = [
            path
            for path in modules(f"scripts/{script}.py")
            if path.match("designs/*/analyse.py") or path.match("designs/*/charts.py")
        ]
        assert heavy == [], script


def test_a_changed_module_changes_the_digest_of_its_scripts_only(tmp_path):
    for name in ("src", "scripts"):
        shutil.copytree(ENGINE / name, tmp_path / "one" / name)
        shutil.copytree(ENGINE / name, tmp_path / "two" / name)
    changed = tmp_path / "two" / "src" / "evidentia" / "render" / "pdf" / "document.py"
    changed.write_text(changed.read_text() + "\n# changed\n")
    one, two = tmp_path / "one", tmp_path / "two"
    assert code("scripts/pdf.py", engine=one) != code("scripts/pdf.py", engine=two)
    assert code("scripts/analyse.py", ITS.analyse, engine=one) == code(
        "scripts/analyse.py", ITS.analyse, engine=two
    )


def test_a_changed_analysis_changes_the_digest_of_its_design_only(tmp_path):
    for name in ("src", "scripts"):
        shutil.copytree(ENGINE / name, tmp_path / name)
    changed = tmp_path / "src" / "evidentia" / "designs" / "its" / "analyse.py"
    changed.write_text(changed.read_text() + "\n# changed\n")
    for design in installed().designs.values():
        same = code("scripts/analyse.py", design.analyse) == code(
            "scripts/analyse.py", design.analyse, engine=tmp_path
        )
        assert same == (design.name != "its"), design.name


def test_settings_of_one_analysis_do_not_touch_another(tmp_path):
    config = copy.deepcopy(MINIMAL)
    config["analyses"]["other"] = copy.deepcopy(config["analyses"]["rates"])
    before = EvaluationFolder(write_folder(tmp_path / "a", config))
    config["analyses"]["other"]["area"] = "Eastshire"
    after = EvaluationFolder(write_folder(tmp_path / "b", config))
    assert before.settings("rates") == after.settings("rates")
    assert before.settings("other") != after.settings("other")


def test_the_words_of_a_language_and_the_look_of_a_brand_decide_what_they_touch(tmp_path):
    config = {**CONFIG, "evaluation": {**CONFIG["evaluation"], "language": "cy"}}
    folder = write_small(tmp_path)
    set_config(folder, **config)
    before = _decides(folder)
    (folder / "languages").mkdir()
    (folder / "languages" / "cy.po").write_text('msgid "Contents"\nmsgstr "Mynegai"\n', encoding="utf-8")
    (folder / "_brand.yml").write_text('color: {primary: "#005a6e"}\n', encoding="utf-8")
    after = _decides(folder)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"analysis", "words", "drawing", "files"}
    assert set(after["files"]) - set(before["files"]) == {"languages/cy.po", "_brand.yml"}


def _decides(folder):
    found = EvaluationFolder(folder)
    return {
        "analysis": found.settings("rates"),
        "words": found.section("evaluation"),
        "other": found.section("regression"),
        "drawing": found.drawing("rates"),
        "files": found.report_files,
    }
