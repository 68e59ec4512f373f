"""Topics known by the words of their descriptions, and what explains such words lawfully."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from institutions.core.screening.description_words import weigh_words, weighed_rows
from institutions.core.screening.normalise import fold, fold_text
from institutions.core.screening.resemblance import LEAST_LIKENESS, Resemblance
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from tests.institutions.core.screening.contexts import (
    DATA,
    csv_rows,
    findings_of,
    screening_context,
)

DESCRIPTIONS = csv_rows(DATA / "descriptions.csv")
CONTENT = {"CONTENT-SYLLABUS", "CONTENT-PACE"}
FOUR_STROKES = "汽缸里四个动作轮着来：吸进油气、压紧、点火推活塞、把废气赶走，曲轴就转两圈"


def _findings(subject: str, grade: str, text: str) -> dict[str, str]:
    """Content codes of a spring class → what the finding says of the topic's place."""
    cells = {
        **SUBJECT_ROW,
        "学科或项目": subject,
        "班级名称": f"{grade}{subject}班",
        "招生对象": grade,
        "培训内容": text,
        "进度安排": "每次课先讲例题再练",
        "培训材料": "自编学习单",
    }
    found = findings_of(cells)
    return {code: found[code].params["detail"] for code in found.keys() & CONTENT}


def test_a_topic_is_known_by_the_words_of_its_descriptions_and_the_finding_names_them() -> None:
    found = _findings("物理", "八年级", FOUR_STROKES)
    assert set(found) == {"CONTENT-PACE"}
    assert "没有写出名称，由用词推断：" in found["CONTENT-PACE"]
    assert {"活塞", "曲轴"} <= set(found["CONTENT-PACE"].split("：")[1].rstrip("）").split("、"))


@pytest.mark.parametrize(
    "text",
    [
        f"{FOUR_STROKES}，这些九年级再学",
        f"不讲{FOUR_STROKES.partition('，')[0]}",
        "吸进空气，压紧书包",
        "",
    ],
)
def test_what_is_put_off_denied_or_said_in_passing_is_no_topic(text: str) -> None:
    assert _findings("物理", "八年级", text) == {}


def test_the_same_words_are_lawful_where_the_topic_is_taught() -> None:
    assert _findings("物理", "九年级", FOUR_STROKES) == {}


def test_a_topic_named_beside_does_not_hide_the_one_that_is_described() -> None:
    assert set(_findings("物理", "八年级", f"功率与机械效率的练习。{FOUR_STROKES}")) == {
        "CONTENT-PACE"
    }


def test_beside_a_topic_that_is_named_the_finding_still_says_by_which_words() -> None:
    found = _findings("物理", "八年级", f"欧姆定律。{FOUR_STROKES}")["CONTENT-PACE"]
    assert "《欧姆定律》" in found
    assert "由用词推断：" in found


def test_counting_does_not_depend_on_the_order_of_the_descriptions() -> None:
    pairs = [(row["term"], row["text"]) for row in DESCRIPTIONS if row["subject"] == "化学"]
    mixed = list(pairs)
    random.Random(7).shuffle(mixed)
    assert weigh_words(pairs) == weigh_words(mixed)


def test_the_table_of_words_is_what_the_descriptions_give() -> None:
    shipped = [tuple(row.values()) for row in csv_rows(DATA / "description_words.csv")]
    assert shipped == list(weighed_rows(DESCRIPTIONS))


def test_a_clause_in_which_a_topic_is_named_is_left_out() -> None:
    others = [(f"别的{number}", f"{number}号事情") for number in range(200)]
    described = [("热机", "汽缸活塞曲轴"), ("杠杆", "撬棍秤杆支点"), *others]
    weights = weigh_words(described)
    small = Resemblance((word, pairs.items()) for word, pairs in weights.items())
    text = "汽缸活塞曲轴,撬棍秤杆支点"
    found = list(small.find(text, []))
    assert found
    assert all(one.terms[0][1] >= LEAST_LIKENESS for one in found)
    ranges = {(one.start, one.end) for one in small.find(text, [(0, 2)])}
    assert all(start >= text.index("撬棍") for start, _ in ranges)


@pytest.mark.parametrize("size", [10_000, 32_767])
def test_a_cell_of_any_length_is_read_in_bounds(size: int) -> None:
    text = (FOUR_STROKES + "，") * (size // len(FOUR_STROKES))
    index = screening_context().index
    assert len(list(index.resembling(fold(text), "物理"))) < size


def test_every_description_stands_for_a_term_of_the_tables_and_does_not_name_it() -> None:
    known = screening_context().index.known_terms()
    of_topics = [row for row in DESCRIPTIONS if row["subject"]]
    described = {(row["subject"], fold_text(row["term"])) for row in of_topics}
    assert described <= known
    assert [row for row in of_topics if fold_text(row["term"]) in fold_text(row["text"])] == []
    texts = Counter((row["subject"], row["term"], row["text"]) for row in DESCRIPTIONS)
    assert [text for text, count in texts.items() if count > 1] == []
    assert {row["term"] for row in DESCRIPTIONS if not row["subject"]} == {""}
