"""移交: the bureau hands a non-subject institution over to the department of its trade.

Source: the Chengdu plan, item 19: the education approver changes the competent department and
reissues the licence directly; the institution applies for nothing. Real notices of hand-over name
the day of the hand-over, the day of taking charge, and the basis.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.applying import REASON
from institutions.core.journeys.bases import CHANGING_LICENCE, RE_REGISTERING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from institutions.core.journeys.swapping import DEPARTMENT_PRINTED
from institutions.core.journeys.tables.conversion import RECEIVERS
from institutions.core.register.rows import NON_SUBJECT
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

TRANSFER = JourneyTable(
    kind="transfer",
    basis=RE_REGISTERING,
    line=("planned", "handed_over", "reissued"),
    endings={"reissued": "done", "dropped": "dropped"},
    starters=(Party.OFFICER,),
    starts=(
        Ask("receiving", AskKind.CHOICE, options=RECEIVERS),
        Ask("handed_over_on", AskKind.DATE),
        Ask("acting_from", AskKind.DATE),
        Ask("basis", longest=200),
        DEPARTMENT_PRINTED,
    ),
    excludes=("reregistration", "renumbering", "conversion", "closure", "strike_off", "settlement"),
    opening_guards=("non_subject_elsewhere", "licence_held", "acting_after_hand_over"),
    moves=(
        Move(
            "hand_over",
            ("planned",),
            "handed_over",
            Party.OFFICER,
            RE_REGISTERING,
            guards=("taken_charge",),
            effect="hand_over_to_receiving",
            notice="department_changed",
        ),
        Move(
            "reissue",
            ("handed_over",),
            "reissued",
            Party.OFFICER,
            CHANGING_LICENCE,
            guards=("licence_held",),
            effect="reprint_department",
            papers=("licence_original", "licence_duplicate"),
        ),
        Move("drop", ("planned",), "dropped", Party.OFFICER, RE_REGISTERING, asks=(REASON,)),
    ),
)


def _non_subject_elsewhere(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Non-subject, and not in the receiving department's charge already."""
    entry = facts.institution
    if entry is None:
        return
    if not entry.category:
        yield Refusal("journey.category_unknown", {}, basis)
    elif entry.category != NON_SUBJECT:
        yield Refusal("journey.not_non_subject", {}, basis, "journey.remedy_convert")
    receiving = facts.stated.get("receiving")
    if receiving and receiving == entry.competent_department:
        yield Refusal("journey.stated_department_same", {"department": receiving}, basis)


def _taken_charge(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """The change is entered on the day of taking charge or later: till then the old one acts."""
    text = facts.details.get("acting_from")
    if text and str(text) > facts.on.isoformat():
        params = {"day": str(text)}
        yield Refusal("journey.not_yet_acting", params, basis, "journey.remedy_acting")


TRANSFER_GUARDS: dict[str, Guard] = {
    "non_subject_elsewhere": _non_subject_elsewhere,
    "taken_charge": _taken_charge,
}
