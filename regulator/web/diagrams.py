"""State diagrams as SVG with presentation attributes and literal colours, like the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from regulator.web.charts import BRAND, INK, INK_SOFT, LINE, SURFACE, fit_text

_FONTS = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_BOX_WIDTH, _BOX_HEIGHT, _ROW, _TOP = 190, 36, 84, 12
_LEFT, _RIGHT, _WIDTH = 16, 424, 760
_HERE_FILL, _DONE_FILL = "#e2f0ef", "#f4f7f6"


@dataclass(frozen=True)
class Box:
    """A state: its words, its place, and how it stands (`here`, `done`, `todo`)."""

    key: str
    label: str
    column: int
    row: int
    standing: str = "todo"
    is_ending: bool = False


@dataclass(frozen=True)
class Arrow:
    """Moves between two states, in words."""

    source: str
    target: str
    label: str


def state_diagram(
    *, title: str, here_label: str, boxes: Sequence[Box], arrows: Sequence[Arrow]
) -> SafeString:
    """The diagram; the present state is marked by a frame, a fill and the words `here_label`."""
    places = {box.key: box for box in boxes}
    known = [arrow for arrow in arrows if arrow.source in places and arrow.target in places]
    height = _TOP * 2 + max((box.row for box in boxes), default=0) * _ROW + _BOX_HEIGHT + 14
    parts = [
        *_arrows(known, places),
        *(_box(box, here_label) for box in boxes),
    ]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' font-family="{}" font-size="13"><rect width="{}" height="{}" fill="{}"></rect>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{}"></path></marker></defs>'
        "{}</svg>",
        _WIDTH,
        height,
        title,
        _FONTS,
        _WIDTH,
        height,
        SURFACE,
        INK_SOFT,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _corner(box: Box) -> tuple[int, int]:
    return (_RIGHT if box.column else _LEFT), _TOP + box.row * _ROW


def _box(box: Box, here_label: str) -> SafeString:
    left, top = _corner(box)
    is_here = box.standing == "here"
    fill = {"here": _HERE_FILL, "done": _DONE_FILL}.get(box.standing, SURFACE)
    stroke = BRAND if is_here else LINE
    note = (
        format_html(
            '<text x="{}" y="{}" fill="{}" font-size="11">{}</text>',
            left + 4,
            top + _BOX_HEIGHT + 13,
            BRAND,
            f"▲ {here_label}",
        )
        if is_here
        else mark_safe("")
    )
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}"'
        ' stroke-width="{}"></rect><text x="{}" y="{}" fill="{}" text-anchor="middle">{}</text>{}',
        left,
        top,
        _BOX_WIDTH,
        _BOX_HEIGHT,
        18 if box.is_ending else 4,
        fill,
        stroke,
        2 if is_here else 1,
        left + _BOX_WIDTH // 2,
        top + 23,
        INK,
        fit_text(box.label, _BOX_WIDTH - 8),
        note,
    )


def _arrows(arrows: Sequence[Arrow], places: dict[str, Box]) -> list[SafeString]:
    """Every arrow; those that leave one state sideways leave it one below the other."""
    left_already: dict[str, int] = {}
    came_back: dict[str, int] = {}
    drawn = []
    for arrow in sorted(arrows, key=lambda one: places[one.target].row):
        source, target = places[arrow.source], places[arrow.target]
        if source.column == target.column:
            drawn.append(_within_column(arrow, source, target))
            continue
        if target.column < source.column:
            drawn.append(_back(arrow, source, target, came_back.get(target.key, 0)))
            came_back[target.key] = came_back.get(target.key, 0) + 1
            continue
        turn = left_already.get(source.key, 0)
        left_already[source.key] = turn + 1
        drawn.append(_sideways(arrow, source, target, turn))
    return drawn


def _within_column(arrow: Arrow, source: Box, target: Box) -> SafeString:
    left, top = _corner(source)
    aim_top = _corner(target)[1]
    if target.row == source.row + 1:
        middle = left + _BOX_WIDTH // 2
        path = f"M{middle} {top + _BOX_HEIGHT}V{aim_top - 1}"
        return _line(path, arrow.label, middle + 8, (top + _BOX_HEIGHT + aim_top) // 2 + 4)
    edge = left + _BOX_WIDTH
    path = f"M{edge} {top + 30}H{edge + 12}V{aim_top + 30}H{edge + 1}"
    return _line(path, arrow.label, edge + 16, aim_top + 44, dash="4 3")


def _sideways(arrow: Arrow, source: Box, target: Box, turn: int) -> SafeString:
    left, top = _corner(source)
    aim_left, aim_top = _corner(target)
    start, bend = left + _BOX_WIDTH, left + _BOX_WIDTH + 24 + 9 * turn
    leaves = top + 9 + 7 * turn
    arrives = aim_top + 12
    path = f"M{start} {leaves}H{bend}V{arrives}H{aim_left - 1}"
    return _line(path, arrow.label, bend + 6, arrives - 5)


def _back(arrow: Arrow, source: Box, target: Box, turn: int) -> SafeString:
    """A way back to the line, dashed; the words of several ways stand below each other."""
    start, top = _corner(source)
    aim_left, aim_top = _corner(target)
    end = aim_left + _BOX_WIDTH
    path = f"M{start} {top + 27}H{start - 24}V{aim_top + 27}H{end + 1}"
    return _line(path, arrow.label, end + 34, aim_top + 40 + 14 * turn, dash="4 3")


def _line(path: str, label: str, left: int, top: int, dash: str = "") -> SafeString:
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.2" stroke-dasharray="{}"'
        ' marker-end="url(#tip)"></path><text x="{}" y="{}" fill="{}" font-size="11">{}</text>',
        path,
        INK_SOFT,
        dash or "none",
        left,
        top,
        INK_SOFT,
        fit_text(label, 205),
    )
