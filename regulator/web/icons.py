"""The icons of the sprite, by name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SPRITE = Path(__file__).parent / "static" / "web" / "icons.svg"


@cache
def icon_names() -> tuple[str, ...]:
    """Every icon's name, in the sprite's order."""
    return tuple(re.findall(r'<symbol id="([a-z-]+)"', _SPRITE.read_text(encoding="utf-8")))
