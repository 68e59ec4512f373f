"""The institution is told of a paper that waits for it at the portal."""

from __future__ import annotations

from datetime import datetime

from institutions.core.notice_kinds import NoticeKind
from institutions.models import Notice, Paper
from institutions.services.notices import notify_institution
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError


def tell_of_paper(*, paper: Paper, about: Subject, actor: Actor, at: datetime) -> Notice:
    """A notice beside the paper: it serves nothing, but nobody overlooks the paper."""
    if paper.institution is None:
        raise InvariantError(f"{paper}: 没有可以通知的机构。")
    return notify_institution(
        institution=paper.institution,
        kind=NoticeKind.PAPER_ISSUED.value,
        params={"paper_kind": paper.kind, "number": paper.number_text},
        cause=f"paper:{paper.public_id}:issued",
        page="/portal/papers/",
        about=about,
        actor=actor,
        at=at,
    )
