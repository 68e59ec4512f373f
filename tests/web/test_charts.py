"""Charts: the right lengths, words at the marks, and the tokens' own colours."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from regulator.web import charts
from regulator.web.charts import Bar, Series, bar_chart, line_chart
from tests.web.test_contrast import LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_the_literal_colours_are_the_tokens_of_the_light_theme() -> None:
    assert {
        "ok": LIGHT["ok"],
        "attention": LIGHT["attention"],
        "breach": LIGHT["breach"],
        "unknown": LIGHT["unknown"],
        "neutral": LIGHT["brand"],
    } == charts.TONE_COLOURS
    assert (LIGHT["ink"], LIGHT["ink-soft"]) == (charts.INK, charts.INK_SOFT)
    assert (LIGHT["line"], LIGHT["surface"]) == (charts.LINE, charts.SURFACE)


def test_bars_are_as_long_as_their_values() -> None:
    svg = _parsed(bar_chart(title="甲最多", bars=[Bar("甲", 40), Bar("乙", 10, tone="breach")]))
    bars = [group.find(f"{SVG}rect") for group in svg.iter(f"{SVG}g")]
    widths = [float(bar.attrib["width"]) for bar in bars if bar is not None]
    assert widths[0] == pytest.approx(4 * widths[1], rel=0.01)
    assert [bar.attrib["fill"] for bar in bars if bar is not None] == [
        charts.TONE_COLOURS["neutral"],
        charts.TONE_COLOURS["breach"],
    ]
    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert words == ["甲", "40", "乙", "10"]
    assert svg.attrib["aria-label"] == "甲最多"


@pytest.mark.parametrize("bars", [[], [Bar("无", 0)], [Bar("长" * 60, 1_000_000)]])
def test_a_bar_chart_of_nothing_or_of_much_stays_inside_its_picture(bars: list[Bar]) -> None:
    svg = _parsed(bar_chart(title="标题", bars=bars))
    for group in svg.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= charts.WIDTH
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= charts.WIDTH


def test_a_label_is_escaped_and_cut_but_whole_in_its_title() -> None:
    name = "<b>" + "很长的名称" * 10
    svg = _parsed(bar_chart(title="标题", bars=[Bar(name, 3)]))
    title = next(svg.iter(f"{SVG}title"))
    label = next(svg.iter(f"{SVG}text"))
    assert title.text == f"{name} 3"
    assert label.text is not None
    assert label.text.endswith("…")
    assert name.startswith(label.text[:-1])


def test_a_line_is_named_at_its_end_and_leaves_out_what_is_not_known() -> None:
    svg = _parsed(
        line_chart(
            title="上升",
            labels=["9月", "10月", "11月"],
            series=[Series("备案", [10, None, 20], tone="ok")],
        )
    )
    line = next(svg.iter(f"{SVG}polyline"))
    points = [tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()]
    assert len(points) == 2
    assert points[0][0] < points[1][0]
    assert points[0][1] > points[1][1]
    assert [text.text for text in svg.iter(f"{SVG}text")] == [
        "0",
        "10",
        "20",
        "9月",
        "10月",
        "11月",
        "备案 20",
    ]


def test_names_at_the_ends_of_lines_never_lie_on_each_other() -> None:
    series = [Series("甲", [0, 100]), Series("乙", [0, 99]), Series("丙", [0, 98])]
    svg = _parsed(line_chart(title="很近", labels=["一", "二"], series=series))
    ends = {text.text: float(text.attrib["y"]) for text in svg.iter(f"{SVG}text")}
    assert ends["乙 99"] - ends["甲 100"] >= 18
    assert ends["丙 98"] - ends["乙 99"] >= 18


def test_a_line_chart_prints_only_as_many_labels_as_fit() -> None:
    labels = [f"2026-01-{number:02d}" for number in range(1, 32)]
    svg = _parsed(line_chart(title="一月", labels=labels, series=[Series("", list(range(31)))]))
    printed = [text for text in svg.iter(f"{SVG}text") if (text.text or "").startswith("2026")]
    places = [float(text.attrib["x"]) for text in printed]
    assert len(printed) < len(labels)
    assert all(second - first > 80 for first, second in pairwise(places))


def test_a_chart_of_no_values_is_an_empty_grid() -> None:
    svg = _parsed(line_chart(title="还没有数据", labels=[], series=[]))
    assert list(svg.iter(f"{SVG}polyline")) == []


@pytest.mark.parametrize(
    ("highest", "ceiling"), [(0, 1), (1, 1), (1.1, 2), (3, 5), (9, 10), (10, 10), (1204, 2000)]
)
def test_the_axis_ends_at_a_round_number(highest: float, ceiling: float) -> None:
    assert charts.nice_ceiling(highest) == ceiling


def test_nothing_in_a_chart_relies_on_a_stylesheet_or_breaks_the_policy() -> None:
    svg = bar_chart(title="标题", bars=[Bar("甲", 1)])
    assert re.findall(r"(class|style|on\w+)=", svg) == []
