"""Entering, correcting, verifying and changing a register identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from institutions.core.register.credit_codes import read_credit_code
from institutions.core.register.naming import name_key
from institutions.core.register.search import sort_key
from institutions.core.register.text import clean_text
from institutions.models import Institution
from institutions.selectors.register_entry import entry_conflicts
from institutions.services.register_records import (
    day_of,
    lock_institution,
    record_event,
    require_edit,
    settle_entry,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

CORRECTABLE = (
    "name",
    "credit_code",
    "credit_code_printed",
    "legal_form",
    "category",
    "activity",
    "registered_address",
    "legal_representative",
    "principal",
    "sponsors",
    "content",
    "credit_tier",
)
"""The columns that `correct_institution` may put right."""


@dataclass(frozen=True)
class InstitutionDraft:
    """What is entered of a new identity. Codes as in `choices/register.py`; unknown is empty.

    `place` and `place_printed` are for rows of another place than the division (`--anywhere`).
    """

    name: str
    category: str = ""
    activity: str = ""
    legal_form: str = ""
    credit_code: str = ""
    credit_code_printed: str = ""
    registered_address: str = ""
    legal_representative: str = ""
    principal: str = ""
    sponsors: str = ""
    content: str = ""
    credit_tier: str = ""
    place: str = ""
    place_printed: str = ""


def register_institution(
    *,
    division: str,
    draft: InstitutionDraft,
    competent_department: str = "",
    on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Institution:
    """Enter an identity as unverified; `on` is when it became true, by default the day of `at`.

    Raises Refused with every reason: no or a taken name, a wrong or a taken credit code.
    """
    require(actor, Action.REGISTER_EDIT, Target(division=division))
    with transaction.atomic():
        institution = create_entry(
            division=division,
            draft=draft,
            competent_department=competent_department,
            on=on or day_of(at),
        )
        settle_entry(institution)
        record_event(
            institution=institution,
            kind="institution.registered",
            actor=actor,
            at=at,
            new=_stated(draft, competent_department),
        )
    return institution


def create_entry(
    *, division: str, draft: InstitutionDraft, competent_department: str, on: date
) -> Institution:
    """The rows of a new identity, inside the caller's transaction; without event and search keys.

    Raises Refused as `register_institution` does.
    """
    values = {name: clean_text(value) for name, value in asdict(draft).items()}
    values["credit_code"] = _checked_code(values["credit_code"])
    _refuse_conflicts(division, values, exclude=None)
    institution = Institution.objects.create(
        division_id=division,
        name_key=name_key(values["name"]),
        sort_key=sort_key(values["name"]),
        competent_department_id=competent_department or None,
        registered_on=on,
        **values,
    )
    institution.names.create(name=institution.name, starts_on=on)
    institution.statuses.create(status=institution.status, starts_on=on)
    if institution.credit_code:
        institution.credit_codes.create(code=institution.credit_code, starts_on=on)
    if competent_department:
        institution.competent_departments.create(department_id=competent_department, starts_on=on)
    return institution


def correct_institution(
    *,
    institution: Institution,
    values: Mapping[str, str],
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Institution:
    """Put right what was entered wrongly: the past is corrected too, nothing begins today.

    `values` maps names of `CORRECTABLE` to new texts. Raises Refused when nothing differs, or as
    `register_institution` does.
    """
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        old, new = correct_entry(locked, values)
        if not new:
            raise Refused(Refusal("register.nothing_changed"))
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="institution.corrected",
            actor=actor,
            at=at,
            old=old,
            new=new,
            reason=reason,
        )
    return locked


def correct_entry(
    institution: Institution, values: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Write the corrected columns of a locked identity; returns old and new of what differed."""
    cleaned = {name: clean_text(values[name]) for name in CORRECTABLE if name in values}
    if cleaned.get("credit_code"):
        cleaned["credit_code"] = _checked_code(cleaned["credit_code"])
        cleaned["credit_code_printed"] = ""
    new = {name: value for name, value in cleaned.items() if value != getattr(institution, name)}
    old = {name: getattr(institution, name) for name in new}
    if not new:
        return {}, {}
    identity = {
        "name": new.get("name", institution.name),
        "credit_code": new.get("credit_code", institution.credit_code),
        "place": institution.place,
    }
    _refuse_conflicts(institution.division_id, identity, exclude=institution.pk)
    for name, value in new.items():
        setattr(institution, name, value)
    institution.name_key = name_key(institution.name)
    institution.sort_key = sort_key(institution.name)
    institution.save(update_fields=[*new, "name_key", "sort_key"])
    _correct_periods(institution, new)
    return old, new


def _correct_periods(institution: Institution, new: Mapping[str, str]) -> None:
    if "name" in new:
        institution.names.filter(ends_before__isnull=True).update(name=new["name"])
    if "credit_code" not in new:
        return
    current = institution.credit_codes.filter(ends_before__isnull=True)
    if not new["credit_code"]:
        current.delete()
    elif not current.update(code=new["credit_code"]):
        institution.credit_codes.create(
            code=new["credit_code"], starts_on=institution.registered_on
        )


def verify_institution(*, institution: Institution, actor: Actor, at: datetime) -> Institution:
    """An officer confirms the entry: from now on no import changes what it says.

    Raises Refused while category or address are missing, or when it is verified already.
    """
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        found = []
        if locked.is_verified:
            found.append(Refusal("register.verified_already", {"name": locked.name}))
        if not locked.category:
            found.append(Refusal("register.category_missing"))
        if not locked.premises.exists():
            found.append(Refusal("register.address_missing"))
        if found:
            raise Refused(found)
        locked.verification = "verified"
        locked.verified_at = at
        locked.verified_by = actor.name
        locked.save(update_fields=["verification", "verified_at", "verified_by"])
        gaps = settle_entry(locked)
        record_event(
            institution=locked,
            kind="institution.verified",
            actor=actor,
            at=at,
            old={"verification": "unverified"},
            new={"verification": "verified", "gaps": [gap.code.value for gap in gaps]},
        )
    return locked


def _checked_code(printed: str) -> str:
    if not printed:
        return ""
    read = read_credit_code(printed)
    if not read.code:
        raise Refused(Refusal("register.credit_code_wrong", {"printed": printed}))
    return read.code


def _refuse_conflicts(division: str, values: Mapping[str, str], *, exclude: int | None) -> None:
    found = entry_conflicts(
        division=division,
        name=values["name"],
        place=values["place"],
        credit_code=values["credit_code"],
        exclude=exclude,
    )
    if found:
        raise Refused(found)


def _stated(draft: InstitutionDraft, competent_department: str) -> dict[str, str]:
    values = {**asdict(draft), "competent_department": competent_department}
    return {name: value for name, value in values.items() if value}
