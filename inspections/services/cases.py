"""行政处罚案件: opened from findings, numbered, and carried on by the penalty journey alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from inspections.core.findings.case_states import (
    INVESTIGATING,
    OPENING,
    CasedFinding,
    OpeningFacts,
    concluding_refusals,
    opening_refusals,
)
from inspections.core.findings.case_texts import CASE_TEXTS, CONCLUDED_TEXTS, text_digests
from inspections.core.findings.finding_states import FINDING_MOVES, FindingState
from inspections.models import CaseCounter, EnforcementCase, Finding, RectificationOrder
from inspections.services.findings import facts_of as finding_facts
from inspections.services.findings import lock_findings, refuse_finding
from inspections.services.rectification_records import (
    end_term,
    lock_rectification,
    record_rectification_event,
    rectification_facts,
    refuse_rectification,
    take_over_service,
)
from institutions.core.papers.numbers import number_text
from institutions.models import Institution
from institutions.selectors.papers import office_on
from institutions.services.journey_records import lock_journey
from institutions.services.journey_restating import restate_beginning
from institutions.services.journeys import JourneyDraft, start_journey
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused

PENALTY = "penalty"
_WORD = "立"


@dataclass(frozen=True)
class CaseDraft:
    """What a case begins with: its findings, why it is opened, what there is to prove it."""

    findings: Sequence[Finding]
    ground: str
    evidence: str


def open_case(*, draft: CaseDraft, actor: Actor, at: datetime) -> EnforcementCase:
    """立案: a numbered case of the actor's own department, and its penalty journey with its clock.

    Raises Refused with every reason; then no number is used up.
    """
    return _open(draft, None, actor, at)


def escalate_rectification(
    *, order: RectificationOrder, ground: str, evidence: str, actor: Actor, at: datetime
) -> EnforcementCase:
    """转立案: not put right in time, or found undone by the re-check; all its findings go along."""
    findings = [item.finding for item in order.items.select_related("finding")]
    return _open(CaseDraft(findings, ground, evidence), order, actor, at)


def _open(
    draft: CaseDraft, order: RectificationOrder | None, actor: Actor, at: datetime
) -> EnforcementCase:
    department = actor.department
    for finding in draft.findings:
        target = Target(finding.division_id, finding.department_id)
        require(actor, Action.PENALTY_HANDLE, target)
    require(actor, Action.PENALTY_HANDLE, Target(actor.division, department))
    with transaction.atomic():
        if draft.findings:
            held = draft.findings[0].institution_id
            Institution.objects.select_for_update().get(pk=held)
        locked = None if order is None else _lock_escalating(order, draft.ground, actor, at)
        findings = lock_findings([finding.pk for finding in draft.findings])
        facts = OpeningFacts(
            department=department,
            findings=tuple(_cased(finding) for finding in findings),
            ground=draft.ground,
            evidence=draft.evidence,
            is_named_officer=actor.is_person,
        )
        reasons = opening_refusals(facts)
        if reasons:
            raise Refused(reasons)
        for finding in findings:
            refuse_finding(FINDING_MOVES["escalate"], finding_facts(finding, actor))
            finding.escalate()
            finding.save(update_fields=["state"])
        if locked is not None:
            end_term(locked, at=at)
            locked.escalate(at=at, by=actor.name, words=draft.ground.strip())
            locked.save()
        case = _create(draft, findings, locked, actor, at)
        if locked is not None:
            record_rectification_event(
                locked, kind="escalate", actor=actor, at=at, new={"case": case.number}
            )
        _record(case, kind="case.opened", actor=actor, at=at)
    return case


def _lock_escalating(
    order: RectificationOrder, ground: str, actor: Actor, at: datetime
) -> RectificationOrder:
    locked = lock_rectification(order)
    take_over_service(locked, actor=actor, at=at)
    refuse_rectification("escalate", rectification_facts(locked, actor=actor, at=at, words=ground))
    return locked


def _cased(finding: Finding) -> CasedFinding:
    return CasedFinding(
        FindingState(finding.state), finding.department_id, str(finding.institution_id)
    )


def _create(
    draft: CaseDraft,
    findings: Sequence[Finding],
    order: RectificationOrder | None,
    actor: Actor,
    at: datetime,
) -> EnforcementCase:
    first = findings[0]
    division, department = first.division_id, first.department_id
    number = _next_number(division, department, timezone.localdate(at))
    journey = start_journey(
        draft=JourneyDraft(
            kind=PENALTY,
            division=division,
            department=department,
            institution=first.institution,
        ),
        stated={
            "violations": draft.ground.strip(),
            "evidence": draft.evidence.strip(),
            "case_number": number,
        },
        actor=actor,
        at=at,
    )
    case = EnforcementCase.objects.create(
        division_id=division,
        department_id=department,
        institution=first.institution,
        number=number,
        journey=journey,
        rectification=order,
        ground=draft.ground.strip(),
        evidence=draft.evidence.strip(),
        opened_at=at,
        opened_by_user=actor.user_id,
        opened_by=actor.name,
    )
    case.findings.set(findings)
    return case


def _next_number(division: str, department: str, day: date) -> str:
    """The next number of a department's year, without gaps; locks the counter."""
    CaseCounter.objects.get_or_create(division_id=division, department_id=department, year=day.year)
    counter = CaseCounter.objects.select_for_update().get(
        division=division, department=department, year=day.year
    )
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    office = office_on(division=division, department=department, day=day)
    return number_text(f"{office.abbreviation}{_WORD}", year=day.year, serial=counter.last_number)


def conclude_investigation(
    *, case: EnforcementCase, conclusion: str, articles: str, actor: Actor, at: datetime
) -> EnforcementCase:
    """调查终结: what was established, and by which articles it is to be judged.

    From then on the papers of the penalty state what was established, not why it was opened.
    """
    require(actor, Action.PENALTY_HANDLE, Target(case.division_id, case.department_id))
    with transaction.atomic():
        journey = lock_journey(case.journey)
        EnforcementCase.objects.select_for_update().get(pk=case.pk)
        locked = EnforcementCase.objects.select_related("journey", "institution").get(pk=case.pk)
        reasons = concluding_refusals(
            state=locked.state,
            conclusion=conclusion,
            articles=articles,
            is_named_officer=actor.is_person,
        )
        if reasons:
            raise Refused(reasons)
        locked.conclusion, locked.articles = conclusion.strip(), articles.strip()
        locked.investigated_at, locked.investigated_by = at, actor.name
        locked.save(update_fields=["conclusion", "articles", "investigated_at", "investigated_by"])
        facts = {"violations": locked.conclusion}
        restate_beginning(journey=journey, stated=facts, actor=actor, at=at)
        _record(locked, kind="case.investigated", actor=actor, at=at)
    return locked


def _record(case: EnforcementCase, *, kind: str, actor: Actor, at: datetime) -> None:
    """The event tells where the case stands, and the digests of the texts that this step wrote."""
    opened = kind == "case.opened"
    # Opened, a case has no conclusion yet: that too is told.
    written = CASE_TEXTS if opened else CONCLUDED_TEXTS
    texts = {name: getattr(case, name) for name in written}
    append_event(
        division=case.division_id,
        actor=actor,
        kind=kind,
        subject=Subject("case", str(case.public_id), case.number),
        new={
            "journey": case.journey.number,
            "state": case.state.value,
            "finding_states": {str(one.public_id): one.state for one in case.findings.all()},
            "texts": text_digests(case=str(case.public_id), texts=texts),
        },
        reason=case.ground if opened else case.conclusion,
        basis=OPENING if opened else INVESTIGATING,
        occurred_at=at,
    )
