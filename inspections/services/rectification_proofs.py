"""整改: what the institution hands in, the re-check, and the end of an order by a named person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from inspections.core.findings.rectification_states import RECTIFICATION_MOVES, RecheckResult
from inspections.core.orders import OrderKind
from inspections.models import Inspector, RectificationOrder, RectificationProof
from inspections.services.orders import OrderDraft, draft_order
from inspections.services.rectification_records import (
    end_term,
    lock_rectification,
    move_items,
    note_rectification,
    record_rectification_event,
    rectification_facts,
    refuse_rectification,
    require_rectification,
    take_over_service,
)
from institutions.core.journeys.documents import document_media_type
from regulator.adapters.storage import store_bytes
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

MOST_FILES = 10
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class ProofFile:
    """A file as it came with a proof."""

    file_name: str
    data: bytes


@dataclass(frozen=True)
class Recheck:
    """The re-check that is sent out: its days (half-open) and who goes, by inspector."""

    starts_on: date
    ends_before: date
    inspectors: Sequence[Inspector]


def submit_proof(
    *,
    order: RectificationOrder,
    text: str,
    files: Sequence[ProofFile],
    actor: Actor,
    at: datetime,
) -> RectificationProof:
    """报送整改: how it was put right, with pictures or documents; more may follow until it ends.

    Raises Refused with every reason; then no file is kept.
    """
    require_rectification(RECTIFICATION_MOVES["submit_proof"], order, actor)
    reasons = _file_refusals(files)
    if reasons:
        raise Refused(reasons)
    kept = [
        {
            "name": one.file_name[-200:],
            "media_type": document_media_type(one.data),
            "size": len(one.data),
            "sha256": store_bytes(one.data),
        }
        for one in files
    ]
    with transaction.atomic():
        locked = lock_rectification(order)
        take_over_service(locked, actor=actor, at=at)
        facts = rectification_facts(locked, actor=actor, at=at, words=text, proof_files=len(files))
        refuse_rectification("submit_proof", facts)
        proof = RectificationProof.objects.create(
            rectification=locked,
            text=text.strip(),
            files=kept,
            handed_at=at,
            handed_by=actor.name,
        )
        locked.submit_proof()
        locked.save(update_fields=["state"])
        record_rectification_event(
            locked,
            kind="submit_proof",
            actor=actor,
            at=at,
            new={"files": [one["sha256"] for one in kept]},
        )
    return proof


def _file_refusals(files: Sequence[ProofFile]) -> list[Refusal]:
    found = []
    limit = settings.UPLOAD_LIMIT_BYTES
    if len(files) > MOST_FILES:
        found.append(Refusal("rectification.files_too_many", {"most": MOST_FILES}))
    for one in files:
        size, named = len(one.data), {"file": one.file_name}
        if size == 0:
            found.append(Refusal("rectification.file_empty", named))
        elif size > limit:
            params = {**named, "size": -(-size // _MEBIBYTE), "limit": limit // _MEBIBYTE}
            found.append(Refusal("rectification.file_too_large", params))
        elif not document_media_type(one.data):
            found.append(Refusal("rectification.file_unreadable", named))
    return found


def return_proof(
    *, order: RectificationOrder, reason: str, actor: Actor, at: datetime
) -> RectificationOrder:
    """退回: what was handed in does not show it; the term goes on as it was."""
    require_rectification(RECTIFICATION_MOVES["return_proof"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        facts = rectification_facts(locked, actor=actor, at=at, words=reason)
        refuse_rectification("return_proof", facts)
        locked.return_proof()
        locked.save(update_fields=["state"])
        note_rectification(locked, move="return_proof", words=reason, actor=actor, at=at)
        record_rectification_event(
            locked, kind="return_proof", actor=actor, at=at, new={}, reason=reason.strip()
        )
    return locked


def order_recheck(
    *, order: RectificationOrder, recheck: Recheck, actor: Actor, at: datetime
) -> RectificationOrder:
    """安排复查: an inspection order of its own series, which a second person approves."""
    require_rectification(RECTIFICATION_MOVES["order_recheck"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        take_over_service(locked, actor=actor, at=at)
        refuse_rectification("order_recheck", rectification_facts(locked, actor=actor, at=at))
        draft = OrderDraft(
            kind=OrderKind.RECHECK.value,
            title=f"{locked.institution.name}整改复查"[:120],
            basis=RECTIFICATION_MOVES["order_recheck"].basis.cite(),
            reference=locked.number,
            lead_department=locked.department_id,
            joint_departments=(),
            starts_on=recheck.starts_on,
            ends_before=recheck.ends_before,
            targets=[(locked.premises.register_id, "1")],
            members=[(one, "1") for one in recheck.inspectors],
        )
        locked.recheck = draft_order(division=locked.division_id, draft=draft, actor=actor, at=at)
        locked.recheck_result = locked.recheck_note = ""
        locked.order_recheck()
        locked.save()
        record_rectification_event(
            locked,
            kind="order_recheck",
            actor=actor,
            at=at,
            new={"recheck": locked.recheck.number},
        )
    return locked


def record_recheck(
    *, order: RectificationOrder, result: str, words: str, actor: Actor, at: datetime
) -> RectificationOrder:
    """登记复查结果: put right or not, and what was seen."""
    require_rectification(RECTIFICATION_MOVES["record_recheck"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        facts = rectification_facts(
            locked, actor=actor, at=at, words=words, stated_result=RecheckResult(result)
        )
        refuse_rectification("record_recheck", facts)
        locked.record_recheck(result=result, note=words.strip())
        locked.save(update_fields=["state", "recheck_result", "recheck_note"])
        note_rectification(locked, move="record_recheck", words=words, actor=actor, at=at)
        record_rectification_event(
            locked,
            kind="record_recheck",
            actor=actor,
            at=at,
            new={"result": result},
            reason=words.strip(),
        )
    return locked


def close_rectification(
    *, order: RectificationOrder, words: str, actor: Actor, at: datetime
) -> RectificationOrder:
    """办结: a named person says how it is known that everything is put right."""
    require_rectification(RECTIFICATION_MOVES["close"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        take_over_service(locked, actor=actor, at=at)
        facts = rectification_facts(locked, actor=actor, at=at, words=words)
        refuse_rectification("close", facts)
        new = {"finding_states": move_items(locked, "settle", actor=actor)}
        end_term(locked, at=at)
        locked.close(at=at, by=actor.name, words=words.strip())
        locked.save()
        record_rectification_event(
            locked, kind="close", actor=actor, at=at, new=new, reason=words.strip()
        )
    return locked
