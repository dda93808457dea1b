# The flow: data -> validate and analyse -> figures, values -> compose -> numbers, html -> pdf, workbook.
# Every rule is one process with one thread; what memory and time it may take is for a cluster,
# where the rules of a group share a job.
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

from snakemake.io import IOFile

from evidentia.workflow import forkserver
from evidentia.core.errors import EvidentiaError
from evidentia.workflow.guard import Guard
from evidentia.workflow.evaluation import RUN, Study, code, folder_digest

FOLDER = config.get("folder", ".")  # another one where this file is a module of portfolio.smk
ALONE = Path(workflow.main_snakefile) == ENGINE / "Snakefile"


def stop(error):
    print(f"\nevidentia: {error}\n", file=sys.stderr)
    sys.exit(1)


def forget(path):
    workflow.persistence.cleanup_metadata(IOFile(path))


try:
    study = Study(FOLDER, config.get("made", ()))
    guard = Guard(study)
    if ALONE and workflow.is_main_process:
        guard.begin(sys.argv)
except EvidentiaError as error:
    stop(error)

config = study.config
RESULTS = expand("build/results/{id}.json", id=config.analyses)
FIGURES = expand("build/figures/{id}.{type}", id=config.figures, type=["svg", "csv"])
QUARTO = ["build/report.qmd", "build/_quarto.yml", "build/citations.csl"]
FONTS = expand("build/fonts/{cut}.woff2", cut=["regular", "bold", "italic"])
NUMBERS = ["build/numbers.json", "build/numbers.csv"]
REPORT = ["build/report.html", "build/report.pdf"] if config.report else []
WORKBOOK = ["build/tables.xlsx"] if config.report and (config.figures or config.tables) else []
ROUND_TRIP = ["build/round_trip.json"] if config.report else []

LIGHT = {"mem_mb": 500, "runtime": 10}  # what a rule may take: memory in MB, minutes
HEAVY = {"mem_mb": 1500, "runtime": 30}


# Where a bootstrap is to be computed in several jobs: snakemake --set-scatter bootstrap=8
scattergather:
    bootstrap=1


def parts(job):
    files = gather.bootstrap("build/bootstrap/{analysis}.{scatteritem}.json", analysis=job.analysis)
    return files if job.analysis in study.scattered and len(files) > 1 else []


def by_size(job, input):
    return 600 + 25 * int(input.size_mb)


if ALONE:

    onstart:
        guard.note()
        forkserver.start(0 if workflow.non_local_exec else len(list(workflow.dag.needrun_jobs())))

    onsuccess:
        try:
            guard.compare(forget)
        except EvidentiaError as error:
            stop(error)

    onerror:
        guard.explain(log)
        guard.set_back(forget)
        try:
            guard.compare(forget)
        except EvidentiaError as error:
            stop(error)


rule all:
    default_target: True
    input: REPORT, WORKBOOK, NUMBERS, FIGURES, ROUND_TRIP


for design in study.designs:

    rule:
        name: design
        input: lambda job: study.data_of(job.analysis), parts
        output: "build/results/{analysis}.json"
        wildcard_constraints: analysis=study.only(design)
        params: folder=FOLDER, code=lambda job: study.code_of("scripts/analyse.py", job.analysis), settings=lambda job: study.settings(job.analysis), parts=lambda job: len(parts(job)) or ""
        threads: 1
        resources: mem_mb=by_size, runtime=60
        shell: "cd {params.folder:q} && {RUN}/analyse.py {wildcards.analysis} {params.parts}"


if study.scattered:

    rule bootstrap:
        input: lambda job: study.data_of(job.analysis)
        output: temp("build/bootstrap/{analysis}.{scatteritem}.json")
        wildcard_constraints: analysis="|".join(study.scattered)
        params: folder=FOLDER, code=lambda job: study.code_of("scripts/bootstrap.py", job.analysis), settings=lambda job: study.settings(job.analysis)
        threads: 1
        resources: mem_mb=by_size, runtime=60
        shell: "cd {params.folder:q} && {RUN}/bootstrap.py {wildcards.analysis} {wildcards.scatteritem}"


# An analysis checks its own data before it starts; this rule checks the rest, and stops the report if anything fails.
rule validate:
    input: study.data_files, RESULTS
    output: "build/validation.json"
    params: folder=FOLDER, code=code("scripts/validate.py"), settings=study.section("data")
    group: "report"
    resources: **LIGHT
    shell: "cd {params.folder:q} && {RUN}/validate.py"


