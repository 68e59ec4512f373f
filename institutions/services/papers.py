"""Papers are issued with a number and frozen facts; rendered later, and kept as rendered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from institutions.choices.papers import PAPER_KIND_LABELS
from institutions.core.papers.kinds import (
    FILING_KINDS,
    LICENCE_KINDS,
    UNNUMBERED,
    PaperKind,
    fact_refusals,
)
from institutions.core.papers.numbers import CODE_ALPHABET, CODE_LENGTH, number_key, number_text
from institutions.core.papers.offices import Office
from institutions.models import Institution, Paper, PaperCounter
from institutions.selectors.papers import office_on
from institutions.services.register_records import day_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

RENDER_JOB = "institutions.render_papers"
_TITLE = gettext_noop("生成文书")
_FALLBACK_DEPARTMENT = "education"
# Most papers are issued by who licenses and who punishes; these by who supervises fees or filings.
_ISSUING: Mapping[PaperKind, Action] = {
    PaperKind.REFUND_DECISION: Action.REFUND_HANDLE,
    PaperKind.CLAIM_LIST: Action.CLOSURE_SIGN,
    **dict.fromkeys(FILING_KINDS, Action.FILING_REVIEW),
}


@dataclass(frozen=True)
class PaperDraft:
    """One paper to be issued; `facts` are JSON as `core/papers/kinds.py` names them.

    `department` is who signs; empty: the actor's, else the institution's competent department.
    """

    institution: Institution | None
    kind: PaperKind
    facts: Mapping[str, Any]
    issued_on: date
    journey: UUID | None = None
    matter: UUID | None = None
    department: str = ""
    has_number: bool = True
    division: str = ""
    recipient: str = ""

    @property
    def division_code(self) -> str:
        """The division that issues it: the institution's, or the applicant's as stated."""
        return self.division if self.institution is None else self.institution.division_id

    @property
    def recipient_facts(self) -> dict[str, str]:
        """Whom it is for, as printed."""
        held = self.institution
        if held is None:
            return {"name": self.recipient, "credit_code": ""}
        return {"name": held.name, "credit_code": held.credit_code}


def issue_paper(
    *,
    institution: Institution | None,
    kind: PaperKind | str,
    facts: Mapping[str, Any],
    journey: UUID | None = None,
    matter: UUID | None = None,
    issued_on: date,
    actor: Actor,
    at: datetime,
    number: bool = True,
    department: str = "",
) -> Paper:
    """Issue one paper: its number, its frozen facts, and a job that renders it on commit.

    Inside a caller's transaction call it after the caller's own locks and before its own events:
    the number counter is locked before the audit head. A transaction that fails burns no number.
    A licence takes its number from its facts, a receipt has none. Raises Refused with every fact
    that is missing.
    """
    draft = PaperDraft(
        institution,
        PaperKind(kind),
        facts,
        issued_on,
        journey=journey,
        matter=matter,
        department=department,
        has_number=number,
    )
    return issue_papers(drafts=[draft], actor=actor, at=at)[0]


def issue_papers(*, drafts: Sequence[PaperDraft], actor: Actor, at: datetime) -> list[Paper]:
    """Issue several papers together, rendered by one job; all of one division, or none at all."""
    if not drafts:
        return []
    division = drafts[0].division_code
    signing = [_department(draft, actor) for draft in drafts]
    actions = [_ISSUING.get(draft.kind, Action.PAPER_ISSUE) for draft in drafts]
    for action, department in sorted(set(zip(actions, signing, strict=True))):
        require(actor, action, Target(division=division, department=department))
    _refuse(drafts, division, at)
    with transaction.atomic():
        papers = [
            _issued(draft, department, actor, at)
            for draft, department in zip(drafts, signing, strict=True)
        ]
        enqueue(
            kind=RENDER_JOB,
            division=division,
            params={"papers": [str(paper.public_id) for paper in papers]},
            actor=actor,
            at=at,
            total=len(papers),
            title=_TITLE,
            page=_page_of(papers),
        )
        for paper in papers:
            record_paper_event(paper, kind="paper.issued", actor=actor, at=at, new=_news(paper))
    return papers


def _refuse(drafts: Sequence[PaperDraft], division: str, at: datetime) -> None:
    found: list[Refusal] = []
    for draft in drafts:
        found += fact_refusals(draft.kind, draft.facts)
        if draft.issued_on > day_of(at):
            params = {"issued_on": draft.issued_on.isoformat()}
            found.append(Refusal("paper.issued_in_future", params))
        if draft.division_code != division:
            found.append(Refusal("paper.other_division"))
    if found:
        raise Refused(found)


def _department(draft: PaperDraft, actor: Actor) -> str:
    held = draft.institution
    competent = "" if held is None else held.competent_department_id or ""
    return draft.department or actor.department or competent or _FALLBACK_DEPARTMENT


def _issued(draft: PaperDraft, department: str, actor: Actor, at: datetime) -> Paper:
    division = draft.division_code
    office = office_on(division=division, department=department, day=draft.issued_on)
    paper = Paper(
        division_id=division,
        department_id=department,
        institution=draft.institution,
        journey=draft.journey,
        matter=draft.matter,
        kind=draft.kind.value,
        year=draft.issued_on.year,
        code=new_code(),
        issued_on=draft.issued_on,
        issued_at=at,
        issued_by=actor.name,
    )
    if draft.kind in LICENCE_KINDS:
        paper.licence = UUID(str(draft.facts["licence_id"]))
        paper.number_text = str(draft.facts.get("number") or "")[:60]
    elif draft.has_number and draft.kind not in UNNUMBERED:
        paper.series = office.series_of(draft.kind.value)
        paper.serial = _next_serial(division, paper.series, paper.year)
        paper.number_text = number_text(paper.series, year=paper.year, serial=paper.serial)
    paper.number_key = number_key(paper.number_text)
    paper.facts = _frozen(draft, paper, office)
    paper.save(force_insert=True)
    return paper


def _frozen(draft: PaperDraft, paper: Paper, office: Office) -> dict[str, Any]:
    """The facts as they will be printed, whatever the register says later."""
    return {
        **draft.facts,
        "office": office.printed(),
        "recipient": draft.recipient_facts,
        "verify_url": f"{settings.SITE_URL}/verify/{paper.public_id}/",
    }


def _next_serial(division: str, series: str, year: int) -> int:
    """The next number of a series, gapless: it is given back where the transaction fails.

    Every number of a division is taken under the lock of one row, so that two steps which each
    take numbers of several series cannot wait for each other.
    """
    lock_counters(division)
    counter, _made = PaperCounter.objects.get_or_create(
        division_id=division, series=series, year=year
    )
    counter.last_serial += 1
    counter.save(update_fields=["last_serial"])
    return counter.last_serial


def lock_counters(division: str) -> None:
    """Lock every number of a division: for a step that must do so before its first event."""
    PaperCounter.objects.get_or_create(division_id=division, series="", year=0)
    PaperCounter.objects.select_for_update().get(division_id=division, series="", year=0)


def new_code() -> str:
    """A check code that cannot be guessed: 28 characters to the tenth, 48 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def keep_rendered(
    *, paper: Paper, sha256: str, page_count: int, actor: Actor, at: datetime
) -> Paper:
    """Note the kept bytes of a paper; one that has its bytes keeps them.

    Call it in a job's chunk.
    """
    with transaction.atomic():
        locked = lock_paper(paper)
        if locked.sha256:
            return locked
        locked.sha256, locked.page_count, locked.rendered_at = sha256, page_count, at
        locked.save(update_fields=["sha256", "page_count", "rendered_at"])
        new = {"sha256": sha256, "pages": page_count}
        record_paper_event(locked, kind="paper.rendered", actor=actor, at=at, new=new)
    return locked


