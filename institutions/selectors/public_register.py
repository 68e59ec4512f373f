"""The register as anyone may see it: one plain answer per institution, then the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from institutions.choices.public_register import ANSWERS, STAGES_JOINER, Answer
from institutions.choices.register import STAGE_LABELS, WAY_LABELS
from institutions.core.licence_states import LicenceState
from institutions.models import Institution, Licence
from institutions.selectors.register import premises_of, register_rows
from institutions.selectors.register_list import kind_words, main_licence
from institutions.selectors.search import search_institutions

_STANDING = ("pending", "in_force", "suspended", "expired")
_ENDED = ("revoked", "annulled", "withdrawn", "cancelled")


@dataclass(frozen=True)
class PublicLine:
    """An institution as the public list shows it."""

    institution: Institution
    licence: Licence | None
    answer: Answer
    kind: str
    address: str

    @property
    def valid_until(self) -> date | None:
        """The last day of its licence, while that still stands (suspended ones too)."""
        if self.licence is None or self.licence.state not in _STANDING:
            return None
        return self.licence.last_valid_on

    @property
    def ended_on(self) -> date | None:
        """The day on which its licence was revoked, annulled, withdrawn or cancelled."""
        ended = self.licence is not None and self.licence.state in _ENDED
        return self.licence.state_since if ended and self.licence else None


@dataclass(frozen=True)
class Provider:
    """A provider's page: the answer, what is allowed, and where."""

    line: PublicLine
    scope: tuple[str | Promise, ...]
    ways: tuple[str | Promise, ...]
    subjects: tuple[str, ...]
    addresses: tuple[str, ...]
    former_names: tuple[str, ...]


@dataclass(frozen=True)
class PublicFigures:
    """How many institutions are on the register, and how many hold a licence in force."""

    registered: int
    licensed: int


def public_institutions() -> QuerySet[Institution]:
    """Institutions that anyone may look up: the division's own, not rows of other places."""
    return Institution.objects.filter(place="").select_related("division", "competent_department")


def public_institution(public_id: UUID) -> Institution | None:
    """One of them by its public id."""
    return public_institutions().filter(public_id=public_id).first()


def public_search(text: str) -> QuerySet[Institution]:
    """What a query finds among them; nothing for an empty one."""
    rows = public_institutions()
    return search_institutions(rows, text) if text.strip() else rows.none()


def public_lines(rows: Iterable[Institution], *, on: date) -> list[PublicLine]:
    """Lines for a page of institutions, in a constant number of queries."""
    return [_line(institution, on=on) for institution in register_rows(rows)]


def _line(institution: Institution, *, on: date) -> PublicLine:
    licence = main_licence(list(institution.licences.all()))
    premises = list(institution.premises.all())
    return PublicLine(
        institution=institution,
        licence=licence,
        answer=ANSWERS[answer_code(institution, licence, on=on)],
        kind=kind_words(institution),
        address=premises[0].address if premises else "",
    )


def answer_code(institution: Institution, licence: Licence | None, *, on: date) -> str:
    """Which of the few plain answers holds on a day."""
    if institution.status == "closed":
        return "closed"
    if licence is None:
        return "unlicensed" if institution.is_verified else "unverified"
    if licence.state == LicenceState.PENDING.value:
        return "unverified"
    if licence.state != LicenceState.IN_FORCE.value:
        return str(licence.state)
    if not licence.is_valid_on(on):
        return "expired"
    if not institution.is_verified:
        return "unverified"
    return "paused" if institution.status == "paused" else "in_force"


def provider(institution: Institution, *, on: date) -> Provider:
    """Everything of the register that a provider's page shows."""
    line = public_lines(public_institutions().filter(pk=institution.pk), on=on)[0]
    licence = line.licence
    names = institution.names.filter(ends_before__isnull=False).values_list("name", flat=True)
    return Provider(
        line=line,
        scope=tuple(STAGE_LABELS[code] for code in (licence.stages if licence else ())),
        ways=tuple(WAY_LABELS[code] for code in (licence.ways if licence else ())),
        subjects=tuple(licence.subjects) if licence else (),
        addresses=tuple(place.address for place in premises_of(institution)),
        former_names=tuple(names),
    )


def public_figures(*, on: date) -> PublicFigures:
    """The two figures of the front page."""
    in_force = Licence.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_before__isnull=True) | Q(valid_before__gt=on),
        state=LicenceState.IN_FORCE.value,
    ).values("institution")
    rows = Institution.objects.filter(place="").exclude(status="closed")
    return PublicFigures(
        registered=rows.count(),
        licensed=rows.filter(verification="verified", pk__in=in_force).count(),
    )


def joined(words: tuple[str | Promise, ...]) -> str:
    """Words joined as a Chinese or English list."""
    return str(STAGES_JOINER).join(str(word) for word in words)
