"""A brand for tests: its file and its logo."""

import base64

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
GIVEN = """
meta: {name: Harbour Council}
logo: {images: {main: {path: brand/logo.png, alt: Harbour Council}}, medium: main}
color:
  palette: {sea: "#005a6e", sand: "#7a5c00"}
  primary: sea
  secondary: sand
  foreground: {light: "#1b1b1b", dark: "#eeeeee"}
typography:
  fonts:
    - family: Harbour Sans
      source: file
      files: [brand/regular.woff2, {path: brand/bold.woff2, weight: bold}]
  base: Harbour Sans
"""
