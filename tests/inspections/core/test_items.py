"""What may be published, and what applies to whom."""

from __future__ import annotations

import pytest

from inspections.core.items.applying import ItemFacts, select_items
from inspections.core.items.basis import (
    Instrument,
    basis_kind,
    instruments_of,
    resolve_same,
    ships_published,
)

KNOWN = {
    "民促法": Instrument("民促法", "中华人民共和国民办教育促进法", "law"),
    "实施条例": Instrument("实施条例", "中华人民共和国民办教育促进法实施条例", "regulation"),
    "令53号": Instrument("令53号", "校外培训行政处罚暂行办法", "rule"),
    "反恐法": Instrument("反恐法", "中华人民共和国反恐怖主义法", "law"),
    "明码标价": Instrument("明码标价", "明码标价和禁止价格欺诈规定", "rule"),
    "明码标价规定": Instrument("明码标价规定", "明码标价和禁止价格欺诈规定", "rule"),
}


@pytest.mark.parametrize(
    ("basis", "kind"),
    [
        ("民促法12、64条;令53号17条", "law"),
        ("实施条例63条(九);成都方案18项", "regulation"),
        ("令53号21条", "rule"),
        ("成都方案24项", "document"),
        ("成都方案24项(反恐法32条为重点目标90日)", "document"),
        ("成都方案24项（反恐法32条）", "document"),
        ("十三部门意见2022;成都非学科细则", "document"),
        ("", "document"),
    ],
)
def test_the_strongest_instrument_outside_brackets_decides(basis, kind):
    assert basis_kind(basis, KNOWN) == kind


def test_an_instrument_is_named_once_by_its_longest_name():
    found = instruments_of("明码标价规定6条;明码标价8条", KNOWN)
    assert [one.name for one in found] == ["明码标价和禁止价格欺诈规定"]


def test_same_as_above_stands_for_the_row_above():
    assert resolve_same(["同上", "民促法", "同上", "方案", "同上"]) == [
        "同上",
        "民促法",
        "民促法",
        "方案",
        "方案",
    ]


@pytest.mark.parametrize(
    ("kind", "confidence", "published"),
    [
        ("law", "A", True),
        ("regulation", "B", True),
        ("rule", "A", True),
        ("rule", "C", False),
        ("document", "A", False),
    ],
)
def test_only_what_rests_on_law_regulation_or_rule_ships_published(kind, confidence, published):
    assert ships_published(kind=kind, confidence=confidence) is published


def test_items_are_those_of_the_teams_departments_that_concern_the_institution():
    items = [
        ItemFacts("A1", "education", "all"),
        ItemFacts("A2", "education", "subject"),
        ItemFacts("A3", "education", "non_subject"),
        ItemFacts("A4", "education", "online"),
        ItemFacts("F1", "fire_rescue", "all"),
    ]

    def codes(category: str, ways: list[str]) -> list[str]:
        found = select_items(items, departments={"education"}, category=category, ways=ways)
        return [item.code for item in found]

    assert codes("subject", ["offline"]) == ["A1", "A2"]
    assert codes("non_subject", ["online_live"]) == ["A1", "A3", "A4"]
    assert codes("", []) == ["A1", "A2", "A3", "A4"]
