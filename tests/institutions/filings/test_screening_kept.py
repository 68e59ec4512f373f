"""What the screening remembers never changes what it says."""

from __future__ import annotations

import json
import random
from dataclasses import fields, replace
from datetime import date

import pytest

from institutions.core.screening.catalogue import RULES
from institutions.core.screening.engine import (
    TIME_HEADERS,
    TIME_VALUES,
    ScreeningContext,
    screen_row,
)
from institutions.core.screening.facts import Facts
from institutions.core.screening.form import read_row
from institutions.core.screening.reading import Reading
from institutions.core.screening.remembering import remembered
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.core.screening.topics import TopicIndex
from institutions.resources.filing_reader import read_filing_rows
from institutions.selectors.filings_screening import finding_as_json, findings_text
from institutions.selectors.shipped_tables import shipped_context, shipped_tables
from institutions.services.filings_cells import findings_without, kept_findings
from tests.institutions.filings.workbooks import FIXTURES

OF_TIME = tuple(rule for rule in RULES if rule.code.startswith("TIME-"))


@pytest.fixture(scope="module")
def sample() -> tuple[RawRow, ...]:
    with (FIXTURES / "sample_utf8_bom.csv").open("rb") as file:
        return read_filing_rows(file, file_name="样例.csv").rows


def fresh() -> ScreeningContext:
    """A context that remembers nothing, with an index of its own."""
    context = shipped_context(division="510116", filed_on=date(2026, 3, 2))
    return replace(context, index=TopicIndex(shipped_tables()))


def test_rows_screened_again_and_in_any_order_get_the_same_findings(sample):
    context = fresh()
    first = {raw.number: screen_row(raw, context) for raw in sample}
    shuffled = list(sample) * 2
    random.Random(7).shuffle(shuffled)
    for raw in shuffled:
        assert screen_row(raw, context) == first[raw.number]
    again = fresh()
    assert {raw.number: screen_row(raw, again) for raw in reversed(sample)} == first


def test_the_same_times_under_other_limits_are_judged_anew(sample):
    context = fresh()
    late = next(
        raw
        for raw in sample
        if any(one.rule == "TIME-OFFLINE-END" for one in screen_row(raw, context).findings)
    )
    without = replace(context, limits=type(context.limits)([]))
    outcomes = {one.rule: one.outcome for one in screen_row(late, without).findings}
    assert outcomes["TIME-OFFLINE-END"] == "undetermined"
    assert without.said_of_time is not context.said_of_time


def test_findings_are_written_as_they_are_kept_and_never_with_a_certificate_number(sample):
    context, told = fresh(), 0
    for raw in sample:
        findings = screen_row(raw, context).findings
        as_kept = [finding_as_json(one) for one in findings]
        assert json.loads(findings_text(findings)) == as_kept
        for one in (one for one in as_kept if len(one["evidence"]) > 8):
            number, told = one["evidence"], told + 1
            left = findings_without(findings_text(findings), {"资格证书号": number})
            assert json.loads(left) == kept_findings(as_kept, {"资格证书号": number})
            assert number not in left
    assert told == 10


class Watched:
    """A row that tells which of its values were asked for."""

    def __init__(self, row: FilingRow, asked: set[str]) -> None:
        self.row, self.asked, self.cells = row, asked, Cells(row.cells, asked)

    def __getattr__(self, name: str) -> object:
        if name in {one.name for one in fields(self.row)}:
            self.asked.add(name)
        return getattr(self.row, name)


class Cells(dict[str, str]):
    """Cells that tell which of them were asked for."""

    def __init__(self, cells: object, asked: set[str]) -> None:
        super().__init__(cells)  # type: ignore[call-overload]
        self.asked = asked

    def __getitem__(self, header: str) -> str:
        self.asked.add(header)
        return super().__getitem__(header)

    def get(self, header: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(header)
        return super().get(header, default)


def test_the_rules_of_time_ask_for_nothing_but_what_their_answers_are_kept_by(sample):
    context, asked = fresh(), set()
    examples = [RawRow(2, one.cells) for rule in OF_TIME for one in examples_of(rule)]
    for raw in (*sample, *examples):
        row = read_row(raw, context.calendar.workdays)
        if isinstance(row, FilingRow):
            watched = Watched(row, asked)
            facts = Facts(watched, context, Reading(row, context.index))  # type: ignore[arg-type]
            for rule in OF_TIME:
                assert rule.judge is not None
                rule.judge(facts, context.limits)
    # The sessions follow from the dates, the way, and the cells of days and times.
    assert asked <= {*TIME_HEADERS, *TIME_VALUES, "sessions"}
    assert {"sessions", "category", "delivery"} <= asked


def examples_of(rule):
    return (*rule.complying, *rule.breaching)


def test_long_texts_are_not_kept_and_kinds_of_numbers_are_told_apart():
    calls: list[object] = []

    @remembered
    def told(value: object) -> str:
        calls.append(value)
        return repr(value)

    assert [told(1), told(1.0), told(True), told(1)] == ["1", "1.0", "True", "1"]
    assert len(calls) == 3
    assert told("长" * 201) == told("长" * 201)
    assert len(calls) == 5
