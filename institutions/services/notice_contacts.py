"""Where an institution is reached: entered by its own desk, sealed, revealed on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.core.notice_contacts import contact_refusals, plain_mobile
from institutions.core.notice_deliveries import masked_email, masked_mobile
from institutions.models import Institution, NoticeContact
from institutions.selectors.notices import contact_of
from institutions.services.register_records import lock_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import Erased, blind_index, open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class ContactDraft:
    """What an institution enters. None keeps the address as it is, an empty text removes it."""

    email: str | None = None
    mobile: str | None = None
    takes_email: bool = True
    takes_sms: bool = True


@dataclass(frozen=True)
class RevealedContact:
    """The addresses in full; never stored, never logged."""

    email: str
    mobile: str


def change_contact(
    *, institution: Institution, draft: ContactDraft, actor: Actor, at: datetime
) -> NoticeContact:
    """Keep where and how the institution wants to be told. Raises Refused with every reason."""
    require(actor, Action.CONTACT_EDIT, _target(institution))
    email = None if draft.email is None else draft.email.strip()
    mobile = None if draft.mobile is None else plain_mobile(draft.mobile)
    found = contact_refusals(email=email or "", mobile=mobile or "")
    if found:
        raise Refused(found)
    with transaction.atomic():
        locked = lock_institution(institution)
        held = contact_of(locked)
        contact = held or NoticeContact(institution=locked)
        old = _as_recorded(contact)
        if email is not None:
            contact.email = seal_text(email, subject=contact.public_id)
            contact.email_masked = masked_email(email)
        if mobile is not None:
            contact.mobile = seal_text(mobile, subject=contact.public_id)
            contact.mobile_masked = masked_mobile(mobile)
        contact.takes_email, contact.takes_sms = draft.takes_email, draft.takes_sms
        new = _as_recorded(contact)
        if new == old:
            raise Refused(Refusal("notice.contact_same"))
        contact.changed_at, contact.changed_by = at, actor.name
        contact.save()
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="notice.contact_changed",
            subject=_subject(contact),
            old=old if held else None,
            new=new,
            occurred_at=at,
        )
    return contact


def reveal_contact(*, institution: Institution, actor: Actor, at: datetime) -> RevealedContact:
    """The addresses in full, and an event that says who saw them. Raises Refused."""
    require(actor, Action.CONTACT_REVEAL, _target(institution))
    with transaction.atomic():
        contact = contact_of(institution)
        if contact is None or not (contact.email or contact.mobile):
            raise Refused(Refusal("notice.no_contact"))
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="notice.contact_revealed",
            subject=_subject(contact),
            occurred_at=at,
        )
    return RevealedContact(email=_opened(contact.email), mobile=_opened(contact.mobile))


def _as_recorded(contact: NoticeContact) -> dict[str, object]:
    """As the event holds it: keyed digests of the addresses, never the addresses."""
    return {
        "email": _digest(contact.email),
        "mobile": _digest(contact.mobile),
        "takes_email": contact.takes_email,
        "takes_sms": contact.takes_sms,
    }


def _digest(sealed: str) -> str:
    opened = _opened(sealed)
    return blind_index(opened, purpose="notice") if opened else ""


def _opened(sealed: str) -> str:
    try:
        return open_text(sealed)
    except Erased:
        return ""


def _subject(contact: NoticeContact) -> Subject:
    return Subject("notice_contact", str(contact.public_id), contact.institution.name)


def _target(institution: Institution) -> Target:
    return Target(division=institution.division_id, institution=str(institution.public_id))
