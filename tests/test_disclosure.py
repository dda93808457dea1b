import pytest

from evidentia.disclosure.stage import protect
from evidentia.results import Frame, Result


def counts(**values):
    result = Result()
    for id, value in values.items():
        result.add(id, value, "count", id)
    return result


@pytest.mark.parametrize(("value", "kept"), [(0, True), (1, False), (9, False), (10, True), (9.0, False), (9.4, True)])
def test_counts_from_1_to_one_below_the_minimum_are_suppressed(value, kept):
    number = protect(counts(a=value), 10).numbers[0]
    assert (number.value, number.suppressed) == ((value, "") if kept else (None, "c"))


def test_minimum_of_0_publishes_everything():
    assert protect(counts(a=1), 0).numbers[0].value == 1


def test_only_counts_that_were_computed_are_suppressed():
    result = counts()
    result.add("share", 0.5, "proportion", "a share")
    result.add("months", 6, "months", "a period")
    result.add("replicates", 5, "count", "a setting", basis="configured")
    assert [number.value for number in protect(result, 10).numbers] == [0.5, 6, 5]


def test_cells_of_frames_are_suppressed_in_columns_of_counts_only():
    result = Result(frames={"f": Frame(["who", "people", "months"], [["a", 3, 3], ["b", 30, 3]], ["", "count plain", "months"])})
    assert protect(result, 10).frames["f"].rows == [["a", None, 3], ["b", 30, 3]]
    assert result.frames["f"].rows[0] == ["a", 3, 3]  # the analysis's own result stays as it was
