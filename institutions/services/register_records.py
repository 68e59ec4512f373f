"""What the register's services share: locks, effective-dated rows, gaps and audit events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Manager
from django.utils import timezone

from institutions.core.register.gaps import Gap, gaps_of
from institutions.models import Institution, Licence, Premises, RegisterGap
from institutions.selectors.register_gaps import gap_facts
from institutions.services.search_index import refresh_search
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

PERSONAL_FIELDS = frozenset(("legal_representative", "principal", "sponsors"))


def day_of(at: datetime) -> date:
    """The business date of a moment, in Asia/Shanghai."""
    return timezone.localdate(at)


def lock_institution(institution: Institution) -> Institution:
    """The institution's row, locked: the first lock of every change to the register."""
    return Institution.objects.select_for_update().get(pk=institution.pk)


def require_edit(actor: Actor, institution: Institution) -> None:
    """The actor may change the entry, or Refused."""
    require(actor, Action.REGISTER_EDIT, Target(division=institution.division_id))


def begin_period(
    rows: Manager[Any], *, key: str, value: Any, starts_on: date, **details: Any
) -> bool:
    """A new effective-dated row; the open one ends the day it begins. False if nothing changes.

    `rows` is a related manager whose rows have `starts_on` and `ends_before`. A row that began on
    the same day is put right instead: nothing was ever true for no day at all.
    """
    current = rows.filter(ends_before__isnull=True).order_by("-starts_on", "-pk").first()
    if current is None:
        rows.create(starts_on=starts_on, **{key: value}, **details)
        return True
    if getattr(current, key) == value:
        return False
    if starts_on < current.starts_on:
        raise Refused(Refusal("register.date_before_start", {"starts": current.starts_on}))
    if starts_on == current.starts_on:
        for name, new in {key: value, **details}.items():
            setattr(current, name, new)
        current.save(update_fields=[key, *details])
        return True
    current.ends_before = starts_on
    current.save(update_fields=["ends_before"])
    rows.create(starts_on=starts_on, **{key: value}, **details)
    return True


def settle_entry(institution: Institution) -> tuple[Gap, ...]:
    """Bring gaps and search keys in line with what the entry holds now; returns the gaps."""
    gaps = gaps_of(gap_facts(institution))
    held = {gap.code: gap for gap in institution.gaps.all()}
    wanted = {gap.code.value: gap.printed[:300] for gap in gaps}
    stale = [gap.pk for code, gap in held.items() if wanted.get(code) != gap.printed]
    if stale:
        RegisterGap.objects.filter(pk__in=stale).delete()
    RegisterGap.objects.bulk_create(
        RegisterGap(institution=institution, code=code, printed=printed)
        for code, printed in wanted.items()
        if code not in held or held[code].printed != printed
    )
    refresh_search(institution)
    return gaps


def as_recorded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event holds them: plain, and people's names as keyed digests only."""
    recorded: dict[str, Any] = {}
    for name, value in values.items():
        if name in PERSONAL_FIELDS:
            recorded[name] = blind_index(str(value), purpose="register") if value else ""
        elif isinstance(value, list | tuple):
            recorded[name] = [str(each) for each in value]
        elif isinstance(value, int | dict) or value is None:
            recorded[name] = value
        else:
            recorded[name] = str(value)
    return recorded


def record_event(
    *,
    institution: Institution,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    subject: Licence | Premises | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append the event of a change; the subject is the institution, a licence's or premises' named.

    Everything about one identity has the identity as its subject, so that its history is one list.
    """
    about = {} if subject is None else {_kind_of(subject): str(subject.public_id)}
    append_event(
        division=institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject("institution", str(institution.public_id), institution.name),
        old=None if old is None else as_recorded(old),
        new=as_recorded({**(new or {}), **about}),
        reason=reason,
        basis=basis,
        occurred_at=at,
    )


def _kind_of(subject: Licence | Premises) -> str:
    return "licence" if isinstance(subject, Licence) else "premises"
