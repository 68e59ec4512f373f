"""LICENCE-STATE and LICENCE-SCOPE: may it teach on those days, and may it teach this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from institutions.core.register_rules.bases import LICENSED_FIRST, RE_REGISTERING, WITHIN_SCOPE
from institutions.core.register_rules.facts import IN_FORCE, UNKNOWN_END, ClassFacts, HeldLicence
from institutions.core.screening.facts import NOT_APPLICABLE, PASS
from institutions.core.screening.grades import grade_name, stage_of
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.rows import Category, Delivery, FilingRow
from institutions.core.screening.rules.staff import certified_subjects
from regulator.kernel.outcomes import Breach, NotApplicable, Outcome, Pass, Undetermined

_NUMBER = "机构许可证号"
_STOPPED = ("paused", "closed")
_STAGES = ("preschool", "primary", "junior", "senior")
_WAYS = {
    Delivery.OFFLINE: "offline",
    Delivery.LIVE: "online_live",
    Delivery.RECORDED: "online_recorded",
}
_GRAVITY = (Pass, Undetermined, Breach, NotApplicable)


def judge_state(facts: ClassFacts) -> Outcome:
    """LICENCE-STATE: no licence in force, or enrolment stands still, on a day of the class."""
    register = facts.register
    if not register.licences:
        return _judge_without(facts)
    stood = register.stood_on(facts.days)
    for standing, days in stood.standings.items():
        if standing not in (IN_FORCE, UNKNOWN_END):
            return _not_on(facts, standing, days)
    for status in _STOPPED:
        stopped = stood.statuses.get(status)
        if stopped:
            return _not_on(facts, status, stopped)
    if UNKNOWN_END in stood.standings:
        return Undetermined(_NUMBER, "许可证有效期止", LICENSED_FIRST)
    return PASS


def _judge_without(facts: ClassFacts) -> Outcome:
    """A verified subject institution has its licence in the register; others' papers may lack."""
    if facts.row.category is Category.SUBJECT and facts.register.is_verified:
        return _not_on(facts, "none", facts.days)
    return Undetermined(_NUMBER, "登记库中的许可证", LICENSED_FIRST)


def _not_on(facts: ClassFacts, part: str, days: Iterable[date]) -> Breach:
    listed = tuple(day.isoformat() for day in days)
    basis = RE_REGISTERING if part == "paused" else LICENSED_FIRST
    params = {"part": part, "days": listed, "day_count": len(listed), "first": listed[0]}
    return Breach(_NUMBER, facts.row.cells.get(_NUMBER, ""), basis, params)


def judge_scope(facts: ClassFacts) -> Outcome:
    """LICENCE-SCOPE: category, stage, subject or way outside every licence in force on day one."""
    first = facts.days[0]
    standing = (IN_FORCE, UNKNOWN_END)
    held = [one for one in facts.register.licences if one.standing_on(first) in standing]
    found = [_within(one, facts.row) for one in held]
    return min(found, key=lambda one: _GRAVITY.index(type(one)), default=NOT_APPLICABLE)


def _within(licence: HeldLicence, row: FilingRow) -> Outcome:
    """The first thing outside the licence, else the first that nobody entered of it."""
    found = [
        _category(licence, row),
        _stages(licence, row),
        _subject(licence, row),
        _way(licence, row),
    ]
    return max(found, key=lambda one: _GRAVITY.index(type(one)))


def _category(licence: HeldLicence, row: FilingRow) -> Outcome:
    if not licence.category:
        return Undetermined("培训类别", "许可证上的培训类别", WITHIN_SCOPE)
    return PASS if licence.category == row.category.value else _outside(row, "培训类别", "category")


def _stages(licence: HeldLicence, row: FilingRow) -> Outcome:
    if not licence.stages:
        return Undetermined("招生对象", "许可证上的学段", WITHIN_SCOPE)
    outside = [grade for grade in row.grades if _STAGES[stage_of(grade)] not in licence.stages]
    if not outside:
        return PASS
    return _outside(row, "招生对象", "stage", names="、".join(map(grade_name, outside)))


def _subject(licence: HeldLicence, row: FilingRow) -> Outcome:
    """A licence that names no subjects or items is for all of its category."""
    if not licence.subjects:
        return PASS
    if row.category is Category.SUBJECT:
        named = certified_subjects(fold_text("、".join(licence.subjects)))
        if row.subject in named:
            return PASS
        return _outside(row, "学科或项目", "subject", names="、".join(licence.subjects))
    item = fold_text(row.activity)
    if any(item in fold_text(one) or fold_text(one) in item for one in licence.subjects):
        return PASS
    missing = f"“{row.activity}”是否在许可项目（{'、'.join(licence.subjects)}）之内"
    return Undetermined("学科或项目", missing, WITHIN_SCOPE)


def _way(licence: HeldLicence, row: FilingRow) -> Outcome:
    if not licence.ways:
        return Undetermined("培训方式", "许可证上的培训方式", WITHIN_SCOPE)
    return PASS if _WAYS[row.delivery] in licence.ways else _outside(row, "培训方式", "way")


def _outside(row: FilingRow, header: str, part: str, names: str = "") -> Breach:
    params = {"part": part, "names": names} if names else {"part": part}
    return Breach(header, row.cells.get(header, ""), WITHIN_SCOPE, params)
