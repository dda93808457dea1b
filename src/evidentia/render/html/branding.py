"""The organisation's look in the page: colours and fonts in the style sheets, the logo on the cover."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from evidentia.charts.colours import contrast
from evidentia.config.brand import PRIMARY, Brand
from evidentia.config.brand_assets import picture_type
from evidentia.core.font import FAMILY
from evidentia.core.text import read_bytes
from evidentia.render.html.safe_svg import inline_svg
from evidentia.render.html.schemes import dark

BAND_IN_THE_DARK = "#0c2c48"


def screen_rules(brand: Brand) -> str:
    """Return the rules by which a brand overrides screen.css, in both schemes."""
    if brand.is_house:
        return ""
    band = brand.primary if contrast(brand.primary, "#ffffff") >= 7 else BAND_IN_THE_DARK
    light = (
        f"--ink: {brand.foreground}; --blue: {brand.primary}; --link: {brand.link}; --band: {brand.primary};"
    )
    night = f"--ink: #e8eaed; --blue: {dark(brand.primary)}; --link: {dark(brand.link)}; --band: {band};"
    return (
        f" :root {{ {light} }} @media (prefers-color-scheme: dark) {{ :root {{ {night} }} }}"
        f" body, .picture svg {{ font-family: {stack(brand.family)}, Arial, sans-serif; }}"
        f" h1, h2, h3, h4, h5, h6 {{ font-family: {stack(brand.headings)}, Arial, sans-serif; }}"
    )


def on_paper(css: str, brand: Brand) -> str:
    """Return print.css in a brand's colours and fonts."""
    if brand.is_house:
        return css
    css = css.replace(PRIMARY, brand.primary).replace("color: #222;", f"color: {brand.foreground};")
    css = re.sub(rf"\b{FAMILY}\b", stack(brand.family), css)
    return f"{css} h1, h2, h3, h4, h5, h6 {{ font-family: {stack(brand.headings)}, sans-serif; }}"


def stack(family: str) -> str:
    """Return a font with the house's behind it, for characters that it lacks."""
    return FAMILY if family == FAMILY else f"'{family}', {FAMILY}"


def brand_faces(brand: Brand, folder: Path) -> str:
    """Return @font-face rules with a brand's fonts embedded."""
    rules = []
    for font in brand.fonts:
        data = base64.b64encode(read_bytes(folder / font.path, font.path)[0]).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{font.family}';font-weight:{font.weight};font-style:{font.style};"
            f"font-display:swap;src:url(data:font/{font.path.rpartition('.')[2].lower()};base64,{data})}}"
        )
    return "\n".join(rules)


def logo(brand: Brand, folder: Path) -> str:
    """Return the logo as HTML that carries it; empty without one."""
    if not brand.logo:
        return ""
    data, _ = read_bytes(folder / brand.logo, brand.logo)
    kind = picture_type(data)
    if not kind:
        return inline_svg(data.decode("utf-8"), "brand-logo", brand.logo_alt, brand.logo)
    alt = brand.logo_alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<img alt="{alt}" src="data:{kind};base64,{base64.b64encode(data).decode("ascii")}">'
