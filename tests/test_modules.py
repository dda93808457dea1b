"""What CONTRIBUTING promises of the engine's modules."""

from statistics import median

from folders import ENGINE

LONGEST, MEDIAN = 260, 110


def test_no_module_is_longer_than_260_lines_and_half_of_them_have_at_most_110():
    modules = (ENGINE / "src").rglob("*.py")
    lines = {
        path.relative_to(ENGINE).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in modules
    }
    assert len(lines) > 100
    long = {name: count for name, count in lines.items() if count > LONGEST}
    assert not long, "part these by what their functions are about"
    assert median(lines.values()) <= MEDIAN
