# The flow: prepare, analyse (with figures) -> values -> compose -> html -> pdf, docx, brief, workbook -> round_trip -> publish.
# A rule's output is the record of its step (src/evidentia/workflow/records.py): a small file, written last, that lists
# what was made with its hashes, and whose name holds a hash of all that decides it. So what is new is decided by
# content alone; documents are made in build/draft and stand in build only when they are proved.
# Run it in an evaluation folder (a folder with config.yaml and data/); this repository is one:
#     snakemake --cores all
#     evidentia build my-evaluation

import sys
from pathlib import Path

ENGINE = Path(workflow.basedir)
SOURCE = next(path for path in (ENGINE / "src", ENGINE.parents[1]) if (path / "evidentia").is_dir())  # of the repository, or installed
sys.path.insert(0, str(SOURCE))

from evidentia.core.errors import EvidentiaError
from evidentia.core.paths import LOGS
from evidentia.workflow import preconditions
from evidentia.workflow.job_environment import prepare_jobs
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import PREPARED, Flow

FOLDER = Path(config.get("folder", "."))  # another one where this file is a module of portfolio.smk
ALONE = not config.get("portfolio")


def stop(error):
    print(f"\nevidentia: {error}\n", file=sys.stderr)
    sys.exit(1)


prepare_jobs(SOURCE)
try:
    if ALONE:
        preconditions.check_settings(FOLDER, ENGINE, sys.argv)
        preconditions.check(FOLDER)
        flow = Flow(EvaluationFolder(FOLDER))
        preconditions.check_targets(flow.files, sys.argv)
    else:
        flow = PREPARED[str(FOLDER)]
    STEPS = [step.record for step in flow.all]
except EvidentiaError as error:
    stop(error)

LIGHT = {"mem_mb": 500, "runtime": 10}  # what a rule may take: memory in MB, minutes
HEAVY = {"mem_mb": 1500, "runtime": 30}

if ALONE:

    onstart:
        try:
            flow.lock = preconditions.begin(FOLDER)
        except EvidentiaError as error:
            stop(error)
        flow.hashes.save()

    onerror:
        preconditions.explain(log, FOLDER)


rule all:
    default_target: True
    input: STEPS


for step in flow.prepared:

    rule:
        name: step.name.replace("-", "_", 1)
        output: step.record
        input: ancient(step.after)
        params: **step.params
        log: step.log
        resources: mem_mb=600 + 25 * step.megabytes, runtime=60
        script: "scripts/prepare.py"


for steps in flow.analysis_jobs:

    rule:
        name: steps[0].name.replace("-", "_", 1) if len(steps) == 1 else "analyses"
        output: [step.record for step in steps]
        input: ancient(steps[0].after)
        params: steps=[step.told for step in steps]
        log: steps[0].log if len(steps) == 1 else f"{LOGS}/analyses.log"
        resources: mem_mb=600 + 25 * max(step.megabytes for step in steps), runtime=60
        script: "scripts/analyse.py"


    if len(steps) > 1:
        for step in steps:  # each can be asked for by its name

            rule:
                name: step.name.replace("-", "_", 1)
                input: step.record


rule values:
    input: ancient(flow.values.after)
    output: flow.values.record
    params: **flow.values.params
    log: flow.values.log
    group: "report"
    resources: **LIGHT
    script: "scripts/values.py"


if flow.evaluation.config.report:

    rule compose:
        input: ancient(flow.compose.after)
        output: flow.compose.record
        params: **flow.compose.params
        log: flow.compose.log
        group: "report"
        resources: **HEAVY
        script: "scripts/compose.py"


    rule html:
        input: ancient(flow.html.after)
        output: flow.html.record
        params: **flow.html.params
        log: flow.html.log
        group: "report"
        resources: **HEAVY
        script: "scripts/webpage.py"


    rule pdf:
        input: ancient(flow.pdf.after)
        output: flow.pdf.record
        params: **flow.pdf.params
        log: flow.pdf.log
        group: "report"
        resources: **HEAVY
        script: "scripts/pdf.py"


    rule docx:
        input: ancient(flow.docx.after)
        output: flow.docx.record
        params: **flow.docx.params
        log: flow.docx.log
        group: "report"
        resources: **HEAVY
        script: "scripts/word.py"


    rule brief:
        input: ancient(flow.brief.after)
        output: flow.brief.record
        params: **flow.brief.params
        log: flow.brief.log
        group: "report"
        resources: **HEAVY
        script: "scripts/brief.py"


    rule workbook:
        input: ancient(flow.workbook.after)
        output: flow.workbook.record
        params: **flow.workbook.params
        log: flow.workbook.log
        group: "report"
        resources: **LIGHT
        script: "scripts/workbook.py"


    # The finished documents are read back: every number in them is in the ledger, in the data, or of an allowed kind.
    rule round_trip:
        input: ancient(flow.round_trip.after)
        output: flow.round_trip.record
        params: **flow.round_trip.params
        log: flow.round_trip.log
        group: "report"
        resources: **HEAVY
        script: "scripts/round_trip.py"


# The ledger alone, on demand.
rule numbers:
    input: ancient(flow.numbers.after)
    output: flow.numbers.record
    params: **flow.numbers.params
    log: flow.numbers.log
    resources: **LIGHT
    script: "scripts/publish.py"


rule publish:
    input: ancient(flow.publish.after)
    output: flow.publish.record
    params: **flow.publish.params
    log: flow.publish.log
    group: "report"
    resources: **LIGHT
    script: "scripts/publish.py"


# Not part of all: it needs the developers' tools, and shows as skipped what it cannot run.
rule check:
    input: ancient(flow.publish.record)
    params: **flow.check.params
    log: flow.check.log
    resources: **HEAVY
    script: "scripts/check.py"


# For reviewers, on demand: what changed since the accepted numbers, what was checked, where everything is from.
rule review:
    input: ancient(flow.review.after)
    output: flow.review.record
    params: **flow.review.params
    log: flow.review.log
    resources: **HEAVY
    script: "scripts/review.py"
