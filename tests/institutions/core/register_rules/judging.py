"""A class judged by the rules of the register, for the pure tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from institutions.core.register_rules.catalogue import register_findings
from institutions.core.register_rules.examples import EXAMPLE_CERTIFICATE, REGISTER
from institutions.core.register_rules.facts import ClassFacts, RegisterFacts
from institutions.core.screening.engine import Finding
from institutions.core.screening.form import read_row
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.core.screening.rules.example_rows import EXAMPLE_FILED_ON, Example, subject_row

PLAIN = subject_row("")
_NO_HOURS = dict.fromkeys(("上课星期", "上课时间", "每课时分钟", "课间休息分钟"), "")
RECORDED = subject_row("", 培训方式="线上录播", **_NO_HOURS)


def class_facts(
    example: Example = PLAIN,
    register: RegisterFacts = REGISTER,
    *,
    certificate_key: str = EXAMPLE_CERTIFICATE,
    filed_on: date = EXAMPLE_FILED_ON,
    approved_on: date | None = None,
) -> ClassFacts:
    row = read_row(RawRow(2, example.cells), register.workdays)
    assert isinstance(row, FilingRow), row
    return ClassFacts(row, register, certificate_key, filed_on, approved_on)


def found_of(
    example: Example = PLAIN, register: RegisterFacts = REGISTER, **known: object
) -> dict[str, Finding]:
    """The findings by rule; the register's memory of other rows is left behind."""
    fresh = replace(register, _standings={}, _statuses={}, _likeness={})
    facts = class_facts(example, fresh, **known)  # type: ignore[arg-type]
    return {one.rule: one for one in register_findings(facts)}


def said(example: Example = PLAIN, register: RegisterFacts = REGISTER, **known: object) -> dict:
    """Rule → breach, or what an undetermined finding misses."""
    found = found_of(example, register, **known)
    return {
        code: one.outcome if one.outcome == "breach" else one.params["missing"]
        for code, one in found.items()
    }
