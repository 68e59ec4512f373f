"""Set-up: the applicant's name is free; what was granted enters the register with its licence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from institutions.core.register.naming import name_key
from institutions.models import Institution, Journey, Licence
from institutions.selectors.journey_competence import competent_for
from institutions.selectors.papers import office_on
from institutions.selectors.register_entry import entry_conflicts
from institutions.services.identities import InstitutionDraft, create_entry
from institutions.services.journey_doing import Doing, Effect
from institutions.services.licences import LicenceDraft, create_licence, move_licence
from institutions.services.premises import create_premises, enter_premises
from institutions.services.register_records import record_event, settle_entry
from regulator.kernel.outcomes import Refusal, Refused


def _check_applicant(doing: Doing) -> None:
    """The name may be borne, and nobody is setting up under it already."""
    journey = doing.journey
    found = entry_conflicts(
        division=journey.division_id,
        name=journey.applicant_name,
        place="",
        credit_code="",
        exclude=None,
    )
    key = name_key(journey.applicant_name)
    others = Journey.objects.filter(
        division=journey.division_id, kind=journey.kind, ended_on__isnull=True
    ).exclude(pk=journey.pk)
    for name, number in others.values_list("applicant_name", "number"):
        if name_key(name) == key:
            found.append(Refusal("journey.applicant_running", {"number": number}))
    if found:
        raise Refused(found)


def _set_up_institution(doing: Doing) -> None:
    """The identity, its place and its licence, in force from the day stated."""
    journey, details = doing.journey, doing.journey.details
    institution = create_entry(
        division=journey.division_id,
        draft=_identity(details),
        competent_department=_competent(doing),
        on=doing.on,
    )
    institution.verification, institution.verified_by = "verified", doing.actor.name
    institution.verified_at = doing.at
    institution.save(update_fields=["verification", "verified_by", "verified_at"])
    settle_entry(institution)
    record_event(
        institution=institution,
        kind="institution.registered",
        actor=doing.actor,
        at=doing.at,
        new={"name": institution.name, "verification": "verified", "journey": journey.number},
        basis=journey.table.basis,
    )
    _enter_place(institution, doing)
    journey.institution = institution
    journey.new_licence = _issue_licence(institution, doing)
    journey.licence = journey.new_licence


def _competent(doing: Doing) -> str:
    """The department that will supervise it: as stated, else by category, place and date."""
    journey, details = doing.journey, doing.journey.details
    row = competent_for(
        division=journey.division_id,
        category=details["category"],
        activity=details.get("activity", ""),
        on=doing.on,
    )
    found = "" if row is None else row.consents or row.decides
    return journey.receiving_department_id or found or journey.department_id


def _identity(details: Mapping[str, Any]) -> InstitutionDraft:
    return InstitutionDraft(
        name=details["name"],
        category=details["category"],
        activity=details.get("activity", ""),
        legal_form=details["legal_form"],
        registered_address=details["address"],
        legal_representative=details["legal_representative"],
        principal=details["principal"],
        sponsors=details["sponsors"],
        content=details["content"],
    )


def _enter_place(institution: Institution, doing: Doing) -> None:
    details = doing.journey.details
    area = details.get("floor_area")
    premises = create_premises(
        institution=institution,
        address=details["address"],
        area=details.get("area", ""),
        floor_area_m2=None if area is None else Decimal(area),
        is_licensed=True,
        on=doing.on,
    )
    enter_premises(premises=premises, actor=doing.actor, at=doing.at)


def _issue_licence(institution: Institution, doing: Doing) -> Licence:
    details, stated = doing.journey.details, doing.stated
    licence = create_licence(
        institution=institution,
        draft=LicenceDraft(
            document_type=stated["document_type"],
            number=stated.get("licence_number", ""),
            name=institution.name,
            address=details["address"],
            principal=details["principal"],
            sponsors=details["sponsors"],
            school_type=stated["school_type"],
            content=details["content"],
            category=details["category"],
            activity=details.get("activity", ""),
            stages=tuple(details["stages"]),
            ways=tuple(details["ways"]),
            competent_department_printed=_office(doing, institution.competent_department_id or ""),
            issuing_authority=_office(doing, doing.journey.department_id),
            issuing_department=doing.journey.department_id,
            issued_on=doing.on,
            valid_from=stated["valid_from"],
            valid_until=stated["valid_until"],
        ),
        on=doing.on,
    )
    record_event(
        institution=institution,
        kind="licence.recorded",
        actor=doing.actor,
        at=doing.at,
        new={"number": licence.number_printed, "journey": doing.journey.number},
        subject=licence,
    )
    return move_licence(licence=licence, move="grant", actor=doing.actor, at=doing.at)


def _office(doing: Doing, department: str) -> str:
    """How the department is named on the paper."""
    division = doing.journey.division_id
    return office_on(division=division, department=department, day=doing.on).name


SET_UP_EFFECTS: dict[str, Effect] = {
    "check_applicant": _check_applicant,
    "set_up_institution": _set_up_institution,
}
