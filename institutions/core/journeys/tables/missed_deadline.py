"""逾期认定: what follows for an institution that let a wave's deadline pass.

Source: the city's plan of 2021, item 19: not converted and not re-registered by the deadline means
a failed annual check, no enrolment and no training. The job only proposes; a named officer decides
after a statement was heard, a leader countersigns, and it takes effect when it was served.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import RE_REGISTERING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.proceedings import (
    ANSWER,
    PROCEEDING_ENDINGS,
    PROCEEDING_LINE,
    SERVING_DECISIONS,
    STATEMENT,
    officer_proceeding,
    serve_move,
)
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

_NOTIFY = Move(
    "notify",
    ("proposed",),
    "noticed",
    Party.OFFICER,
    RE_REGISTERING,
    guards=("not_through_yet",),
    papers=("proposed_decision",),
)
_DECIDE = Move(
    "decide",
    ("heard",),
    "decided",
    Party.OFFICER,
    RE_REGISTERING,
    asks=(ANSWER, Ask("findings", AskKind.LONG_TEXT, required=False, longest=2000)),
    guards=("not_through_yet", "statement_answered"),
    papers=("final_decision",),
    countersigned=True,
)

MISSED_DEADLINE = JourneyTable(
    kind="missed_deadline",
    basis=RE_REGISTERING,
    line=PROCEEDING_LINE,
    endings=PROCEEDING_ENDINGS,
    clocks=(STATEMENT,),
    starters=(Party.SYSTEM,),
    opening_guards=("of_a_wave", "not_through_yet"),
    moves=officer_proceeding(
        notify=_NOTIFY,
        decide=_DECIDE,
        serve=serve_move(
            party=Party.OFFICER,
            basis=SERVING_DECISIONS,
            effect="fail_for_deadline",
            guards=("not_through_yet",),
        ),
        drop_effect="release_member",
    ),
)


def _of_a_wave(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.deadline_on is None:
        yield Refusal("journey.wave_missing", {}, basis)
    elif facts.on <= facts.deadline_on:
        yield Refusal("wave.deadline_not_over", {"deadline": facts.deadline_on}, basis)


def _not_through_yet(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Whoever got through one of the wave's ways out meanwhile is not decided on."""
    since = str(facts.details.get("opened_on") or "")
    for kind in facts.details.get("ways_out") or ():
        outcome, ended_on = facts.latest.get(kind, ("", facts.on))
        if outcome == "done" and ended_on.isoformat() >= since:
            params = {"journey": kind, "ended": ended_on}
            yield Refusal("journey.through_meanwhile", params, basis, "journey.remedy_drop")


MISSED_DEADLINE_GUARDS: dict[str, Guard] = {
    "of_a_wave": _of_a_wave,
    "not_through_yet": _not_through_yet,
}
