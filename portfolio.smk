# Many evaluation folders, each built by the Snakefile as a module, and the synthesis of their ledgers.
# Run it in a folder with portfolio.yaml; with a config.yaml beside it, that folder is the synthesis:
#     snakemake --cores all --keep-going --snakefile PATH/TO/portfolio.smk --directory my-portfolio
# A member that fails is left out, the others go on, and the synthesis names it; the run still ends as failed.

import json
import os
import subprocess
import sys
from pathlib import Path

ENGINE = Path(workflow.basedir)
os.environ["PYTHONPATH"] = str(ENGINE / "src")
os.environ["EVIDENTIA_PORTFOLIO"] = str(Path.cwd())  # so that a message says which member it is about
sys.path.insert(0, str(ENGINE / "src"))

from evidentia.workflow import forkserver
from evidentia.core.errors import EvidentiaError
from evidentia.workflow.portfolio import MEMBERS, NAME, Portfolio
from evidentia.workflow.evaluation import RUN, Study, code

AGAIN = "failed" in config  # the run for the synthesis alone, after a member has failed

try:
    portfolio = Portfolio(failed=dict(config.get("failed", {})))
    members = portfolio.members
    synthesis = Study(".", {MEMBERS}) if Path("config.yaml").is_file() else None
except EvidentiaError as error:
    print(f"\nevidentia: {error}\n", file=sys.stderr)
    sys.exit(1)

FAILED = json.dumps(portfolio.failed, sort_keys=True)
FAULTS = [] if AGAIN else portfolio.faults
REPORT = synthesis.outputs if synthesis else MEMBERS


for one in members:
    member = f"member_{members.index(one)}"
    prefix = f"{one.id}."

    module:
        name: member
        snakefile: "Snakefile"
        config: {"folder": one.folder}
        prefix: one.folder

    use rule * from member as prefix*


rule members:
    input: NAME, list(portfolio.outputs())
    output: MEMBERS
    params: code=code("scripts/members.py"), failed=FAILED, of=[one.study.section("evaluation", "analyses") for one in members]
    resources: mem_mb=300, runtime=5
    shell: "{RUN}/members.py {params.failed:q}"


if synthesis:

    module own:
        snakefile: "Snakefile"
        config: {"made": [MEMBERS]}

    use rule * from own as synthesis_*


# A member whose config.yaml cannot be read is said at the start, and ends the run as failed.
rule failed_members:
    input: REPORT
    output: "build/failed_members"
    params: names=", ".join(sorted(portfolio.failed))
    localrule: True
    shell: "printf '\\nevidentia: not built: %s\\n\\n' {params.names:q} >&2; exit 1"


# Last, because a module's own target would take its place.
rule all:
    default_target: True
    input: REPORT, "build/failed_members" if FAULTS else []


onstart:
    forkserver.start(0 if workflow.non_local_exec else len(list(workflow.dag.needrun_jobs())))
    for fault in FAULTS:
        print(f"\nevidentia: {fault}\n", file=sys.stderr, flush=True)


onerror:
    left = {job for job in workflow.dag.needrun_jobs()}
    ready = {job.rule.name: not left & set(workflow.dag.job_dependencies(job)) for job in left}
    failed = portfolio.not_finished(ready)
    if failed and not AGAIN and synthesis:
        without = {**portfolio.failed, **failed}
        print(f"\nevidentia: the synthesis goes on without {', '.join(sorted(without))}\n", file=sys.stderr, flush=True)
        given = json.dumps(without, sort_keys=True)
        command = ["--snakefile", str(ENGINE / "portfolio.smk"), "--cores", "all", "--nolock", "--config", f"failed={given}"]
        subprocess.run([sys.executable, "-m", "snakemake", *command], check=False)
