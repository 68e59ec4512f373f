"""What importing tables reads: whom a row means, what is held, imports, mappings, conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet

from institutions.choices.exchange import FILING_TARGET
from institutions.core.exchange.premises import HeldPremises
from institutions.core.exchange.reading import NO, YES, Naming
from institutions.core.exchange.staff import HeldStaff
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.text import clean_text
from institutions.models import (
    ColumnMapping,
    ImportConflict,
    Institution,
    InstitutionCreditCode,
    Licence,
    Premises,
    StaffCertificate,
    StaffMember,
    TableImport,
)
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import reach_of
from regulator.kernel.actors import Actor


class InstitutionIndex:
    """A division's institutions by credit code (former ones too), licence number and name."""

    def __init__(self, division: str) -> None:
        own = Institution.objects.filter(division=division)
        self.names: dict[int, str] = dict(own.values_list("pk", "name"))
        self._by_name = {key: pk for pk, key in own.filter(place="").values_list("pk", "name_key")}
        codes = InstitutionCreditCode.objects.filter(institution__division=division)
        self._by_code = dict(codes.values_list("code", "institution"))
        self._by_code |= {
            code: pk for pk, code in own.exclude(credit_code="").values_list("pk", "credit_code")
        }
        papers = Licence.objects.filter(institution__division=division).exclude(number_key="")
        self._by_number = dict(papers.values_list("number_key", "institution"))

    def find(self, naming: Naming) -> list[int]:
        """The institutions that a row's code, number and name mean; two if they disagree."""
        found = (
            self._by_code.get(naming.credit_code),
            self._by_number.get(naming.number_key),
            self._by_name.get(naming.name_key),
        )
        return list(dict.fromkeys(key for key in found if key is not None))


def held_premises(
    division: str, *, keys: Iterable[int], register_ids: Iterable[str]
) -> list[HeldPremises]:
    """The places of some institutions, and those of these register ids, closed ones too."""
    places = Premises.objects.filter(institution__division=division)
    rows = places.filter(institution__in=set(keys)) | places.filter(
        register_id__in={each for each in register_ids if each}
    )
    return [_held_place(place) for place in rows.order_by("pk")]


def _held_place(place: Premises) -> HeldPremises:
    area = place.floor_area_m2
    return HeldPremises(
        key=place.pk,
        institution=place.institution_id,
        register_id=place.register_id,
        values={
            "address": without_id_numbers(place.address),
            "area": place.area,
            "floor_area": "" if area is None else f"{Decimal(area).normalize():f}",
            "is_licensed": YES if place.is_licensed else NO,
            "starts_on": place.starts_on.isoformat(),
            "ends_before": _iso(place.ends_before),
        },
    )


def held_staff(division: str, *, keys: Iterable[int], member_ids: Iterable[str]) -> list[HeldStaff]:
    """The people of some institutions, and those of these ids, those who left too."""
    papers = StaffCertificate.objects.filter(struck_on__isnull=True)
    people = StaffMember.objects.filter(institution__division=division)
    rows = people.filter(institution__in=set(keys)) | people.filter(
        public_id__in=_uuids(member_ids)
    )
    listed = rows.order_by("pk").prefetch_related(Prefetch("certificates", queryset=papers))
    return [_held_member(member) for member in listed]


def _held_member(member: StaffMember) -> HeldStaff:
    return HeldStaff(
        key=member.pk,
        institution=member.institution_id,
        member_id=str(member.public_id),
        values=staff_values(member),
        certificates=frozenset(
            (one.kind, without_id_numbers(clean_text(one.subject)))
            for one in member.certificates.all()
        ),
        left_on=_iso(member.ends_before),
    )


def staff_values(member: StaffMember) -> dict[str, str]:
    """What is held of a person, as a file states it: one line each, no resident ID number."""
    texts = {
        "person_name": member.name,
        "post": member.post,
        "subjects": "、".join(member.subjects),
        "courses": member.courses,
        "teaching_history": member.teaching_history,
    }
    return {name: without_id_numbers(clean_text(text)) for name, text in texts.items()} | {
        "kind": member.kind,
        "employment": member.employment,
        "background": member.background,
        "consent_signed_on": _iso(member.consent_signed_on),
        "contract_signed_on": _iso(member.contract_signed_on),
    }


def staff_for_export(rows: QuerySet[Institution]) -> list[StaffMember]:
    """Everybody on the lists of some institutions, those who left too, with their certificates."""
    papers = StaffCertificate.objects.filter(struck_on__isnull=True).order_by("pk")
    people = StaffMember.objects.filter(institution__in=rows.order_by().values("pk"))
    listed = people.select_related("institution").order_by("institution__sort_key", "pk")
    return list(listed.prefetch_related(Prefetch("certificates", queryset=papers)))


def table_imports_in(actor: Actor) -> QuerySet[TableImport]:
    """The table imports of the actor's division, newest first."""
    if reach_of(actor, Action.REGISTER_EDIT) is None:
        return TableImport.objects.none()
    return TableImport.objects.filter(division=actor.division).select_related("mapping")


def table_import_of_job(job_id: UUID) -> TableImport | None:
    """The table import that a job (by public id) does."""
    return TableImport.objects.select_related("mapping").filter(job=job_id).first()


def mappings_in(actor: Actor) -> QuerySet[ColumnMapping]:
    """The column mappings of the actor's division, every version, the newest of a name first."""
    if reach_of(actor, Action.REGISTER_EDIT) is None:
        return ColumnMapping.objects.none()
    mappings = ColumnMapping.objects.filter(division=actor.division)
    return mappings.exclude(target=FILING_TARGET)


def current_mapping(division: str, *, target: str, name: str) -> ColumnMapping | None:
    """The version of a name that is in use."""
    rows = ColumnMapping.objects.filter(division=division, target=target, name=name)
    return rows.filter(is_current=True).first()


def conflicts_in(actor: Actor) -> QuerySet[ImportConflict]:
    """The conflicts of the institutions that the actor's desk edits; open ones first."""
    reached = institutions_in(actor, Action.REGISTER_EDIT).order_by().values("pk")
    return (
        ImportConflict.objects.filter(institution__in=reached)
        .select_related("institution", "table_import")
        .order_by("institution__sort_key", "pk")
    )


def premises_by_public_id(public_id: UUID) -> Premises | None:
    """A place by its public id."""
    return Premises.objects.select_related("institution").filter(public_id=public_id).first()


def licence_by_public_id(public_id: UUID) -> Licence | None:
    """A licence by its public id."""
    return Licence.objects.select_related("institution").filter(public_id=public_id).first()


def _uuids(texts: Iterable[str]) -> set[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except (ValueError, ValidationError):
            continue
    return found


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
