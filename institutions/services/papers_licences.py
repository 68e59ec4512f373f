"""What is printed at the desk itself: a licence of the register, a receipt of service."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import translation

from institutions.choices.papers import PAPER_KIND_LABELS
from institutions.core.licence_states import LicenceState
from institutions.core.papers.kinds import PaperKind
from institutions.models import Licence, Paper
from institutions.selectors.papers import licence_facts
from institutions.services.papers import PaperDraft, issue_papers, paper_name
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_STANDING = frozenset({LicenceState.IN_FORCE.value, LicenceState.PENDING.value})


def print_receipt(*, paper: Paper, issued_on: date, actor: Actor, at: datetime) -> Paper:
    """Issue the receipt of service (送达回证) that goes with a paper; Refused for a void one."""
    if paper.is_void:
        raise Refused(Refusal("paper.void", {"paper": paper_name(paper)}))
    with translation.override("zh-hans"):
        document = str(PAPER_KIND_LABELS[paper.kind])
    draft = PaperDraft(
        paper.institution,
        PaperKind.SERVICE_RECEIPT,
        {"document": document, "document_number": paper.number_text},
        issued_on,
        journey=paper.journey,
        department=paper.department_id,
        division=paper.division_id,
        recipient=paper.recipient_name,
    )
    return issue_papers(drafts=[draft], actor=actor, at=at)[0]


def print_licence(*, licence: Licence, issued_on: date, actor: Actor, at: datetime) -> list[Paper]:
    """Issue original and duplicate of a licence as the register holds it.

    Only of one that is to be handed out or in force. What was printed of it before is thereby
    replaced. Raises Refused, naming every field the form of 2008 wants and the register lacks.
    """
    institution = licence.institution
    department = licence.issuing_department_id or ""
    target = Target(division=institution.division_id, department=department)
    require(actor, Action.PAPER_ISSUE, target)
    if licence.state not in _STANDING:
        raise Refused(Refusal("paper.licence_not_standing", {"licence_state": licence.state}))
    facts = licence_facts(licence)
    drafts = [
        PaperDraft(institution, kind, facts, issued_on, department=department)
        for kind in (PaperKind.LICENCE_ORIGINAL, PaperKind.LICENCE_DUPLICATE)
    ]
    return issue_papers(drafts=drafts, actor=actor, at=at)
