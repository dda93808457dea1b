# The flow: data -> validate and analyse -> figures, values -> compose -> numbers, html -> pdf.
# update() keeps the last good file until the new one is whole.
# Run it in an evaluation folder (a folder with config.yaml and data/); this repository is one:
#     snakemake --cores all
#     snakemake --cores all --snakefile PATH/TO/Snakefile --directory my-evaluation

import os
import sys
from pathlib import Path

ENGINE = Path(workflow.basedir)
os.environ["PYTHONPATH"] = str(ENGINE / "src")
sys.path.insert(0, str(ENGINE / "src"))

from evidentia.errors import EvidentiaError
from evidentia.study import Study, code, folder_digest

try:
    study = Study()
except EvidentiaError as error:
    print(f"\nevidentia: {error}\n", file=sys.stderr)
    sys.exit(1)

config = study.config
PYTHON = f"{sys.executable!r}"
SCRIPTS = f"{str(ENGINE / 'scripts')!r}"
RESULTS = expand("build/results/{id}.json", id=config.analyses)
FIGURES = expand("build/figures/{id}.{type}", id=config.figures, type=["svg", "csv"])
NUMBERS = ["build/numbers.json", "build/numbers.csv"]
REPORT = ["build/report.html", "build/report.pdf"] if config.report else []


rule all:
    default_target: True
    input: REPORT, NUMBERS, FIGURES


for design in study.designs:

    rule:
        name: design
        input: lambda job: study.data_of(job.analysis)
        output: "build/results/{analysis}.json"
        wildcard_constraints: analysis=study.only(design)
        params: code=code(f"scripts/{design}.py"), settings=lambda job: study.settings(job.analysis), design=design
        shell: "{PYTHON} {SCRIPTS}/{params.design}.py {wildcards.analysis}"


# An analysis checks its own data before it starts; this rule checks the rest, and stops the report if anything fails.
rule validate:
    input: study.data_files, RESULTS
    output: "build/validation.json"
    params: code=code("scripts/validate.py"), settings=study.section("data")
    shell: "{PYTHON} {SCRIPTS}/validate.py"


rule values:
    input: RESULTS, study.facts
    output: "build/values.json"
    params: code=code("scripts/values.py"), settings=study.section("evaluation", "derived")
    shell: "{PYTHON} {SCRIPTS}/values.py"


for analysis in study.drawn:

    rule:
        name: f"figures_{analysis}"
        input: f"build/results/{analysis}.json"
        output: expand("build/figures/{id}.{type}", id=study.figures_of(analysis), type=["svg", "csv"])
        params: code=code("scripts/figures.py"), settings=study.drawing(analysis), analysis=analysis
        shell: "{PYTHON} {SCRIPTS}/figures.py {params.analysis}"


if config.report:

    rule compose:
        input: "build/values.json", RESULTS, study.report_files
        output: "build/report.qmd", "build/claims.json", "build/uses.json", expand("build/tables/{id}.csv", id=config.tables)
        params: code=code("scripts/compose.py"), settings=study.section("evaluation", "analyses", "figures", "tables", "report")
        shell: "{PYTHON} {SCRIPTS}/compose.py"


rule numbers:
    input: "build/values.json", "build/validation.json", "build/uses.json" if config.report else []
    output: update(NUMBERS)
    params: code=code("scripts/ledger.py"), settings=study.section("evaluation")
    shell: "{PYTHON} {SCRIPTS}/ledger.py"


rule fonts:
    output: expand("build/fonts/{cut}.woff2", cut=["regular", "bold", "italic"])
    params: code=code("scripts/fonts.py")
    shell: "{PYTHON} {SCRIPTS}/fonts.py"


rule html:
    input: "build/report.qmd", "build/validation.json", study.report_files, FIGURES, rules.fonts.output
    output: update("build/report.html")
    params: code=code("scripts/webpage.py"), looks=folder_digest(ENGINE / "templates"), settings=study.section("evaluation", "report")
    shell: "{PYTHON} {SCRIPTS}/webpage.py"


rule pdf:
    input: "build/report.html", NUMBERS, FIGURES
    output: update("build/report.pdf")
    params: code=code("scripts/pdf.py"), settings=study.section("evaluation")
    shell: "{PYTHON} {SCRIPTS}/pdf.py"
