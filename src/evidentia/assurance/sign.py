"""Signing, and what a folder's signatures come to."""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidentia.assurance.items import Item, items
from evidentia.assurance.signatures import Signature, load_signatures, save_signatures
from evidentia.assurance.validity import Signed, conflicts, lacking, not_allowed, standing
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError, did_you_mean, raise_all

FINAL = "final"


@dataclass(frozen=True)
class Assured:
    """What is signed in a folder, and what is not.

    Attributes
    ----------
    items : dict of str to Item
    signed : list of Signed
    lacking : list of EvidentiaError
        Why the report may not be final yet.
    """

    items: dict[str, Item]
    signed: list[Signed]
    lacking: list[EvidentiaError]

    @property
    def lapsed(self) -> list[Signed]:
        """Signatures that no longer stand."""
        return [one for one in self.signed if not one.stands]


def assured(config: Config, folder: Path, build: Path) -> Assured:
    """Return what is signed, what lapsed, and what a final report lacks.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    build : Path
        Where the ledger, the claims and the data of figures and tables are.
    """
    signatures = load_signatures(folder)
    known = items(config, folder, build)
    signed = standing(signatures, known)
    return Assured(known, signed, [*conflicts(signatures), *lacking(config.assurance, signed, known)])


def refuse_unassured(config: Config, folder: Path, build: Path) -> None:
    """Raise if the report is to be final and what config.yaml asks for is not signed, or has lapsed."""
    if config.evaluation.status == FINAL and config.assurance and config.assurance.final:
        raise_all(assured(config, folder, build).lacking)


def sign(
    config: Config,
    folder: Path,
    build: Path,
    role: str,
    wanted: Iterable[str],
    name: str,
    date: datetime.date,
    note: str = "",
) -> tuple[Path, list[Item]]:
    """Sign items in a role, and return the file that holds it with the items.

    Raises
    ------
    EvidentiaError
        Or `Problems`: an unknown item, a person who may not sign it in this role, or who signed in the other.
    """
    if not name.strip():
        raise EvidentiaError(
            "nobody signs", remedy='give your name: evidentia sign assurer report --name "..."'
        )
    known = items(config, folder, build)
    chosen: dict[str, Item] = {}
    faults = []
    for pattern in wanted:
        matched = fnmatch.filter(known, pattern)
        if not matched:
            faults.append(
                EvidentiaError(
                    f"there is nothing called '{pattern}' to sign",
                    remedy=f"{did_you_mean(pattern, known)}; evidentia assurance --items lists all",
                )
            )
        chosen |= {id: known[id] for id in matched}
    earlier: list[Signature] = load_signatures(folder)
    raise_all([*faults, *not_allowed(config.assurance, role, name, chosen.values(), earlier)])
    name = " ".join(name.split())
    path = save_signatures(folder, chosen, role, name, date, " ".join(note.split()))
    return path, list(chosen.values())
