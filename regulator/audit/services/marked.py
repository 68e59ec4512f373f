"""An event as text before it has its place, for a database that appends it itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from regulator.audit.core.chain import plain
from regulator.audit.models import Event
from regulator.audit.selectors.chain import event_content
from regulator.audit.services.append import EventDraft, event_of
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_row_bytes


@dataclass(frozen=True)
class MarkedEvent:
    """The canonical text that is hashed, with two marks in it.

    `"<sequence_mark>"`, quotes and all, stands for the event's number; `previous_mark` for the hash
    of the event before. Marks are drawn anew for each event, so that no text of a person meets one.
    """

    text: str
    sequence_mark: str
    previous_mark: str


def marked_event(
    *, division: str, actor: Actor, draft: EventDraft, occurred_at: datetime
) -> MarkedEvent:
    """The text of an event of this moment; its values are texts, whole numbers and nothing else."""
    event: Event = event_of(
        draft, division=division, actor=actor, occurred_at=occurred_at, recorded_at=timezone.now()
    )
    drawn = secrets.token_hex(16)
    sequence_mark, previous_mark = f"{drawn}s", f"{drawn}p"
    content = plain(event_content(event)) | {"sequence": sequence_mark}
    text = canonical_row_bytes({"previous": previous_mark, "event": content}).decode()
    return MarkedEvent(text, sequence_mark, previous_mark)
