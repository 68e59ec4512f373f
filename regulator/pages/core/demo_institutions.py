"""A plan for the fictional register: who is there, with which papers, in which state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc

from regulator.pages.core import demo_words as words

# What a bureau's register looks like: most in order, some of everything else.
_STATES = (
    ("in_force", 78),
    ("suspended", 5),
    ("expired", 5),
    ("cancelled", 6),
    ("revoked", 2),
    ("unverified", 4),
)
_KINDS = (("subject", 26), ("culture_arts", 34), ("sport", 24), ("science", 16))
# Of the subject institutions in force the first few and every third further one.
_LATE_AT_LEAST, _LATE_EVERY = 3, 3
_HAND_OVER_EVERY = 19
_TRADE_DEPARTMENTS = {"culture_arts": "culture_tourism"}
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class PlannedPremises:
    """A place of teaching: address, township code, floor area in square metres."""

    address: str
    area: str
    floor_area_m2: int


@dataclass(frozen=True)
class PlannedInstitution:
    """An institution of the demonstration, before any service has seen it."""

    number: int
    name: str
    category: str  # subject | non_subject
    activity: str  # "" for subject
    legal_form: str  # non_profit | for_profit
    department: str
    credit_code: str
    licence_number: str
    state: str
    stages: tuple[str, ...]
    ways: tuple[str, ...]
    credit_tier: str
    founded_on: date
    licence_starts_on: date
    licence_ends_before: date
    principal: str
    premises: tuple[PlannedPremises, ...]
    has_escrow: bool
    escrow_published: bool

    @property
    def is_late(self) -> bool:
        """Whether it teaches subjects and is a company still: it must not enrol."""
        return self.category == "subject" and self.legal_form == "for_profit"


def person_name(random: Random) -> str:
    """A plausible name of a person."""
    given = "".join(random.sample(words.GIVEN, random.choice((1, 2, 2))))
    return random.choice(words.SURNAMES) + given


def plan_institutions(*, count: int, division: str, random: Random) -> Iterator[PlannedInstitution]:
    """`count` institutions of a division; the same `random` gives the same ones."""
    used: set[str] = set()
    late = 0
    for number in range(1, count + 1):
        wants_late = late < _LATE_AT_LEAST or number % _LATE_EVERY == 0
        planned = _institution(number, division, random, used, wants_late=wants_late)
        late += planned.is_late
        yield planned


def _weighted(random: Random, table: tuple[tuple[str, int], ...]) -> str:
    return random.choices([key for key, _ in table], [weight for _, weight in table])[0]


def _brand(random: Random, used: set[str]) -> str:
    while True:
        brand = random.choice(words.BRAND_HEADS) + random.choice(words.BRAND_TAILS)
        if random.random() < 0.25:
            brand += random.choice(("林", "堂", "屋", "园"))
        if brand not in used:
            used.add(brand)
            return brand


def _name(kind: str, *, is_company: bool, brand: str, random: Random) -> str:
    if kind == "subject":
        return f"成都市双流区{brand}{random.choice(words.SUBJECT_ORGANISATIONS)}"
    organisation = random.choice(words.ACTIVITY_ORGANISATIONS[kind])
    if is_company:
        return f"成都{brand}{organisation.removesuffix('学校')}有限公司"
    return f"成都市双流区{brand}{_with_form(organisation)}"


def _with_form(organisation: str) -> str:
    has_form = organisation.endswith(("中心", "学校", "俱乐部"))
    return organisation if has_form else f"{organisation}中心"


def _credit_code(prefix: str, division: str, random: Random) -> str:
    body = prefix + division + "MJ" + "".join(random.choice(_ALPHABET) for _ in range(7))
    return body + uscc.calc_check_digit(body)


def _licence_number(division: str, number: int, *, nature: str) -> str:
    return f"教民1{division}{nature}{number:07d}号"


def _address(random: Random) -> PlannedPremises:
    area, township = random.choice(words.TOWNSHIPS)
    road, place = random.choice(words.ROADS), random.choice(words.PLACES)
    address = f"成都市双流区{township}{road}{random.randint(1, 360)}号{place}"
    return PlannedPremises(address, area, random.randint(90, 900))


def _institution(
    number: int, division: str, random: Random, used: set[str], *, wants_late: bool
) -> PlannedInstitution:
    kind = _weighted(random, _KINDS)
    state = _weighted(random, _STATES)
    is_subject = kind == "subject"
    # Some subject institutions are companies still: the wave of re-registration is about them.
    is_late = is_subject and state == "in_force" and wants_late
    is_company = is_late or (not is_subject and random.random() < 0.7)
    # Some of the activities wait to be handed over to the department of their trade.
    is_to_hand_over = not is_subject and state == "in_force" and number % _HAND_OVER_EVERY == 0
    founded = date(random.randint(2012, 2022), random.randint(1, 12), random.randint(1, 28))
    starts, ends = _licence_dates(state, random)
    numbered = is_subject or random.random() < 0.6
    return PlannedInstitution(
        number=number,
        name=_name(
            kind,
            is_company=is_company and not is_subject,
            brand=_brand(random, used),
            random=random,
        ),
        category="subject" if is_subject else "non_subject",
        activity="" if is_subject else kind,
        legal_form="for_profit" if is_company else "non_profit",
        department="education"
        if is_subject or is_to_hand_over
        else _TRADE_DEPARTMENTS.get(kind, kind),
        credit_code=_credit_code("91" if is_company else "52", division, random),
        licence_number=_licence_number(
            division, number, nature="8" if is_subject and not is_late else "7"
        )
        if numbered
        else "",
        state=state,
        stages=("primary", "junior"),
        ways=("offline", "online_live") if is_subject and random.random() < 0.15 else ("offline",),
        credit_tier=_weighted(random, (("A", 38), ("B", 44), ("C", 14), ("D", 4))),
        founded_on=founded,
        licence_starts_on=starts,
        licence_ends_before=ends,
        principal=person_name(random),
        premises=tuple(_address(random) for _ in range(2 if random.random() < 0.1 else 1)),
        has_escrow=state in ("in_force", "suspended") and random.random() < 0.9 and not is_late,
        escrow_published=random.random() < 0.85,
    )


def _licence_dates(state: str, random: Random) -> tuple[date, date]:
    """When the present licence began and ends; an expired one ended in the last two years."""
    if state == "expired":
        ends = date(2024, 11, 1) + timedelta(days=random.randint(0, 700))
    else:
        ends = date(2026, 11, 20) + timedelta(days=random.randint(0, 1400))
    return ends - timedelta(days=5 * 365), ends
