"""A plan for the fictional staff: who works where, with which papers, checked when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from regulator.pages.core import demo_words as words
from regulator.pages.core.demo_institutions import PlannedInstitution, person_name

# Nobody's: no division bears this code.
_NO_DIVISION = "999999"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SUBJECTS = ("语文", "数学", "外语", "物理", "化学")
_ASSISTING = ("助教", "教务", "前台接待")
_OVERDUE_IN, _EXPIRED_IN, _CANDIDATE_IN, _PART_TIME_IN = 30, 40, 24, 4


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody of the demonstration. `checked_on` are the enquiries, the first before hiring."""

    name: str
    identity_number: str
    kind: str
    employment: str
    post: str
    subjects: tuple[str, ...]
    courses: str
    teaching_history: str
    certificate_subject: str
    certificate_number: str
    certificate_until: date | None
    consent_on: date
    starts_on: date | None
    checked_on: tuple[date, ...]


def plan_staff(plan: PlannedInstitution, *, today: date, random: Random) -> Iterator[PlannedPerson]:
    """The staff of one institution; the same `random` gives the same people."""
    kinds = ["teaching"] * random.choice((2, 3, 3)) + ["other"] * random.choice((1, 2))
    if random.randrange(3) == 0:
        kinds.append("research")
    for place, kind in enumerate(kinds):
        is_candidate = place > 1 and random.randrange(_CANDIDATE_IN) == 0
        yield _person(plan, kind, place, today=today, hired=not is_candidate, random=random)


def _person(
    plan: PlannedInstitution, kind: str, place: int, *, today: date, hired: bool, random: Random
) -> PlannedPerson:
    earliest = max(plan.licence_starts_on, date(2021, 9, 14))
    latest = today - timedelta(days=30)
    began = earliest + timedelta(days=random.randrange(max((latest - earliest).days, 1)))
    consent = began - timedelta(days=random.randint(16, 30))
    item, certificate = _taught(plan, place, random)
    teaches = kind != "other"
    is_expired = teaches and random.randrange(_EXPIRED_IN) == 0 and hired
    title = {"teaching": f"{item}教师", "research": f"{item}教研"}.get(kind, "")
    return PlannedPerson(
        name=person_name(random),
        identity_number=_identity(plan.number, place, random),
        kind=kind,
        employment="part_time" if random.randrange(_PART_TIME_IN) == 0 else "full_time",
        post=title or random.choice(_ASSISTING),
        subjects=(item,) if teaches and plan.category == "subject" else (),
        courses=item if teaches else "",
        teaching_history=_history(item, began, random) if teaches else "",
        certificate_subject=certificate if teaches else "",
        certificate_number=f"{random.randint(10**16, 10**17 - 1)}" if teaches else "",
        certificate_until=max(began, today - timedelta(days=40)) if is_expired else None,
        consent_on=consent,
        starts_on=began if hired else None,
        checked_on=_checks(consent, began, today, random) if hired else (),
    )


def _taught(plan: PlannedInstitution, place: int, random: Random) -> tuple[str, str]:
    """What a person teaches, and what their certificate says."""
    if plan.category == "subject":
        subject = _SUBJECTS[(plan.number + place) % len(_SUBJECTS)]
        return subject, f"初中{'英语' if subject == '外语' else subject}"
    item, _classes, _contents, _materials, certificate = random.choice(
        words.ACTIVITIES[plan.activity]
    )
    return item, certificate


def _history(item: str, began: date, random: Random) -> str:
    years = random.randint(1, 12)
    return f"{began.year - years}年起从事{item}教学，{began.year}年到本机构。"


def _checks(consent: date, began: date, today: date, random: Random) -> tuple[date, ...]:
    """The enquiry before the first day, then one a year; now and then this year's is missing."""
    days = [consent + timedelta(days=random.randint(1, 15))]
    skipped = random.randrange(_OVERDUE_IN) == 0
    for year in range(began.year, today.year + 1):
        # The bureau enquires about everybody each September.
        day = date(year, 9, random.randint(1, 28))
        if days[-1] < day <= today and not (skipped and year == today.year):
            days.append(day)
    return tuple(days)


def _identity(institution: int, place: int, random: Random) -> str:
    born = date(1968, 1, 1) + timedelta(days=random.randrange(12_000))
    body = f"{_NO_DIVISION}{born:%Y%m%d}{(institution * 7 + place) % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK_CHARACTERS[total % 11]
