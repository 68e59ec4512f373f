"""The characters without which a pattern cannot match: never is a text left out that it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.needed import ByCharacter, lacks, needed_characters
from institutions.core.screening.rules import disguise, grade, staff, wording
from institutions.selectors.shipped_tables import shipped_tables

PATTERNS = [
    found
    for module in (disguise, grade, staff, wording)
    for found in vars(module).values()
    if isinstance(found, re.Pattern)
]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("小升初|点招", {"升", "点"}),
        ("(?:学|教)?[一二]年级", {"年"}),
        ("(?<!非)在职.{0,3}(?:教师|老师)", {"在"}),
        ("(?=.*杯)[一-龥]{1,8}杯", {"杯"}),
        ("a*|b", None),
        ("[^a]b?", None),
        (r"\d{2}", None),
        ("(?i)ab", None),
    ],
)
def test_one_place_of_each_alternative_is_needed(pattern: str, needed: set[str] | None) -> None:
    found = needed_characters(re.compile(pattern))
    assert found == (None if needed is None else frozenset(needed))


_PIECES = st.sampled_from(
    [
        "小",
        "升",
        "[一二]",
        "[^一]",
        "(?:小|大学)",
        "(?:升?)",
        r"\d",
        "x{2,3}",
        "(?<!小)升",
        "(?=大).",
        "$",
    ]
)


@given(
    st.lists(st.lists(_PIECES, min_size=1, max_size=4).map("".join), min_size=1, max_size=3),
    st.text(alphabet="小升一二大学x1"),
)
def test_a_text_that_lacks_them_never_matches(alternatives: list[str], text: str) -> None:
    pattern = re.compile("|".join(alternatives))
    assert not (lacks(text, pattern) and pattern.search(text))


@given(
    st.text(alphabet="在职教师现任学校老师小升初择校外教美国远程杯赛课后打卡作业年级班一二三12ab")
)
def test_no_rule_leaves_out_a_text_that_its_pattern_matches(text: str) -> None:
    for pattern in PATTERNS:
        assert not (lacks(text, pattern) and pattern.search(text)), pattern.pattern


@given(st.text(alphabet="三角形面积公式内心外接圆方程函数直线平行四边勾股加减乘除未知数底乘高"))
def test_every_paraphrase_that_matches_is_tried_in_order(text: str) -> None:
    patterns = [
        (number, re.compile(one.pattern.replace("…", "[^,，]{0,10}?")))
        for number, one in enumerate(shipped_tables().paraphrases)
        if " & " not in one.pattern
    ]
    tried = [number for number, _pattern in ByCharacter(patterns).of(text)]
    matching = [number for number, pattern in patterns if pattern.search(text)]
    assert tried == sorted(tried)
    assert set(matching) <= set(tried)
