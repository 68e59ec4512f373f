"""TIME-*: when a class may meet. Every rule looks at the sessions, on the day's own law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from institutions.core.screening.bases import PRESCHOOL_ONLINE, REST_TIME, SCHOOL_TIME
from institutions.core.screening.clock_times import format_minute
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    Undetermined,
    basis_on,
    is_live,
    is_subject_class,
    missing_holidays,
    missing_school_year,
    trusted_day,
)
from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.rows import Delivery, Session
from regulator.calendars.core.school import DayState
from regulator.kernel.legal import LegalBasis

_BREAKS = (DayState.WINTER_BREAK, DayState.SUMMER_BREAK)
_SATURDAY = 5
# What one day is to a rule: True breaches, False does not, a text names what is missing.
DayAnswer = bool | str


def judge_offline_end(facts: Facts, limits: Limits) -> Outcome:
    """TIME-OFFLINE-END: a session in person ends later than the limit of its date."""
    if facts.row.delivery is not Delivery.OFFLINE:
        return NOT_APPLICABLE
    return _judge_end(facts, limits, LimitKey.OFFLINE_END)


def judge_online_end(facts: Facts, limits: Limits) -> Outcome:
    """TIME-ONLINE-END: a live session ends later than the limit of its date."""
    if not is_live(facts):
        return NOT_APPLICABLE
    return _judge_end(facts, limits, LimitKey.LIVE_END)


def _judge_end(facts: Facts, limits: Limits, key: LimitKey) -> Outcome:
    if not limits.has(key):
        return Undetermined("上课时间", key.value, SCHOOL_TIME)
    late: list[tuple[Session, Limit]] = []
    bound = False
    for session in facts.row.sessions:
        limit = limits.on(key, session.day, facts.row.category)
        bound = bound or limit is not None
        if limit is not None and session.end_minute > limit.value:
            late.append((session, limit))
    if not late:
        return PASS if bound else NOT_APPLICABLE
    session, limit = max(late, key=lambda one: one[0].end_minute)
    return Breach(
        "上课时间",
        _clock(session),
        limit.basis,
        {
            "limit": format_minute(limit.value),
            "end": format_minute(session.end_minute),
            **_days(one.day for one, _ in late),
        },
    )


def judge_school_hours(facts: Facts, limits: Limits) -> Outcome:
    """TIME-SCHOOL-HOURS: a session overlaps teaching hours on a school day of an enrolled stage."""
    if not facts.school_grades or facts.row.delivery is Delivery.RECORDED:
        return NOT_APPLICABLE
    keys = (LimitKey.SCHOOL_HOURS_START, LimitKey.SCHOOL_HOURS_END)
    for key in keys:
        if not limits.has(key):
            return Undetermined("上课时间", key.value, SCHOOL_TIME)
    inside: dict[Session, tuple[Limit, Limit]] = {}
    for session in facts.row.sessions:
        start, end = (limits.on(key, session.day, facts.row.category) for key in keys)
        if start is None or end is None:
            continue
        if session.start_minute < end.value and start.value < session.end_minute:
            inside[session] = (start, end)
    if not inside:
        return PASS
    # Hours may change in mid-course: the finding cites those of the first day that breaches.
    at_school = (one for one in inside if _is_school_day(facts, one.day) is True)
    start, end = inside[next(at_school, next(iter(inside)))]
    return _by_day(
        inside,
        lambda day: _is_school_day(facts, day),
        start.basis,
        field="上课时间",
        hours=f"{format_minute(start.value)}-{format_minute(end.value)}",
    )


def _is_school_day(facts: Facts, day: date) -> DayAnswer:
    holiday = facts.calendar.holiday(day)
    weekend = day.weekday() >= _SATURDAY
    if holiday.known and (holiday.name is not None or (weekend and not holiday.makeup)):
        return False
    days = [trusted_day(facts.calendar, day, grade) for grade in facts.school_grades]
    in_term = any(one is not None and one.state == DayState.TERM for one in days)
    if in_term:
        return True if holiday.known else missing_holidays(day)
    return missing_school_year(day) if None in days else False


def judge_holiday(facts: Facts, limits: Limits) -> Outcome:
    """TIME-HOLIDAY: a subject class meets on a statutory holiday."""
    return _judge_rest(facts, limits, _is_holiday)


def judge_vacation(facts: Facts, limits: Limits) -> Outcome:
    """TIME-VACATION: else, in the winter or summer break of an enrolled stage."""
    return _judge_rest(facts, limits, _is_vacation)


def judge_rest_day(facts: Facts, limits: Limits) -> Outcome:
    """TIME-REST-DAY: else, on a Saturday or Sunday that is no make-up working day."""
    return _judge_rest(facts, limits, _is_rest_day)


def _judge_rest(
    facts: Facts, limits: Limits, question: Callable[[Facts, date], DayAnswer]
) -> Outcome:
    sessions = [
        one
        for one in facts.row.sessions
        if REST_TIME.in_force_on(one.day) and is_subject_class(facts, limits, day=one.day)
    ]
    if not sessions:
        return NOT_APPLICABLE
    return _by_day(sessions, lambda day: question(facts, day), REST_TIME, field="上课星期")


def _is_holiday(facts: Facts, day: date) -> DayAnswer:
    holiday = facts.calendar.holiday(day)
    return holiday.name is not None if holiday.known else missing_holidays(day)


def _in_break(facts: Facts, day: date) -> DayAnswer:
    days = [trusted_day(facts.calendar, day, grade) for grade in facts.school_grades]
    if any(one is not None and one.state in _BREAKS for one in days):
        return True
    return missing_school_year(day) if None in days else False


def _is_vacation(facts: Facts, day: date) -> DayAnswer:
    holiday = _is_holiday(facts, day)
    in_break = _in_break(facts, day)
    if in_break is False or holiday is True:
        return False
    return in_break if holiday is False or isinstance(in_break, str) else holiday


def _is_rest_day(facts: Facts, day: date) -> DayAnswer:
    if day.weekday() < _SATURDAY:
        return False
    holiday = facts.calendar.holiday(day)
    if not holiday.known:
        return False if _in_break(facts, day) is True else missing_holidays(day)
    if holiday.makeup or holiday.name is not None:
        return False
    # A weekend of a year without a school calendar is a rest day or part of a break: banned both
    # ways, and only its name is open. It is called what is certain.
    return _in_break(facts, day) is not True


def _by_day(
    sessions: Iterable[Session],
    question: Callable[[date], DayAnswer],
    basis: LegalBasis,
    *,
    field: str,
    hours: str = "",
) -> Outcome:
    """A breach on the days that answer True, undetermined when only missing facts are left."""
    answers = {day: question(day) for day in sorted({session.day for session in sessions})}
    breached = [day for day, answer in answers.items() if answer is True]
    if breached:
        params = _days(breached) | ({"hours": hours} if hours else {})
        return Breach(field, _evidence(breached), basis, params)
    missing = sorted({answer for answer in answers.values() if isinstance(answer, str)})
    if missing:
        days = [day for day, answer in answers.items() if isinstance(answer, str)]
        return Undetermined(field, "、".join(missing), basis, _days(days))
    return PASS


def judge_online_length(facts: Facts, limits: Limits) -> Outcome:
    """TIME-ONLINE-LENGTH: live lessons too long, or several without the gap between them."""
    row = facts.row
    if not is_live(facts) or not is_subject_class(facts, limits, day=row.starts_on):
        return NOT_APPLICABLE
    if row.lesson_minutes is None or row.gap_minutes is None:
        missing = "每课时分钟" if row.lesson_minutes is None else "课间休息分钟"
        return Undetermined(missing, missing, REST_TIME)
    for key in (LimitKey.LIVE_LESSON, LimitKey.LIVE_GAP):
        if not limits.has(key):
            return Undetermined("每课时分钟", key.value, REST_TIME)
    for session in row.sessions:
        longest = limits.on(LimitKey.LIVE_LESSON, session.day, row.category)
        if longest is not None and row.lesson_minutes > longest.value:
            params = {"limit": longest.value, "minutes": row.lesson_minutes, "part": "lesson"}
            return Breach("每课时分钟", row.cells["每课时分钟"], longest.basis, params)
    for session in row.sessions:
        gap = limits.on(LimitKey.LIVE_GAP, session.day, row.category)
        several = session.end_minute - session.start_minute > row.lesson_minutes
        if gap is not None and several and row.gap_minutes < gap.value:
            params = {"limit": gap.value, "minutes": row.gap_minutes, "part": "gap"}
            return Breach("课间休息分钟", row.cells["课间休息分钟"], gap.basis, params)
    return PASS


def judge_preschool_online(facts: Facts, limits: Limits) -> Outcome:
    """TIME-PRESCHOOL-ONLINE: pre-school pupils and any online way."""
    row = facts.row
    basis = basis_on((PRESCHOOL_ONLINE,), row.starts_on)
    if not facts.is_preschool or basis is None:
        return NOT_APPLICABLE
    if row.delivery is Delivery.OFFLINE:
        return PASS
    return Breach("培训方式", row.cells["培训方式"], basis, {"way": row.cells["培训方式"]})


def _clock(session: Session) -> str:
    return f"{format_minute(session.start_minute)}-{format_minute(session.end_minute)}"


_SHOWN = 3


def _evidence(days: list[date]) -> str:
    shown = "、".join(day.isoformat() for day in days[:_SHOWN])
    return shown if len(days) <= _SHOWN else f"{shown}等{len(days)}天"


def _days(days: Iterable[date]) -> dict[str, object]:
    ordered = sorted(set(days))
    return {"days": tuple(day.isoformat() for day in ordered), "day_count": len(ordered)}
