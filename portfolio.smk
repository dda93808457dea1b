# Many evaluation folders, each built by the Snakefile as a module, and the synthesis of their ledgers.
# Run it in a folder with portfolio.yaml; with a config.yaml beside it, that folder is the synthesis:
#     snakemake --cores all --snakefile PATH/TO/portfolio.smk --directory my-portfolio
# A member that fails is left out, the others go on, and the synthesis names it; the run still ends as failed, because
# the rule complete, which comes last, names them again.

import sys
from pathlib import Path

ENGINE = Path(workflow.basedir)
SOURCE = next(path for path in (ENGINE / "src", ENGINE.parents[1]) if (path / "evidentia").is_dir())  # of the repository, or installed
sys.path.insert(0, str(SOURCE))

from evidentia.core.errors import EvidentiaError
from evidentia.workflow import preconditions
from evidentia.workflow.job_environment import prepare_jobs
from evidentia.workflow.portfolio import Portfolio


def stop(error):
    print(f"\nevidentia: {error}\n", file=sys.stderr)
    sys.exit(1)


prepare_jobs(SOURCE, portfolio=Path.cwd())
try:
    preconditions.check_settings(Path(), ENGINE, sys.argv)
    portfolio = Portfolio()
    FOLDERS = [Path(), *(Path(one.folder) for one in portfolio.members)]
    for folder in FOLDERS:
        preconditions.check(folder)
    STEPS = [f"{step.folder}/{step.record}" for step in portfolio.steps]
except EvidentiaError as error:
    stop(error)

onstart:
    try:
        portfolio.locks = [preconditions.begin(folder) for folder in FOLDERS]
    except EvidentiaError as error:
        stop(error)
    for fault in portfolio.faults:
        print(f"\nevidentia: {fault}\n", file=sys.stderr, flush=True)

onerror:
    preconditions.explain(log, Path())


for one in portfolio.members:
    member = f"member_{portfolio.members.index(one)}"
    prefix = f"{one.id}."

    module:
        name: member
        snakefile: "Snakefile"
        config: {"folder": one.folder, "portfolio": True}
        prefix: one.folder

    use rule * from member as prefix*


# It runs whatever came of the members: a job of theirs that fails says so in its record.
rule members:
    input: ancient(portfolio.recorded.after)
    output: portfolio.recorded.record
    params: **portfolio.recorded.params
    log: portfolio.recorded.log
    resources: mem_mb=300, runtime=5
    script: "scripts/members.py"


if portfolio.synthesis:

    module own:
        snakefile: "Snakefile"
        config: {"folder": ".", "portfolio": True}

    use rule * from own as synthesis_*


rule complete:
    input: ancient(portfolio.complete.after)
    output: portfolio.complete.record
    params: **portfolio.complete.params
    log: portfolio.complete.log
    localrule: True
    script: "scripts/complete.py"


# Last, because a module's own target would take its place.
rule all:
    default_target: True
    input: [Path(step).as_posix() for step in STEPS]
