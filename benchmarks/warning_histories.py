"""Histories of institutions, honest and runaway, by somebody who knows nothing of any indicator.

What happens is told as it happens: pupils enrol, lessons are taught or only reported, teachers come
and go, parents ask for their money, a landlord goes to court. No figure, limit or window of
`fees.core.warnings` is used here, and this module imports none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

FIRST_DAY = date(2024, 9, 1)
DAYS = 730
HONEST_KINDS = ("steady", "seasonal", "growing", "slow", "small", "churning", "quarrelling")
RUNAWAY_KINDS = ("selling_out", "starving", "faking", "quarrel_then_gone", "overnight")
_TERM_STARTS = ((9, 1), (1, 20), (2, 25), (7, 5))


@dataclass
class History:
    """One institution's life, told by day. Amounts in yuan; `gone_on` is the runaway's last day."""

    kind: str
    gone_on: date | None
    paid: list[tuple[date, int]] = field(default_factory=list)
    taught: list[tuple[date, int, bool]] = field(default_factory=list)  # day, yuan, who was there
    pupils: list[tuple[date, date]] = field(default_factory=list)  # first day, day of leaving
    asked_back: list[tuple[date, date | None, int]] = field(default_factory=list)
    teachers: list[tuple[date, date | None]] = field(default_factory=list)
    incidents: list[tuple[str, date, date]] = field(default_factory=list)  # what, when, known when
    taken: list[tuple[date, int]] = field(default_factory=list)  # by a court


def told(kind: str, seed: int) -> History:
    """One history; the same kind and seed give the same one."""
    random = Random(f"{kind}:{seed}")
    gone = FIRST_DAY + timedelta(days=random.randint(480, DAYS - 10))
    life = History(kind, gone if kind in RUNAWAY_KINDS else None)
    size = random.randint(8, 25) if kind == "small" else random.randint(40, 220)
    _hire(life, size, random)
    _enrol(life, size, random)
    _teach(life, random)
    _ask_back(life, random)
    _quarrel(life, random)
    if life.gone_on is not None:
        _cut(life, life.gone_on)
    return life


def district(seed: int, *, honest: int = 70, runaways: int = 30) -> list[History]:
    """A district's institutions: the kinds in turn, each with a seed of its own."""
    kinds = [HONEST_KINDS[n % len(HONEST_KINDS)] for n in range(honest)]
    kinds += [RUNAWAY_KINDS[n % len(RUNAWAY_KINDS)] for n in range(runaways)]
    return [told(kind, seed * 10_000 + number) for number, kind in enumerate(kinds)]


def _left_until(life: History, day: date) -> int:
    """Days until the end of a runaway, else very many."""
    return 10**6 if life.gone_on is None else (life.gone_on - day).days


