"""What becomes of an issued paper: served, received, its stamped scan filed, or voided."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from institutions.core.papers.handing import (
    PaperFacts,
    ServiceMeans,
    masked,
    receipt_refusals,
    scan_media_type,
    scan_refusals,
    service_refusals,
    void_refusals,
)
from institutions.core.papers.kinds import FILING_KINDS
from institutions.models import Paper
from institutions.services.papers import lock_paper, paper_name, record_paper_event
from institutions.services.register_records import day_of
from institutions.services.review_notices import hold_review_of, stop_review_by
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.database.sealing import blind_index
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_SERVED = ["served_on", "served_how", "served_to", "served_note", "served_by"]
_SCAN = ["scan_sha256", "scan_name", "scan_media_type", "scan_filed_at", "scan_filed_by"]


def serving_action(paper: Paper) -> Action:
    """What whoever serves a paper or files its scan must be granted."""
    return Action.FILING_REVIEW if paper.kind in FILING_KINDS else Action.PAPER_SERVE


def serve_paper(
    *,
    paper: Paper,
    on: date,
    how: ServiceMeans | str,
    to: str,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Paper:
    """Record that a paper was served (送达): when, by which means, to whom.

    `to` is who signed, kept masked; for a public notice where it was published. Raises Refused.
    """
    require(actor, serving_action(paper), _target(paper))
    means = ServiceMeans(how)
    with transaction.atomic():
        hold_review_of(paper)
        locked = lock_paper(paper)
        found = service_refusals(
            _facts(locked), means=means, on=on, today=day_of(at), to=to, note=note
        )
        if found:
            raise Refused(found)
        is_person = means is not ServiceMeans.PUBLIC_NOTICE
        locked.served_on, locked.served_how, locked.served_by = on, means.value, actor.name
        locked.served_to = masked(to) if is_person else to.strip()[:60]
        locked.served_note = note.strip()[:300]
        locked.save(update_fields=_SERVED)
        new = {
            "served_on": on.isoformat(),
            "served_how": means.value,
            "served_to": blind_index(to.strip(), purpose="register") if is_person else to.strip(),
            **_carried_out(locked),
        }
        record_paper_event(locked, kind="paper.served", actor=actor, at=at, new=new)
    return locked


def _carried_out(paper: Paper) -> dict[str, str]:
    """What the service itself does, as its event tells it."""
    stopped_on = stop_review_by(paper)
    return {} if stopped_on is None else {"review_stopped_on": stopped_on.isoformat()}


def confirm_receipt(*, paper: Paper, actor: Actor, at: datetime) -> Paper:
    """The institution confirms at the portal that it has the paper: service by electronic means.

    Confirming twice changes nothing. Raises Refused where it was served by other means, or is void.
    """
    require(actor, Action.PAPER_READ_OWN, _own_target(paper))
    with transaction.atomic():
        hold_review_of(paper)
        locked = lock_paper(paper)
        found = receipt_refusals(_facts(locked), served_how=locked.served_how)
        if found:
            raise Refused(found)
        if locked.received_at is not None:
            return locked
        locked.received_at, locked.received_by = at, actor.name
        if locked.served_on is None:
            locked.served_on = max(day_of(at), locked.issued_on)
            locked.served_how = ServiceMeans.ELECTRONIC.value
            locked.served_to, locked.served_by = masked(actor.name), actor.name
        locked.save(update_fields=["received_at", "received_by", *_SERVED])
        new = {
            "served_on": locked.served_on.isoformat(),
            "served_how": locked.served_how,
            **_carried_out(locked),
        }
        record_paper_event(locked, kind="paper.received", actor=actor, at=at, new=new)
    return locked


def file_scan(*, paper: Paper, file_name: str, data: bytes, actor: Actor, at: datetime) -> Paper:
    """File the scan of the stamped paper beside it; a later scan takes its place.

    PDF, JPEG or PNG up to the upload limit, told by their bytes and opened once. The scan it
    replaces stays in the store and in the chain. Raises Refused.
    """
    require(actor, serving_action(paper), _target(paper))
    media_type = scan_media_type(data)
    found = scan_refusals(
        _facts(paper), size=len(data), media_type=media_type, limit=settings.UPLOAD_LIMIT_BYTES
    )
    if not found and not _opens(data, media_type):
        found = (Refusal("paper.scan_broken"),)
    if found:
        raise Refused(found)
    sha256 = store_bytes(data)
    with transaction.atomic():
        locked = lock_paper(paper)
        if locked.is_void:
            raise Refused(Refusal("paper.void", {"paper": paper_name(locked)}))
        locked.scan_sha256, locked.scan_media_type = sha256, media_type
        locked.scan_name = file_name[-200:]
        locked.scan_filed_at, locked.scan_filed_by = at, actor.name
        locked.save(update_fields=_SCAN)
        new = {"sha256": sha256, "media_type": media_type}
        record_paper_event(locked, kind="paper.scan_filed", actor=actor, at=at, new=new)
    return locked


def void_paper(*, paper: Paper, reason: str, actor: Actor, at: datetime) -> Paper:
    """Void a paper that was issued by mistake; its number stays used. Raises Refused."""
    require(actor, Action.PAPER_ISSUE, _target(paper))
    with transaction.atomic():
        locked = lock_paper(paper)
        found = void_refusals(_facts(locked), reason=reason)
        if found:
            raise Refused(found)
        locked.voided_at, locked.voided_by = at, actor.name
        locked.void_reason = reason.strip()[:300]
        locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
        record_paper_event(
            locked, kind="paper.voided", actor=actor, at=at, new={}, reason=reason.strip()
        )
    return locked


def _opens(data: bytes, media_type: str) -> bool:
    """Whether a scan can be read at all: a file cut off on its way is refused, not kept."""
    try:
        if media_type == "application/pdf":
            return len(PdfReader(io.BytesIO(data)).pages) > 0
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
    except (PyPdfError, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False
    return True


def _facts(paper: Paper) -> PaperFacts:
    return PaperFacts(paper_name(paper), paper.issued_on, paper.is_void, paper.served_on)


def _target(paper: Paper) -> Target:
    return Target(division=paper.division_id, department=paper.department_id)


def _own_target(paper: Paper) -> Target:
    key = "none" if paper.institution is None else str(paper.institution.public_id)
    return Target(division=paper.division_id, institution=key)
