"""After a fault the last report is whole, the message says what to do, and the next build has the same bytes.

These are the quick ones; `make hostile` brings about all of `reliability.faults.FAULTS`.
"""

import pytest

from reliability.faults import FAULTS, Skip

pytestmark = [pytest.mark.build, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    return tmp_path_factory.mktemp("references")


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.quick], ids=lambda fault: fault.what)
def test_the_last_report_stays_and_the_next_build_is_the_same(tmp_path, references, fault):
    try:
        fault.run(references, tmp_path / "study", **fault.options)
    except Skip as reason:
        pytest.skip(str(reason))
