"""Mappings of an institution's lists, saved under a name: its own, or the bureau's for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.choices.exchange import CONTRACT_TARGET, FILING_TARGET
from institutions.core.exchange.filings import FILINGS
from institutions.core.exchange.layouts import Layout, doubled_columns
from institutions.core.register.text import clean_text
from institutions.models import ColumnMapping, Institution
from institutions.services.exchange_mappings import save_version
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_LONGEST_FIXED = 120
_OWN_ACTIONS = {FILING_TARGET: Action.FILING_FILE, CONTRACT_TARGET: Action.CONTRACT_KEEP}


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
    target: str = FILING_TARGET,
    layout: Layout = FILINGS,
) -> ColumnMapping:
    """Save a mapping as its first or next version; the same again is the one that is there.

    Without an institution it is the bureau's. `layout` is the list that `target` names. Raises
    Refused with every reason.
    """
    _require(division, institution, actor, _OWN_ACTIONS[target])
    name, source = clean_text(draft.name)[:80], clean_text(draft.source_name)[:120]
    pairs = [[clean_text(header)[:200], field] for header, field in draft.pairs]
    fixed = {
        header: text
        for header in layout.headers
        if (text := clean_text(draft.fixed.get(header, ""))[:_LONGEST_FIXED])
    }
    found = _refusals(name, source, [field for _header, field in pairs], fixed, layout)
    if found:
        raise Refused(found)
    named = ColumnMapping(
        division_id=division,
        institution=institution,
        target=target,
        name=name,
        source_name=source,
        pairs=pairs,
        fixed=fixed,
    )
    with transaction.atomic():
        saved, _is_new = save_version(named, actor=actor, at=at)
    return saved


def _require(division: str, institution: Institution | None, actor: Actor, own: Action) -> None:
    if institution is None:
        require(actor, Action.FILING_REVIEW, Target(division))
    else:
        key = str(institution.public_id)
        require(actor, own, Target(division=division, institution=key))


def _refusals(
    name: str, source: str, fields: Sequence[str], fixed: Mapping[str, str], layout: Layout
) -> list[Refusal]:
    found = []
    if not name:
        found.append(Refusal("exchange.mapping_nameless"))
    if not source:
        found.append(Refusal("exchange.source_missing"))
    for code, headers in (
        ("exchange.mapping_without", layout.missing_columns(fields, fixed)),
        ("exchange.mapping_twice", doubled_columns(fields)),
    ):
        found += [Refusal(code, {"exchange_field": header}) for header in headers]
    return found
