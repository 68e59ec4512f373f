"""The register as a list: filtered, searched, sorted, and what each row shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    LICENCE_STATE_LABELS,
    LICENCE_STATE_TONES,
    NO_LICENCE,
    STATUS_LABELS,
    STATUS_TONES,
    UNVERIFIED,
    VALIDITY_OVER,
    VERIFICATION_LABELS,
)
from institutions.models import Institution, Licence, RegisterGap
from institutions.selectors.register import register_rows
from institutions.selectors.search import search_institutions
from regulator.web.choices import ATTENTION, NEUTRAL, OK, UNKNOWN, Badge

EXPIRY_NOTICE_DAYS = 60

SORTS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "newest": ("-registered_on", "sort_key", "pk"),
}


@dataclass(frozen=True)
class RegisterFilters:
    """What a list is narrowed to; an empty text narrows nothing. Codes as in `choices`."""

    text: str = ""
    category: str = ""
    licence_state: str = ""
    status: str = ""
    department: str = ""
    verification: str = ""
    gap: str = ""
    sort: str = ""


@dataclass(frozen=True)
class RegisterLine:
    """An institution as a list shows it."""

    institution: Institution
    licence: Licence | None
    licence_badge: Badge
    status_badge: Badge
    address: str
    premises_count: int
    gaps_count: int

    @property
    def kind(self) -> str:
        """Category and activity in words."""
        return kind_words(self.institution)


def kind_words(institution: Institution) -> str:
    """学科类, or 非学科类 with its activity."""
    words = [CATEGORY_LABELS.get(institution.category, "")]
    words.append(ACTIVITY_LABELS.get(institution.activity, ""))
    return "\N{NO-BREAK SPACE}· ".join(str(word) for word in words if word)


def filtered_register(
    rows: QuerySet[Institution], filters: RegisterFilters
) -> QuerySet[Institution]:
    """`rows` narrowed; by pinyin, or by how well they match a typed text."""
    exact = {
        "category": filters.category,
        "status": filters.status,
        "competent_department": filters.department,
        "verification": filters.verification,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.gap:
        gap = RegisterGap.objects.filter(institution=OuterRef("pk"), code=filters.gap)
        rows = rows.filter(Exists(gap))
    if filters.licence_state:
        papers = Licence.objects.filter(institution=OuterRef("pk"))
        if filters.licence_state == "none":
            rows = rows.filter(~Exists(papers))
        elif filters.licence_state == "ending":
            rows = rows.filter(Exists(ending_licences(papers, timezone.localdate())))
        else:
            rows = rows.filter(Exists(papers.filter(state=filters.licence_state)))
    if filters.text:
        found = search_institutions(rows, filters.text)
        return found if not filters.sort else found.order_by(*_order(filters.sort))
    return rows.order_by(*_order(filters.sort))


def ending_licences(papers: QuerySet[Licence], today: date) -> QuerySet[Licence]:
    """Licences in force whose validity ends within EXPIRY_NOTICE_DAYS, the nearest first."""
    until = today + timedelta(days=EXPIRY_NOTICE_DAYS)
    return papers.filter(
        state="in_force", valid_before__gt=today, valid_before__lte=until
    ).order_by("valid_before")


def _order(sort: str) -> tuple[str, ...]:
    return SORTS.get(sort, SORTS["name"])


def register_lines(rows: Iterable[Institution], *, on: date) -> list[RegisterLine]:
    """Lines for a page of identities, in a constant number of queries."""
    return [register_line(institution, on=on) for institution in register_rows(rows)]


def register_line(institution: Institution, *, on: date) -> RegisterLine:
    """One line; its licences, premises and gaps should be prefetched (`register_rows`)."""
    licence = main_licence(list(institution.licences.all()))
    premises = list(institution.premises.all())
    return RegisterLine(
        institution=institution,
        licence=licence,
        licence_badge=licence_badge(licence, on=on),
        status_badge=status_badge(institution),
        address=premises[0].address if premises else "",
        premises_count=len(premises),
        gaps_count=len(institution.gaps.all()),
    )


def main_licence(licences: list[Licence]) -> Licence | None:
    """The licence that speaks for an institution: in force before all others, else the newest."""
    order = ["in_force", "suspended", "pending"]
    for state in order:
        found = [licence for licence in licences if licence.state == state]
        if found:
            return found[0]
    return licences[0] if licences else None


def licence_badge(licence: Licence | None, *, on: date) -> Badge:
    """A licence's state in word and tone; one whose validity is over says so."""
    if licence is None:
        return Badge(UNKNOWN, NO_LICENCE)
    if licence.state == "in_force" and not licence.is_valid_on(on):
        return Badge(ATTENTION, VALIDITY_OVER)
    return Badge(LICENCE_STATE_TONES[licence.state], LICENCE_STATE_LABELS[licence.state])


def status_badge(institution: Institution) -> Badge:
    """Whether the entry is verified, and what is unusual about how the institution operates."""
    if not institution.is_verified:
        return Badge(UNKNOWN, UNVERIFIED)
    if institution.status == "operating":
        return Badge(OK, VERIFICATION_LABELS["verified"])
    return Badge(STATUS_TONES.get(institution.status, NEUTRAL), STATUS_LABELS[institution.status])
