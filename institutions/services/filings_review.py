"""The review: an officer decides what the system could not, approves, or returns with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from institutions.core.filing_states import (
    TRANSITIONS,
    FilingFacts,
    FilingState,
    Transition,
    Verdict,
    decision_refusals,
    refusals,
)
from institutions.models import Filing, FilingReview, FilingWaiver, FindingDecision
from institutions.selectors.appraisals import department_of, open_appraisals
from institutions.selectors.filings import current_decisions
from institutions.selectors.filings_screening import local_day
from institutions.selectors.waivers import waived_rules
from institutions.services.filings_changes import adopt_change
from institutions.services.filings_register import judge_filings_again
from institutions.services.filings_submission import filing_subject, lock_with_original
from institutions.services.notice_filings import notify_of_review
from institutions.services.review_clocks import close_review_clocks, hold_review_clocks
from institutions.services.review_ending import end_reviews
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, decide, may
from regulator.accounts.services import require
from regulator.audit.services import EventDraft, append_event, append_events
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_APPROVE, _RETURN = TRANSITIONS["approve"], TRANSITIONS["send_back"]
_ADOPT = TRANSITIONS["adopt"]


@dataclass(frozen=True)
class RefusedFiling:
    """A filing that could not be approved with the others, with every reason."""

    filing: Filing
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class BulkApproval:
    """What became of filings that were approved together."""

    approved: tuple[Filing, ...]
    refused: tuple[RefusedFiling, ...]


def decide_finding(
    *, filing: Filing, rule: str, verdict: Verdict, reason: str, actor: Actor, at: datetime
) -> FindingDecision:
    """An officer's answer to an undetermined finding, in their own name and with a reason.

    Whether a class is subject training is for the education department, whoever reviews the rest
    (教监管厅函〔2021〕16号). A later answer replaces an earlier one. Raises Refused.
    """
    target = Target(filing.division_id, department_of(rule, filing))
    require(actor, Action.FILING_REVIEW, target)
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        reasons = decision_refusals(
            state=FilingState(locked.state),
            rule=rule,
            undetermined=locked.rules_with("undetermined"),
            reason=reason,
            with_experts=tuple(open_appraisals(locked)),
        )
        if reasons:
            raise Refused(reasons)
        return record_decision(
            filing=locked, rule=rule, verdict=verdict, reason=reason, actor=actor, at=at
        )


def record_decision(
    *, filing: Filing, rule: str, verdict: Verdict, reason: str, actor: Actor, at: datetime
) -> FindingDecision:
    """Keep an answer to a finding of a locked filing, inside the command that asked the guards."""
    decided = current_decisions(filing)
    old = {"verdict": decided[rule].verdict} if rule in decided else None
    decision = FindingDecision.objects.create(
        filing=filing,
        version=filing.version,
        rule=rule,
        verdict=verdict.value,
        reason=reason.strip(),
        decided_by_user=actor.user_id,
        decided_by=actor.name,
        decided_at=at,
    )
    undetermined = set(filing.rules_with("undetermined"))
    filing.undecided_count = len(undetermined - set(decided) - {rule})
    filing.save(update_fields=["undecided_count"])
    append_event(
        division=filing.division_id,
        actor=actor,
        kind="filing.finding_decided",
        subject=filing_subject(filing),
        old=old,
        new={"rule": rule, "verdict": verdict.value, "version": filing.version},
        reason=reason.strip(),
        basis=_APPROVE.basis,
        occurred_at=at,
    )
    return decision


def approve_filing(*, filing: Filing, actor: Actor, at: datetime) -> Filing:
    """Approve: the class is published at once and may enrol.

    Of a change (变更) the content becomes the next version of the filing that it amends.
    The register is asked again first. Raises Refused with every reason while a breach stands or an
    undetermined finding is undecided.
    """
    require(actor, Action.FILING_REVIEW, Target(filing.division_id, filing.department_id))
    judge_filings_again([filing], division=filing.division_id, actor=actor, at=at)
    move = _ADOPT if filing.amends_id else _APPROVE
    return _review(filing, move, reasons="", actor=actor, at=at)


def return_filing(*, filing: Filing, reasons: str, actor: Actor, at: datetime) -> Filing:
    """Return to the institution with reasons, to be corrected. Raises Refused."""
    return _review(filing, _RETURN, reasons=reasons, actor=actor, at=at)


def _review(
    filing: Filing, move: Transition, *, reasons: str, actor: Actor, at: datetime
) -> Filing:
    require(actor, Action.FILING_REVIEW, Target(filing.division_id, filing.department_id))
    if move is not _RETURN:
        judge_filings_again([filing], division=filing.division_id, actor=actor, at=at)
    with transaction.atomic():
        locked = lock_with_original(filing)
        found = refusals(move, review_facts(locked, reasons, on=local_day(at)))
        if found:
            raise Refused(found)
        _apply(locked, move, at)
        locked.save(update_fields=["state", "decided_at"])
        end_reviews([locked], reason=reasons.strip(), actor=actor, at=at)
        FilingReview.objects.bulk_create([_review_of(locked, reasons, actor, at)])
        if move is _ADOPT:
            _carry_waivers(locked, adopt_change(locked, actor=actor, at=at))
        notify_of_review(filing=locked, reasons=reasons, actor=actor, at=at)
        drafts = [_event_of(locked, move, reasons)]
        append_events(division=locked.division_id, actor=actor, drafts=drafts, occurred_at=at)
    return locked


def _carry_waivers(change: Filing, original: Filing) -> None:
    """What was waived in a change is waived in the version that it becomes."""
    held = FilingWaiver.objects.filter(filing=change, version=change.version, state="in_force")
    held.update(filing=original, version=original.version)


def review_facts(filing: Filing, reason: str = "", *, on: date) -> FilingFacts:
    """What the table's guards are told of a filing on a day; a query each for its decisions,
    its waivers and its appraisals."""
    undetermined = filing.rules_with("undetermined")
    decided = current_decisions(filing) if undetermined else {}
    return FilingFacts(
        state=FilingState(filing.state),
        breaches=filing.rules_with("breach"),
        undecided=tuple(rule for rule in undetermined if rule not in decided),
        found_breach=tuple(
            rule
            for rule in undetermined
            if rule in decided and decided[rule].verdict == Verdict.BREACH.value
        ),
        waived=tuple(sorted(waived_rules(filing, on))),
        with_experts=tuple(open_appraisals(filing)),
        reason=reason,
        amends_state=FilingState(filing.amends.state) if filing.amends else None,
    )


def _apply(filing: Filing, move: Transition, at: datetime) -> None:
    if move is _APPROVE:
        filing.approve(at=at)
    elif move is _ADOPT:
        filing.adopt(at=at)
    else:
        filing.send_back(at=at)


def _review_of(filing: Filing, reasons: str, actor: Actor, at: datetime) -> FilingReview:
    return FilingReview(
        filing=filing,
        version=filing.version,
        verdict="returned" if filing.state == FilingState.RETURNED.value else "approved",
        reasons=reasons.strip(),
        reviewed_by_user=actor.user_id,
        reviewed_by=actor.name,
        department_id=filing.department_id,
        reviewed_at=at,
    )


def _event_of(filing: Filing, move: Transition, reasons: str) -> EventDraft:
    return EventDraft(
        kind=f"filing.{filing.state}",
        subject=filing_subject(filing),
        old={"state": FilingState.SUBMITTED.value},
        new={"state": filing.state, "version": filing.version},
        reason=reasons.strip(),
        basis=move.basis,
    )


def approve_filings(
    *, filing_ids: Sequence[int], division: str, actor: Actor, at: datetime
) -> BulkApproval:
    """Approve filings of one division together: only those in which nothing at all was found.

    One event each. The others come back with their reasons: a filing with a finding of any kind is
    opened one by one.
    """
    require(actor, Action.FILING_REVIEW, Target(division))
    if not filing_ids:
        raise Refused(Refusal("filing.nothing_selected"))
    selected = Filing.objects.filter(pk__in=filing_ids, division_id=division)
    judge_filings_again(
        selected.only("state", "institution"), division=division, actor=actor, at=at
    )
    waiting = Filing.objects.filter(pk__in=filing_ids, division_id=division)
    judge_filings_again(waiting, division=division, actor=actor, at=at)
    approved: list[Filing] = []
    refused: list[RefusedFiling] = []
    with transaction.atomic():
        filings = Filing.objects.select_for_update(of=("self",)).select_related("institution")
        chosen = filings.filter(pk__in=filing_ids, division_id=division)
        for filing in chosen.order_by("pk"):
            reasons = _bulk_refusals(filing, actor)
            if reasons:
                refused.append(RefusedFiling(filing, reasons))
            else:
                _apply(filing, _APPROVE, at)
                approved.append(filing)
        Filing.objects.bulk_update(approved, ["state", "decided_at"], batch_size=500)
        hold_review_clocks(division)
        close_review_clocks(filings=approved, division=division, on=local_day(at))
        FilingReview.objects.bulk_create(
            [_review_of(filing, "", actor, at) for filing in approved], batch_size=500
        )
        for filing in approved:
            notify_of_review(filing=filing, reasons="", actor=actor, at=at)
        drafts = [_event_of(filing, _APPROVE, "") for filing in approved]
        append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
    return BulkApproval(tuple(approved), tuple(refused))


def _bulk_refusals(filing: Filing, actor: Actor) -> tuple[Refusal, ...]:
    target = Target(filing.division_id, filing.department_id)
    denied = decide(actor, Action.FILING_REVIEW, target)
    if denied:
        return denied
    if filing.amends_id:
        return (Refusal("filing.is_change", {"filing": filing.number}),)
    if filing.has_findings:
        return (Refusal("filing.has_findings", {"filing": filing.number}),)
    return refusals(_APPROVE, FilingFacts(state=FilingState(filing.state)))


def reviews(actor: Actor, filing: Filing) -> bool:
    """Whether this filing is the actor's to approve or return."""
    return may(actor, Action.FILING_REVIEW, Target(filing.division_id, filing.department_id))


def decides(actor: Actor, filing: Filing, rule: str) -> bool:
    """Whether a finding of this rule is the actor's to decide, now."""
    target = Target(filing.division_id, department_of(rule, filing))
    is_open = filing.state == FilingState.SUBMITTED.value
    return is_open and may(actor, Action.FILING_REVIEW, target)
