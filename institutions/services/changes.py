"""Changes of an identity that begin on a day: name, credit code, department, how it operates."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from institutions.core.register.credit_codes import read_credit_code
from institutions.core.register.naming import name_key
from institutions.core.register.search import sort_key
from institutions.core.register.text import clean_text
from institutions.models import Institution
from institutions.selectors.register_entry import entry_conflicts
from institutions.services.register_records import (
    begin_period,
    lock_institution,
    record_event,
    require_edit,
    settle_entry,
)
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

CHANGING = LegalBasis("中华人民共和国民办教育促进法", "", "第五十四条、第五十五条")


def change_name(
    *,
    institution: Institution,
    name: str,
    on: date,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Institution:
    """A new name from `on`; the old one stays in the register and is still found."""
    require_edit(actor, institution)
    cleaned = clean_text(name)
    with transaction.atomic():
        locked = lock_institution(institution)
        _refuse(locked, name=cleaned, credit_code="")
        old = locked.name
        if not begin_period(locked.names, key="name", value=cleaned, starts_on=on):
            raise Refused(Refusal("register.nothing_changed"))
        locked.name, locked.name_key = cleaned, name_key(cleaned)
        locked.sort_key = sort_key(cleaned)
        locked.save(update_fields=["name", "name_key", "sort_key"])
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="institution.renamed",
            actor=actor,
            at=at,
            old={"name": old},
            new={"name": cleaned, "from": on.isoformat()},
            reason=reason,
            basis=CHANGING,
        )
    return locked


def change_credit_code(
    *,
    institution: Institution,
    credit_code: str,
    on: date,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Institution:
    """A new credit code from `on`, as after a re-registration; the identity stays the same."""
    require_edit(actor, institution)
    read = read_credit_code(credit_code)
    if not read.code:
        raise Refused(Refusal("register.credit_code_wrong", {"printed": read.printed}))
    with transaction.atomic():
        locked = lock_institution(institution)
        _refuse(locked, name=locked.name, credit_code=read.code)
        old = locked.credit_code
        if not begin_period(locked.credit_codes, key="code", value=read.code, starts_on=on):
            raise Refused(Refusal("register.nothing_changed"))
        locked.credit_code, locked.credit_code_printed = read.code, ""
        locked.save(update_fields=["credit_code", "credit_code_printed"])
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="institution.credit_code_changed",
            actor=actor,
            at=at,
            old={"credit_code": old},
            new={"credit_code": read.code, "from": on.isoformat()},
            reason=reason,
        )
    return locked


def change_competent_department(
    *,
    institution: Institution,
    department: str,
    on: date,
    handed_over_on: date | None = None,
    basis: str = "",
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Institution:
    """Another department takes charge on `on`; the issuing authority is not touched.

    Raises Refused when it is in charge already, or `on` lies before the present one's first day.
    """
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        old = locked.competent_department_id or ""
        changed = begin_period(
            locked.competent_departments,
            key="department_id",
            value=department,
            starts_on=on,
            handed_over_on=handed_over_on,
            basis=basis,
        )
        if not changed:
            raise Refused(Refusal("register.department_same"))
        locked.competent_department_id = department
        locked.save(update_fields=["competent_department"])
        record_event(
            institution=locked,
            kind="institution.department_changed",
            actor=actor,
            at=at,
            old={"competent_department": old},
            new={
                "competent_department": department,
                "from": on.isoformat(),
                "handed_over_on": handed_over_on.isoformat() if handed_over_on else "",
                "basis": basis,
            },
            reason=reason,
        )
    return locked


def change_operating_status(
    *,
    institution: Institution,
    status: str,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Institution:
    """How the institution operates from `on`: operating, rectifying, paused or closed."""
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        old = locked.status
        changed = begin_period(
            locked.statuses, key="status", value=status, starts_on=on, reason=reason
        )
        if not changed:
            raise Refused(Refusal("register.nothing_changed"))
        locked.status = status
        locked.save(update_fields=["status"])
        record_event(
            institution=locked,
            kind="institution.status_changed",
            actor=actor,
            at=at,
            old={"status": old},
            new={"status": status, "from": on.isoformat()},
            reason=reason,
        )
    return locked


def _refuse(institution: Institution, *, name: str, credit_code: str) -> None:
    found = entry_conflicts(
        division=institution.division_id,
        name=name,
        place=institution.place,
        credit_code=credit_code,
        exclude=institution.pk,
    )
    if found:
        raise Refused(found)
