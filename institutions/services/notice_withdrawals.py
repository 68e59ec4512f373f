"""What a desk is told when an institution takes a filing back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from institutions.models import Filing
from institutions.services.notices import notify_desk
from regulator.accounts.core.roles import Role
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor

_UNSAID = gettext_noop("没有写")


def tell_of_withdrawal(
    *, filing: Filing, about: Subject, reason: str, actor: Actor, at: datetime
) -> None:
    """Tell the reviewers of its department, inside the withdrawal's own transaction."""
    notify_desk(
        division=filing.division_id,
        role=Role.FILING_REVIEWER.value,
        department=filing.department_id,
        kind="filing_withdrawn",
        params={
            "number": filing.number,
            "class_name": filing.class_name,
            "name": filing.institution.name,
            "reason": reason.strip() or _UNSAID,
        },
        cause=f"filing:{filing.public_id}:{filing.version}:withdrawn",
        institution=filing.institution,
        page=f"/desk/filings/{filing.public_id}/",
        about=about,
        actor=actor,
        at=at,
    )
