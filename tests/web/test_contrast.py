"""Every pair of ink and ground that the stylesheets use is readable, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2

CSS = Path(__file__).resolve().parents[2] / "regulator" / "web" / "static" / "web" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "brand", "brand-deep", "breach")
      for ground in ("ground", "surface", "sunken")],
    *[(tone, f"{tone}-tint") for tone in ("ok", "attention", "breach", "unknown", "neutral")],
    *[(ink, f"{tone}-tint") for ink in ("ink", "ink-soft")
      for tone in ("ok", "attention", "breach", "unknown", "neutral", "brand")],
    *[(tone, ground) for tone in ("ok", "attention", "unknown")
      for ground in ("ground", "surface")],
    ("brand", "brand-tint"),
    ("brand-deep", "brand-tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-band", "band"),
    ("on-band", "band-deep"),
    ("on-band-soft", "band"),
    ("surface", "breach"),
    ("brand", "neutral-tint"),
    ("brand", "ok-tint"),
    ("brand", "attention-tint"),
    ("brand", "breach-tint"),
]  # fmt: skip
# The edges of controls need 3 : 1 (WCAG 1.4.11).
EDGE_PAIRS = [("line-strong", "surface"), ("line-strong", "ground"), ("brand", "sunken")]


def _block(selector: str) -> dict[str, str]:
    start = TOKENS.index(selector)
    body = TOKENS[TOKENS.index("{", start) + 1 : TOKENS.index("}", start)]
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", body))


LIGHT = _block(":root {")
DARK = LIGHT | _block(':root[data-theme="dark"] {')


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.1 between two hex colours."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_ratio_of_the_standard() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_text_and_ground_reaches_four_and_a_half(theme: dict[str, str]) -> None:
    weak = {
        f"{ink} on {ground}": round(contrast(theme[ink], theme[ground]), 2)
        for ink, ground in TEXT_PAIRS
        if contrast(theme[ink], theme[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edges_of_controls_reach_three(theme: dict[str, str]) -> None:
    weak = {
        f"{edge} on {ground}": round(contrast(theme[edge], theme[ground]), 2)
        for edge, ground in EDGE_PAIRS
        if contrast(theme[edge], theme[ground]) < 3
    }
    assert weak == {}


def test_the_dark_theme_is_the_same_whether_the_system_or_the_reader_asks_for_it() -> None:
    by_system = _block(':root:not([data-theme="light"]) {')
    by_reader = _block(':root[data-theme="dark"] {')
    assert by_system == by_reader
    assert set(by_reader) == {name for name in LIGHT if name in by_reader}
    assert len(by_reader) == len(LIGHT)


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_a_stylesheet_parses_and_names_only_tokens_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    assert [rule.message for rule in rules if rule.type == "error"] == []
    defined = set(re.findall(r"--([a-z0-9-]+):", TOKENS))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", text)) - defined == set()


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_stand_only_in_the_tokens(path: Path) -> None:
    if path.name in ("tokens.css", "print.css", "documents.css"):
        return
    found = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8")))
    # A chart's ground is white in both themes: its colours are literal.
    assert found - {"#ffffff", "#15211f"} == set()
