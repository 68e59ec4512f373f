"""Sealed copies of a draw's key: who holds which envelope, and the one print of its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.models import Draw, KeyCopy
from inspections.services.draw_records import lock_draw, record_draw_event, require_runner
from regulator.database.sealing import open_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class CopyDraft:
    """Who is to keep a copy of the key, where, and in which envelope."""

    envelope_number: str
    custodian: str
    organisation: str
    place: str
    is_outside: bool


def add_key_copy(*, draw: Draw, draft: CopyDraft, actor: Actor, at: datetime) -> KeyCopy:
    """Enter a sealed copy between commitment and draw. Raises Refused with every reason."""
    require_runner(draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        reasons = _refusals(locked, draft)
        if reasons:
            raise Refused(reasons)
        row = KeyCopy.objects.create(
            draw_of=locked,
            envelope_number=draft.envelope_number.strip(),
            custodian=draft.custodian.strip(),
            organisation=draft.organisation.strip(),
            is_outside=draft.is_outside,
            place=draft.place.strip(),
            recorded_at=at,
            recorded_by_user=actor.user_id,
            recorded_by=actor.name,
        )
        new = {"envelope": row.envelope_number, "outside": row.is_outside}
        record_draw_event(locked, kind="key_copy_added", actor=actor, at=at, new=new)
    return row


def _refusals(draw: Draw, draft: CopyDraft) -> list[Refusal]:
    found = _state_refusals(draw)
    texts = (draft.envelope_number, draft.custodian, draft.organisation, draft.place)
    if not all(text.strip() for text in texts):
        found.append(Refusal("draw.key_copy_incomplete"))
    for row in draw.key_copies.all():
        if row.envelope_number == draft.envelope_number.strip():
            params = {"envelope": row.envelope_number}
            found.append(Refusal("draw.key_copy_envelope_used", params))
        if row.custodian == draft.custodian.strip():
            found.append(Refusal("draw.key_copy_custodian_same", {"custodian": row.custodian}))
    return found


def _state_refusals(draw: Draw) -> list[Refusal]:
    if draw.state == DrawState.COMMITTED.value:
        return []
    return [Refusal("draw.key_copy_state", {"draw_state": draw.state})]


def print_key_sheet(*, copy: KeyCopy, actor: Actor, at: datetime) -> str:
    """The key in 64 hex digits for the one print of an envelope's sheet, noted in the chain.

    It is kept nowhere: whoever prints it sees it, and cannot steer by it, for it was bound into
    the commitment before. Raises Refused where the sheet was printed before.
    """
    require_runner(copy.draw_of, actor)
    with transaction.atomic():
        locked = lock_draw(copy.draw_of)
        row = KeyCopy.objects.select_for_update().get(pk=copy.pk)
        reasons = _state_refusals(locked)
        if row.printed_at is not None:
            printed_at = f"{timezone.localtime(row.printed_at):%Y-%m-%d %H:%M}"
            params = {"envelope": row.envelope_number, "printed_at": printed_at}
            reasons.append(Refusal("draw.key_copy_printed", params))
        if reasons:
            raise Refused(reasons)
        row.printed_at = at
        row.printed_by = actor.name
        row.save(update_fields=["printed_at", "printed_by"])
        new = {"envelope": row.envelope_number}
        record_draw_event(locked, kind="key_sheet_printed", actor=actor, at=at, new=new)
    return open_text(locked.key)
