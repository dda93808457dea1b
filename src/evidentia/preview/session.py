"""The state of a preview: what the files say now, as one page."""

from __future__ import annotations

import re
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evidentia.config.load import load_config
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import csv_rows, write_whole
from evidentia.core.language import speak
from evidentia.core.ledger import condition_faults, load
from evidentia.core.paths import DRAFT, LOGS, RECORDS, VALUES, result_of
from evidentia.core.po_file import FOLDER
from evidentia.core.results import load_result
from evidentia.preview.edition import Edition, Fault, as_faults
from evidentia.preview.fragments import Pandoc
from evidentia.preview.page import made, waiting
from evidentia.preview.words import Numbers, Written, write_chapter
from evidentia.workflow.records import read_record
from evidentia.workflow.system_faults import explain_fault

_CITED = re.compile(r"(?<![\w.\\])-?@([A-Za-z][\w:-]*(?:\.[\w:-]+)*)")


class Session:
    """Makes editions of an evaluation folder, one for each change, as fast as it can.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edition = Edition()
        self.number = 0
        self.waits = True  # for the first numbers
        self._making = threading.Lock()
        self._config: Config | None = None
        self._config_key = self._numbers_key = ""
        self._numbers: Numbers | None = None
        self._written: dict[str, tuple[str, Written]] = {}

    def refresh(self) -> None:
        """Make the edition of the files as they are now; what cannot be made leaves the last one, and says
        why.
        """
        with self._making:
            begun = time.monotonic()
            try:
                self._edition()
            except EvidentiaError as error:
                self.edition = replace(self.edition, faults=as_faults(error))
            except Exception as error:  # the page that somebody looks at stays, and the next save is tried
                log = self.folder / LOGS / "preview.log"
                write_whole(log, traceback.format_exc())
                self.edition = replace(self.edition, faults=[Fault(explain_fault(error, log))])
            self.edition = replace(self.edition, seconds=time.monotonic() - begun)
            self.number += 1

    def _edition(self) -> None:
        config, numbers = self._read_config(), self._read_numbers()
        if config.report is None:
            raise EvidentiaError(
                "there is no report to preview",
                where="config.yaml",
                remedy="add the section 'report' with its chapters",
            )
        self.waits = numbers is None
        if numbers is None:
            self.edition = waiting(config, self.folder)
            return
        written = {
            path: self._write(config, id, path, numbers) for id, path in config.report.chapter_ids.items()
        }
        faults = {path: self._faults(path, written) for path in written}
        keys = sorted({key for one in written.values() for key in _CITED.findall(one.text)})
        bodies = self._render(config, written, keys)
        report = [fault for one in list(written.values())[:1] for fault in one.composer.faults]
        report += condition_faults(_conditions(numbers), _values(numbers), numbers.ledger)
        self.edition = made(config, self.folder, numbers, written, faults, bodies, report)

    def _read_config(self) -> Config:
        catalogues = sorted((self.folder / FOLDER).glob("*.po"))
        data = [_bytes(path) for path in (self.folder / "config.yaml", *catalogues)]
        key = sha256(b"\0".join(data)).hexdigest()
        if self._config is None or key != self._config_key:
            config = load_config(self.folder)
            speak(config.evaluation.language, self.folder)
            self._config, self._config_key = config, key
            self._numbers_key = ""
            self._written.clear()
        return self._config

    def _read_numbers(self) -> Numbers | None:
        """Return the numbers of the last build of this user's; None if there was none."""
        assert self._config is not None
        paths = [VALUES, DRAFT / "reconciliation.csv", *(result_of(name) for name in self._config.analyses)]
        data = [_bytes(self.folder / path) for path in paths]
        if not data[0] or not any(map(read_record, (self.folder / RECORDS).glob("values.*.json"))):
            return self._numbers
        key = sha256(b"\0".join(data)).hexdigest()
        if key != self._numbers_key:
            there = [name for name in self._config.analyses if (self.folder / result_of(name)).is_file()]
            self._numbers = Numbers(
                load(self.folder / VALUES),
                {name: load_result(self.folder / result_of(name)) for name in there},
                csv_rows(self.folder / paths[1]) if data[1] else [],
            )
            self._numbers_key = key
            self._written.clear()
        return self._numbers

    def _write(self, config: Config, id: str, path: str, numbers: Numbers) -> Written:
        key = sha256(_bytes(self.folder / path)).hexdigest()
        known = self._written.get(path)
        if known is None or known[0] != key:
            self._written[path] = known = key, write_chapter(config, self.folder, id, numbers)
        return known[1]

    def _faults(self, path: str, written: dict[str, Written]) -> list[Fault]:
        """Return a chapter's own faults, and those that only the other chapters show."""
        own = written[path]
        known = {label for one in written.values() for label in one.labels}
        found = [*own.faults, *own.composer.references(own.chapter, known)]
        for other in list(written)[: list(written).index(path)]:
            for id, place in own.shown.items():
                if id in written[other].shown:
                    what = f"'{id}' is already shown in {written[other].shown[id]}"
                    found.append(EvidentiaError(what, where=place, remedy="refer to it instead"))
            for label in set(own.labels) & set(written[other].labels) - {f"fig-{id}" for id in own.shown}:
                if label.removeprefix("tbl-") not in own.shown:
                    what = f"the label '{label}' stands in {other} too"
                    found.append(EvidentiaError(what, where=path, remedy="rename one of them"))
        return [fault for error in found for fault in as_faults(error)]

    def _render(self, config: Config, written: dict[str, Written], keys: list[str]) -> dict[str, Any]:
        """Return each chapter's HTML, or the error for which there is none."""
        pandoc = Pandoc(config, self.folder)

        def one(item: Written) -> str | EvidentiaError:
            try:
                return pandoc.html(item.text, keys, item.chapter.path) if item.text.strip() else ""
            except EvidentiaError as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            return dict(zip(written, pool.map(one, written.values()), strict=True))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _conditions(numbers: Numbers) -> list[Any]:
    return [condition for result, _ in numbers.results.values() for condition in result.conditions]


def _values(numbers: Numbers) -> dict[str, Any]:
    from evidentia.core.expression import known_values

    return known_values(numbers.ledger.values())
