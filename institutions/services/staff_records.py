"""What the services of staff share: drafts, who may write, locks, facts of a draft, events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from institutions.core.register.text import clean_text
from institutions.core.staff.facts import CertificateFacts, CheckFacts, StaffFacts
from institutions.core.staff.identity import read_identity_number
from institutions.models import Institution, StaffMember
from institutions.selectors.staff import SUBJECT_KIND, exclusions_of, facts_of
from institutions.services.register_records import lock_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

PERSON = "staff.person"
_EVENT_PURPOSE = "staff.event"
# What an event may say in clear: nothing of it tells who the person is or what was found.
_SPOKEN = frozenset(
    (
        "kind",
        "employment",
        "starts_on",
        "ends_before",
        "consent_signed_on",
        "contract_signed_on",
        "certificate_kind",
        "check_kind",
        "checked_on",
        "issued_on",
        "valid_before",
        "ground",
        "staff_count",
        "part",
        "from",
    )
)


@dataclass(frozen=True)
class CertificateDraft:
    """What a certificate prints. `valid_until` is the last day on the paper, None for ever."""

    kind: str
    number: str = ""
    subject: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None

    @property
    def valid_before(self) -> date | None:
        """The first day on which it no longer holds."""
        return None if self.valid_until is None else self.valid_until + timedelta(days=1)

    def facts(self) -> CertificateFacts:
        """As the rules look at it."""
        return CertificateFacts(self.kind, self.subject, self.issued_on, self.valid_before)


@dataclass(frozen=True)
class CheckDraft:
    """A check's result: `kind` enquiry or proof, `result` clear or found."""

    kind: str
    checked_on: date
    result: str = "clear"


@dataclass(frozen=True)
class StaffDraft:
    """What is entered of a person. Codes as in `core/staff/facts.py`.

    `identity_number` is turned into a digest and forgotten; it may be empty, then the person is
    listed as not identified. `starts_on` None enters a candidate. `checks` are the officer's.
    """

    name: str
    kind: str
    employment: str = "full_time"
    post: str = ""
    background: str = "none"
    subjects: Sequence[str] = ()
    courses: str = ""
    teaching_history: str = ""
    identity_kind: str = "resident_id"
    identity_number: str = ""
    consent_signed_on: date | None = None
    contract_signed_on: date | None = None
    starts_on: date | None = None
    certificates: Sequence[CertificateDraft] = ()
    checks: Sequence[CheckDraft] = ()


def require_keeping(actor: Actor, institution: Institution) -> None:
    """The institution's own manager, or the licensing officer of the division; else Refused."""
    own = Target(division=institution.division_id, institution=str(institution.public_id))
    if not may(actor, Action.STAFF_KEEP_OWN, own):
        require(actor, Action.STAFF_EDIT, Target(division=institution.division_id))


def require_staff_edit(actor: Actor, institution: Institution) -> None:
    """The licensing officer of the division, or Refused."""
    require(actor, Action.STAFF_EDIT, Target(division=institution.division_id))


def lock_member(member: StaffMember) -> StaffMember:
    """The person's row as it is now, locked after the institution's."""
    institution = lock_institution(member.institution)
    locked = StaffMember.objects.select_for_update().get(pk=member.pk)
    locked.institution = institution
    return locked


def current_facts(member: StaffMember) -> StaffFacts:
    """The facts of a locked person, with the exclusions of today."""
    return facts_of(member, exclusions_of([member]))


def person_index_of(kind: str, number: str) -> str:
    """The keyed digest of an identity number, empty for none. Raises Refused for a wrong one."""
    if not number.strip():
        return ""
    read = read_identity_number(kind, number)
    if read is None:
        raise Refused(Refusal("staff.identity_unreadable", {"identity_kind": kind}))
    return blind_index(f"{kind}:{read}", purpose=PERSON)


def draft_facts(
    institution: Institution, draft: StaffDraft, *, excluded: str, is_listed: bool, index: str
) -> StaffFacts:
    """The facts of a draft, before anything of it is written."""
    return StaffFacts(
        name=clean_text(draft.name),
        kind=draft.kind,
        employment=draft.employment,
        post=clean_text(draft.post),
        background=draft.background,
        category=institution.category,
        subjects=tuple(draft.subjects),
        certificates=tuple(one.facts() for one in draft.certificates),
        checks=tuple(CheckFacts(one.kind, one.checked_on, one.result) for one in draft.checks),
        consent_signed_on=draft.consent_signed_on,
        contract_signed_on=draft.contract_signed_on,
        starts_on=draft.starts_on,
        excluded=excluded,
        has_identity=bool(index),
        is_listed=is_listed,
        is_closed=institution.status == "closed",
        said=f"{draft.courses}\n{draft.teaching_history}\n{draft.post}",
    )


def refuse(found: Iterable[Refusal]) -> None:
    """Raise Refused with every reason, if there is one."""
    reasons = tuple(found)
    if reasons:
        raise Refused(reasons)


def as_recorded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event holds them: codes and dates in clear, everything else as a digest."""
    return {
        name: _plain(value) if name in _SPOKEN else _digest(value)
        for name, value in values.items()
        if value not in ("", None, [], ())
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _digest(value: Any) -> str:
    return blind_index(str(value), purpose=_EVENT_PURPOSE)


def record_staff_event(
    member: StaffMember,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append what was done about a person; the label is the institution's name, not theirs."""
    append_event(
        division=member.institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, str(member.public_id), member.institution.name),
        old=None if old is None else as_recorded(old),
        new=as_recorded(new or {}),
        reason=reason.strip(),
        basis=basis,
        occurred_at=at,
    )
