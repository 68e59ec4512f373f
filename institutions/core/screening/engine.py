"""Screening of one row: form first, then every rule of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any

from institutions.core.screening import bases
from institutions.core.screening.catalogue import DISGUISE_CODE, FORM_CODE, RULES, Rule
from institutions.core.screening.facts import NOT_APPLICABLE, PASS, Facts, ScreeningContext
from institutions.core.screening.form import FormProblem, is_blank, read_row
from institutions.core.screening.reading import Reading
from institutions.core.screening.rows import FilingRow, RawRow
from regulator.kernel.outcomes import Breach, Outcome, Undetermined

_RULES_OF_TIME = tuple(rule for rule in RULES if rule.code.startswith("TIME-"))
# Code and judge in the catalogue's order; those of time are asked together, once a timetable.
_JUDGES = tuple(
    (rule.code, None if rule in _RULES_OF_TIME else rule.judge)
    for rule in RULES
    if rule.code != FORM_CODE
)
TIME_HEADERS = ("培训方式", "上课星期", "上课时间", "每课时分钟", "课间休息分钟")
TIME_VALUES = (
    *("category", "grades", "delivery", "starts_on", "ends_on", "lesson_minutes", "gap_minutes"),
)
_MOST_TIMETABLES, _USUAL_TIME_CHARS = 2_000, 400

__all__ = ["Finding", "RowResult", "ScreeningContext", "finding_of", "is_blank", "screen_row"]


class FindingOutcome(StrEnum):
    """What a finding says: the rule is breached, or only a person can decide."""

    BREACH = "breach"
    UNDETERMINED = "undetermined"


class RowOutcome(StrEnum):
    """What becomes of a row; `clear` means only that nothing was breached."""

    INVALID = "invalid"
    FLAGGED = "flagged"
    APPRAISE = "appraise"
    CLEAR = "clear"


@dataclass(frozen=True)
class Finding:
    """One rule's finding on one row.

    `field` is a header, `evidence` the words or value as filed, `spans` their places in the cells
    as (header, start, end). `basis` cites instrument and article and, for content, the textbook.
    """

    rule: str
    outcome: str
    field: str
    evidence: str
    spans: tuple[tuple[str, int, int], ...]
    basis: str
    params: Mapping[str, Any] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class RowResult:
    """A row's outcome and findings, in the catalogue's order; `row` is None when invalid."""

    number: int
    outcome: str
    findings: tuple[Finding, ...]
    row: FilingRow | None


def screen_row(raw: RawRow, context: ScreeningContext) -> RowResult:
    """Every finding on a row. Pure and total: no text of a cell makes it raise."""
    row = read_row(raw, context.calendar.workdays)
    if not isinstance(row, FilingRow):
        finding = _form_finding(row)
        return RowResult(raw.number, RowOutcome.INVALID.value, (finding,), None)
    bound = context.for_class(row.starts_on)
    facts = Facts(row, bound, Reading(row, bound.index))
    findings = tuple(_findings(facts))
    return RowResult(raw.number, _outcome(findings), findings, row)


def _findings(facts: Facts) -> Iterable[Finding]:
    of_time, limits = _findings_of_time(facts), facts.context.limits
    for code, judge in _JUDGES:
        if judge is None:
            finding = of_time.get(code)
        else:
            verdict = judge(facts, limits)
            if verdict is PASS or verdict is NOT_APPLICABLE:
                continue
            finding = finding_of(code, verdict, facts.row)
        if finding is not None:
            yield finding


def _judged(rule: Rule, facts: Facts) -> Finding | None:
    if rule.judge is None:
        return None
    verdict = rule.judge(facts, facts.context.limits)
    if verdict is PASS or verdict is NOT_APPLICABLE:
        return None
    return finding_of(rule.code, verdict, facts.row)


def _findings_of_time(facts: Facts) -> Mapping[str, Finding]:
    """What the rules of time say, by code: asked once for all classes that meet at the same times.

    `TIME_HEADERS` and `TIME_VALUES` are all that these rules read of a row; a test watches them.
    """
    row, kept = facts.row, facts.context.said_of_time
    cells = tuple(row.cells[header] for header in TIME_HEADERS)
    typed = tuple(getattr(row, name) for name in TIME_VALUES)
    found: Mapping[str, Finding] | None = kept.get((typed, cells))
    if found is None:
        judged = ((rule.code, _judged(rule, facts)) for rule in _RULES_OF_TIME)
        found = {code: finding for code, finding in judged if finding is not None}
        if sum(map(len, cells)) <= _USUAL_TIME_CHARS:
            if len(kept) >= _MOST_TIMETABLES:
                kept.clear()
            kept[typed, cells] = found
    return found


def finding_of(code: str, verdict: Outcome, row: FilingRow) -> Finding | None:
    """What a rule's answer is on a row, or None where it has nothing against it."""
    if isinstance(verdict, Breach):
        outcome, evidence = FindingOutcome.BREACH, verdict.evidence
        params = dict(verdict.params)
    elif isinstance(verdict, Undetermined):
        outcome = FindingOutcome.UNDETERMINED
        params = dict(verdict.params) | {"missing": verdict.missing}
        evidence = str(params.get("evidence") or row.cells.get(verdict.field, ""))
    else:
        return None
    spans = params.pop("spans", None) or _whole_cell(verdict.field, row)
    basis = "；".join(part for part in (verdict.basis.cite(), params.get("detail", "")) if part)
    return Finding(code, outcome.value, verdict.field, evidence, tuple(spans), basis, params)


def _whole_cell(header: str, row: FilingRow) -> tuple[tuple[str, int, int], ...]:
    text = row.cells.get(header, "")
    return ((header, 0, len(text)),) if text else ()


def _form_finding(problems: tuple[FormProblem, ...]) -> Finding:
    first = problems[0]
    params = {
        "problems": tuple(
            {"header": one.header, "code": one.code, "value": one.value} for one in problems
        )
    }
    return Finding(
        rule=FORM_CODE,
        outcome=FindingOutcome.BREACH.value,
        field=first.header,
        evidence=first.value,
        spans=tuple((one.header, 0, len(one.value)) for one in problems if one.value),
        basis=bases.FILING.cite(),
        params=params,
    )


def _outcome(findings: tuple[Finding, ...]) -> str:
    if any(one.outcome == FindingOutcome.BREACH for one in findings):
        return RowOutcome.FLAGGED.value
    if any(one.rule == DISGUISE_CODE for one in findings):
        return RowOutcome.APPRAISE.value
    return RowOutcome.CLEAR.value
