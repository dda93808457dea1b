"""Pictures in the page: photographs as data, drawings through the list of what may be drawn."""

import pytest
from PIL import Image

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.render.html.pictures import take_images
from evidentia.render.html.places import Places
from reliability.small import write_small
from render.written import CHAPTER, page_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def shown(folder, markdown, drawing="<text font-family='Papyrus'>North</text>"):
    write_small(folder)
    pictures = folder / "report" / "pictures"
    pictures.mkdir()
    Image.new("RGB", (60, 40), "#12436d").save(pictures / "map.png")
    (pictures / "sketch.svg").write_text(SVG.format(drawing))
    main = page_of(markdown)
    config = load_config(folder)
    drawings = take_images(main, folder / "build", config, Places({CHAPTER: markdown}, folder))
    return main, drawings


def test_a_photograph_stands_in_the_page_as_data_with_its_size(tmp_path):
    main, _ = shown(
        tmp_path, '![The map](pictures/map.png){#fig-map fig-alt="A square."}\n\n[Source: us]{.source}\n'
    )
    figure = main.xpath("./figure")[0]
    image = figure.find("img")
    assert image.get("src").startswith("data:image/png;base64,")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A square.", "60", "40")
    assert figure.xpath("./p[@class='source']/text()") == ["Source: us"]


def test_a_drawing_is_built_anew_in_the_reports_font(tmp_path):
    _, drawings = shown(tmp_path, '![Sketch](pictures/sketch.svg){#fig-s fig-alt="North."}\n')
    (drawing,) = drawings.values()
    assert 'aria-label="North."' in drawing
    assert "Papyrus" not in drawing
    assert 'font-family="Arimo"' in drawing


@pytest.mark.parametrize("name", ["map.png", "sketch.svg"])
def test_a_picture_without_a_caption_is_no_mark_within_a_line(tmp_path, name):
    main, _ = shown(
        tmp_path, f'![](pictures/{name}){{fig-alt="A square."}}\n\nIn ![a sign](pictures/{name}) line.\n'
    )
    alone, within = main.xpath(
        ".//*[contains(@class, 'own-picture') and not(contains(@class, 'own-pictures'))]"
    )
    assert alone.getparent().tag == "div"
    assert within.getparent().tag == "p"


def test_a_drawing_that_runs_something_is_refused(tmp_path):
    with pytest.raises(EvidentiaError, match="<script>") as raised:
        shown(tmp_path, '![S](pictures/sketch.svg){#fig-s fig-alt="North."}\n', "<script>alert(1)</script>")
    assert "report/pictures/sketch.svg" in str(raised.value)


def test_a_picture_of_nowhere_is_named(tmp_path):
    with pytest.raises(EvidentiaError, match="no figure|not a figure"):
        shown(tmp_path, '![S](elsewhere.png){fig-alt="North."}\n')
