"""The states of a 鉴别 (appraisal by the expert group), its moves, and the count of its votes.

Source: 教监管厅函〔2021〕16号 (义务教育阶段校外培训项目分类鉴别指南): four dimensions; an expert
group; members and their close relatives keep away from training bodies; a dispute goes up a level;
the education department has the last word. The panel is odd and has three members at least, each
votes one of two ways, and whoever abstains is replaced: there is no tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.filing_states import Verdict
from institutions.core.screening.bases import DISGUISE
from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

LEAST_SEATS = 3
MOST_SEATS = 9


class AppraisalState(StrEnum):
    """Where an appraisal stands."""

    OPENED = "opened"
    VOTING = "voting"
    CONCLUDED = "concluded"
    ESCALATED = "escalated"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OPEN_STATES = (
    AppraisalState.OPENED,
    AppraisalState.VOTING,
    AppraisalState.CONCLUDED,
    AppraisalState.ESCALATED,
)
# While the experts or the level above have it, the term of the review stands still.
STOPPING_STATES = (AppraisalState.OPENED, AppraisalState.VOTING, AppraisalState.ESCALATED)


class Dimension(StrEnum):
    """What the guide looks at."""

    PURPOSE = "purpose"
    CONTENT = "content"
    METHOD = "method"
    EVALUATION = "evaluation"


class Leaning(StrEnum):
    """What one dimension speaks for."""

    SUBJECT = "subject"
    NON_SUBJECT = "non_subject"
    NOTHING = "nothing"


class LeaveGround(StrEnum):
    """Why a member leaves a panel; every one of them is replaced."""

    WORKS_FOR_TRAINING = "works_for_training"
    RELATIVE = "relative"
    OTHER_TIE = "other_tie"
    CHALLENGED = "challenged"
    ABSTAINS = "abstains"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class AppraisalMove:
    """One move: `clock` says what it does to the term of the review."""

    name: str
    sources: tuple[AppraisalState, ...]
    target: AppraisalState
    action: Action
    basis: LegalBasis = DISGUISE
    clock: str = ""


_S = AppraisalState
MOVES: Mapping[str, AppraisalMove] = {
    move.name: move
    for move in (
        AppraisalMove("seat", (_S.OPENED,), _S.VOTING, Action.PANEL_MANAGE),
        AppraisalMove("vote", (_S.VOTING,), _S.VOTING, Action.APPRAISAL_VOTE),
        AppraisalMove("leave", (_S.VOTING,), _S.VOTING, Action.APPRAISAL_VOTE),
        AppraisalMove("replace", (_S.VOTING,), _S.VOTING, Action.PANEL_MANAGE),
        AppraisalMove(
            "conclude", (_S.VOTING,), _S.CONCLUDED, Action.APPRAISAL_VOTE, clock="resumes"
        ),
        AppraisalMove(
            "escalate", (_S.CONCLUDED,), _S.ESCALATED, Action.FILING_REVIEW, clock="stops"
        ),
        AppraisalMove(
            "answer", (_S.ESCALATED,), _S.CONCLUDED, Action.APPRAISAL_ANSWER, clock="resumes"
        ),
        AppraisalMove("adopt", (_S.CONCLUDED,), _S.CLOSED, Action.FILING_REVIEW),
        AppraisalMove(
            "cancel",
            (_S.OPENED, _S.VOTING, _S.CONCLUDED, _S.ESCALATED),
            _S.CANCELLED,
            Action.FILING_REVIEW,
            clock="resumes",
        ),
    )
}


@dataclass(frozen=True)
class SeatFacts:
    """One chair that counts: who sits there (a key), and how they voted, if they have."""

    member: str
    vote: Verdict | None = None


@dataclass(frozen=True)
class AppraisalFacts:
    """What the guards look at.

    `seats` are the chairs that count; `empty` how many stand vacant after somebody left. `named`
    are the members to be seated, `eligible` those who may be. `reason` and `document` are what the
    actor gave; `disputed` says that the institution asked for the level above.
    """

    state: AppraisalState
    seats: tuple[SeatFacts, ...] = ()
    empty: int = 0
    named: tuple[str, ...] = ()
    eligible: frozenset[str] = frozenset()
    open_challenges: int = 0
    actor_member: str = ""
    has_voted: bool = False
    stands_in: bool = False
    ground: str = ""
    reason: str = ""
    document: str = ""
    missing_dimensions: tuple[str, ...] = ()
    result: Verdict | None = None
    verdict: Verdict | None = None
    disputed: bool = False
    dispute_open: bool = False
    answered_by_city: bool = False


def refusals(move: AppraisalMove, facts: AppraisalFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"appraisal_state": facts.state.value, "appraisal_move": move.name}
        found.append(Refusal("appraisal.wrong_state", params, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _seating(facts: AppraisalFacts) -> Iterable[Refusal]:
    count = len(facts.named)
    if count < LEAST_SEATS or count > MOST_SEATS or count % 2 == 0:
        params = {"count": count, "least": LEAST_SEATS, "most": MOST_SEATS}
        yield Refusal("appraisal.panel_not_odd", params, DISGUISE, "appraisal.remedy_odd")
    yield from _sitting(facts)


def _sitting(facts: AppraisalFacts) -> Iterable[Refusal]:
    if len(set(facts.named)) < len(facts.named):
        yield Refusal("appraisal.member_twice", {}, DISGUISE)
    strangers = [one for one in facts.named if one not in facts.eligible]
    if strangers:
        params = {"count": len(strangers)}
        yield Refusal("appraisal.not_eligible", params, DISGUISE, "appraisal.remedy_eligible")


def _replacing(facts: AppraisalFacts) -> Iterable[Refusal]:
    if not facts.empty:
        yield Refusal("appraisal.no_seat_empty")
    if len(facts.named) > facts.empty:
        yield Refusal("appraisal.too_many_named", {"count": facts.empty})
    if facts.empty and not facts.named:
        yield Refusal("appraisal.nobody_named")
    yield from _sitting(facts)


def _as_member(facts: AppraisalFacts) -> Iterable[Refusal]:
    if facts.stands_in:
        yield Refusal("appraisal.no_stand_in", {}, DISGUISE)
    if facts.actor_member not in {seat.member for seat in facts.seats}:
        yield Refusal("appraisal.not_seated", {}, DISGUISE)


def _voting(facts: AppraisalFacts) -> Iterable[Refusal]:
    yield from _as_member(facts)
    if facts.has_voted:
        yield Refusal("appraisal.voted_already", {}, DISGUISE)
    if facts.verdict is None:
        yield Refusal("appraisal.no_verdict", {}, DISGUISE, "appraisal.remedy_abstain")
    for dimension in facts.missing_dimensions:
        yield Refusal("appraisal.dimension_missing", {"dimension": dimension}, DISGUISE)
    if not facts.reason.strip():
        yield Refusal("appraisal.vote_reason_missing", {}, DISGUISE)


def _leaving(facts: AppraisalFacts) -> Iterable[Refusal]:
    yield from _as_member(facts)
    if facts.has_voted:
        yield Refusal("appraisal.voted_already", {}, DISGUISE)
    if facts.ground not in set(LeaveGround):
        yield Refusal("appraisal.ground_missing", {}, DISGUISE)


def _concluding(facts: AppraisalFacts) -> Iterable[Refusal]:
    waiting = sum(seat.vote is None for seat in facts.seats) + facts.empty
    if waiting:
        yield Refusal("appraisal.votes_missing", {"count": waiting}, DISGUISE)
    if len(facts.seats) < LEAST_SEATS or len(facts.seats) % 2 == 0:
        params = {"count": len(facts.seats), "least": LEAST_SEATS, "most": MOST_SEATS}
        yield Refusal("appraisal.panel_not_odd", params, DISGUISE, "appraisal.remedy_odd")
    if facts.open_challenges:
        params = {"count": facts.open_challenges}
        yield Refusal("appraisal.challenge_open", params, DISGUISE, "appraisal.remedy_challenge")


def _escalating(facts: AppraisalFacts) -> Iterable[Refusal]:
    if facts.answered_by_city:
        yield Refusal("appraisal.city_answered", {}, DISGUISE)
    if not facts.disputed:
        yield Refusal("appraisal.not_disputed", {}, DISGUISE)
    if not facts.document.strip():
        yield Refusal("appraisal.document_missing", {}, DISGUISE)


def _answering(facts: AppraisalFacts) -> Iterable[Refusal]:
    if facts.verdict is None:
        yield Refusal("appraisal.no_verdict", {}, DISGUISE)
    if not facts.document.strip():
        yield Refusal("appraisal.document_missing", {}, DISGUISE)
    if not facts.reason.strip():
        yield Refusal("appraisal.reason_missing", {}, DISGUISE)


def _adopting(facts: AppraisalFacts) -> Iterable[Refusal]:
    if facts.verdict is None:
        yield Refusal("appraisal.no_verdict", {}, DISGUISE)
    if not facts.reason.strip():
        yield Refusal("appraisal.reason_missing", {}, DISGUISE)
    if facts.disputed and not facts.answered_by_city:
        yield Refusal("appraisal.disputed", {}, DISGUISE, "appraisal.remedy_escalate")
    elif facts.verdict is Verdict.BREACH and facts.dispute_open:
        yield Refusal("appraisal.dispute_open", {}, DISGUISE, "appraisal.remedy_wait")
    if facts.answered_by_city and facts.verdict not in (None, facts.result):
        yield Refusal("appraisal.city_binds", {}, DISGUISE)


def _cancelling(facts: AppraisalFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("appraisal.reason_missing", {}, DISGUISE)


_GUARDS = {
    "seat": _seating,
    "vote": _voting,
    "leave": _leaving,
    "replace": _replacing,
    "conclude": _concluding,
    "escalate": _escalating,
    "answer": _answering,
    "adopt": _adopting,
    "cancel": _cancelling,
}


@dataclass(frozen=True)
class Tally:
    """How the votes fell."""

    breach: int
    cleared: int

    @property
    def result(self) -> Verdict:
        """The majority; an odd panel that voted in full has one."""
        return Verdict.BREACH if self.breach > self.cleared else Verdict.CLEARED


def tally(votes: Sequence[Verdict]) -> Tally:
    """Count the votes of a panel. Raises ValueError on an even number: that could be a tie."""
    if len(votes) % 2 == 0:
        raise ValueError("an even number of votes")
    breach = sum(vote is Verdict.BREACH for vote in votes)
    return Tally(breach, len(votes) - breach)


def opening_refusals(
    *, in_review: bool, rule: str, undetermined: tuple[str, ...], has_open: bool, question: str
) -> tuple[Refusal, ...]:
    """Every reason why a finding may not be sent to the expert group now."""
    found: list[Refusal] = []
    if not in_review:
        found.append(Refusal("appraisal.not_in_review", {}, DISGUISE))
    if rule not in undetermined:
        found.append(Refusal("filing.nothing_to_decide", {"rule": rule}))
    if has_open:
        found.append(Refusal("appraisal.already_open", {"rule": rule}))
    if not question.strip():
        found.append(Refusal("appraisal.question_missing", {}, DISGUISE))
    return tuple(found)


def draw_seats(
    eligible: Sequence[str], *, preferred: frozenset[str], count: int, order: Sequence[int]
) -> tuple[str, ...]:
    """`count` of the eligible by lot: `order` is a permutation of their positions, from outside.

    Those of the subject (`preferred`) take the first chairs, so that the panel knows it; fewer
    come back where there are not enough.
    """
    shuffled = [eligible[position] for position in order]
    first = [one for one in shuffled if one in preferred]
    rest = [one for one in shuffled if one not in preferred]
    return tuple((first + rest)[:count])
