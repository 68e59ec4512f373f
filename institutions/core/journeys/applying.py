"""The front of every application: handed in, one list of gaps, accepted or not, taken back.

Source: 行政许可法 art. 29 to 34: gaps are listed once and wholly within 5 working days, else the
application counts as accepted on the day it was received.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import ACCEPTING, APPLYING, DECIDING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

ACCEPTANCE = Clock("acceptance", 5, Unit.WORKDAYS, Party.OFFICER, ACCEPTING, lapse="deem_accepted")
REASON = Ask("reason", AskKind.LONG_TEXT, longest=1000)
FRONT_STATES = ("preparing", "applied", "accepted")
FRONT_ENDINGS = {"rejected": "refused", "dropped": "dropped"}


def application_moves(
    *,
    documents: tuple[str, ...],
    clock: str,
    droppable: tuple[str, ...] = (),
    drop_guards: tuple[str, ...] = (),
    ending_effect: str = "",
    acceptance_papers: tuple[str, ...] = ("acceptance",),
) -> tuple[Move, ...]:
    """The moves from `preparing` to `accepted`; `clock` is the code of the decision's clock.

    `droppable` are the later states in which the applicant may still take the application back,
    unless one of `drop_guards` forbids it; `ending_effect` is what becomes of the register where
    the application comes to nothing; `acceptance_papers` go out with the acceptance.
    """
    return (
        *_handing_in(documents),
        *_accepting(clock, acceptance_papers),
        *_coming_to_nothing(droppable, drop_guards, ending_effect),
    )


def _handing_in(documents: tuple[str, ...]) -> tuple[Move, ...]:
    return (
        Move(
            "submit",
            ("preparing",),
            "applied",
            Party.INSTITUTION,
            APPLYING,
            documents=documents,
            starts=("acceptance",),
        ),
        Move(
            "request_gaps",
            ("applied",),
            "gaps",
            Party.OFFICER,
            ACCEPTING,
            asks=(Ask("gaps", AskKind.LONG_TEXT, longest=2000),),
            ends=("acceptance",),
            guards=("gaps_once",),
            papers=("gap_list",),
            notice="journey_gaps",
        ),
        Move(
            "complete",
            ("gaps",),
            "applied",
            Party.INSTITUTION,
            ACCEPTING,
            documents=documents,
            starts=("acceptance",),
        ),
    )


def _accepting(clock: str, papers: tuple[str, ...]) -> tuple[Move, ...]:
    return (
        Move(
            "accept",
            ("applied",),
            "accepted",
            Party.OFFICER,
            ACCEPTING,
            starts=(clock,),
            ends=("acceptance",),
            papers=papers,
            notice="journey_accepted",
        ),
        Move(
            "deem_accepted",
            ("applied",),
            "accepted",
            Party.SYSTEM,
            ACCEPTING,
            starts=(clock,),
            ends=("acceptance",),
            backdated=True,
            papers=papers,
            notice="journey_accepted",
        ),
    )


def _coming_to_nothing(
    droppable: tuple[str, ...], drop_guards: tuple[str, ...], ending_effect: str
) -> tuple[Move, ...]:
    return (
        Move(
            "reject",
            ("applied",),
            "rejected",
            Party.OFFICER,
            ACCEPTING,
            asks=(REASON,),
            effect=ending_effect,
            papers=("rejection",),
            notice="journey_refused",
        ),
        Move(
            "drop",
            ("preparing", "applied", "gaps", "accepted", *droppable),
            "dropped",
            Party.INSTITUTION,
            APPLYING,
            asks=(REASON,),
            guards=drop_guards,
            effect=ending_effect,
        ),
    )


def refusing(
    sources: tuple[str, ...],
    *,
    ends: tuple[str, ...],
    guards: tuple[str, ...] = (),
    effect: str = "",
) -> Move:
    """The application is refused, with reasons and remedies; two persons decide it."""
    return Move(
        "refuse",
        sources,
        "refused",
        Party.OFFICER,
        DECIDING,
        asks=(REASON,),
        ends=ends,
        guards=guards,
        effect=effect,
        papers=("refusal",),
        notice="journey_refused",
        countersigned=True,
    )


def _gaps_once(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.details.get("gaps"):
        yield Refusal("journey.gaps_listed_already", {}, basis, "journey.remedy_gaps_once")


COMMON_GUARDS: dict[str, Guard] = {"gaps_once": _gaps_once}
