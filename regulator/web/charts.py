"""Charts as SVG with presentation attributes and literal colours: one picture for screen and PDF.

WeasyPrint ignores a page's CSS inside SVG, so nothing here relies on classes. A chart answers one
question; its title is the answer; values are written at the marks, so there is no legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN

# The light theme's tokens; tests/web/test_charts.py compares them with tokens.css.
INK, INK_SOFT, LINE, SURFACE, BRAND = "#15211f", "#4b5a57", "#d8e0de", "#ffffff", "#0b585e"
TONE_COLOURS = {
    OK: "#176138",
    ATTENTION: "#855000",
    BREACH: "#a52a1f",
    UNKNOWN: "#574793",
    NEUTRAL: BRAND,
}

WIDTH = 520
_FONT_SIZE = 14
_ROW_HEIGHT = 30
_BAR_HEIGHT = 16
_TOP = 8
_PLOT_HEIGHT = 180
_GRID_PARTS = (0.0, 0.5, 1.0)
_FONTS = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many, the words at its end, and its meaning."""

    label: str
    value: float
    text: str = ""
    tone: str = NEUTRAL


@dataclass(frozen=True)
class Series:
    """One line: its name (written at its end) and a value for each label of the x axis."""

    label: str
    values: Sequence[float | None]
    tone: str = NEUTRAL


def text_width(text: str) -> float:
    """Estimated width in user units: a full-width character is one em, others 0.56 em."""
    ems = sum(1.0 if east_asian_width(mark) in "WF" else 0.56 for mark in text)
    return ems * _FONT_SIZE


def fit_text(text: str, room: float) -> str:
    """The text, cut with … where it would not fit."""
    if text_width(text) <= room:
        return text
    kept = text
    while kept and text_width(kept) + _FONT_SIZE > room:
        kept = kept[:-1]
    return f"{kept}…"


def nice_ceiling(highest: float) -> float:
    """The next of 1, 2, 5 × a power of ten at or above the highest value; 1 for nothing."""
    step = 1.0
    while step * 10 <= highest:
        step *= 10
    for factor in (1, 2, 5, 10):
        if step * factor >= highest:
            return step * factor
    return step * 10


def plain_number(value: float) -> str:
    """`1,204`, `0.5`: no trailing zeros."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def svg_text(
    *, x: float, y: float, words: str, fill: str = INK, anchor: str = "start"
) -> SafeString:
    """A line of words at a point of the picture."""
    return format_html(
        '<text x="{}" y="{}" fill="{}" text-anchor="{}">{}</text>',
        round(x, 1),
        round(y, 1),
        fill,
        anchor,
        words,
    )


def svg_of(*, title: str, height: float, body: SafeString) -> SafeString:
    """A picture of `WIDTH` with its title read aloud."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' font-family="{}" font-size="{}"><rect width="{}" height="{}" fill="{}"></rect>{}</svg>',
        WIDTH,
        round(height),
        title,
        _FONTS,
        _FONT_SIZE,
        WIDTH,
        round(height),
        SURFACE,
        body,
    )


def bar_chart(*, title: str, bars: Sequence[Bar]) -> SafeString:
    """Horizontal bars, each with its name before it and its number behind it."""
    label_room = min(200.0, max((text_width(bar.label) for bar in bars), default=0) + 12)
    texts = [bar.text or plain_number(bar.value) for bar in bars]
    text_room = max((text_width(text) for text in texts), default=0) + 12
    room = WIDTH - label_room - text_room
    highest = max((bar.value for bar in bars), default=0) or 1
    pieces = []
    for row, (bar, text) in enumerate(zip(bars, texts, strict=True)):
        middle = _TOP + row * _ROW_HEIGHT + _ROW_HEIGHT / 2
        length = max(room * max(bar.value, 0) / highest, 1.5)
        pieces.append(
            format_html(
                '<g><title>{} {}</title>{}<rect x="{}" y="{}" width="{}" height="{}" rx="2"'
                ' fill="{}"></rect>{}</g>',
                bar.label,
                text,
                svg_text(
                    x=label_room - 10,
                    y=middle + 5,
                    words=fit_text(bar.label, label_room - 10),
                    anchor="end",
                ),
                round(label_room, 1),
                round(middle - _BAR_HEIGHT / 2, 1),
                round(length, 1),
                _BAR_HEIGHT,
                TONE_COLOURS.get(bar.tone, BRAND),
                svg_text(x=label_room + length + 8, y=middle + 5, words=text, fill=INK_SOFT),
            )
        )
    height = 2 * _TOP + len(bars) * _ROW_HEIGHT
    return svg_of(title=title, height=height, body=join_pieces(pieces))


