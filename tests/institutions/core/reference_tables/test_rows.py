"""What a row of a reference table may hold, how tables differ, and what only the whole shows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import institutions
from institutions.core.reference_tables.changes import changes_between
from institutions.core.reference_tables.columns import (
    TABLES,
    Kind,
    column_of_header,
    written_cell,
)
from institutions.core.reference_tables.rows import read_row, row_key, row_label
from institutions.core.reference_tables.wholes import (
    books_of,
    editions_without_units,
    whole_problems,
)

DATA = Path(institutions.__file__).parent / "data"
PRICE = {
    "division_group": "other",
    "mode": "线下",
    "students_from": "1",
    "students_below": "10",
    "lesson_minutes": "45",
    "base_yuan": "41",
    "float_percent": "10",
    "valid_from": "2023-01-01",
    "valid_to": "",
    "source": "通知",
    "confidence": "high",
}
UNIT = {
    "subject": "数学",
    "edition": "人教版",
    "revision": "2024",
    "first_school_year": "2024",
    "last_school_year": "",
    "grade": "3",
    "term": "1",
    "unit": "2",
    "unit_title": "观察物体",
    "key_terms": "观察|物体",
    "confidence": "high",
    "in_use_note": "",
    "source": "",
}
NEGATIVE = {
    "id": "X-1",
    "subject": "数学",
    "grade_from": "1",
    "grade_to": "6",
    "topic": "方程",
    "basis": "derived",
    "confidence": "high",
    "source": "通知",
    "speaks_of": "topic",
}
WEEK = {"subject": "数学", "edition": "人教版", "grade": "3", "term": "1", "unit": "2", "week": "5"}


def shipped(kind: str) -> list[dict[str, str]]:
    with (DATA / TABLES[kind].shipped).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def problems(kind: str, cells: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.code, one.column) for one in read_row(TABLES[kind], cells).problems]


@pytest.mark.parametrize("kind", [one.kind.value for one in TABLES.values() if one.shipped])
def test_every_shipped_row_is_valid_has_its_own_key_and_stays_as_it_is(kind: str):
    spec = TABLES[kind]
    rows = shipped(kind)
    keys = set()
    for row in rows:
        read = read_row(spec, row)
        assert read.problems == (), row
        assert {name: value for name, value in read.cells.items() if name in row} == row
        keys.add(row_key(spec, read.cells))
    assert len(keys) == len(rows)


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_choice_is_read_by_its_word_and_by_its_code(kind: str):
    for column in TABLES[kind].columns:
        for code in column.words:
            word = written_cell(column, code)
            read = [
                read_row(TABLES[kind], {column.name: text}).cells[column.name]
                for text in (code, word)
            ]
            assert read == [code, code]


def test_a_column_is_known_by_its_word_and_by_its_name():
    spec = TABLES["weeks"]
    assert column_of_header(spec, "教学周") == column_of_header(spec, "week")
    assert column_of_header(spec, "备注") is None


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("weeks", WEEK, []),
        ("weeks", {**WEEK, "week": "0"}, [("no_whole_number", "week")]),
        ("weeks", {**WEEK, "week": "1"}, []),
        ("weeks", {**WEEK, "week": "30"}, []),
        ("weeks", {**WEEK, "week": "31"}, [("no_whole_number", "week")]),
        ("weeks", {**WEEK, "week": "第五周"}, [("no_whole_number", "week")]),
        ("weeks", {**WEEK, "subject": "奥数"}, [("not_allowed", "subject")]),
        ("weeks", {**WEEK, "unit": " "}, [("needed", "unit")]),
        ("weeks", {**WEEK, "unit": "单" * 80}, []),
        ("weeks", {**WEEK, "unit": "单" * 81}, [("too_long", "unit")]),
        ("weeks", {}, [("needed", name) for name in WEEK]),
        ("prices", PRICE, []),
        ("prices", {**PRICE, "base_yuan": "0"}, [("no_amount", "base_yuan")]),
        ("prices", {**PRICE, "base_yuan": "0.01"}, []),
        ("prices", {**PRICE, "base_yuan": "41.005"}, [("no_amount", "base_yuan")]),
        ("prices", {**PRICE, "valid_from": "2023-02-29"}, [("no_day", "valid_from")]),
        ("prices", {**PRICE, "valid_to": "2022-12-31"}, [("out_of_order", "valid_to")]),
        ("prices", {**PRICE, "valid_to": "2023-01-01"}, []),
        ("prices", {**PRICE, "students_from": "10"}, [("out_of_order", "students_below")]),
        ("prices", {**PRICE, "students_from": "9", "students_below": "10"}, []),
        ("units", {**UNIT, "last_school_year": "2023"}, [("out_of_order", "last_school_year")]),
        ("units", {**UNIT, "last_school_year": "2024"}, []),
        ("units", {**UNIT, "key_terms": "观察|…"}, []),
        ("negative", NEGATIVE, []),
        ("negative", {**NEGATIVE, "grade_to": "0"}, [("out_of_order", "grade_to")]),
        ("negative", {**NEGATIVE, "earliest_grade": "12"}, []),
        ("negative", {**NEGATIVE, "earliest_grade": "13"}, [("no_whole_number", "earliest_grade")]),
        ("negative", {**NEGATIVE, "earliest_grade": "99"}, []),
        ("negative", {**NEGATIVE, "earliest_term": "2"}, [("needs_other", "earliest_term")]),
        ("aliases", {"subject": "数学", "alias": "数", "kind": "word"}, [("too_short", "alias")]),
        ("aliases", {"subject": "数学", "alias": "➕", "kind": "emoji"}, []),
        ("activities", {"word": "棋", "treatment": "activity"}, []),
        ("activities", {"word": "棋", "treatment": "appraise"}, [("too_short", "word")]),
        ("editions", {**WEEK, "grade": "13"}, [("no_whole_number", "grade")]),
    ],
)  # fmt: skip
def test_a_row_is_kept_or_every_problem_names_its_column(kind, cells, expected):
    assert problems(kind, cells) == expected


def test_cells_come_out_in_one_form():
    texts = {**PRICE, "base_yuan": " ¥41.50 ", "valid_from": "2023年1月1日", "confidence": "高"}
    cells = read_row(TABLES["prices"], {**texts, "mode": "线下", "float_percent": "１０"}).cells
    names = ("base_yuan", "valid_from", "confidence", "float_percent")
    assert [cells[name] for name in names] == ["41.50", "2023-01-01", "high", "10"]


def test_a_row_is_called_by_its_key_with_the_headers_of_numbers():
    assert row_label(TABLES["weeks"], WEEK) == "数学 人教版 年级3 上册 2"


NAMES = ["subject", "grade", "alias", "word", "kind", "treatment", "valid_from", "base_yuan"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(list(TABLES)),
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)),
)
def test_no_text_makes_reading_a_row_raise_and_what_was_read_reads_the_same(kind, texts):
    spec = TABLES[kind]
    read = read_row(spec, texts)
    if not read.problems:
        assert read_row(spec, read.cells) == read


def test_changes_name_the_rows_and_columns_that_differ():
    old = {"a": {"x": "1", "y": ""}, "b": {"x": "2", "y": "3"}}
    new = {"a": {"x": "1", "y": "4"}, "c": {"x": "5", "y": ""}}
    found = [(one.kind.value, one.key, one.names) for one in changes_between(old, new)]
    assert found == [("changed", "a", ("y",)), ("removed", "b", ("x", "y")), ("added", "c", ("x",))]
    assert changes_between(old, dict(reversed(old.items()))) == ()


@pytest.mark.parametrize(
    ("changes", "is_wrong"),
    [
        ({"students_from": "10", "students_below": ""}, False),
        ({"students_from": "9", "students_below": ""}, True),
        ({"valid_from": "2024-01-01"}, True),
        ({"division_group": "central"}, False),
        ({"mode": "线上直播"}, False),
    ],
)
def test_two_prices_of_one_class_on_one_day_are_refused(changes, is_wrong):
    rows = {"a": PRICE, "b": {**PRICE, **changes}}
    found = whole_problems(Kind.PRICES, rows, books_of([]))
    assert [(key, one.code) for key, one in found.items()] == [("b", "overlaps")] * is_wrong


def test_a_price_may_follow_the_day_after_the_one_before_it():
    first = {**PRICE, "valid_to": "2027-02-28"}
    rows = {"a": first, "b": {**PRICE, "valid_from": "2027-03-01"}}
    assert whole_problems(Kind.PRICES, rows, books_of([])) == {}
    rows["b"] = {**PRICE, "valid_from": "2027-02-28"}
    assert list(whole_problems(Kind.PRICES, rows, books_of([]))) == ["b"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"unit": "观察物体"}, None),
        ({"unit": "3"}, ("unknown_unit", "unit")),
        ({"grade": "4"}, ("unknown_unit", "unit")),
        ({"edition": "苏教版"}, ("unknown_edition", "edition")),
    ],
)
def test_a_week_speaks_of_a_unit_that_the_unit_table_has(changes, expected):
    found = whole_problems(Kind.WEEKS, {"a": {**WEEK, **changes}}, books_of([UNIT])).get("a")
    assert (None if found is None else (found.code, found.column)) == expected


def test_an_edition_without_units_is_a_caution():
    rows = [{"subject": "数学", "edition": one} for one in ("人教版", "苏教版", "苏教版")]
    assert editions_without_units(rows, books_of([UNIT])) == ("数学苏教版",)
