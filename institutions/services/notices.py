"""Telling somebody that something happened: an institution, or a desk of officers.

Call `notify_institution` or `notify_desk` inside the transaction of the change itself, just before
its own audit event: the notice stands or falls with the change, and nothing is locked after the
audit head. No network is touched here. What goes out by e-mail or SMS is a row that
`institutions.send_notices` takes up after the commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from institutions.core.notice_deliveries import Channel, DeliveryState, Problem
from institutions.core.notice_kinds import NoticeKind, is_local_page, missing_params
from institutions.models import Institution, Notice, NoticeContact, NoticeDelivery
from institutions.selectors.notices import desk_key, institution_key
from regulator.adapters.messages import open_channels
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import call_on_commit
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError

SENDING_TASK = "institutions.send_notices"
NO_SUBJECT = Subject("", "")


def notify_institution(
    *,
    institution: Institution,
    kind: str,
    params: Mapping[str, Any],
    cause: str,
    page: str = "",
    about: Subject = NO_SUBJECT,
    actor: Actor,
    at: datetime,
) -> Notice:
    """Tell an institution, once per `cause`; asked again, the first notice comes back unchanged.

    `cause` is the key of the event, such as `journey:<id>:accepted`; `params` are those that
    `SHAPES` names for the kind, as JSON and without personal data; `page` is a path of the portal.
    Raises InvariantError where the kind is unknown, a param is missing or the page is elsewhere.
    """
    notice = Notice(
        division_id=institution.division_id,
        recipient="institution",
        recipient_key=institution_key(institution),
        institution=institution,
        **_content(kind, params, cause, page, about),
        created_at=at,
    )
    return _send(notice, actor=actor, at=at)


def notify_desk(
    *,
    division: str,
    role: str,
    department: str = "",
    kind: str,
    params: Mapping[str, Any],
    cause: str,
    institution: Institution | None = None,
    page: str = "",
    about: Subject = NO_SUBJECT,
    actor: Actor,
    at: datetime,
) -> Notice:
    """Tell a desk of officers, once per `cause`: whoever sits there, or stands in, sees it.

    An empty `department` is every department's desk of that role. `institution` is the one it is
    about, if any; `page` is a path of the desk. In the system only: no e-mail, no SMS.
    """
    notice = Notice(
        division_id=division,
        recipient="desk",
        recipient_key=desk_key(division=division, role=role, department=department),
        institution=institution,
        role=role,
        department_id=department or None,
        **_content(kind, params, cause, page, about),
        created_at=at,
    )
    return _send(notice, actor=actor, at=at)


def _content(
    kind: str, params: Mapping[str, Any], cause: str, page: str, about: Subject
) -> dict[str, Any]:
    """What the notice says, checked: a wrong call is a bug that its first test finds."""
    known = NoticeKind(kind) if kind in set(NoticeKind) else None
    if known is None:
        raise InvariantError(f"没有这种通知：{kind}。")
    missing = missing_params(known, params)
    if missing:
        raise InvariantError(f"通知 {kind} 缺少 {'、'.join(missing)}。")
    if not cause or not is_local_page(page):
        raise InvariantError(f"通知 {kind} 要有起因，页面要在本系统内：{cause!r} {page!r}。")
    return {
        "kind": known.value,
        "params": dict(params),
        "subject_kind": about.kind,
        "subject_key": about.key,
        "page": page,
        "caused_by": cause,
    }


def _send(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    same = Notice.objects.filter(recipient_key=notice.recipient_key, caused_by=notice.caused_by)
    with transaction.atomic():
        told = same.first()
        if told is not None:
            return told
        Notice.objects.bulk_create([notice], ignore_conflicts=True)
        kept = same.get()
        if kept.public_id != notice.public_id:  # somebody else was faster
            return kept
        channels = _deliver(kept)
        append_event(
            division=kept.division_id,
            actor=actor,
            kind="notice.sent",
            subject=Subject("notice", str(kept.public_id)),
            new={
                "kind": kept.kind,
                "recipient": kept.recipient_key,
                "cause": kept.caused_by,
                **channels,
            },
            occurred_at=at,
        )
    return kept


def _deliver(notice: Notice) -> dict[str, str]:
    """The rows of e-mail and SMS, those that cannot go out with their reason; channel → state."""
    if notice.recipient != "institution":
        return {}
    contact = NoticeContact.objects.filter(institution=notice.institution).first()
    configured = open_channels()
    rows = [_delivery(notice, channel, contact, configured) for channel in Channel]
    NoticeDelivery.objects.bulk_create(rows)
    if any(row.state == DeliveryState.WAITING.value for row in rows):
        call_on_commit(SENDING_TASK)
    return {row.channel: row.state for row in rows}


def _delivery(
    notice: Notice, channel: Channel, contact: NoticeContact | None, configured: frozenset[str]
) -> NoticeDelivery:
    problem = skipping_problem(channel, contact, configured)
    if problem is not None:
        return NoticeDelivery(
            notice=notice,
            channel=channel.value,
            address=masked_address(channel, contact),
            state=DeliveryState.SKIPPED.value,
            problem=problem.value,
        )
    return NoticeDelivery(
        notice=notice,
        channel=channel.value,
        address=masked_address(channel, contact),
        next_try_at=timezone.now(),
    )


def masked_address(channel: Channel, contact: NoticeContact | None) -> str:
    """The contact's address for a channel as people see it."""
    if contact is None:
        return ""
    return contact.email_masked if channel is Channel.EMAIL else contact.mobile_masked


def skipping_problem(
    channel: Channel, contact: NoticeContact | None, configured: frozenset[str]
) -> Problem | None:
    """Why nothing goes out by this channel, or None when it does."""
    if channel.value not in configured:
        return Problem.CHANNEL_OFF
    if contact is None or not masked_address(channel, contact):
        return Problem.NO_ADDRESS
    takes = contact.takes_email if channel is Channel.EMAIL else contact.takes_sms
    return None if takes else Problem.OPTED_OUT
