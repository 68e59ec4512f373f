"""Changes of an identity that begin on a day: name, credit code, department, how it operates.

`change_…` is what an officer does at the entry; `begin_…` the same without its permission check,
inside the caller's transaction under the institution's lock, for what a journey brings about.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    with transaction.atomic():
        locked = lock_institution(institution)
        begin_name(institution=locked, name=name, on=on, reason=reason, actor=actor, at=at)
    return locked


def begin_name(
    *,
    institution: Institution,
    name: str,
    on: date,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """`change_name` of a locked institution, inside the caller's transaction."""
    cleaned = clean_text(name)
    _refuse(institution, name=cleaned, credit_code="")
    old = institution.name
    if not begin_period(institution.names, key="name", value=cleaned, starts_on=on):
        raise Refused(Refusal("register.nothing_changed"))
    institution.name, institution.name_key = cleaned, name_key(cleaned)
    institution.sort_key = sort_key(cleaned)
    institution.save(update_fields=["name", "name_key", "sort_key"])
    settle_entry(institution)
    record_event(
        institution=institution,
        kind="institution.renamed",
        actor=actor,
        at=at,
        old={"name": old},
        new={"name": cleaned, "from": on.isoformat()},
        reason=reason,
        basis=CHANGING,
    )


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
    with transaction.atomic():
        locked = lock_institution(institution)
        begin_credit_code(
            institution=locked, credit_code=credit_code, on=on, reason=reason, actor=actor, at=at
        )
    return locked


def begin_credit_code(
    *,
    institution: Institution,
    credit_code: str,
    on: date,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """`change_credit_code` of a locked institution, inside the caller's transaction."""
    read = read_credit_code(credit_code)
    if not read.code:
        raise Refused(Refusal("register.credit_code_wrong", {"printed": read.printed}))
    _refuse(institution, name=institution.name, credit_code=read.code)
    old = institution.credit_code
    if not begin_period(institution.credit_codes, key="code", value=read.code, starts_on=on):
        raise Refused(Refusal("register.nothing_changed"))
    institution.credit_code, institution.credit_code_printed = read.code, ""
    institution.save(update_fields=["credit_code", "credit_code_printed"])
    settle_entry(institution)
    record_event(
        institution=institution,
        kind="institution.credit_code_changed",
        actor=actor,
        at=at,
        old={"credit_code": old},
        new={"credit_code": read.code, "from": on.isoformat()},
        reason=reason,
    )


@dataclass(frozen=True)
class HandOver:
    """A change of competent department: who takes charge from `on`, and when papers went over."""

    department: str
    on: date
    handed_over_on: date | None = None
    basis: str = ""


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
    hand_over = HandOver(department, on, handed_over_on, basis)
    with transaction.atomic():
        locked = lock_institution(institution)
        begin_competent_department(
            institution=locked, hand_over=hand_over, reason=reason, actor=actor, at=at
        )
    return locked


def begin_competent_department(
    *,
    institution: Institution,
    hand_over: HandOver,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """`change_competent_department` of a locked institution, inside the caller's transaction."""
    old = institution.competent_department_id or ""
    changed = begin_period(
        institution.competent_departments,
        key="department_id",
        value=hand_over.department,
        starts_on=hand_over.on,
        handed_over_on=hand_over.handed_over_on,
        basis=hand_over.basis,
    )
    if not changed:
        raise Refused(Refusal("register.department_same"))
    institution.competent_department_id = hand_over.department
    institution.save(update_fields=["competent_department"])
    handed_over_on = hand_over.handed_over_on
    record_event(
        institution=institution,
        kind="institution.department_changed",
        actor=actor,
        at=at,
        old={"competent_department": old},
        new={
            "competent_department": hand_over.department,
            "from": hand_over.on.isoformat(),
            "handed_over_on": handed_over_on.isoformat() if handed_over_on else "",
            "basis": hand_over.basis,
        },
        reason=reason,
    )


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
        begin_operating_status(
            institution=locked, status=status, on=on, reason=reason, actor=actor, at=at
        )
    return locked


def begin_operating_status(
    *,
    institution: Institution,
    status: str,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """`change_operating_status` of a locked institution, inside the caller's transaction."""
    old = institution.status
    changed = begin_period(
        institution.statuses, key="status", value=status, starts_on=on, reason=reason
    )
    if not changed:
        raise Refused(Refusal("register.nothing_changed"))
    institution.status = status
    institution.save(update_fields=["status"])
    record_event(
        institution=institution,
        kind="institution.status_changed",
        actor=actor,
        at=at,
        old={"status": old},
        new={"status": status, "from": on.isoformat()},
        reason=reason,
    )


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
