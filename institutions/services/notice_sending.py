"""Sending what waits, one message at a time: claimed and recorded, sent, recorded.

The message itself goes out between two transactions. Where a sender is killed between the sending
and its record, the claim lapses after `CLAIM_S` and the message is sent once more: one repetition
for each kill, of the one message that was in hand, and never more than `MAX_ATTEMPTS` in all. Both
times it carries the same key (Message-ID, request_id), by which the other side can tell. Every try
is an event before it is made, so that the chain shows what may have gone out twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from institutions.choices.notice_messages import email_subject, email_text, sms_text
from institutions.core.notice_deliveries import (
    CLAIM_S,
    MAX_ATTEMPTS,
    OF_THE_CHANNEL,
    Channel,
    DeliveryState,
    Problem,
    next_try_s,
)
from institutions.models import NoticeContact, NoticeDelivery
from institutions.services.notices import masked_address, skipping_problem
from regulator.adapters.messages import Message, MessageError, open_channels, send_message
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import Erased, open_text
from regulator.kernel.actors import SYSTEM

log = structlog.get_logger(__name__)

# A run ends after so many messages; the next minute's takes up the rest.
MOST_A_RUN = 200
Clock = Callable[[], datetime]

_EVENTS = {
    DeliveryState.SENT: "notice.delivered",
    DeliveryState.WAITING: "notice.delivery_put_off",
    DeliveryState.FAILED: "notice.delivery_failed",
    DeliveryState.SKIPPED: "notice.delivery_skipped",
}


@dataclass(frozen=True)
class Outcome:
    """What became of a try: nothing wrong, or a problem and whether that is the end of it."""

    problem: Problem | None = None
    answer: str = ""
    is_final: bool = True
    is_skipped: bool = False
    address: str = ""

    def state_after(self, attempts: int) -> DeliveryState:
        """Where the delivery stands after so many tries of which this was the last."""
        if self.problem is None:
            return DeliveryState.SENT
        if self.is_skipped:
            return DeliveryState.SKIPPED
        if self.is_final or next_try_s(attempts) is None:
            return DeliveryState.FAILED
        return DeliveryState.WAITING


@dataclass(frozen=True)
class SendingReport:
    """How many tries a run made, and how many messages went out."""

    tried: int = 0
    sent: int = 0


def send_waiting(*, clock: Clock = timezone.now, most: int = MOST_A_RUN) -> SendingReport:
    """Send what is due, at most so many; safe to run twice, and in several processes at once.

    A channel whose server fails is left alone for the rest of the run.
    """
    resting: set[str] = set()
    tried = sent = 0
    while tried < most:
        held = _claim_next(resting, now=clock())
        if held is None:
            break
        outcome = _try(held)
        _record(held, outcome, now=clock())
        tried += 1
        sent += outcome.problem is None
        if outcome.problem in OF_THE_CHANNEL:
            resting.add(held.channel)
    return SendingReport(tried=tried, sent=sent)


def _due(now: datetime) -> QuerySet[NoticeDelivery]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return NoticeDelivery.objects.filter(
        free, state=DeliveryState.WAITING.value, next_try_at__lte=now
    )


def _claim_next(resting: set[str], *, now: datetime) -> NoticeDelivery | None:
    """The delivery that is due longest, held by this sender, its try counted; None when none is."""
    while True:
        with transaction.atomic(durable=True):
            due = _due(now).exclude(channel__in=resting).select_related("notice__institution")
            row = (
                due.select_for_update(skip_locked=True, of=("self",))
                .order_by("next_try_at", "pk")
                .first()
            )
            if row is None:
                return None
            if row.attempts < MAX_ATTEMPTS:
                _claim(row, now=now)
                return row
            # Every one of its senders died with it in hand.
            _settle(row, Outcome(Problem.INTERRUPTED), now=now)


def _claim(row: NoticeDelivery, *, now: datetime) -> None:
    was_interrupted = row.claim != ""
    row.claim = uuid4().hex
    row.claimed_until = now + timedelta(seconds=CLAIM_S)
    row.attempts += 1
    if was_interrupted:
        row.problem = Problem.INTERRUPTED.value
    row.save(update_fields=["claim", "claimed_until", "attempts", "problem"])
    _append(row, "notice.delivery_begun", {"after_interruption": was_interrupted}, now)


def _try(row: NoticeDelivery) -> Outcome:
    """Send it, outside every transaction."""
    channel = Channel(row.channel)
    contact = NoticeContact.objects.filter(institution=row.notice.institution).first()
    problem = skipping_problem(channel, contact, open_channels())
    if problem is not None or contact is None:
        return Outcome(problem, is_skipped=True)
    masked = masked_address(channel, contact)
    try:
        send_message(channel.value, _message(row, channel, contact))
    except Erased:
        return Outcome(Problem.NO_ADDRESS, is_skipped=True)
    except MessageError as error:
        return Outcome(
            Problem(error.problem), error.answer, is_final=not error.retryable, address=masked
        )
    except Exception as error:  # noqa: BLE001  one odd message must not hold up the others
        log.error("notice_not_sent", delivery=row.pk, error=type(error).__name__)
        return Outcome(Problem.UNREADABLE, is_final=False, address=masked)
    return Outcome(address=masked)


def _message(row: NoticeDelivery, channel: Channel, contact: NoticeContact) -> Message:
    notice = row.notice
    name = notice.institution.name if notice.institution else ""
    key = f"{notice.public_id}.{channel.value}"
    if channel is Channel.SMS:
        text = sms_text(notice.kind, notice.params, name=name)
        return Message(to=open_text(contact.mobile), subject="", text=text, key=key)
    url = f"{settings.SITE_URL}{notice.page or '/portal/'}"
    return Message(
        to=open_text(contact.email),
        subject=email_subject(notice.kind, notice.params),
        text=email_text(notice.kind, notice.params, name=name, url=url),
        key=key,
    )


def _record(held: NoticeDelivery, outcome: Outcome, *, now: datetime) -> None:
    with transaction.atomic(durable=True):
        row = (
            NoticeDelivery.objects.select_for_update(of=("self",))
            .select_related("notice")
            .filter(pk=held.pk, claim=held.claim)
            .first()
        )
        if row is None:
            log.warning("notice_claim_lost", delivery=held.pk)
            return
        _settle(row, outcome, now=now)


def _settle(row: NoticeDelivery, outcome: Outcome, *, now: datetime) -> None:
    state = outcome.state_after(row.attempts)
    delay_s = next_try_s(row.attempts)
    row.state = state.value
    row.problem = outcome.problem.value if outcome.problem else ""
    row.answer = outcome.answer
    row.address = outcome.address or row.address
    row.claim, row.claimed_until = "", None
    row.sent_at = now if state is DeliveryState.SENT else None
    waits = state is DeliveryState.WAITING and delay_s is not None
    row.next_try_at = now + timedelta(seconds=delay_s or 0) if waits else None
    row.save(
        update_fields=[
            "state", "problem", "answer", "address", "claim", "claimed_until", "sent_at",
            "next_try_at",
        ]
    )  # fmt: skip
    _append(row, _EVENTS[state], {"problem": row.problem, "answer": row.answer}, now)


def _append(row: NoticeDelivery, kind: str, new: dict[str, object], now: datetime) -> None:
    append_event(
        division=row.notice.division_id,
        actor=SYSTEM,
        kind=kind,
        subject=Subject("notice", str(row.notice.public_id)),
        new={"channel": row.channel, "attempt": row.attempts, **new},
        occurred_at=now,
    )