def join_pieces(pieces: Sequence[SafeString]) -> SafeString:
    """The pieces one after the other."""
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _grid(*, ceiling: float, left: float, right: float) -> SafeString:
    pieces = []
    for part in _GRID_PARTS:
        y = _TOP + _FONT_SIZE + _PLOT_HEIGHT * (1 - part)
        pieces.append(
            format_html(
                '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1"></line>',
                round(left, 1),
                round(y, 1),
                round(right, 1),
                round(y, 1),
                LINE,
            )
        )
        words = plain_number(ceiling * part)
        pieces.append(svg_text(x=left - 8, y=y + 5, words=words, fill=INK_SOFT, anchor="end"))
    return join_pieces(pieces)


@dataclass(frozen=True)
class _Drawn:
    """A line as it is drawn: its points, and the words at its end."""

    points: tuple[tuple[float, float], ...]
    colour: str
    words: str


def _drawn(series: Series, *, xs: Sequence[float], ceiling: float) -> _Drawn:
    base = _TOP + _FONT_SIZE + _PLOT_HEIGHT
    known = [(x, value) for x, value in zip(xs, series.values, strict=True) if value is not None]
    points = tuple((x, base - _PLOT_HEIGHT * value / ceiling) for x, value in known)
    words = f"{series.label} {plain_number(known[-1][1])}".strip() if known else ""
    return _Drawn(points, TONE_COLOURS.get(series.tone, BRAND), words)


def _line(line: _Drawn, *, label_y: float) -> SafeString:
    path = " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in line.points)
    last_x, last_y = line.points[-1]
    return format_html(
        '<g><polyline points="{}" fill="none" stroke="{}" stroke-width="2.5"'
        ' stroke-linejoin="round" stroke-linecap="round"></polyline>'
        '<circle cx="{}" cy="{}" r="4" fill="{}"></circle>{}</g>',
        path,
        line.colour,
        round(last_x, 1),
        round(last_y, 1),
        line.colour,
        svg_text(x=last_x + 10, y=label_y + 5, words=line.words, fill=line.colour),
    )


def _lines(lines: Sequence[_Drawn]) -> list[SafeString]:
    """Every line, the words at their ends pushed apart where they would lie on each other."""
    pieces, lowest = [], float("-inf")
    for line in sorted((one for one in lines if one.points), key=lambda one: one.points[-1][1]):
        label_y = max(line.points[-1][1], lowest + _FONT_SIZE + 4)
        lowest = label_y
        pieces.append(_line(line, label_y=label_y))
    return pieces


def line_chart(*, title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Lines over the same labels; each is named, with its last value, at its end.

    A None leaves its point out. `labels` name the x positions; as many are printed as fit.
    """
    values = [value for one in series for value in one.values if value is not None]
    ceiling = nice_ceiling(max(values, default=0))
    left = max(text_width(plain_number(ceiling * part)) for part in _GRID_PARTS) + 16
    names = [f"{one.label} {plain_number(max(values, default=0))}" for one in series]
    right = WIDTH - max((text_width(name) for name in names), default=0) - 20
    step = (right - left) / max(len(labels) - 1, 1)
    xs = [left + step * index for index in range(len(labels))]
    widest = max((text_width(label) for label in labels), default=1) + 12
    every = max(1, int(widest // step) + 1) if step else 1
    base = _TOP + _FONT_SIZE + _PLOT_HEIGHT
    marks = [
        svg_text(x=x, y=base + 22, words=label, fill=INK_SOFT, anchor="middle")
        for index, (x, label) in enumerate(zip(xs, labels, strict=True))
        if index % every == 0
    ]
    lines = _lines([_drawn(one, xs=xs, ceiling=ceiling) for one in series])
    body = join_pieces([_grid(ceiling=ceiling, left=left, right=right), *marks, *lines])
    return svg_of(title=title, height=base + 34, body=body)
