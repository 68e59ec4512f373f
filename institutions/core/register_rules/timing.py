"""FILING-LATE: filed too shortly before the class, or charged or begun before it was approved."""

from __future__ import annotations

from institutions.core.register_rules.bases import APPROVED_FIRST
from institutions.core.register_rules.facts import ClassFacts
from institutions.core.screening.facts import PASS
from regulator.calendars.core.settings import SettingValue, Standing
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, Outcome, Undetermined

_STARTS, _CHARGED = "开班日期", "收费日期"


def judge_late(facts: ClassFacts) -> Outcome:
    """FILING-LATE: the lead time of the day of filing, counted in working days, was not kept.

    Approval is at the earliest today: a class that began, or was charged for, before its approval
    breaches, whatever the lead time. A lead time that nobody confirmed makes no breach.
    """
    row, known_on = facts.row, facts.approved_on or facts.register.judged_on
    for header, day, part in (
        (_STARTS, row.starts_on, "started"),
        (_CHARGED, row.fee_on, "charged"),
    ):
        if day < known_on:
            params = {"part": part, "approved": known_on.isoformat(), "day": day.isoformat()}
            return Breach(header, row.cells.get(header, ""), APPROVED_FIRST, params)
    lead = facts.register.lead_on(facts.filed_on)
    if lead is None:
        return Undetermined(_STARTS, "备案提前期", APPROVED_FIRST)
    return _judge_lead(facts, lead)


def _judge_lead(facts: ClassFacts, lead: SettingValue) -> Outcome:
    row = facts.row
    earliest = facts.register.deadline_after(facts.filed_on, int(lead.value))
    if earliest.provisional:
        years = "、".join(str(year) for year in earliest.unknown_years)
        return Undetermined(_STARTS, f"{years}年节假日安排", APPROVED_FIRST)
    if row.starts_on >= earliest.due_on:
        return PASS
    params = {
        "part": "filed",
        "limit": int(lead.value),
        "filed": facts.filed_on.isoformat(),
        "first": earliest.due_on.isoformat(),
        "day": row.starts_on.isoformat(),
    }
    if lead.standing is Standing.ASSUMED:
        missing = f"本区确认的备案提前期（暂按{lead.value}个工作日，未满足）"
        return Undetermined(_STARTS, missing, APPROVED_FIRST, params)
    return Breach(_STARTS, row.cells.get(_STARTS, ""), _basis(lead), params)


def _basis(lead: SettingValue) -> LegalBasis:
    """The bureau's own rule, as it entered it."""
    return LegalBasis(lead.basis or "本区设置", "", "备案提前期", lead.starts_on)
