"""Pictures of the author's: found, cleaned, and refused with file and line."""

import io

import pytest
from PIL import Image

from evidentia.compose.picture_files import address_of, path_of, pictures_of, read_picture
from evidentia.compose.pictures import picture_faults, with_pictures
from evidentia.compose.tree import read_chapter
from evidentia.core.errors import EvidentiaError

CHAPTER = "report/one.qmd"
ALT = 'fig-alt="Two squares."'


@pytest.fixture
def folder(tmp_path):
    pictures = tmp_path / "report" / "pictures"
    pictures.mkdir(parents=True)
    Image.new("RGB", (60, 40), "#12436d").save(pictures / "map.png")
    Image.new("RGB", (60, 40), "#12436d").save(pictures / "two words.png")
    Image.new("RGB", (60, 40), "#12436d").save(tmp_path / "report" / "beside.png")
    (pictures / "sketch.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (pictures / "notes.txt").write_text("no picture")
    return tmp_path


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("![Map](pictures/map.png){#fig-map}", "pictures/map.png"),
        ("![Map](map.png){#fig-map}", "pictures/map.png"),
        ("![Map](./pictures/map.png)", "pictures/map.png"),
        ("![Map](../report/pictures/map.png)", "pictures/map.png"),
        ("![Map](report/pictures/map.png)", "pictures/map.png"),
        ("![Map [of *it*]](pictures/two%20words.png)", "pictures/two%20words.png"),
        ("![Map](<pictures/two words.png>)", "pictures/two%20words.png"),
        ("![Map][m]\n\n[m]: pictures/map.png", "pictures/map.png"),
        ('<img src="pictures/map.png" alt="Map">', "pictures/map.png"),
        ('![Map](pictures/sketch.svg "Title")', "pictures/sketch.svg"),
    ],
)
def test_a_picture_is_found_however_it_is_written(folder, written, address):
    text, used, faults = with_pictures(written, CHAPTER, folder)
    assert faults == []
    assert list(used) == [address]
    assert address in text
    assert path_of(folder, address) == used[address]
    assert address_of(used[address]) == address


def test_pictures_of_another_folder_of_chapters_are_found_beside_them(folder):
    (folder / "annexes" / "pictures").mkdir(parents=True)
    Image.new("RGB", (6, 4)).save(folder / "annexes" / "pictures" / "map.png")
    _, used, _ = with_pictures("![Map](pictures/map.png)", "annexes/more.qmd", folder)
    assert used == {"pictures/annexes/map.png": "annexes/pictures/map.png"}
    assert path_of(folder, "pictures/annexes/map.png") == "annexes/pictures/map.png"
    assert "annexes/pictures/map.png" in pictures_of(folder, ["annexes/more.qmd"])


@pytest.mark.parametrize(
    ("written", "what", "remedy"),
    [
        ("![Map](pictures/mop.png)", "there is no picture 'pictures/mop.png'", "did you mean 'map.png'"),
        (
            "![Map](beside.png)",
            "'beside.png' does not stand in report/pictures",
            "move it to report/pictures/beside",
        ),
        ("![Map](https://example.org/map.png)", "would be fetched", "save it as report/pictures/map.png"),
        ("![Map](pictures/map.gif)", "of a kind that a report does not show (gif)", "PNG, JPEG or SVG"),
        ("![Map](../../elsewhere/pictures/map.jpg)", "there is no picture", "put it at"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named_with_its_line(folder, written, what, remedy):
    _, used, faults = with_pictures(f"# One\n\nWords.\n\n{written}\n", CHAPTER, folder)
    assert used == {}
    assert len(faults) == 1
    assert what in faults[0].what
    assert faults[0].where == f"{CHAPTER}, line 5"
    assert remedy in faults[0].remedy


def test_links_and_code_are_no_pictures(folder):
    text = (
        "See [the map](https://example.org/map.png) and `![Map](gone.png)`.\n\n```\n![Map](gone.png)\n```\n"
    )
    assert with_pictures(text, CHAPTER, folder) == (text, {}, [])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"![Caption](pictures/map.png){{#fig-map {ALT}}}", ""),
        ("An icon ![a square](pictures/map.png) in a line.", ""),
        ("![Caption](pictures/map.png){#fig-map}", "'map.png' has no alternative text"),
        ("A line with ![](pictures/map.png) in it.", "'map.png' has no alternative text"),
        (f"A line with ![words](pictures/map.png){{#fig-map {ALT}}} in it.", "stands in a sentence"),
        ('![Caption](pictures/map.png){#fig-map fig-alt="It rose by 40%."}', "'40%' is typed"),
        (f"![Caption](pictures/map.png){{#fig-map {ALT} width=60%}}", ""),
        (f"![Caption](pictures/map.png){{#fig-map {ALT} width=4in}}", "the size width=4in"),
        ("A line with ![words](pictures/map.png){height=1em} in it.", "the size height=1em"),
        (f"![](pictures/map.png){{#fig-map {ALT}}}", "has a label and no caption"),
        (f"![](pictures/map.png){{{ALT}}}", ""),
    ],
)
def test_each_picture_says_what_it_shows(written, said):
    text = f"# One\n\n{written}\n"
    elements = read_chapter(text, CHAPTER).elements("Figure", "Para", "Plain", "Image")
    faults = list(picture_faults(elements, text, CHAPTER))
    assert [said in fault.what for fault in faults] == ([True] if said else [])
    assert all(fault.where == f"{CHAPTER}, line 3" for fault in faults)


def test_each_of_two_uses_of_one_picture_is_named_with_its_own_line():
    text = f"# One\n\n![A](pictures/map.png){{#fig-a {ALT}}}\n\n![B](pictures/map.png){{#fig-b}}\n"
    elements = read_chapter(text, CHAPTER).elements("Figure", "Para", "Plain", "Image")
    assert [fault.where for fault in picture_faults(elements, text, CHAPTER)] == [f"{CHAPTER}, line 5"]


def test_what_a_camera_wrote_stays_behind_and_the_picture_stands_upright(folder):
    told = Image.Exif()
    told[0x0112], told[0x010E] = 6, "14 Mill Lane"
    path = folder / "report" / "pictures" / "photo.jpg"
    Image.new("RGB", (3000, 2400), "#28a197").save(path, exif=told)
    assert b"Mill Lane" in path.read_bytes()
    picture = read_picture(folder, "report/pictures/photo.jpg")
    shown = Image.open(io.BytesIO(picture.content))
    assert b"Mill Lane" not in picture.content
    assert not shown.getexif()
    assert shown.size == (picture.width, picture.height) == (2000, 2500)


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", b"no picture"), ("b.jpg", b"\xff\xd8\xff"), ("c.png", b"")]
)
def test_a_file_that_is_no_picture_is_named(folder, name, content):
    (folder / "report" / "pictures" / name).write_bytes(content)
    with pytest.raises(EvidentiaError, match="the picture cannot be read") as raised:
        read_picture(folder, f"report/pictures/{name}")
    assert raised.value.where == f"report/pictures/{name}"


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "map.png"
    Image.new("RGB", (6, 4)).save(outside)
    (folder / "report" / "pictures" / "link.png").symlink_to(outside)
    with pytest.raises(EvidentiaError, match="leads outside"):
        read_picture(folder, "report/pictures/link.png")
