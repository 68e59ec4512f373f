"""Whether an identity's name or credit code already belongs to another."""

from __future__ import annotations

from django.db.models import Q

from institutions.core.register.naming import name_key
from institutions.models import Institution, Licence
from regulator.kernel.outcomes import Refusal


def entry_conflicts(
    *, division: str, name: str, place: str, credit_code: str, exclude: int | None
) -> list[Refusal]:
    """Every reason why these may not be an identity's name and code; `exclude` is its own key."""
    if not name:
        return [Refusal("register.name_missing")]
    others = Institution.objects.filter(division=division).exclude(pk__in=_own(exclude))
    found = []
    if others.filter(place=place, name_key=name_key(name)).exists():
        found.append(Refusal("register.name_taken", {"name": name}))
    if credit_code:
        holder = others.filter(
            Q(credit_code=credit_code) | Q(credit_codes__code=credit_code)
        ).first()
        if holder is not None:
            params = {"code": credit_code, "name": holder.name}
            found.append(Refusal("register.credit_code_taken", params))
    return found


def number_conflicts(*, division: str, number_key: str, exclude: int | None) -> list[Refusal]:
    """Whether a licence number stands on another licence: a number is never used twice."""
    if not number_key:
        return []
    taken = (
        Licence.objects.filter(number_key=number_key, institution__division=division)
        .exclude(pk__in=_own(exclude))
        .select_related("institution")
        .first()
    )
    if taken is None:
        return []
    params = {"number": taken.number_printed, "name": taken.institution.name}
    return [Refusal("licence.number_taken", params)]


def _own(key: int | None) -> list[int]:
    return [] if key is None else [key]
