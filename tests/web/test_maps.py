"""The plain map: spots, marks, names that do not lie on each other, the scale, nothing unsafe."""

from __future__ import annotations

import re

from regulator.web.maps import MapCircle, MapName, MapPoint, point_map


def spots(svg: str) -> list[tuple[float, float]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#', svg)
    return [(float(x), float(y)) for x, y in found]


def test_north_is_up_and_east_is_right() -> None:
    svg = point_map(
        title="t",
        points=[MapPoint(103.90, 30.60, "西北"), MapPoint(103.95, 30.50, "东南")],
    )
    [first, second] = spots(svg)
    assert first[0] < second[0]
    assert first[1] < second[1]


def test_points_on_one_spot_are_one_with_their_number_or_a_plus() -> None:
    here = [MapPoint(103.9, 30.5, f"机构{number}") for number in range(3)]
    far = MapPoint(104.0, 30.6, "远")
    counted = point_map(title="t", points=[*here, far])
    assert len(spots(counted)) == 2
    assert ">3</text>" in counted
    marked = [MapPoint(103.9, 30.5, "机构", mark=str(number)) for number in (1, 2)]
    assert ">1+</text>" in point_map(title="t", points=[*marked, far])


def test_names_that_would_lie_on_each_other_are_left_out() -> None:
    points = [MapPoint(103.8, 30.4, "西"), MapPoint(104.0, 30.6, "东")]
    names = [
        MapName(103.9, 30.5, "石桥镇"),
        MapName(103.901, 30.501, "新桥镇"),
        MapName(120.0, 30.5, "远镇"),
    ]
    svg = point_map(title="t", points=points, names=names)
    assert "石桥镇" in svg
    assert "新桥镇" not in svg
    assert "远镇" not in svg


def test_a_single_point_has_a_scale_of_its_own() -> None:
    svg = point_map(title="t", points=[MapPoint(103.9, 30.5, "只此一处")])
    assert len(spots(svg)) == 1
    assert "200 m</text>" in svg


def test_a_circle_fits_into_the_picture() -> None:
    svg = point_map(title="t", points=[], circle=MapCircle(103.9, 30.5, 5000))
    ring = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="none"', svg)
    assert ring is not None
    x, y, radius = map(float, ring.groups())
    assert 0 < x - radius < x + radius < 520
    assert 0 < y - radius < y + radius < 380
    assert "2 km</text>" in svg


def test_nothing_to_show_is_no_picture() -> None:
    assert point_map(title="t", points=[]) == ""


def test_what_a_name_says_is_escaped() -> None:
    svg = point_map(title="t", points=[MapPoint(103.9, 30.5, "<script>")])
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg
