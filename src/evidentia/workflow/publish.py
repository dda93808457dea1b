"""Publishing: what was proved in build/draft becomes what readers find in build, all of it together.

Every file is copied beside its place first. Then a journal says that all copies are there, and each is
renamed into its place. A build that is killed before the journal is written has changed nothing; after it,
the next build ends the work.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evidentia.core.errors import EvidentiaError
from evidentia.core.files import read_json, sha256, to_json, write_whole
from evidentia.core.paths import DRAFT, RECORDS
from evidentia.workflow.records import older, read_record

if TYPE_CHECKING:
    from evidentia.workflow.job import Job

STAGED = ".publish"
JOURNAL = "journal.json"


def publish(build: Path, draft: Path, proved: Mapping[str, str], withdrawn: Iterable[str]) -> dict[str, str]:
    """Publish files of the draft.

    Parameters
    ----------
    build, draft : Path
    proved : mapping of str to str
        Path in the draft to the hash of what was proved.
    withdrawn : iterable of str
        Files that were published before and are no longer made.

    Returns
    -------
    dict of str to str
        Hash by path in `build`.
    """
    staged = build / STAGED
    finish(build)
    changed = [name for name, known in proved.items() if not _is(build / name, known)]
    for name in changed:
        target = staged / "files" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(draft / name, target)
        if sha256(target) != proved[name]:
            raise EvidentiaError(
                f"{draft / name} changed while the build ran", remedy="run the same command again"
            )
    write_whole(
        staged / JOURNAL, to_json({"files": changed, "withdrawn": sorted(set(withdrawn) - set(proved))})
    )
    finish(build)
    return dict(proved)


def finish(build: Path) -> None:
    """Complete a publication that was begun, or drop what it had prepared if that was not all."""
    staged = build / STAGED
    journal = _journal(staged / JOURNAL)
    for name in filter(_is_inside, journal["files"]):
        if (staged / "files" / name).is_file():
            (build / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / "files" / name).replace(build / name)
    for name in filter(_is_inside, journal["withdrawn"]):
        (build / name).unlink(missing_ok=True)
    (staged / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(staged, ignore_errors=True)


def _journal(path: Path) -> dict[str, list[str]]:
    """Return what was to be published and withdrawn; nothing if that was not written whole."""
    try:
        found = read_json(path) if path.is_file() else {}
    except EvidentiaError:
        found = {}
    found = found if isinstance(found, dict) else {}
    return {
        key: [name for name in names if isinstance(name, str)]
        if isinstance(names := found.get(key), list)
        else []
        for key in ("files", "withdrawn")
    }


def _is_inside(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _is(path: Path, known: str) -> bool:
    return path.is_file() and not path.is_symlink() and sha256(path) == known


def publish_proved(job: Job) -> None:
    """Publish what the steps before have made in the draft.

    Parameters
    ----------
    job : Job
        Its sources are those of all these steps, so that inputs which changed meanwhile are named here at the
        latest.
    """
    draft, build = DRAFT.as_posix(), DRAFT.parent
    proved = _in(draft, map(Path, job.before))
    earlier = [path for name in ("numbers", "publish") for path in older(Path(RECORDS, f"{name}."))]
    done = publish(build, DRAFT, proved, _in(build.as_posix(), earlier) if job.step == "publish" else ())
    job.made |= {f"{build}/{name}": known for name, known in done.items()}


def _in(folder: str, records: Iterable[Path]) -> dict[str, str]:
    """Return the files below a folder that records list, by their path in it."""
    made = [item for path in records for item in read_record(path).get("made", {}).items()]
    return {name.removeprefix(f"{folder}/"): known for name, known in made if name.startswith(f"{folder}/")}
