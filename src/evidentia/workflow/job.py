"""Running a rule's script: the same environment everywhere, one clear message on failure, the traceback in a log."""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError


def run(main: Callable[..., None]) -> None:
    """Call a script's `main` with the command line's arguments, in the evaluation folder.

    An `EvidentiaError` is printed without a traceback; any other fault as one line. Both leave the
    traceback in ``build/logs/<script>[-<arguments>].log`` and exit with 1. What an `EvidentiaError` says is
    not written there, because it may quote a record.
    """
    same_everywhere()
    arguments = sys.argv[1:]
    name = "-".join([Path(sys.argv[0]).stem, *(argument for argument in arguments if "/" not in argument)])
    log = Path("build") / "logs" / f"{name}.log"
    try:
        main(*arguments)
        gc.freeze()  # the end: a last search for cycles among all that was made would only take time
    except EvidentiaError as error:
        _fail(
            str(error),
            log,
            "Traceback (most recent call last):\n"
            + "".join(traceback.format_tb(error.__traceback__))
            + f"{type(error).__name__} (said on the screen)\n",
        )
    except MemoryError:
        _fail(_NO_MEMORY, log)
    except OSError as error:
        _fail(_of_the_system(error), log)
    except ModuleNotFoundError as error:
        _fail(f"the package '{error.name}' is not installed\n  to do: install what requirements.lock names (make report does)", log)
    except Exception as error:
        if _of_memory(error):
            _fail(_NO_MEMORY, log)
        _fail(f"{type(error).__name__}: {error}\n  to do: this is a fault in Evidentia or its set-up; {log} has the details", log)


_NO_MEMORY = (
    "the machine's memory is used up\n"
    "  to do: close other programs, or run with fewer cores (--cores 1), then run the same command again; the last report is as it was"
)


def _of_memory(error: BaseException | None) -> bool:
    """Tell whether memory ran out behind an error: a library that cannot be loaded says so in words only."""
    while error is not None:
        if isinstance(error, MemoryError) or re.search(
            r"failed to map segment|[Cc]annot allocate memory|can't start new thread", str(error)
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


_SYSTEM = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("your share of the disk is full", "make room"),
    errno.EFBIG: ("a file would be larger than this system allows", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the place is read-only", "build in a copy of the folder that can be written"),
    errno.EACCES: ("permission is denied", "change the permissions, or build in a copy of the folder"),
    errno.EPERM: ("permission is denied", "change the permissions, or build in a copy of the folder"),
    errno.ENOMEM: ("the machine's memory is used up", "close other programs, or run with fewer cores (--cores 1)"),
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n)"),
}


def _of_the_system(error: OSError) -> str:
    """Say what the system refused, where, and what to do."""
    what, remedy = _SYSTEM.get(error.errno or 0, (f"the system says: {error.strerror or error}", "see whether the file is there"))
    where = f"\n  where: {error.filename}" if error.filename else ""
    return f"{what}{where}\n  to do: {remedy}, then run the same command again; the last report is as it was"


def same_everywhere() -> None:
    """Let neither the machine's core count nor its time zone nor its fonts' cache decide a byte."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["TZ"] = "UTC"
    os.environ.setdefault("MPLCONFIGDIR", str(Path("build", ".cache", "matplotlib").resolve()))


def _fail(message: str, log: Path, details: str = "") -> None:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(details or traceback.format_exc(), encoding="utf-8")
    except OSError:
        pass
    print(f"\nevidentia: {message}{_member()}\n", file=sys.stderr, flush=True)
    sys.exit(1)


def _member() -> str:
    """Say which member of a portfolio this is, because paths in messages begin in its folder."""
    portfolio = os.environ.get("EVIDENTIA_PORTFOLIO", "")
    folder = os.path.relpath(Path.cwd(), portfolio) if portfolio else "."
    return "" if folder == "." else f"\n  member: {folder}"


def analysis(name: str, script: str, **given: Any) -> None:
    """Run an analysis by its design: read its settings and data, analyse, and write build/results/<name>.json.

    Parameters
    ----------
    name : str
        Id of the analysis.
    script : str
        The script's path from the engine's root, for the ledger.
    given
        What the design's function takes beside settings and data.
    """
    from evidentia.config.load import load_config
    from evidentia.core.reference import resolve
    from evidentia.core.results import save_result
    from evidentia.disclosure.stage import protect

    config = load_config(".", check_files=False)
    settings = config.analyses[name]
    tables = read_datasets(config, settings.datasets())
    result = resolve(config.registry.designs[settings.design].analyse)(settings, tables, **given)
    for message in (*result.messages, *result.notes):
        print(f"evidentia: {name}: {message}", flush=True)
    policies = [config.data[dataset].disclosure for dataset in settings.datasets()]
    result = protect(result, *(max((getattr(policy, key) for policy in policies), default=0) for key in ("minimum_cell", "rounding")))
    for number in result.numbers:
        if number.about:
            print(f"evidentia: {name}: note {number.id.rpartition('.')[2]}: {number.value}", flush=True)
    result.inputs |= {table.path: table.sha256 for table in tables.values()}
    source: dict[str, Any] = {"rule": settings.design, "script": script, "analysis": name, "validated": validation_of(config, tables)}
    if result.synthetic or any(config.data[dataset].synthetic for dataset in settings.datasets()):
        source["synthetic"] = True
    save_result(Path("build", "results", f"{name}.json"), result, source)


def read_datasets(config: Any, names: list[str]) -> dict[str, Any]:
    """Return data sets of the evaluation folder by id, read and checked, each with its disclosure policy.

    All faults of all of them are said in one go.
    """
    import dataclasses

    from evidentia.core.errors import raise_all
    from evidentia.data.package import load_package
    from evidentia.data.references import reference_faults
    from evidentia.data.table import read_table

    package = load_package(".")
    tables, faults = {}, []
    for name in names:
        dataset = config.data[name]
        try:
            table = read_table(".", dataset.path, package.schema(dataset.path), dataset.source)
            policy = dataset.disclosure
            tables[name] = dataclasses.replace(table, minimum_cell=policy.minimum_cell, rounding=policy.rounding)
        except EvidentiaError as fault:
            faults.append(fault)
    raise_all(faults)
    raise_all(reference_faults({table.path: table for table in tables.values()}, package))
    return tables


def validation_of(config: Any, tables: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of tables that passed: rows, columns and hash by path.

    The rows of a protected data set are not told, because their number is a count of people.
    """
    protected = {dataset.path for dataset in config.data.values() if dataset.disclosure.protects}
    return {
        table.path: {
            "sha256": table.sha256,
            "rows": None if table.path in protected else len(table.frame),
            "columns": list(table.frame.columns),
        }
        for table in tables.values()
    }
