"""Column mappings: saved under a name; a change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from institutions.core.exchange.fields import doubled_fields, missing_fields
from institutions.core.register.text import clean_text
from institutions.models import ColumnMapping
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Division
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def save_mapping(
    *,
    division: str,
    target: str,
    name: str,
    source_name: str,
    pairs: Sequence[tuple[str, str]],
    actor: Actor,
    at: datetime,
) -> ColumnMapping:
    """Save [header, field] pairs under a name, as its first or its next version.

    Raises Refused with every reason: no name, no source, a field that two columns claim, a field
    without which no row can be read, or nothing that differs from the version in use.
    """
    require(actor, Action.REGISTER_EDIT, Target(division=division))
    name, source_name = clean_text(name)[:80], clean_text(source_name)[:120]
    found = _refusals(target, name, source_name, [field for _header, field in pairs])
    if found:
        raise Refused(found)
    kept = [[clean_text(header), field] for header, field in pairs]
    named = ColumnMapping(
        division_id=division, target=target, name=name, source_name=source_name, pairs=kept
    )
    with transaction.atomic():
        saved, is_new = save_version(named, actor=actor, at=at)
        if not is_new:
            raise Refused(Refusal("exchange.mapping_unchanged"))
    return saved


def save_version(named: ColumnMapping, *, actor: Actor, at: datetime) -> tuple[ColumnMapping, bool]:
    """Keep a mapping as the first or the next version of its name, and say that it is new.

    Where the latest version says the same, it is that one. Inside the caller's transaction.
    """
    # The division's row is the lock: two people saving one name make versions 1 and 2.
    Division.objects.select_for_update().get(pk=named.division_id)
    versions = ColumnMapping.objects.filter(
        division=named.division_id,
        institution=named.institution,
        target=named.target,
        name=named.name,
    )
    latest = versions.order_by("-version").first()
    if latest is not None and _what(latest) == _what(named):
        return latest, False
    versions.filter(is_current=True).update(is_current=False)
    named.version = 1 if latest is None else latest.version + 1
    named.saved_by, named.saved_at = actor.name, at
    named.save()
    append_event(
        division=named.division_id,
        actor=actor,
        kind="exchange.mapping_saved",
        subject=Subject("column_mapping", str(named.public_id), str(named)),
        old=None if latest is None else {"pairs": latest.pairs, "version": latest.version},
        new={"pairs": named.pairs, "version": named.version, "source_name": named.source_name},
        occurred_at=at,
    )
    return named, True


def _what(mapping: ColumnMapping) -> tuple[object, ...]:
    return mapping.pairs, mapping.source_name, mapping.fixed


def _refusals(target: str, name: str, source_name: str, fields: Sequence[str]) -> list[Refusal]:
    found = []
    if not name:
        found.append(Refusal("exchange.mapping_nameless"))
    if not source_name:
        found.append(Refusal("exchange.source_missing"))
    for code, names in (
        ("exchange.mapping_without", missing_fields(fields, target)),
        ("exchange.mapping_twice", doubled_fields(fields)),
    ):
        found += [Refusal(code, {"exchange_field": field}) for field in names]
    return found
