"""Two builds in unlike surroundings have the same bytes, and what differs between two files is said by what
they are.
"""

import io
import zipfile

import pytest
from pypdf import PdfWriter

from evidentia.audit.verify import Verified, show, verify
from evidentia.compare.differences import differences, differing, manifest
from evidentia.core.errors import EvidentiaError
from folders import write_folder


@pytest.mark.build
@pytest.mark.xdist_group("same_bytes")
def test_two_builds_in_unlike_surroundings_have_the_same_bytes(tmp_path):
    found = verify(write_folder(tmp_path / "study"), ("numbers", "review"))
    assert found.unlike == {}
    assert found.files > 5
    assert found.moved is None
    assert found.passed


@pytest.mark.build
@pytest.mark.xdist_group("same_bytes")
def test_a_build_that_stops_is_said_with_its_own_message(tmp_path):
    folder = write_folder(tmp_path / "study", **{"data__rates.csv": "a;b\n1;2\n"})
    with pytest.raises(EvidentiaError, match="separated by semicolons"):
        verify(folder, ("numbers",))


def test_the_manifest_leaves_out_logs_and_caches(tmp_path):
    for name in ("a.csv", "logs/x.log", ".cache/y", "figures/b.svg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert list(manifest(tmp_path)) == ["a.csv", "figures/b.svg"]


def test_a_file_that_only_one_build_has_differs(tmp_path):
    assert differing({"a": "1", "b": "2"}, {"a": "1", "c": "3"}) == ["b", "c"]
    (tmp_path / "b").write_text("x")
    assert differences(tmp_path / "b", tmp_path / "c") == ["only the first build has it"]


def pdf(text="", author="A", attached=b"1", blank=1):
    writer = PdfWriter()
    for _ in range(blank):
        writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    writer.add_attachment("numbers.csv", attached)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + text.encode()


def archive(text, when=(2020, 1, 1, 0, 0, 0)):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(zipfile.ZipInfo("xl/sheet.xml", when), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("a.csv", b"a,b\n1,2\n", b"a,b\n1,3\n", ["line: -1,2", "line: +1,3"]),
        ("a.html", b"<p>one</p><p>two</p>", b"<p>one</p><p>three</p>", ["-<p>two</p>", "+<p>three</p>"]),
        (
            "a.html",
            b"<i>data:font/woff2;base64,AAAA</i>",
            b"<i>data:font/woff2;base64,AAAB</i>",
            ["embedded: -font/woff2"],
        ),
        ("a.pdf", pdf(author="A"), pdf(author="B"), ["metadata: -/Author: A", "metadata: +/Author: B"]),
        ("a.pdf", pdf(attached=b"1"), pdf(attached=b"2"), ["attachments: -numbers.csv"]),
        ("a.pdf", pdf(), pdf(text="%"), ["bytes from"]),
        ("a.pdf", pdf(), b"%PDF", ["cannot be read"]),
        ("a.xlsx", archive("<a>1</a>"), archive("<a>2</a>"), ["xl/sheet.xml: -<a>1</a>"]),
        ("a.xlsx", archive("x"), archive("x", (2021, 1, 1, 0, 0, 0)), ["packing: -xl/sheet.xml (2020"]),
        ("a.woff2", b"abc", b"abd", ["bytes from 2 on"]),
    ],
)
def test_what_differs_is_said_by_what_the_file_is(tmp_path, name, before, after, said):
    first, second = tmp_path / "1" / name, tmp_path / "2" / name
    for path, content in ((first, before), (second, after)):
        path.parent.mkdir()
        path.write_bytes(content)
    assert differences(first, first) == []
    found = "\n".join(differences(first, second))
    for part in said:
        assert part in found


def test_a_difference_and_a_moved_number_are_shown_and_fail():
    found = Verified(3, {"report.html": ["line: -a", "line: +b"]}, ["x.y: 1 -> 2"])
    assert not found.passed
    assert "2 of 3 outputs have the same bytes" in show(found)
    assert "report.html\n    line: -a" in show(found)
    assert "x.y: 1 -> 2" in show(found)
