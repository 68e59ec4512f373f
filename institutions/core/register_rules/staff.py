"""STAFF-DOUBLE: one teacher in two places at overlapping hours."""

from __future__ import annotations

from institutions.core.register_rules.bases import TRUE_FILING
from institutions.core.register_rules.bookings import Clash
from institutions.core.register_rules.facts import ClassFacts
from institutions.core.screening.facts import NOT_APPLICABLE, PASS
from regulator.kernel.outcomes import Breach, Outcome, Undetermined

_TEACHER = "授课教师"


def judge_double(facts: ClassFacts) -> Outcome:
    """STAFF-DOUBLE: the same certificate at the same hours, in whosever classes.

    The same name within the institution is the same person only where the staff list says so;
    else a person decides. Two classes at one hour in one place may be one class taught together:
    undetermined. Another institution is never named. Recorded classes have no hours.
    """
    if not facts.row.sessions:
        return NOT_APPLICABLE
    own = facts.booking
    bookings = facts.register.bookings
    doubts: list[Outcome] = []
    for clash in bookings.of_certificate(own):
        is_one_place = own.place_key and clash.booking.place_key == own.place_key
        if clash.booking.is_own and is_one_place:
            doubts.append(_doubt(facts, clash, "两个班是否合班上课"))
        else:
            return _breach(facts, clash)
    for clash in bookings.of_name(own):
        answer = _same_person(facts, clash)
        if answer is True:
            return _breach(facts, clash)
        if isinstance(answer, str):
            doubts.append(_doubt(facts, clash, answer))
    return doubts[0] if doubts else PASS


def _same_person(facts: ClassFacts, clash: Clash) -> bool | str:
    """Whether a namesake is the same person, or what would have to be known."""
    own, other = facts.certificate_key, clash.booking.certificate_key
    if own and own == other:
        return False  # said by the certificate already
    if not own or not other:
        return "教师的资格证书号"
    people = facts.register.people
    if own in people and other in people:
        return people[own] == people[other]
    return "两位同名教师是否同一人"


def _breach(facts: ClassFacts, clash: Clash) -> Breach:
    return Breach(_TEACHER, facts.row.cells.get(_TEACHER, ""), TRUE_FILING, _params(clash))


def _doubt(facts: ClassFacts, clash: Clash, missing: str) -> Undetermined:
    params = _params(clash) | {"evidence": facts.row.cells.get(_TEACHER, "")}
    return Undetermined(_TEACHER, missing, TRUE_FILING, params)


def _params(clash: Clash) -> dict[str, object]:
    return {
        "part": "own" if clash.booking.is_own else "other",
        "label": clash.booking.label,
        "days": tuple(day.isoformat() for day in clash.days),
        "day_count": len(clash.days),
        "first": clash.days[0].isoformat(),
    }
