"""What a clause excludes, what it looks back on, and what it only seems to exclude."""

from __future__ import annotations

import pytest

from institutions.core.screening.clauses import is_excluded, looks_back_at

EXCLUDED = (
    "不讲方程",
    "不再讲授方程等内容",
    "暂不学习方程",
    "无需掌握方程",
    "本班不含方程",
    "严禁讲授方程",
    "拒绝方程",
    "绝不提前教方程",
    "从不布置方程",
    "未安排方程",
    "不研究与圆有关的方程",
    "方程均不涉及",
    "方程一概不讲",
    "方程不作要求",
    "方程不在本班教学范围内",
    "方程不属于本学期内容",
    "方程除外",
    "除方程外都讲",
    "方程留待下册",
    "方程待下册再学",
    "方程属初中内容，不作拓展",
    "至于方程，请家长放心，我们不会提前讲",
    "方程，此处略去",
)
DENIED_WHERE_NAMED = (
    "方程五年级再学",
    "方程须待下学期开课后再学",
    "方程均不会出现在课件里",
    "方程不是本班任务",
    "方程一句也不提",
    "方程已从课表中拿掉",
    "方程交给学校",
    "无算式谜、方程",
    "有人以为我们会上方程",
    "方程，任课教师已书面承诺不讲",
    "方程属五年级教材，习题册里遇到一律跳过",
    "若问起方程，教师统一答复“五年级会学”，课堂不展开",
    "遇到方程的题，只说明以后会学",
    "顺带学方程吗？答：不学。",
    "方程？那是五年级的事",
)
TAUGHT_ALL_THE_SAME = (
    "别的班不讲方程，我们讲",
    "学校还没有讲的方程，本班先讲",
    "不学方程就解不了应用题",
    "方程不少于十题",
    "方程，难题不讲",
    "方程，不布置作业",
    "方程，作业量不大",
)
TAUGHT = (
    "方程",
    "不仅讲方程",
    "不讲废话，直接讲方程",
    "方程，不做难题",
    "方程练习，不布置作业",
    "不再重复，再讲方程",
    "不只是应用题，而是方程",
    "不会方程的同学先补",
    "方程不难学",
    "未来学习的方程",
    "圆柱之外再加讲方程",
)


def _place(text: str) -> tuple[int, int]:
    start = text.index("方程")
    return start, start + 2


@pytest.mark.parametrize("text", EXCLUDED)
def test_a_denial_before_after_or_in_the_next_clause_excludes(text: str) -> None:
    assert is_excluded(text, *_place(text))


@pytest.mark.parametrize("text", TAUGHT)
def test_words_that_only_look_like_a_denial_exclude_nothing(text: str) -> None:
    assert not is_excluded(text, *_place(text))


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("复习方程", True),
        ("温故：方程", True),
        ("以学过的方程为基础", True),
        ("方程的回顾", True),
        ("方程", False),
        ("学习方程，再复习", False),
    ],
)
def test_a_clause_looks_back_by_what_stands_before_or_after(text: str, back: bool) -> None:
    assert looks_back_at(text, *_place(text)) is back


@pytest.mark.parametrize("text", DENIED_WHERE_NAMED)
def test_a_topic_that_is_named_is_denied_in_many_ways(text: str) -> None:
    assert is_excluded(text, *_place(text), broadly=True)


@pytest.mark.parametrize("text", [*TAUGHT, *TAUGHT_ALL_THE_SAME])
def test_a_denial_of_something_else_leaves_the_topic(text: str) -> None:
    assert not is_excluded(text, *_place(text), broadly=True)
