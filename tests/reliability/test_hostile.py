"""Hostile input is escaped, refused by name, or handled; nothing of it runs, and nothing is fetched."""

import pytest

from evidentia.core.errors import EvidentiaError
from reliability.hostile import REFUSED_OR_HANDLED
from reliability.kinds import QUICK
from reliability.listener import Listener
from reliability.rooms import ROOMS
from reliability.small import run_rules, write_small


@pytest.mark.parametrize(
    "attempt", [*REFUSED_OR_HANDLED, *QUICK, *ROOMS], ids=lambda attempt: f"{attempt.group}: {attempt.what}"
)
def test_an_attempt_is_refused_by_name_or_handled(tmp_path, attempt):
    folder = write_small(tmp_path / "study")
    attempt.make(folder)
    with Listener(folder) as listener:
        if attempt.says:
            with pytest.raises(EvidentiaError) as refused:
                attempt.run(folder)
            for part in attempt.says:
                assert part in str(refused.value)
        else:
            attempt.run(folder)
            built = (folder / "build" / "draft" / "report.html").is_file()
            assert built or attempt.run is not run_rules
    assert listener.asked == []
    assert not list(tmp_path.rglob("pwned"))
