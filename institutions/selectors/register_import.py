"""What the register knows of the institutions that some rows of a list speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.listing import JudgedRow
from institutions.core.register.merging import (
    LICENCE_TEXTS,
    SINGLE_VALUES,
    KnownInstitution,
    KnownLicence,
)
from institutions.core.register.text import clean_text, match_key
from institutions.models import Institution, Licence, Premises, RegisterImport
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import reach_of
from regulator.kernel.actors import Actor

_BATCH = 200


class KnownRegister:
    """Institutions by credit code, licence number and name with place, kept up row by row."""

    def __init__(self) -> None:
        self._by_key: dict[int, KnownInstitution] = {}
        self._by_code: dict[str, int] = {}
        self._by_number: dict[str, int] = {}
        self._by_name: dict[tuple[str, str], int] = {}

    def remember(self, known: KnownInstitution, *, name_key: str, place: str) -> None:
        """Put an institution in, or what has become of it."""
        self._by_key[known.key] = known
        if known.values.get("credit_code"):
            self._by_code.setdefault(known.values["credit_code"], known.key)
        for licence in known.licences:
            if licence.number_key:
                self._by_number.setdefault(licence.number_key, known.key)
        self._by_name.setdefault((name_key, place), known.key)

    def add_code(self, code: str, key: int) -> None:
        """A credit code that an institution bore before."""
        self._by_code.setdefault(code, key)

    def find(self, judged: JudgedRow) -> list[KnownInstitution]:
        """The institutions a row means: by code, else number, else name; two if they disagree."""
        row = judged.row
        found = (
            self._by_code.get(row.credit_code.code),
            self._by_number.get(row.licence_number.key),
            self._by_name.get((row.name_key, judged.place)),
        )
        keys = dict.fromkeys(key for key in found if key is not None)
        return [self._by_key[key] for key in keys]


def known_register(
    *, division: str, rows: Sequence[JudgedRow], lock_rows: QuerySet[Institution] | None = None
) -> KnownRegister:
    """What is known of the institutions meant by `rows`; `lock_rows` is read to lock them."""
    register = KnownRegister()
    base = Institution.objects.all() if lock_rows is None else lock_rows
    for start in range(0, len(rows), _BATCH):
        wanted = _meant_by(rows[start : start + _BATCH])
        for institution in _with_facts(base.filter(wanted, division=division)):
            known = _known(institution)
            register.remember(known, name_key=institution.name_key, place=institution.place)
            for code in institution.credit_codes.all():
                register.add_code(code.code, institution.pk)
    return register


def _meant_by(rows: Iterable[JudgedRow]) -> Q:
    good = [judged.row for judged in rows if not judged.refusals]
    codes = {row.credit_code.code for row in good if row.credit_code.code}
    numbers = {row.licence_number.key for row in good if row.licence_number.key}
    by_code = Institution.objects.filter(credit_codes__code__in=codes).values("pk")
    by_number = Licence.objects.filter(number_key__in=numbers).values("institution")
    return (
        Q(name_key__in={row.name_key for row in good})
        | Q(credit_code__in=codes)
        | Q(pk__in=by_code)
        | Q(pk__in=by_number)
    )


def _with_facts(rows: QuerySet[Institution]) -> QuerySet[Institution]:
    places = Premises.objects.filter(ends_before__isnull=True)
    return rows.order_by("pk").prefetch_related(
        Prefetch("premises", queryset=places), "licences", "source_rows", "credit_codes"
    )


def _known(institution: Institution) -> KnownInstitution:
    return KnownInstitution(
        key=institution.pk,
        name=institution.name,
        verified=institution.is_verified,
        values={name: _as_stated(getattr(institution, name)) for name in SINGLE_VALUES},
        addresses={place.pk: _address_key(place) for place in institution.premises.all()},
        licences=tuple(_known_licence(licence) for licence in institution.licences.all()),
        source_digests=frozenset(row.digest for row in institution.source_rows.all()),
    )


def _as_stated(text: str) -> str:
    """What is held, as a file would state it: one line, and no resident ID number."""
    return without_id_numbers(clean_text(text))


def _address_key(place: Premises) -> str:
    shown = without_id_numbers(place.address)
    return place.address_key if shown == place.address else match_key(shown)


def _known_licence(licence: Licence) -> KnownLicence:
    texts = {name: _as_stated(getattr(licence, _COLUMNS.get(name, name))) for name in LICENCE_TEXTS}
    days = {
        "issued_on": licence.issued_on,
        "valid_from": licence.valid_from,
        "valid_until": licence.last_valid_on,
    }
    values = texts | {name: day.isoformat() for name, day in days.items() if day is not None}
    values |= {"number": licence.number_printed, "document_type": licence.document_type}
    return KnownLicence(licence.pk, licence.number_key, values)


_COLUMNS = {"competent_department": "competent_department_printed"}


def imports_in(actor: Actor) -> QuerySet[RegisterImport]:
    """The imports of the actor's division, newest first."""
    if reach_of(actor, Action.REGISTER_IMPORT) is None:
        return RegisterImport.objects.none()
    return RegisterImport.objects.filter(division=actor.division)


def import_of_job(job_id: UUID) -> RegisterImport | None:
    """The import that a job (by public id) does."""
    return RegisterImport.objects.filter(job=job_id).first()
