"""Descriptions: one word of each group, in any order, near each other, in one passage."""

from __future__ import annotations

import pytest

from institutions.core.screening.descriptions import Descriptions

RIGHT = "直角|斜边 & 平方|自乘 & 边"
GUARDED = "乘积|积 & 一定 & 曲线 & !比值"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("直角三角形三条边的平方", True),
        ("平方之后相加，再看斜边", True),
        ("直角三角形的三条边", False),
        ("直角三角形。边的平方", False),
        ("直角" + "很" * 21 + "平方的边", False),
        ("直角" + "很" * 20 + "平方的边", True),
        # 边 is one character: it must stand close to another word.
        ("直角的平方，这一句说的是别的边", False),
    ],
)
def test_words_count_together_only_when_they_are_near(text: str, found: bool) -> None:
    assert bool(list(Descriptions([RIGHT]).find(text))) is found


def test_a_word_that_must_be_absent_takes_the_description_away() -> None:
    descriptions = Descriptions([RIGHT, GUARDED])
    assert [one.index for one in descriptions.find("乘积一定，画出曲线")] == [1]
    assert list(descriptions.find("比值与乘积一定，画出曲线")) == []


def test_a_description_knows_where_each_word_stood() -> None:
    (one,) = Descriptions([RIGHT]).find("求斜边：边的平方")
    assert (one.start, one.end, one.at) == (1, 8, ((1, 3), (6, 8), (4, 5)))
