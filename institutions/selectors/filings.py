"""Reads of uploads and filings: each looks only as far as the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from institutions.core.filing_states import FilingState
from institutions.models import (
    Filing,
    FilingUpload,
    FindingDecision,
    Institution,
    UploadRow,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.kernel.actors import Actor

EDUCATION = "education"
DISGUISE_RULE = "CONTENT-DISGUISE"
IN_REVIEW = FilingState.SUBMITTED.value
# What no list shows, and what makes a row of the table long.
LONG_COLUMNS = ("cells", "certificate", "findings", "statement", "hours")


def own_institution(actor: Actor) -> Institution | None:
    """The institution whose desk the actor holds, or None."""
    if not actor.institution:
        return None
    return Institution.objects.filter(public_id=actor.institution).first()


def uploads_of(institution: Institution) -> QuerySet[FilingUpload]:
    """The institution's uploads, newest first, with how many rows wait and were handed in."""
    uploads = institution.filing_uploads.select_related("job").order_by("-uploaded_at", "-pk")
    return uploads.annotate(
        filed_count=Count("rows", filter=Q(rows__filing__isnull=False)),
        to_correct_count=Count(
            "rows", filter=Q(rows__filing__isnull=True) & rows_to_correct("rows__")
        ),
        ready_count=Count("rows", filter=Q(rows__filing__isnull=True) & ~rows_to_correct("rows__")),
    )


def rows_to_correct(prefix: str = "") -> Q:
    """Rows with a breach, with a form that cannot be read, or of another institution's licence."""
    return Q(**{f"{prefix}outcome__in": ("flagged", "invalid")}) | ~Q(
        **{f"{prefix}wrong_licence": ""}
    )


def upload_for(actor: Actor, public_id: UUID) -> FilingUpload | None:
    """The upload if it is the actor's own institution's."""
    found = FilingUpload.objects.select_related("institution", "job").filter(public_id=public_id)
    upload = found.first()
    if upload is None or str(upload.institution.public_id) != actor.institution:
        return None
    return upload


def upload_by_id(public_id: str) -> FilingUpload | None:
    """The upload that a job names; for the system's own work."""
    found = FilingUpload.objects.select_related("institution").filter(public_id=public_id)
    return found.first()


@dataclass(frozen=True)
class RowCounts:
    """Where an upload's rows stand. Each row is counted once."""

    total: int
    filed: int
    ready: int
    to_correct: int


def row_counts(upload: FilingUpload) -> RowCounts:
    """Filed, ready to hand in, and to be corrected; one query."""
    is_open = Q(filing__isnull=True)
    counted = upload.rows.aggregate(
        total=Count("pk"),
        filed=Count("pk", filter=Q(filing__isnull=False)),
        to_correct=Count("pk", filter=is_open & rows_to_correct()),
    )
    return RowCounts(
        total=counted["total"],
        filed=counted["filed"],
        ready=counted["total"] - counted["filed"] - counted["to_correct"],
        to_correct=counted["to_correct"],
    )


def rows_of(upload: FilingUpload, part: str) -> QuerySet[UploadRow]:
    """The rows of one part (`correct`, `ready`, `filed` or empty for all), in their order."""
    rows = upload.rows.select_related("filing").order_by("row_number")
    if part == "filed":
        return rows.filter(filing__isnull=False)
    if part == "correct":
        return rows.filter(rows_to_correct(), filing__isnull=True)
    if part == "ready":
        return rows.exclude(rows_to_correct()).filter(filing__isnull=True)
    return rows


def upload_row(upload: FilingUpload, row_number: int) -> UploadRow | None:
    """One row by its number in the sheet."""
    rows = upload.rows.select_related("upload__institution", "filing")
    return rows.filter(row_number=row_number).first()


def next_row_to_correct(upload: FilingUpload, row_number: int) -> UploadRow | None:
    """The next row that needs correcting after a number, or the first one of all."""
    rows = rows_of(upload, "correct")
    return rows.filter(row_number__gt=row_number).first() or rows.first()


