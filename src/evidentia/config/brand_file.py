"""The sections of ``_brand.yml``, with the keys of Quarto's brand convention."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from evidentia.config.base import FolderPath, Section


class Cut(Section):
    """A file of a font, with its weight and style."""

    path: FolderPath
    weight: int | Literal["normal", "bold"] = 400
    style: Literal["normal", "italic"] = "normal"


class Font(Section):
    """A font and its files."""

    family: str = Field(min_length=1, pattern=r"^[\w -]+$")
    source: str = "file"
    files: list[FolderPath | Cut] = Field(default_factory=list)
    weight: Any = None
    style: Any = None
    display: Any = None


class FaceOf(Section):
    """How one kind of text is set."""

    family: str = ""
    size: Any = None
    weight: Any = None
    color: Any = None
    style: Any = None
    line_height: Annotated[Any, Field(alias="line-height")] = None
    background_color: Annotated[Any, Field(alias="background-color")] = None
    decoration: Any = None


def _face(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


Face = Annotated[FaceOf, BeforeValidator(_face)]


class Typography(Section):
    """The fonts, and how text is set in them."""

    fonts: list[Font] = Field(default_factory=list)
    base: Face = FaceOf()
    headings: Face = FaceOf()
    monospace: Any = None
    monospace_inline: Annotated[Any, Field(alias="monospace-inline")] = None
    monospace_block: Annotated[Any, Field(alias="monospace-block")] = None
    link: Any = None


class Image(Section):
    """A picture with its alternative text."""

    path: FolderPath
    alt: str = ""


class Logo(Section):
    """The logo, in up to three sizes."""

    images: dict[str, FolderPath | Image] = Field(default_factory=dict)
    small: Any = None
    medium: Any = None
    large: Any = None


def _logo(value: Any) -> Any:
    return {"large": value} if isinstance(value, str) else value


class Color(Section):
    """The palette, and what its colours are for."""

    palette: dict[str, Any] = Field(default_factory=dict)
    foreground: Any = None
    background: Any = None
    primary: Any = None
    secondary: Any = None
    tertiary: Any = None
    success: Any = None
    info: Any = None
    warning: Any = None
    danger: Any = None
    light: Any = None
    dark: Any = None
    link: Any = None


class Meta(Section):
    """The name of the organisation."""

    name: Any = ""
    link: Any = None


def _meta(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class BrandFile(Section):
    """The whole file."""

    meta: Annotated[Meta, BeforeValidator(_meta)] = Meta()
    logo: Annotated[Logo, BeforeValidator(_logo)] = Logo()
    color: Color = Color()
    typography: Typography = Typography()
    defaults: Any = None


FORMS = (Cut.__name__, Image.__name__)
"""What Pydantic adds to the place of a fault where a value may have one of two forms."""
