"""Terms that only two other words spell together."""

from __future__ import annotations

import pytest

from institutions.core.screening.word_bounds import falls_between_words


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("抄写时调整式子的对齐", "整式"),
        ("代回原式核对数值", "对数"),
        ("请孩子集体评议", "子集"),
        ("走斑马线的交通感受", "通感"),
        ("把重复句子删去", "复句"),
        ("先认读部分词语", "分词"),
        ("听录音标出食物", "音标"),
        ("看不准时其实数一数位数", "实数"),
    ],
)
def test_a_term_across_two_words_is_none(text: str, term: str) -> None:
    start = text.index(term)
    assert falls_between_words(text, start, start + len(term))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("整式的加减", "整式"),
        ("建立方程组求解", "方程"),
        ("常用对数的计算", "对数"),
        ("子集与真子集", "子集"),
        ("异分母分数通分再加减", "通分"),
        ("正负数的认识", "负数"),
        ("函数", "函数"),
    ],
)
def test_a_term_that_is_a_word_or_part_of_one_stays(text: str, term: str) -> None:
    start = text.index(term)
    assert not falls_between_words(text, start, start + len(term))
