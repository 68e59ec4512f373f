"""The register as others read it: identities, licences, premises, and what may be drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from institutions.core.licence_states import LicenceState
from institutions.models import Institution, Licence, Premises
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import reach_of
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class DrawObject:
    """A licensed premises as a draw's frame lists it; `credit_tier` is A to D, or empty."""

    register_id: str
    area: str
    institution: UUID
    credit_tier: str


def registering_divisions() -> list[str]:
    """Codes of the divisions that have institutions of their own on the register."""
    rows = Institution.objects.filter(place="").order_by("division")
    return list(rows.values_list("division", flat=True).distinct())


def institution_by_public_id(public_id: str | UUID) -> Institution | None:
    """An identity by the id in its address, whoever asks; None where there is none."""
    try:
        return (
            Institution.objects.select_related("division", "competent_department")
            .filter(public_id=public_id)
            .first()
        )
    except (ValidationError, ValueError):
        return None


def institutions_in(actor: Actor, action: Action = Action.REGISTER_READ) -> QuerySet[Institution]:
    """The identities that an actor's desk reaches with an action, by pinyin."""
    reach = reach_of(actor, action)
    rows = Institution.objects.select_related("division", "competent_department")
    if reach is None:
        return rows.none()
    if reach is Reach.INSTITUTION:
        return rows.filter(public_id__in=[actor.institution] if actor.institution else [])
    if reach is Reach.CITY and actor.division.endswith("00"):
        return rows.filter(division__code__startswith=actor.division[:4])
    return rows.filter(division=actor.division)


def institution_for(
    actor: Actor, public_id: str | UUID, action: Action = Action.REGISTER_READ
) -> Institution | None:
    """An identity by its public id, where the actor's desk reaches it."""
    try:
        return institutions_in(actor, action).filter(public_id=public_id).first()
    except (ValidationError, ValueError):
        return None


def institution_by_register_id(register_id: str) -> Institution | None:
    """The identity to which a premises' permanent id belongs."""
    premises = (
        Premises.objects.select_related("institution").filter(register_id=register_id).first()
    )
    return None if premises is None else premises.institution


def licence_in_force(institution: Institution, on: date) -> Licence | None:
    """The licence in force on a day, by its recorded states and its printed validity."""
    return (
        institution.licences.filter(
            Q(periods__ends_before__isnull=True) | Q(periods__ends_before__gt=on),
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_before__isnull=True) | Q(valid_before__gt=on),
            periods__state=LicenceState.IN_FORCE.value,
            periods__starts_on__lte=on,
        )
        .order_by("-valid_from", "-pk")
        .first()
    )


def licences_of(institution: Institution) -> list[Licence]:
    """Every licence, newest first."""
    return list(institution.licences.select_related("issuing_department"))


def premises_of(institution: Institution, on: date | None = None) -> list[Premises]:
    """The premises in use, now or on a day, by register id."""
    rows = institution.premises.all()
    if on is None:
        return list(rows.filter(ends_before__isnull=True))
    return list(rows.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=on), starts_on__lte=on))


def premises_by_register_id(register_id: str) -> Premises | None:
    """A place by its permanent id, closed ones too."""
    return Premises.objects.select_related("institution").filter(register_id=register_id).first()


def register_rows(rows: Iterable[Institution]) -> list[Institution]:
    """Identities with what a list shows of them, in three queries whatever their number."""
    licences = Licence.objects.order_by("-valid_from", "-pk")
    places = Premises.objects.filter(ends_before__isnull=True)
    found = list(rows)
    prefetch_related_objects(
        found,
        Prefetch("licences", queryset=licences),
        Prefetch("premises", queryset=places),
        "gaps",
    )
    return found


def draw_objects(*, division: str, on: date, categories: Collection[str] = ()) -> list[DrawObject]:
    """The licensed premises of a division in use on a day, sorted by register id.

    `categories` are kinds of institutions, empty for all of them.
    An object is a premises whose institution has a licence in force on that day and has not ended.
    """
    in_force = Licence.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_before__isnull=True) | Q(valid_before__gt=on),
        state=LicenceState.IN_FORCE.value,
        institution__division=division,
    ).values("institution")
    rows = (
        Premises.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=on),
            starts_on__lte=on,
            is_licensed=True,
            institution__in=in_force,
            institution__place="",
            **({"institution__category__in": list(categories)} if categories else {}),
        )
        .exclude(institution__status="closed")
        .order_by("register_id")
        .values_list("register_id", "area", "institution__public_id", "institution__credit_tier")
    )
    return [DrawObject(*row) for row in rows]
