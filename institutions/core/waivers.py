"""Waivers (豁免): which breaches an officer may let stand for a time, and which nobody may.

What a law or a national document forbids is not the district's to allow: times, content, staff and
fees are never waived. Left are the forms and terms that the district sets for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from institutions.core.screening import bases
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

LEAD_TIME = LegalBasis(
    "关于切实做好校外培训机构学科类培训班备案工作的要求",
    "教基厅〔2018〕8号",
    "开班前向县级教育行政部门备案；提前的天数由各区规定",
)
MEASURED_ROOM = LegalBasis(
    "关于规范校外培训机构发展的意见",
    "国办发〔2018〕80号",
    "同一培训时段内生均面积不低于3平方米，按实际面积计算",
)


class WaiverState(StrEnum):
    """Where a waiver stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Waivable:
    """A rule whose breach may be waived: why that is lawful, for how long, and what it takes.

    `needs_measure` asks for the room as measured, which has to carry the pupils. `only_parts` are
    the ways of breaching it that may be waived, where a finding tells them apart.
    """

    rule: str
    basis: LegalBasis
    most_days: int
    needs_measure: bool = False
    only_parts: tuple[str, ...] = ()


WAIVABLE: Mapping[str, Waivable] = {
    one.rule: one
    for one in (
        Waivable("FILING-LATE", LEAD_TIME, most_days=120, only_parts=("filed",)),
        Waivable("FILING-NAME", bases.NAMING, most_days=120),
        Waivable("ROOM-SIZE", MEASURED_ROOM, most_days=120, needs_measure=True),
    )
}
# Said to whoever asks for what cannot be: the article that leaves the district no choice.
NEVER: tuple[tuple[str, LegalBasis], ...] = (
    ("TIME-OFFLINE-END", bases.SLEEP),
    ("TIME-ONLINE-END", bases.SLEEP),
    ("TIME-SCHOOL-HOURS", bases.SCHOOL_TIME),
    ("TIME-ONLINE-LENGTH", bases.ONLINE_LENGTH),
    ("TIME-PRESCHOOL-ONLINE", bases.PRESCHOOL_ONLINE),
    ("TIME-", bases.REST_TIME),
    ("CONTENT-DISGUISE", bases.DISGUISE),
    ("CONTENT-PRESCHOOL", bases.PRESCHOOL_SUBJECT),
    ("CONTENT-OVERSEAS", bases.OVERSEAS),
    ("CONTENT-ADMISSION", bases.ADMISSION),
    ("CONTENT-HOMEWORK", bases.HOMEWORK),
    ("CONTENT-", bases.NEGATIVE_LIST),
    ("STAFF-IN-SERVICE", bases.STAFF_SERVING),
    ("STAFF-ABROAD", bases.STAFF_ABROAD),
    ("STAFF-", bases.STAFF_CERTIFICATE),
    ("FEE-GUIDE-PRICE", bases.GUIDE_PRICE),
    ("FEE-AMOUNT", bases.FEE_AMOUNT),
    ("FEE-", bases.PREPAYMENT),
)
PUPIL_AREA_CM2 = 30_000  # 3 m², of 国办发〔2018〕80号; a district may ask for more


@dataclass(frozen=True)
class WaiverFacts:
    """What the guards look at. `until_on` is the waiver's last day.

    `pupils` are those taught there at one time, each with `pupil_area_cm2` at least; `part` is
    which way of breaching the rule was found.
    """

    rule: str
    stands: bool
    has_open: bool
    on: date
    until_on: date | None
    class_ends_on: date
    reason: str
    documents: str
    pupils: int
    pupil_area_cm2: int = PUPIL_AREA_CM2
    measured_area_cm2: int | None = None
    part: str = ""


def proposal_refusals(facts: WaiverFacts) -> tuple[Refusal, ...]:
    """Every reason why this breach may not be waived as asked."""
    found: list[Refusal] = []
    waivable = WAIVABLE.get(facts.rule)
    if waivable is None:
        found.append(Refusal("waiver.not_waivable", {"rule": facts.rule}, never_basis(facts.rule)))
    elif facts.part and waivable.only_parts and facts.part not in waivable.only_parts:
        found.append(Refusal("waiver.part_not_waivable", {}, waivable.basis))
    if not facts.stands:
        found.append(Refusal("waiver.no_breach", {"rule": facts.rule}))
    if facts.has_open:
        found.append(Refusal("waiver.already_open", {"rule": facts.rule}))
    if not facts.reason.strip():
        found.append(Refusal("waiver.reason_missing"))
    if not facts.documents.strip():
        found.append(Refusal("waiver.documents_missing"))
    if waivable is not None:
        found.extend(_term_refusals(waivable, facts))
        found.extend(_measure_refusals(waivable, facts))
    return tuple(found)


def _term_refusals(waivable: Waivable, facts: WaiverFacts) -> list[Refusal]:
    last = min(facts.on + timedelta(days=waivable.most_days), facts.class_ends_on)
    if facts.until_on is None or facts.until_on < facts.on:
        return [Refusal("waiver.until_missing", {"last": last.isoformat()}, waivable.basis)]
    if facts.until_on > last:
        return [Refusal("waiver.too_long", {"last": last.isoformat()}, waivable.basis)]
    return []


def _measure_refusals(waivable: Waivable, facts: WaiverFacts) -> list[Refusal]:
    if not waivable.needs_measure:
        return []
    if facts.measured_area_cm2 is None:
        return [Refusal("waiver.measure_missing", {}, waivable.basis)]
    carries = facts.measured_area_cm2 // max(facts.pupil_area_cm2, PUPIL_AREA_CM2)
    if carries < facts.pupils:
        params = {"carries": carries, "pupils": facts.pupils}
        return [Refusal("waiver.measure_too_small", params, waivable.basis)]
    return []


def never_basis(rule: str) -> LegalBasis | None:
    """The article that leaves no choice, where the table names one."""
    return next((basis for prefix, basis in NEVER if rule.startswith(prefix)), None)


def decision_refusals(
    *, state: WaiverState, same_person: bool, until_on: date, on: date, refuses: bool, reason: str
) -> tuple[Refusal, ...]:
    """Every reason why the second person may not answer a proposal so now."""
    found: list[Refusal] = []
    if state is not WaiverState.PROPOSED:
        found.append(Refusal("waiver.wrong_state", {"waiver_state": state.value}))
    if same_person:
        found.append(Refusal("policy.same_person"))
    if not refuses and until_on < on:
        found.append(Refusal("waiver.over_already", {"last": until_on.isoformat()}))
    if refuses and not reason.strip():
        found.append(Refusal("waiver.reason_missing"))
    return tuple(found)


def revocation_refusals(*, state: WaiverState, reason: str) -> tuple[Refusal, ...]:
    """Every reason why a waiver may not be taken back now."""
    found: list[Refusal] = []
    if state is not WaiverState.IN_FORCE:
        found.append(Refusal("waiver.wrong_state", {"waiver_state": state.value}))
    if not reason.strip():
        found.append(Refusal("waiver.reason_missing"))
    return tuple(found)