def own_filings(actor: Actor, state: str = "") -> QuerySet[Filing]:
    """The filings of the actor's institution, newest first."""
    filings = _own(actor).defer(*LONG_COLUMNS)
    return filings.filter(state=state) if state else filings


def _own(actor: Actor) -> QuerySet[Filing]:
    if not actor.institution:
        return Filing.objects.none()
    return Filing.objects.filter(institution__public_id=actor.institution)


def own_filing(actor: Actor, public_id: UUID) -> Filing | None:
    """One of the actor's institution's filings."""
    found = _own(actor).select_related("institution", "division", "department")
    return found.filter(public_id=public_id).first()


@dataclass(frozen=True)
class PortalFigures:
    """What an institution has to do, and what the bureau has in hand."""

    waiting_uploads: int
    rows_to_correct: int
    rows_ready: int
    returned: int
    in_review: int
    approved: int


def portal_figures(institution: Institution) -> PortalFigures:
    """The counts of the portal's front page; three queries."""
    rows = UploadRow.objects.filter(upload__institution=institution, filing__isnull=True)
    counted = rows.aggregate(all=Count("pk"), to_correct=Count("pk", filter=rows_to_correct()))
    states = institution.filings.aggregate(
        returned=Count("pk", filter=Q(state="returned")),
        in_review=Count("pk", filter=Q(state=IN_REVIEW)),
        approved=Count("pk", filter=Q(state="approved")),
    )
    return PortalFigures(
        waiting_uploads=institution.filing_uploads.filter(state="waiting").count(),
        rows_to_correct=counted["to_correct"],
        rows_ready=counted["all"] - counted["to_correct"],
        **states,
    )


def visible_filings(viewer: Actor) -> QuerySet[Filing]:
    """The filings of the viewer's division that the policy lets them read."""
    filings = Filing.objects.select_related("institution", "department")
    if not may(viewer, Action.FILING_READ, Target(division=viewer.division)):
        return filings.none()
    if reach_of(viewer, Action.FILING_READ) is Reach.CITY:
        return filings.filter(division__code__startswith=viewer.division[:4])
    return filings.filter(division=viewer.division)


def visible_filing(viewer: Actor, public_id: UUID) -> Filing | None:
    """A filing that the viewer may read."""
    return visible_filings(viewer).filter(public_id=public_id).first()


@dataclass(frozen=True)
class ListFilter:
    """What is asked of all filings; empty parts are not looked at."""

    state: str = ""
    category: str = ""
    words: str = ""


def filtered_filings(viewer: Actor, asked: ListFilter) -> QuerySet[Filing]:
    """The viewer's filings, newest first, by state, category and words."""
    filings = visible_filings(viewer).defer(*LONG_COLUMNS).order_by("-submitted_at", "-pk")
    if asked.state:
        filings = filings.filter(state=asked.state)
    return narrowed(filings, asked.category, asked.words)


def narrowed(filings: QuerySet[Filing], category: str, words: str) -> QuerySet[Filing]:
    """Those of a category whose name, institution or number holds every word."""
    if category:
        filings = filings.filter(category=category)
    for word in words.split():
        filings = filings.filter(
            Q(class_name__icontains=word)
            | Q(institution__name__icontains=word)
            | Q(number__icontains=word)
        )
    return filings


def current_decisions(filing: Filing) -> dict[str, FindingDecision]:
    """The latest decision on each rule of the filing's present version."""
    found = filing.decisions.filter(version=filing.version).order_by("pk")
    return {decision.rule: decision for decision in found}


def approved_filings(institution: Institution) -> QuerySet[Filing]:
    """The classes that anyone may see: approved ones, the latest start first."""
    return institution.filings.filter(state=FilingState.APPROVED.value).order_by(
        "-starts_on", "class_name", "pk"
    )


def public_filing(public_id: UUID) -> Filing | None:
    """A filing that is approved, or was until the bureau took it back; nothing else is public."""
    found = Filing.objects.select_related("institution", "division").filter(
        public_id=public_id, state__in=(FilingState.APPROVED.value, FilingState.REVOKED.value)
    )
    return found.first()