def _hire(life: History, size: int, random: Random) -> None:
    count = max(2, size // 12)
    for _ in range(count):
        first = FIRST_DAY - timedelta(days=random.randint(10, 600))
        stays = random.randint(120, 900) if life.kind == "churning" else random.randint(400, 2000)
        last = first + timedelta(days=stays)
        while last < FIRST_DAY:
            last += timedelta(days=random.randint(200, 600))
        last = _leaves_earlier(life, last, random)
        life.teachers.append((first, last if last < FIRST_DAY + timedelta(days=DAYS) else None))
        if last < FIRST_DAY + timedelta(days=DAYS) and (
            life.gone_on is None or (life.gone_on - last).days > 90
        ):
            life.teachers.append((last + timedelta(days=random.randint(3, 40)), None))


def _leaves_earlier(life: History, last: date, random: Random) -> date:
    """Where wages are not paid any more, people go in the last months."""
    if life.kind in ("starving", "quarrel_then_gone") and life.gone_on and random.random() < 0.7:
        return min(last, life.gone_on - timedelta(days=random.randint(5, 100)))
    return last


def _demand(life: History, day: date, random: Random) -> float:
    """How many pupils knock on a day, relative to a steady year."""
    demand = 0.35
    for month, first in _TERM_STARTS:
        gap = (date(day.year, month, first) - day).days
        if 0 <= gap <= 28:
            demand += 3.2 if life.kind == "seasonal" else 1.6
    if life.kind == "growing":
        demand *= 1 + (day - FIRST_DAY).days / DAYS
    left = _left_until(life, day)
    if life.kind == "selling_out" and left < 75:
        demand = demand * random.uniform(1.8, 3.5) + random.uniform(1.0, 3.0)
    if life.kind in ("starving", "quarrel_then_gone") and left < 120:
        demand *= 0.4
    return demand


def _enrol(life: History, size: int, random: Random) -> None:
    price = random.choice((1800, 2400, 3200, 4000))
    for n in range(DAYS):
        day = FIRST_DAY + timedelta(days=n)
        rate = size / 110 * _demand(life, day, random)
        count = int(rate) + (random.random() < rate - int(rate))
        for _ in range(count):
            life.paid.append((day, price))
            life.pupils.append((day, day + timedelta(days=random.randint(70, 95))))


def _teach(life: History, random: Random) -> None:
    """Each pupil has a lesson a week at first 12 weeks; near the end some are only reported."""
    sloppy = random.uniform(0.0, 0.12)
    share = 12
    for (_, price), (first, last) in zip(life.paid, life.pupils, strict=True):
        for week in range(share):
            day = first + timedelta(days=5 + 7 * week)
            if day > last:
                break
            left = _left_until(life, day)
            was_there = random.random() > sloppy
            if life.kind == "faking" and left < 110:
                was_there = random.random() > 0.65
            elif life.kind in ("starving", "selling_out") and left < 40 and random.random() < 0.5:
                continue
            life.taught.append((day, price // share, was_there))


def _ask_back(life: History, random: Random) -> None:
    for (first, last), (_, price) in zip(life.pupils, life.paid, strict=True):
        chance = 0.03 if life.kind != "quarrelling" else 0.06
        day = first + timedelta(days=random.randint(3, 80))
        left = _left_until(life, day)
        if left < 90 and life.kind != "overnight":
            chance += 0.12 if life.kind != "selling_out" else 0.05
        if random.random() > chance:
            continue
        takes = random.randint(2, 14)
        if life.kind == "slow":
            takes = random.randint(8, 30)
        if left < 70 and life.kind in ("starving", "quarrel_then_gone", "selling_out"):
            takes = random.randint(30, 400)
        if left < 70 and life.kind == "faking" and random.random() < 0.5:
            takes = random.randint(20, 200)
        back = day + timedelta(days=takes)
        life.asked_back.append((day, min(back, last + timedelta(days=400)), price // 2))


def _quarrel(life: History, random: Random) -> None:
    """Complaints upheld, landlords, wages, licences; entered some days after they happened."""
    rates = {"quarrelling": 0.5, "churning": 0.2, "slow": 0.3}
    for month in range(DAYS // 30):
        day = FIRST_DAY + timedelta(days=30 * month + random.randint(0, 29))
        known = day + timedelta(days=random.randint(2, 20))
        if random.random() < rates.get(life.kind, 0.08):
            life.incidents.append(("complaint_upheld", day, known))
        if random.random() < 0.006:
            life.incidents.append(("rent_arrears", day, known))
        if random.random() < 0.004:
            life.incidents.append(("licence_event", day, known))
    if life.gone_on is None or life.kind == "overnight":
        return
    heavy = {"quarrel_then_gone": 0.9, "starving": 0.7, "faking": 0.3, "selling_out": 0.35}
    for what in ("rent_arrears", "wages_arrears", "lease_ended"):
        if random.random() < heavy[life.kind]:
            day = life.gone_on - timedelta(days=random.randint(10, 130))
            known = day + timedelta(days=random.randint(3, 25))
            life.incidents.append((what, day, known))
    for _ in range(random.randint(0, 6)):
        day = life.gone_on - timedelta(days=random.randint(5, 80))
        known = day + timedelta(days=random.randint(5, 30))
        life.incidents.append(("complaint_upheld", day, known))
    if life.kind == "starving" and random.random() < 0.3:
        life.taken.append((life.gone_on - timedelta(days=random.randint(10, 60)), 40_000))


def _cut(life: History, gone_on: date) -> None:
    """Nothing is known of after the last day."""
    life.paid = [row for row in life.paid if row[0] <= gone_on]
    life.pupils = [row for row in life.pupils if row[0] <= gone_on]
    life.taught = [row for row in life.taught if row[0] <= gone_on]
    life.asked_back = [row for row in life.asked_back if row[0] <= gone_on]
