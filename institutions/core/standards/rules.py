"""The rules of places: pure and total, each with its code, and all of them in one list.

A rule that no limit binds does not apply; a limit without figure, or a fact that nobody entered,
leaves it undetermined and named. Nothing passes silently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from institutions.core.register.text import same_address
from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import StandardKey, StandardLimit, Standards
from institutions.core.standards.outcomes import (
    Judged,
    breach,
    judged_by_limits,
    missing,
    unlimited,
)
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, NotApplicable, Outcome, Pass

# An added campus is a change of address; teaching where no approval is found is a violation.
LICENSED_PLACE = LegalBasis(
    "中华人民共和国民办教育促进法实施条例", "国务院令第741号", "第二十三条", date(2021, 9, 1)
)


@dataclass(frozen=True)
class PremisesFinding:
    """What one rule says of one place."""

    rule: str
    outcome: Outcome
    is_soft: bool = False

    @property
    def is_breach(self) -> bool:
        """Whether a limit that binds without exception is breached."""
        return isinstance(self.outcome, Breach) and not self.is_soft


def on_the_licence(facts: PremisesFacts, _standards: Standards) -> Judged:
    """The address stands on a licence that is in force."""
    if facts.licence_addresses is None:
        return Judged(NotApplicable())
    if not facts.is_licensed:
        return Judged(Breach("address", facts.address_key, LICENSED_PLACE))
    if not facts.licence_addresses:
        return Judged(unlimited("address", "licence_address", LICENSED_PLACE))
    if any(same_address(facts.address_key, each) for each in facts.licence_addresses):
        return Judged(Pass())
    return Judged(unlimited("address", "address_on_licence", LICENSED_PLACE))


def total_area(facts: PremisesFacts, standards: Standards) -> Judged:
    """The floor area reaches the least one."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if facts.floor_area_m2 is None:
            return missing(limit, "floor_area_m2")
        if facts.floor_area_m2 >= limit.number:
            return Pass()
        return breach(limit, field="floor_area_m2", evidence=shown(facts.floor_area_m2))

    return judged_by_limits(facts, standards, StandardKey.TOTAL_AREA, judge)


def teaching_share(facts: PremisesFacts, standards: Standards) -> Judged:
    """Of the floor area, enough is for teaching."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if not facts.floor_area_m2:
            return missing(limit, "floor_area_m2")
        if facts.teaching_area_m2 is None:
            return missing(limit, "teaching_area_m2")
        if facts.teaching_area_m2 >= facts.floor_area_m2 * limit.number:
            return Pass()
        return breach(
            limit,
            field="teaching_area_m2",
            evidence=shown(facts.teaching_area_m2),
            area=shown(facts.floor_area_m2),
        )

    return judged_by_limits(facts, standards, StandardKey.TEACHING_SHARE, judge)


def pupil_area(facts: PremisesFacts, standards: Standards) -> Judged:
    """Each pupil taught at one time has enough room; the teaching area counts where it is known."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        area = facts.teaching_area_m2
        if area is None:
            area = facts.floor_area_m2
        if area is None:
            return missing(limit, "teaching_area_m2")
        if facts.max_pupils is None:
            return missing(limit, "max_pupils")
        if area >= limit.number * facts.max_pupils:
            return Pass()
        return breach(
            limit,
            field="max_pupils",
            evidence=str(facts.max_pupils),
            area=shown(area),
            most=int(area / limit.number),
        )

    return judged_by_limits(facts, standards, StandardKey.PUPIL_AREA, judge)


def floor_max(facts: PremisesFacts, standards: Standards) -> Judged:
    """No floor in use lies higher than the pupils' stage allows."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if facts.highest_floor is None:
            return missing(limit, "highest_floor")
        if facts.highest_floor <= limit.number:
            return Pass()
        return breach(limit, field="highest_floor", evidence=str(facts.highest_floor))

    return judged_by_limits(facts, standards, StandardKey.FLOOR_MAX, judge)


def floor_min(facts: PremisesFacts, standards: Standards) -> Judged:
    """No floor in use lies lower than allowed: mostly, none below ground."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if facts.lowest_floor is None:
            return missing(limit, "lowest_floor")
        if facts.lowest_floor >= limit.number:
            return Pass()
        return breach(limit, field="lowest_floor", evidence=str(facts.lowest_floor))

    return judged_by_limits(facts, standards, StandardKey.FLOOR_MIN, judge)


def building(facts: PremisesFacts, standards: Standards) -> Judged:
    """The building is of no kind in which nobody may be trained."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if not facts.building_kind:
            return missing(limit, "building_kind")
        banned = limit.value if isinstance(limit.value, tuple) else ()
        if facts.building_kind not in banned:
            return Pass()
        return breach(limit, field="building_kind", evidence=facts.building_kind)

    return judged_by_limits(facts, standards, StandardKey.BUILDINGS_BANNED, judge)


def lease(facts: PremisesFacts, standards: Standards) -> Judged:
    """The lease, counted from the first day of use, is long enough and has not run out."""

    def judge(facts: PremisesFacts, limit: StandardLimit) -> Outcome:
        if facts.lease_until is None:
            return missing(limit, "lease_until")
        if facts.starts_on is None:
            return missing(limit, "starts_on")
        is_over = facts.lease_until < facts.on
        months = whole_months(facts.starts_on, facts.lease_until)
        if months >= limit.number and not is_over:
            return Pass()
        return breach(
            limit,
            field="lease_until",
            evidence=facts.lease_until.isoformat(),
            months=months,
            is_over=is_over,
        )

    return judged_by_limits(facts, standards, StandardKey.LEASE, judge)


def whole_months(starts_on: date, until: date) -> int:
    """Whole months from a first day to a last one, both included; 0 where it ends before."""
    if until < starts_on:
        return 0
    after = until + timedelta(days=1)
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return months if after.day >= starts_on.day else months - 1


def shown(number: Fraction) -> str:
    """A measure as people write it, to two places."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return text or "0"


Rule = Callable[[PremisesFacts, Standards], Judged]

RULES: dict[str, Rule] = {
    "PREMISES-LICENCE": on_the_licence,
    "PREMISES-AREA": total_area,
    "PREMISES-TEACHING": teaching_share,
    "PREMISES-PUPIL-AREA": pupil_area,
    "PREMISES-FLOOR": floor_max,
    "PREMISES-UNDERGROUND": floor_min,
    "PREMISES-BUILDING": building,
    "PREMISES-LEASE": lease,
}


def premises_findings(facts: PremisesFacts, limits: Standards) -> tuple[PremisesFinding, ...]:
    """What every rule says of a place, in the rules' order."""
    found = []
    for code, rule in RULES.items():
        judged = rule(facts, limits)
        found.append(PremisesFinding(code, judged.outcome, judged.is_soft))
    return tuple(found)
