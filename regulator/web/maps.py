"""Points on a plain map as SVG, without tiles: bureaus run this on networks with no internet.

North is up; points that would lie on each other are drawn as one. Presentation attributes
and literal colours, as in `charts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.html import format_html
from django.utils.safestring import SafeString

from regulator.web.charts import (
    BRAND,
    INK_SOFT,
    LINE,
    TONE_COLOURS,
    WIDTH,
    fit_text,
    join_pieces,
    svg_of,
    svg_text,
    text_width,
)
from regulator.web.choices import NEUTRAL

_HEIGHT = 380
_MARGIN = 28
_METRES_PER_DEGREE = 111_320.0
_SMALLEST_SPAN_M = 800.0
_SPOT = 12.0
_LINE = 20.0
_STEPS_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True)
class MapPoint:
    """A point in WGS-84 degrees; `label` is shown on hover, `mark` stands on it."""

    longitude: float
    latitude: float
    label: str
    mark: str = ""
    tone: str = NEUTRAL


@dataclass(frozen=True)
class MapName:
    """A name that helps to find one's way."""

    longitude: float
    latitude: float
    words: str


@dataclass(frozen=True)
class MapCircle:
    """A circle around a point, in metres."""

    longitude: float
    latitude: float
    radius_m: float


@dataclass(frozen=True)
class _Frame:
    """How degrees become the picture's units."""

    west: float
    north: float
    per_metre: float
    shrink: float
    left: float
    top: float

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        east_m = (longitude - self.west) * _METRES_PER_DEGREE * self.shrink
        south_m = (self.north - latitude) * _METRES_PER_DEGREE
        return self.left + east_m * self.per_metre, self.top + south_m * self.per_metre


def point_map(
    *,
    title: str,
    points: Sequence[MapPoint],
    names: Sequence[MapName] = (),
    circle: MapCircle | None = None,
) -> SafeString:
    """The points with what helps to find one's way; empty where there is nothing to show."""
    corners = [(each.longitude, each.latitude) for each in points]
    if circle is not None:
        corners += _corners(circle)
    if not corners:
        return SafeString("")
    frame = _frame(corners)
    pieces = [_ring(frame, circle)] if circle is not None else []
    pieces += _names(frame, names)
    pieces += _spots(frame, points)
    pieces.append(_scale(frame))
    return svg_of(title=title, height=_HEIGHT, body=join_pieces(pieces))


def _corners(circle: MapCircle) -> list[tuple[float, float]]:
    north = circle.radius_m / _METRES_PER_DEGREE
    east = north / cos(radians(circle.latitude))
    return [
        (circle.longitude + x * east, circle.latitude + y * north) for x in (-1, 1) for y in (-1, 1)
    ]


def _frame(corners: Sequence[tuple[float, float]]) -> _Frame:
    longitudes, latitudes = zip(*corners, strict=True)
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = cos(radians(middle))
    wide_m = (max(longitudes) - min(longitudes)) * _METRES_PER_DEGREE * shrink
    high_m = (max(latitudes) - min(latitudes)) * _METRES_PER_DEGREE
    per_metre = min(
        (WIDTH - 2 * _MARGIN) / max(wide_m, _SMALLEST_SPAN_M),
        (_HEIGHT - 2 * _MARGIN) / max(high_m, _SMALLEST_SPAN_M),
    )
    return _Frame(
        west=min(longitudes),
        north=max(latitudes),
        per_metre=per_metre,
        shrink=shrink,
        left=(WIDTH - wide_m * per_metre) / 2,
        top=(_HEIGHT - high_m * per_metre) / 2,
    )


def _ring(frame: _Frame, circle: MapCircle) -> SafeString:
    x, y = frame.xy(circle.longitude, circle.latitude)
    return format_html(
        '<g><circle cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-dasharray="5 5"></circle>'
        '<path d="M{} {}h14m-7 -7v14" stroke="{}" stroke-width="2"></path></g>',
        round(x, 1), round(y, 1), round(circle.radius_m * frame.per_metre, 1), INK_SOFT,
        round(x - 7, 1), round(y, 1), INK_SOFT,
    )  # fmt: skip


def _names(frame: _Frame, names: Sequence[MapName]) -> list[SafeString]:
    """The names inside the picture; one that would lie on an earlier one is left out."""
    pieces: list[SafeString] = []
    taken: list[tuple[float, float, float]] = []
    for name in names:
        x, y = frame.xy(name.longitude, name.latitude)
        words = fit_text(name.words, WIDTH / 4)
        half = text_width(words) / 2
        is_inside = half <= x <= WIDTH - half and _MARGIN <= y <= _HEIGHT - _MARGIN
        is_free = all(abs(x - a) > half + b or abs(y - c) > _LINE for a, b, c in taken)
        if is_inside and is_free:
            taken.append((x, half, y))
            pieces.append(
                svg_text(x=x, y=y - _SPOT - 2, words=words, fill=INK_SOFT, anchor="middle")
            )
    return pieces


def _spots(frame: _Frame, points: Sequence[MapPoint]) -> list[SafeString]:
    """One spot for all points that would lie on each other, the first of them in front."""
    spots: list[tuple[float, float, list[MapPoint]]] = []
    for point in points:
        x, y = frame.xy(point.longitude, point.latitude)
        near = next((each for each in spots if abs(each[0] - x) + abs(each[1] - y) < _SPOT), None)
        if near is None:
            spots.append((x, y, [point]))
        else:
            near[2].append(point)
    return [_spot(x, y, held) for x, y, held in spots]


def _spot(x: float, y: float, points: Sequence[MapPoint]) -> SafeString:
    first, number = points[0], len(points)
    words = _words(first, number)
    label = "\n".join(point.label for point in points[:12])
    radius = 5.0 if not words else 9.0 if len(words) < 3 else 12.0
    pieces = [
        format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#ffffff"></circle>',
            round(x, 1), round(y, 1), radius, TONE_COLOURS.get(first.tone, BRAND),
        )
    ]  # fmt: skip
    if words:
        pieces.append(svg_text(x=x, y=y + 5, words=words, fill="#ffffff", anchor="middle"))
    return format_html("<g><title>{}</title>{}</g>", label, join_pieces(pieces))


def _words(first: MapPoint, number: int) -> str:
    """A spot's words: its mark, with a plus where others lie under it, or how many there are."""
    if number == 1:
        return first.mark
    return f"{first.mark}+" if first.mark else str(number)


def _scale(frame: _Frame) -> SafeString:
    """A bar of a round length, at most a quarter of the width."""
    fitting = [step for step in _STEPS_M if step * frame.per_metre <= WIDTH / 4]
    metres = fitting[-1] if fitting else _STEPS_M[0]
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    length = metres * frame.per_metre
    y = _HEIGHT - 12
    return format_html(
        '<g><rect x="8" y="{}" width="{}" height="24" fill="#ffffff" stroke="{}"></rect>'
        '<path d="M14 {}v5h{}v-5" fill="none" stroke="{}"></path>{}</g>',
        y - 16, round(length + 70, 1), LINE, y - 5, round(length, 1), INK_SOFT,
        svg_text(x=length + 22, y=y + 2, words=words, fill=INK_SOFT),
    )  # fmt: skip