rule values:
    input: RESULTS, study.facts, study.published
    output: "build/values.json", "build/reconciliation.csv", "build/totals.json"
    params: folder=FOLDER, code=code("scripts/values.py"), settings=study.section("evaluation", "derived", "totals"), order=study.figure_order
    group: "report"
    resources: **LIGHT
    shell: "cd {params.folder:q} && {RUN}/values.py"


for analysis in study.drawn:

    rule:
        name: f"figures_{analysis}"
        input: f"build/results/{analysis}.json"
        output: expand("build/figures/{id}.{type}", id=study.figures_of(analysis), type=["svg", "csv"])
        params: folder=FOLDER, code=study.code_of_figures("scripts/figures.py", analysis), settings=study.drawing(analysis), analysis=analysis
        resources: **LIGHT
        shell: "cd {params.folder:q} && {RUN}/figures.py {params.analysis}"


if config.report:

    rule compose:
        input: "build/values.json", "build/reconciliation.csv", RESULTS, study.report_files
        output: QUARTO, update("build/claims.json"), "build/uses.json", "build/words.json", expand("build/tables/{id}.csv", id=config.tables)
        params: folder=FOLDER, code=study.code_of_exhibits("scripts/compose.py"), looks=folder_digest(ENGINE / "templates" / "quarto"), settings=study.section("evaluation", "analyses", "figures", "tables", "report")
        group: "report"
        resources: **HEAVY
        shell: "cd {params.folder:q} && {RUN}/compose.py"


rule numbers:
    input: "build/values.json", "build/validation.json", "build/uses.json" if config.report else []
    output: update(NUMBERS)
    params: folder=FOLDER, code=code("scripts/ledger.py"), settings=study.section("evaluation")
    group: "report"
    resources: **LIGHT
    shell: "cd {params.folder:q} && {RUN}/ledger.py"


rule fonts:
    output: FONTS
    params: folder=FOLDER, code=code("scripts/fonts.py")
    group: "report"
    resources: **LIGHT
    shell: "cd {params.folder:q} && {RUN}/fonts.py"


rule html:
    input: QUARTO, "build/validation.json", study.report_files, FIGURES, FONTS, study.annex_files
    output: update("build/report.html")
    params: folder=FOLDER, code=code("scripts/webpage.py"), looks=folder_digest(ENGINE / "templates"), settings=study.section("evaluation", "report")
    group: "report"
    resources: **HEAVY
    shell: "cd {params.folder:q} && {RUN}/webpage.py"


rule pdf:
    input: "build/report.html", NUMBERS, FIGURES
    output: update("build/report.pdf")
    params: folder=FOLDER, code=code("scripts/pdf.py"), settings=study.section("evaluation")
    group: "report"
    resources: **HEAVY
    shell: "cd {params.folder:q} && {RUN}/pdf.py"


rule workbook:
    input: "build/report.html", "build/numbers.json", RESULTS
    output: update("build/tables.xlsx")
    params: folder=FOLDER, code=study.code_of_exhibits("scripts/workbook.py"), settings=study.section("evaluation", "analyses", "figures", "tables")
    group: "report"
    resources: **LIGHT
    shell: "cd {params.folder:q} && {RUN}/workbook.py"


# Not part of all: it needs the developers' tools, and shows as skipped what it cannot run.
rule check:
    input: "build/report.html", "build/report.pdf"
    params: folder=FOLDER
    resources: **HEAVY
    shell: "cd {params.folder:q} && {RUN}/check.py"


# The finished documents are read back: every number in them is in the ledger, in the data, or of an allowed kind.
rule round_trip:
    input: REPORT, NUMBERS, FIGURES
    output: "build/round_trip.json"
    params: folder=FOLDER, code=code("scripts/round_trip.py"), settings=study.section("evaluation", "analyses", "figures", "tables", "report")
    group: "report"
    resources: **HEAVY
    shell: "cd {params.folder:q} && {RUN}/round_trip.py"


# For reviewers, on demand: what changed since the accepted numbers, what was checked, where everything is from.
rule review:
    input: study.outputs, study.inputs, study.optional
    output: "build/changes.html", "build/quality_log.html", "build/ro-crate-metadata.json", "build/manifest.sha256", "build/workflow/Snakefile"
    params: folder=FOLDER, code=code("scripts/review.py"), looks=folder_digest(ENGINE / "templates" / "review"), settings=study.section("evaluation", "data", "regression")
    resources: **HEAVY
    shell: "cd {params.folder:q} && {RUN}/review.py"
