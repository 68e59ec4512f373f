"""The states of a 备案, and one table that names every transition between them.

Sources: 国办发〔2018〕80号 (what is filed, and that it is published), 教基厅〔2018〕8号 (a class
not approved may not enrol or teach). `clear` means only that nothing was breached: whatever is
undetermined is decided by a named officer before a filing can be approved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.screening.bases import DISGUISE, FILING
from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

# What was approved is taken back only after the party was told and heard.
REVOKING = LegalBasis("中华人民共和国行政许可法", "", "第七条、第八条、第六十九条")


class FilingState(StrEnum):
    """Where a filing stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    ADOPTED = "adopted"


class Verdict(StrEnum):
    """What an officer decided about an undetermined finding."""

    CLEARED = "cleared"
    BREACH = "breach"


@dataclass(frozen=True)
class Transition:
    """One move; `action` is what the policy is asked, `clock` what the move starts or stops."""

    name: str
    sources: tuple[FilingState, ...]
    target: FilingState
    action: Action
    basis: LegalBasis
    clock: str = ""


TRANSITIONS: dict[str, Transition] = {
    move.name: move
    for move in (
        Transition(
            "submit",
            (FilingState.DRAFT, FilingState.RETURNED),
            FilingState.SUBMITTED,
            Action.FILING_FILE,
            FILING,
            clock="review_starts",
        ),
        Transition(
            "approve",
            (FilingState.SUBMITTED,),
            FilingState.APPROVED,
            Action.FILING_REVIEW,
            FILING,
            clock="review_ends",
        ),
        Transition(
            "send_back",
            (FilingState.SUBMITTED,),
            FilingState.RETURNED,
            Action.FILING_REVIEW,
            FILING,
            clock="review_ends",
        ),
        Transition(
            "withdraw",
            (
                FilingState.DRAFT,
                FilingState.SUBMITTED,
                FilingState.RETURNED,
                FilingState.APPROVED,
            ),
            FilingState.WITHDRAWN,
            Action.FILING_FILE,
            FILING,
            clock="review_ends",
        ),
        Transition(
            "adopt",
            (FilingState.SUBMITTED,),
            FilingState.ADOPTED,
            Action.FILING_REVIEW,
            FILING,
            clock="review_ends",
        ),
        Transition(
            "revoke_approval",
            (FilingState.APPROVED,),
            FilingState.REVOKED,
            Action.FILING_REVIEW,
            REVOKING,
        ),
    )
}


@dataclass(frozen=True)
class FilingFacts:
    """What the guards look at.

    `breaches` are the rule codes of standing breaches, `undecided` those of undetermined findings
    without a decision; `cleared` and `found_breach` those an officer decided. `reason` is what the
    actor gave: the return's reasons, the statement with a breach, why an approved one goes.
    `waived` are rules whose breach is waived that day, `with_experts` those with the expert group.
    `amends_state` is the state of the approved filing that a change (变更) would alter.
    `was_heard`: the institution was told of the re-screening and answered, or let the term pass.
    """

    state: FilingState
    is_readable: bool = True
    breaches: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    found_breach: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    with_experts: tuple[str, ...] = ()
    reason: str = ""
    wrong_licence: str = ""
    already_filed_as: str = ""
    was_heard: bool = False
    amends_state: FilingState | None = None


def refusals(move: Transition, facts: FilingFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        found.append(
            Refusal("filing.wrong_state", {"filing_state": facts.state.value, "move": move.name})
        )
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _submitting(facts: FilingFacts) -> Iterable[Refusal]:
    if not facts.is_readable:
        yield Refusal("filing.form_incomplete", {}, FILING, "filing.remedy_correct")
    if facts.wrong_licence:
        yield Refusal(
            "filing.other_licence", {"number": facts.wrong_licence}, None, "filing.remedy_licence"
        )
    if facts.amends_state not in (None, FilingState.APPROVED):
        yield Refusal("filing.original_not_standing", {}, FILING)
    if facts.already_filed_as:
        yield Refusal("filing.already_filed", {"filing": facts.already_filed_as})
    if not facts.reason.strip():
        for rule in facts.breaches:
            params = {"rule": rule}
            yield Refusal("filing.statement_missing", params, None, "filing.remedy_statement")


def _approving(facts: FilingFacts) -> Iterable[Refusal]:
    for rule in facts.breaches:
        if rule not in facts.waived:
            yield Refusal("filing.breach_stands", {"rule": rule}, FILING, "filing.remedy_return")
    for rule in facts.found_breach:
        if rule not in facts.waived:
            yield Refusal("filing.breach_decided", {"rule": rule}, FILING, "filing.remedy_return")
    for rule in facts.with_experts:
        params = {"rule": rule}
        yield Refusal("filing.appraisal_open", params, DISGUISE, "filing.remedy_appraisal")
    for rule in facts.undecided:
        if rule not in facts.with_experts:
            yield Refusal("filing.undecided", {"rule": rule}, FILING, "filing.remedy_decide")


def _adopting(facts: FilingFacts) -> Iterable[Refusal]:
    yield from _approving(facts)
    if facts.amends_state is not FilingState.APPROVED:
        yield Refusal("filing.original_not_standing", {}, FILING)


def _returning(facts: FilingFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("filing.reason_missing", {}, FILING)


def _withdrawing(facts: FilingFacts) -> Iterable[Refusal]:
    if facts.state is FilingState.APPROVED and not facts.reason.strip():
        yield Refusal("filing.withdrawal_reason_missing", {}, FILING)


def _revoking(facts: FilingFacts) -> Iterable[Refusal]:
    if not facts.was_heard:
        yield Refusal("filing.not_heard", {}, REVOKING, "filing.remedy_hear")
    if not facts.reason.strip():
        yield Refusal("filing.revocation_reason_missing", {}, REVOKING)


_GUARDS = {
    "submit": _submitting,
    "approve": _approving,
    "adopt": _adopting,
    "send_back": _returning,
    "withdraw": _withdrawing,
    "revoke_approval": _revoking,
}


def decision_refusals(
    *,
    state: FilingState,
    rule: str,
    undetermined: tuple[str, ...],
    reason: str,
    with_experts: tuple[str, ...] = (),
) -> tuple[Refusal, ...]:
    """Every reason why an officer may not decide this finding now."""
    found: list[Refusal] = []
    if state is not FilingState.SUBMITTED:
        found.append(Refusal("filing.not_in_review", {"filing_state": state.value}))
    if rule not in undetermined:
        found.append(Refusal("filing.nothing_to_decide", {"rule": rule}))
    if rule in with_experts:
        params = {"rule": rule}
        found.append(Refusal("filing.finding_with_experts", params, DISGUISE))
    if not reason.strip():
        found.append(Refusal("filing.decision_reason_missing", {"rule": rule}, FILING))
    return tuple(found)


def moves_from(state: FilingState) -> tuple[Transition, ...]:
    """The transitions that the table knows from a state."""
    return tuple(move for move in TRANSITIONS.values() if state in move.sources)