def lock_paper(paper: Paper) -> Paper:
    """The paper's row, locked, with its institution."""
    locked = Paper.objects.select_for_update(of=("self",)).select_related("institution")
    return locked.get(pk=paper.pk)


def record_paper_event(
    paper: Paper,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Append an event of a paper to the history of its institution, or of its journey."""
    held = paper.institution
    subject = (
        Subject("journey", str(paper.journey), paper.recipient_name)
        if held is None
        else Subject("institution", str(held.public_id), held.name)
    )
    append_event(
        division=paper.division_id,
        actor=actor,
        kind=kind,
        subject=subject,
        new={"paper": str(paper.public_id), "number": paper.number_text, **new},
        reason=reason,
        occurred_at=at,
    )


def _news(paper: Paper) -> dict[str, Any]:
    return {
        "paper_kind": paper.kind,
        "issued_on": paper.issued_on.isoformat(),
        "facts_digest": canonical_digest(paper.facts),
    }


def _page_of(papers: Sequence[Paper]) -> str:
    if len(papers) == 1:
        return f"/desk/papers/{papers[0].public_id}/"
    return "/desk/papers/"


def paper_name(paper: Paper) -> str:
    """How a paper is called where it is spoken of: its number, or its kind."""
    return paper.number_text or str(PAPER_KIND_LABELS[paper.kind])
