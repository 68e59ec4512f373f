"""Reads of drafts and changes: an institution's own, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from institutions.core.filing_changes import changed_headers, differing_spans
from institutions.core.filing_states import FilingState
from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FilingDraft, Institution
from institutions.models.filing import FilingCells
from regulator.kernel.actors import Actor
from regulator.web.choices import BREACH, OK

KEPT_DAYS = 30
_OPEN_CHANGE = (FilingState.SUBMITTED.value, FilingState.RETURNED.value)


def own_drafts(actor: Actor) -> QuerySet[FilingDraft]:
    """The drafts of the actor's institution that are still being written, the latest first."""
    if not actor.institution:
        return FilingDraft.objects.none()
    drafts = FilingDraft.objects.filter(institution__public_id=actor.institution)
    return drafts.filter(discarded_at__isnull=True, filing__isnull=True).select_related(
        "copied_from", "amends"
    )


def discarded_drafts(actor: Actor) -> QuerySet[FilingDraft]:
    """Those that were put away in the last weeks and can be found again."""
    if not actor.institution:
        return FilingDraft.objects.none()
    since = timezone.now() - timedelta(days=KEPT_DAYS)
    drafts = FilingDraft.objects.filter(institution__public_id=actor.institution)
    return drafts.filter(discarded_at__gte=since, filing__isnull=True).order_by("-discarded_at")


def draft_count(institution: Institution) -> int:
    """How many drafts are still being written."""
    return institution.filing_drafts.filter(discarded_at__isnull=True, filing__isnull=True).count()


def own_draft(actor: Actor, public_id: UUID) -> FilingDraft | None:
    """One of the actor's institution's drafts, discarded ones too."""
    if not actor.institution:
        return None
    drafts = FilingDraft.objects.filter(institution__public_id=actor.institution)
    return (
        drafts.select_related("institution", "copied_from", "amends", "filing")
        .filter(public_id=public_id)
        .first()
    )


def own_number(institution: Institution) -> str:
    """The number that the institution files under: its newest licence's, else its credit code."""
    paper = institution.licences.exclude(number_key="").order_by("-valid_from", "-pk").first()
    return paper.number_printed if paper is not None else institution.credit_code


def open_change_of(filing: Filing) -> str:
    """The number of a change of this filing that is not over, or nothing."""
    found = filing.amendments.filter(state__in=_OPEN_CHANGE).values_list("number", flat=True)
    return found.first() or ""


def change_in_hand(filing: Filing) -> Filing | None:
    """The change of this filing that is not over."""
    return filing.amendments.filter(state__in=_OPEN_CHANGE).first()


def change_numbers(filing: Filing) -> list[str]:
    """The numbers of all changes of a filing so far."""
    return list(filing.amendments.values_list("number", flat=True))


def may_change(filing: Filing, today: date) -> bool:
    """Whether a change of it can be asked for: it stands, it has not ended, none is in hand."""
    stands = filing.state == FilingState.APPROVED.value and filing.amends_id is None
    return stands and filing.ends_on >= today and not open_change_of(filing)


@dataclass(frozen=True)
class VersionChoice:
    """One version of a filing as it can be compared: its number, its cells, how it stood."""

    number: int
    label_number: int
    cells: Mapping[str, str]
    is_approved_one: bool = False


def versions_of(filing: Filing) -> list[VersionChoice]:
    """Every version, the oldest first; of a change the approved one that it would alter first."""
    kept = [
        VersionChoice(one.version, one.version, one.cells)
        for one in filing.versions.order_by("version")
    ]
    present = VersionChoice(filing.version, filing.version, filing.cells)
    if filing.amends is None:
        return [*kept, present]
    basis = _basis_of_change(filing)
    return [VersionChoice(0, basis.label_number, basis.cells, is_approved_one=True), *kept, present]


def _basis_of_change(change: Filing) -> VersionChoice:
    """The approved version that a change was asked of: the last that began before it was decided.

    An adopted change is the original's present content or an earlier version of it.
    """
    original = change.amends
    if original is None:
        return VersionChoice(change.version, change.version, change.cells)
    if change.state == FilingState.ADOPTED.value:
        before = original.versions.filter(Q(submitted_at__lt=change.submitted_at)).order_by(
            "-version"
        )
        found = before.first()
        if found is not None:
            return VersionChoice(found.version, found.version, found.cells)
    return VersionChoice(original.version, original.version, original.cells)


Span = tuple[int, int, str]


@dataclass(frozen=True)
class CellChange:
    """One cell, old and new, with the places that differ marked; `is_changed` if any do."""

    header: str
    old: str
    new: str
    old_spans: tuple[Span, ...]
    new_spans: tuple[Span, ...]
    is_changed: bool


def compared_cells(old: Mapping[str, str], new: Mapping[str, str]) -> list[CellChange]:
    """Every cell in the workbook's order, those that differ with what went and what came."""
    changed = set(changed_headers(old, new))
    return [
        _changed_cell(header, old.get(header, ""), new.get(header, ""))
        if header in changed
        else CellChange(header, old.get(header, ""), new.get(header, ""), (), (), is_changed=False)
        for header in HEADERS
    ]


def _changed_cell(header: str, old: str, new: str) -> CellChange:
    gone, come = differing_spans(old, new)
    return CellChange(
        header,
        old,
        new,
        tuple((a, b, BREACH) for a, b in gone),
        tuple((a, b, OK) for a, b in come),
        is_changed=True,
    )


def changed_names(old: FilingCells | None, new: FilingCells) -> tuple[str, ...]:
    """The headers of the cells that differ; nothing where there is nothing to compare with."""
    return () if old is None else changed_headers(old.cells, new.cells)
