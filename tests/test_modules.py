"""What CONTRIBUTING promises of the modules of the engine, and what pytest asks of those of the tests."""

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


def test_no_two_files_of_tests_have_one_name():
    """Pytest imports a file by its name alone, and stops at the second."""
    names = [path.name for path in (ENGINE / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
