"""Roles, signatures and the logs of assumptions and data in the quality log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidentia.assurance.logs import ASSUMPTIONS, DATA, load_assumptions, load_data_log
from evidentia.assurance.show import summary
from evidentia.assurance.sign import assured
from evidentia.audit.quality_check import DELIVERY, DESIGN, SCOPING, Check
from evidentia.config.model import Config
from evidentia.core.paths import BUILD

SIGNED = "assurance/signed-*.yaml"


def assurance_checks(config: Config, folder: Path) -> Iterator[Check]:
    """Yield the lines of the quality log about roles, logs and signatures."""
    yield _roles(config)
    yield from _assumptions(folder)
    yield from _data(config, folder)
    if not (folder / BUILD / "numbers.json").is_file():
        return
    found = assured(config, folder, folder / BUILD)
    lapsed = [
        f"{one.signature.role} on {one.signature.item}: {'; '.join(one.moved[:2])}" for one in found.lapsed
    ]
    said = " ".join([summary(found), *lapsed[:5]])
    what = "Signatures still cover what they were given for"
    passed = not lapsed if found.signed else None
    yield Check("Independent", what, "evidentia assurance", said, SIGNED, passed, DELIVERY)
    if config.assurance and config.assurance.final:
        said = "; ".join(fault.what for fault in found.lacking[:5]) or "all are there and stand"
        what = "The signatures that a final report needs"
        yield Check(
            "Independent", what, "evidentia assurance", said, "config.yaml", not found.lacking, DELIVERY
        )


def _roles(config: Config) -> Check:
    roles = config.assurance.roles if config.assurance else {}
    said = "; ".join(f"{role}: {', '.join(may.names)}" for role, may in roles.items())
    separate = bool({"analyst", "assurer"} <= set(roles))
    what = "Roles are given to people, and the assurer is not the analyst"
    said = said or "no roles are named in config.yaml (assurance.roles)"
    return Check("Independent", what, "config.yaml", said, "config.yaml", separate or None, SCOPING)


def _assumptions(folder: Path) -> Iterator[Check]:
    rows = load_assumptions(folder)
    if not rows:
        yield Check(
            "Robust", "Assumptions are logged", "", f"there is no log ({ASSUMPTIONS})", "", None, DESIGN
        )
    for id, row in rows.items():
        weak = row["quality"] == "low" and row["impact"] == "high"
        said = f"{row['basis']} Quality of the evidence: {row['quality']}; impact if wrong: {row['impact']}."
        yield Check(
            "Robust",
            f"Assumption {id}: {row['words']}",
            "assumptions log",
            said,
            ASSUMPTIONS,
            not weak,
            DESIGN,
        )


def _data(config: Config, folder: Path) -> Iterator[Check]:
    rows = load_data_log(folder, config.data)
    aspect, what = "Grounded in reality", "Data set {}: source, release, owner, quality and limits are logged"
    if not rows:
        what = "Sources, releases, owners and limits of the data are logged"
        yield Check(aspect, what, "", f"there is no log ({DATA})", "", None, DESIGN)
        return
    for name in config.data:
        row = rows.get(name)
        said = (
            f"{row['source']}, release {row['release']}, owner {row['owner']}. Quality: {row['quality']}."
            f" Limits: {row['limits']}"
            if row
            else "the log does not have it"
        )
        yield Check(aspect, what.format(name), "data log", said, DATA, row is not None, DESIGN)
