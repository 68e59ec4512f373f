"""Mappings for lists of classes: saved under a name by an institution, or by the bureau for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.choices.exchange import FILING_TARGET
from institutions.core.exchange.filings import doubled_columns, missing_columns
from institutions.core.register.text import clean_text
from institutions.core.screening.rows import HEADERS
from institutions.models import ColumnMapping, Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Division
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_LONGEST_FIXED = 120


@dataclass(frozen=True)
class FilingMappingDraft:
    """What a person chose: a name, a source, [their header, ours] pairs, and fixed values."""

    name: str
    source_name: str
    pairs: Sequence[tuple[str, str]]
    fixed: Mapping[str, str]


def save_filing_mapping(
    *,
    division: str,
    institution: Institution | None,
    draft: FilingMappingDraft,
    actor: Actor,
    at: datetime,
) -> ColumnMapping:
    """Save a mapping as its first or next version; the same again is the one that is there.

    Without an institution it is the bureau's. Raises Refused with every reason.
    """
    _require(division, institution, actor)
    name, source = clean_text(draft.name)[:80], clean_text(draft.source_name)[:120]
    pairs = [[clean_text(header)[:200], field] for header, field in draft.pairs]
    fixed = {
        header: text
        for header in HEADERS
        if (text := clean_text(draft.fixed.get(header, ""))[:_LONGEST_FIXED])
    }
    found = _refusals(name, source, [field for _header, field in pairs], fixed)
    if found:
        raise Refused(found)
    with transaction.atomic():
        # The division's row is the lock: two people saving one name make versions 1 and 2.
        Division.objects.select_for_update().get(pk=division)
        versions = ColumnMapping.objects.filter(
            division=division, institution=institution, target=FILING_TARGET, name=name
        )
        latest = versions.order_by("-version").first()
        same = (pairs, source, fixed)
        if latest is not None and (latest.pairs, latest.source_name, latest.fixed) == same:
            return latest
        versions.filter(is_current=True).update(is_current=False)
        saved = ColumnMapping.objects.create(
            division_id=division,
            institution=institution,
            target=FILING_TARGET,
            name=name,
            version=1 if latest is None else latest.version + 1,
            source_name=source,
            pairs=pairs,
            fixed=fixed,
            saved_by=actor.name,
            saved_at=at,
        )
        append_event(
            division=division,
            actor=actor,
            kind="exchange.mapping_saved",
            subject=Subject("column_mapping", str(saved.public_id), str(saved)),
            old=None if latest is None else {"pairs": latest.pairs, "version": latest.version},
            new={"pairs": pairs, "version": saved.version, "source_name": source},
            occurred_at=at,
        )
    return saved


def _require(division: str, institution: Institution | None, actor: Actor) -> None:
    if institution is None:
        require(actor, Action.FILING_REVIEW, Target(division))
    else:
        key = str(institution.public_id)
        require(actor, Action.FILING_FILE, Target(division=division, institution=key))


def _refusals(
    name: str, source: str, fields: Sequence[str], fixed: Mapping[str, str]
) -> list[Refusal]:
    found = []
    if not name:
        found.append(Refusal("exchange.mapping_nameless"))
    if not source:
        found.append(Refusal("exchange.source_missing"))
    for code, headers in (
        ("exchange.mapping_without", missing_columns(fields, fixed)),
        ("exchange.mapping_twice", doubled_columns(fields)),
    ):
        found += [Refusal(code, {"exchange_field": header}) for header in headers]
    return found
