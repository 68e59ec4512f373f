"""Of a movement's texts only references and words of the trade are kept."""

from __future__ import annotations

import pytest

from fees.core.statements.keeping import kept_purpose, shown_counterparty


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("李小禾 学费 HT-2026-001", "学费 HT-2026-001"),
        ("发票24512000000012345678 电话13800138000", "24512000000012345678"),
        ("身份证510104201301011234退费", "退费"),
        ("8613800138000结息", "结息"),
        ("给小明的生日礼物", ""),
        ("", ""),
    ],
)
def test_a_purpose_keeps_no_person(text, kept):
    assert kept_purpose(text) == kept


def test_a_purpose_is_cut_at_two_hundred_characters():
    assert len(kept_purpose(" ".join(f"HT-{n:06d}" for n in range(100)))) == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李远", "李**"),
        ("买买提·吐尔逊", "买**"),
        ("John Smith", "J**"),
        ("青禾培训中心", "青禾培训中心"),
        ("城东农商银行东门支行", "城东农商银行东门支行"),
        (" ", ""),
    ],
)
def test_a_person_is_shown_by_one_character(name, shown):
    assert shown_counterparty(name) == shown
