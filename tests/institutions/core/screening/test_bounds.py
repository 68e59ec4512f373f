"""The longest cells that a workbook can hold do not hang the engine."""

from __future__ import annotations

import time

import pytest

from institutions.core.screening.engine import screen_row
from institutions.core.screening.rows import RawRow
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import screening_context

LONGEST_CELL = 32_767
# Far above what one row needs (1 ms), far below what a scan of every pair of places would.
MOST_SECONDS = 10.0
PIECES = (
    *("方程", "不讲", "周一 ", "除", " ", "18:30-20:00、", "方·程", "a b"),
    *("五年级", "由学校", "英语", "有", "0", "杯"),
    *("直角。平方。边，", "直角平方边", "外教在", "未", "不会", "除三外", "预习五", "二、", "课后"),
)
FREE = ("班级名称", "培训内容", "进度安排", "培训材料")
FIXED = ("上课星期", "上课时间", "招生对象", "开班日期", "总课时", "收费总额")


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("headers", [FREE, FIXED])
def test_a_cell_of_the_greatest_length_is_read_in_time(
    piece: str, headers: tuple[str, ...]
) -> None:
    text = (piece * LONGEST_CELL)[:LONGEST_CELL]
    context = screening_context()
    began = time.process_time()
    for base in (SUBJECT_ROW, ACTIVITY_ROW):
        screen_row(RawRow(2, {**base, **dict.fromkeys(headers, text)}), context)
    assert time.process_time() - began < MOST_SECONDS
