"""``_brand.yml``: what is read of it, and what is refused."""

import pytest

from brands import GIVEN, PIXEL
from evidentia.config.brand import PRIMARY, Brand, load_brand
from evidentia.core.colour import contrast, darkened
from evidentia.core.errors import EvidentiaError, Problems
from evidentia.render.html.webfonts import KEPT


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "logo.png").write_bytes(PIXEL)
    for name in ("regular", "bold"):
        (tmp_path / "brand" / f"{name}.woff2").write_bytes((KEPT / f"{name}.woff2").read_bytes())
    return tmp_path


def read(folder, text):
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    return load_brand(folder)


def test_without_a_file_it_is_the_house():
    assert load_brand("/nowhere") == Brand()
    assert Brand().is_house


def test_what_quartos_convention_says_is_read(folder):
    brand = read(folder, GIVEN)
    assert (brand.name, brand.logo, brand.logo_alt) == (
        "Harbour Council",
        "brand/logo.png",
        "Harbour Council",
    )
    assert (brand.primary, brand.link, brand.foreground) == ("#005a6e", "#005a6e", "#1b1b1b")
    assert brand.series[:2] == ("#005a6e", "#7a5c00")
    assert (brand.family, brand.headings) == ("Harbour Sans", "Harbour Sans")
    assert [(font.path, font.weight) for font in brand.fonts] == [
        ("brand/regular.woff2", 400),
        ("brand/bold.woff2", 700),
    ]
    assert brand.files == ("_brand.yml", "brand/logo.png", "brand/regular.woff2", "brand/bold.woff2")


def test_all_colours_without_contrast_are_one_message_with_colours_that_have_it(folder):
    with pytest.raises(EvidentiaError) as caught:
        read(folder, 'color: {primary: "#ffdd00", foreground: "#999999", tertiary: "#eeeeee"}')
    assert not isinstance(caught.value, Problems)
    for name in ("primary #ffdd00 has 1.3:1", "foreground #999999", "tertiary #eeeeee"):
        assert name in caught.value.what
    assert darkened("#ffdd00", 4.5) in caught.value.what
    assert contrast(darkened("#ffdd00", 4.5), "#ffffff") >= 4.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: {primary: '#111111'}", "unknown key 'colour'.*did you mean 'color'"),
        ("color: {primray: '#111111'}", "unknown key 'primray'.*did you mean 'primary'"),
        ("color: {primary: sea}", "'sea' is no colour"),
        ("color: {background: '#fff8e7'}", "background #fff8e7 cannot be obeyed"),
        ("logo: brand/lost.png", "does not exist"),
        ("logo: _brand.yml", "no picture for a logo"),
        ("logo: ../secret.png", "not a path inside"),
        ("typography: {base: Harbour Sans}", "the font 'Harbour Sans' is not given"),
        ("typography: {fonts: [{family: Lato, source: google}]}", "would be fetched from google"),
        ("typography: {fonts: [{family: X, files: [brand/logo.png]}]}", "this is no font"),
    ],
)
def test_what_cannot_be_obeyed_is_refused_by_name(folder, text, said):
    with pytest.raises(EvidentiaError, match=f"(?s){said}"):
        read(folder, text)


def test_a_logo_whose_words_need_a_font_is_refused(folder):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Harbour</text></svg>'
    (folder / "brand" / "logo.svg").write_text(drawing, encoding="utf-8")
    with pytest.raises(EvidentiaError, match="words that need a font") as caught:
        read(folder, "logo: brand/logo.svg")
    assert caught.value.where == "brand/logo.svg"


def test_keys_of_the_convention_that_nothing_obeys_are_listed(folder):
    brand = read(folder, "typography: {base: {size: 12pt}, monospace: Mono}\ndefaults: {bootstrap: {}}\n")
    assert brand.unused == ("typography.monospace", "typography.base.size", "defaults")
    assert brand.primary == PRIMARY
