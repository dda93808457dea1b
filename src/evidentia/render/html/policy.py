"""The page's Content-Security-Policy: a browser runs and loads what the engine wrote into the page, and
nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re

PLACE = "\ue004"
"""Stands in the page's frame for the policy."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def policy(frame: str) -> str:
    """Return the policy for a page.

    Parameters
    ----------
    frame : str
        The page without the report's words, so that no script or style sheet of theirs can be taken for the
        engine's.

    Notes
    -----
    Styles of single elements are allowed, for drawings have many; fonts and pictures stand in the page as
    data.
    """
    scripts, styles = (
        " ".join(_hash(text) for text in pattern.findall(frame)) for pattern in (_SCRIPT, _STYLE)
    )
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'unsafe-inline'",
            f"style-src-elem {styles}",
            "style-src-attr 'unsafe-inline'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
