"""Lists of contracts that an institution handed in: their rows, and the classes they name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from fees.models import ContractUpload, ContractUploadRow
from institutions.models import Filing, Institution
from institutions.selectors.filings import approved_filings
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

SETTLED_ROWS = ("added", "kept")
RETURNED_ROWS = ("conflict", "refused")


def own_contract_uploads(actor: Actor) -> QuerySet[ContractUpload]:
    """The lists of the institution at whose desk the actor sits, the latest first."""
    own = institutions_in(actor, Action.ESCROW_READ_OWN).order_by().values("pk")
    rows = ContractUpload.objects.filter(institution__in=own)
    return rows.select_related("institution", "escrow__institution", "mapping", "job")


def own_contract_upload(actor: Actor, public_id: UUID) -> ContractUpload | None:
    """One of them by its public id."""
    return own_contract_uploads(actor).filter(public_id=public_id).first()


def contract_upload_by_id(public_id: str) -> ContractUpload | None:
    """A list by its public id, for the job."""
    rows = ContractUpload.objects.filter(public_id=public_id)
    return rows.select_related("institution", "escrow__institution", "mapping").first()


def uploaded_before(institution: Institution, file_sha256: str) -> ContractUpload | None:
    """The list that came in as the very same file and is still kept."""
    return ContractUpload.objects.filter(
        institution=institution, file_sha256=file_sha256, erased_on=None
    ).first()


def outcome_counts(upload: ContractUpload) -> dict[str, int]:
    """How many rows had which outcome."""
    rows = upload.rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    return dict(rows)


def rows_with(upload: ContractUpload, outcomes: Iterable[str]) -> QuerySet[ContractUploadRow]:
    """The rows with these outcomes, as they stand in the sheet."""
    rows = upload.rows.filter(outcome__in=list(outcomes))
    return rows.select_related("contract").order_by("row_number")


def settled_numbers(upload: ContractUpload) -> frozenset[int]:
    """Rows that need not be looked at in the upload's present attempt: entered, or tried in it."""
    settled = upload.rows.filter(outcome__in=SETTLED_ROWS).values_list("row_number", flat=True)
    tried = upload.rows.filter(attempt=upload.attempt).values_list("row_number", flat=True)
    return frozenset(settled) | frozenset(tried)


class NamedClasses:
    """The classes that rows name: by filing number, else approved ones by name, with or without
    the term. Three queries, however many rows."""

    def __init__(self, institution: Institution, names: Iterable[str]) -> None:
        wanted = {name.strip() for name in names}
        numbered = Filing.objects.filter(institution=institution, number__in=wanted)
        self._by_number = {filing.number: filing for filing in numbered}
        plain = {_plain(name) for name in wanted if name not in self._by_number}
        keys: dict[str, set[int]] = {}
        approved = approved_filings(institution).values_list("pk", "class_name", "class_term")
        for pk, name, term in approved:
            for text in (_plain(name), _plain(f"{name}{term}")):
                if text in plain:
                    keys.setdefault(text, set()).add(pk)
        found = Filing.objects.in_bulk({pk for some in keys.values() for pk in some})
        self._by_name = {text: [found[pk] for pk in some] for text, some in keys.items()}

    def named(self, text: str) -> list[Filing]:
        """The classes that a cell may mean."""
        found = self._by_number.get(text.strip())
        return [found] if found else self._by_name.get(_plain(text), [])


def _plain(name: str) -> str:
    return "".join(name.split())


def uploads_due(on: date) -> QuerySet[ContractUpload]:
    """Lists whose sealed table is to be erased by a day, of every division."""
    rows = ContractUpload.objects.filter(erased_on=None, erase_on__lte=on)
    return rows.select_related("institution").order_by("pk")
