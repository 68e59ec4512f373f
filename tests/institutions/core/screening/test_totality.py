"""No text, however strange, raises in the engine or makes it drop a row."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.core.screening.descriptions import Descriptions
from institutions.core.screening.engine import screen_row
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.rows import HEADERS, RawRow
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import screening_context, tables

OUTCOMES = {"invalid", "flagged", "appraise", "clear"}
# Words that the engine's own patterns are made of, beside any character at all.
WORDS = st.sampled_from(
    (
        *(
            "不",
            "未",
            "除",
            "外",
            "都不讲",
            "再学",
            "复习",
            "先修",
            "七年级",
            "初一",
            "下册",
            "（",
            "）",
        ),
        *(
            "方程",
            "直角",
            "平方",
            "斜边",
            "方·程",
            "fangcheng",
            "数学",
            "SX课",
            "周",
            "二、四",
            "每晚",
        ),
        *(
            "18:30",
            "-",
            "20:00",
            "课后",
            "打卡",
            "外教",
            "在美国",
            "在编",
            "小学",
            "杯赛",
            "“",
            "”",
        ),
        *(
            "G7",
            "小六",
            "五升六",
            "，",
            "。",
            "；",
            "\n",
            "\u200b",
            "𠀀",
            "①",
            "１",
            "🧮",
            "\ud800",
        ),
    )
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map("".join))
FREE = ("班级名称", "培训内容", "进度安排", "培训材料", "授课教师", "学科或项目", "证书学科或专业")
CELLS = st.one_of(TEXTS, st.none(), st.integers(), st.floats(), st.booleans(), st.dates())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    base=st.sampled_from((SUBJECT_ROW, ACTIVITY_ROW)),
    texts=st.dictionaries(st.sampled_from(FREE), TEXTS, max_size=4),
)
def test_any_text_in_the_free_columns_gets_an_outcome(
    base: Mapping[str, object], texts: Mapping[str, str]
) -> None:
    result = screen_row(RawRow(2, {**base, **texts}), screening_context())
    assert result.outcome in OUTCOMES
    for finding in result.findings:
        for header, start, end in finding.spans:
            assert 0 <= start <= end <= len(str({**base, **texts}[header]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    base=st.sampled_from((SUBJECT_ROW, ACTIVITY_ROW)),
    cells=st.dictionaries(st.sampled_from(HEADERS), CELLS, max_size=6),
)
def test_any_cell_in_any_column_gets_an_outcome(
    base: Mapping[str, object], cells: Mapping[str, object]
) -> None:
    result = screen_row(RawRow(2, {**base, **cells}), screening_context())
    assert result.outcome in OUTCOMES
    assert (result.row is None) is (result.outcome == "invalid")


@settings(max_examples=60)
@given(TEXTS.map(fold_text))
def test_a_description_is_found_within_its_text_or_not_at_all(text: str) -> None:
    patterns = [one.pattern for one in tables().paraphrases if " & " in one.pattern]
    for one in Descriptions(patterns).find(text):
        assert 0 <= one.start < one.end <= len(text)
        assert all(one.start <= start < end <= one.end for start, end in one.at)
