"""A row of another system's list of institutions: blanks are filled, nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace

from institutions.core.exchange.plans import Conflict
from institutions.core.register.listing import JudgedRow
from institutions.core.register.merging import (
    KnownInstitution,
    KnownLicence,
    RowOutcome,
    RowPlan,
    licence_values_of,
    plan_row,
    values_of,
)
from institutions.core.register.rows import RegisterRow

DECIDABLE = (
    "name",
    "credit_code",
    "category",
    "activity",
    "legal_form",
    "registered_address",
    "legal_representative",
    "principal",
    "sponsors",
    "content",
)
"""Facts of an institution that a person can take over from another system."""
LICENCE_DECIDABLE = (
    "number",
    "issued_on",
    "valid_from",
    "valid_until",
    "issuing_authority",
    "competent_department",
)


def plan_foreign(
    judged: JudgedRow, known: KnownInstitution | None, *, digest: str
) -> tuple[RowPlan, tuple[Conflict, ...]]:
    """The plan for a row, and what it states otherwise than we do.

    A row of an institution that we do not know is an addition, as from any list.
    """
    if judged.refusals or known is None:
        return plan_row(judged, None, digest=digest), ()
    plan = plan_row(
        replace(judged, repeats=True), replace(known, verified=False), digest=digest
    )  # fills only what is blank
    address = _address_conflict(judged.row, known, plan)
    paper, licence = _licence_conflicts(judged.row, known, plan)
    conflicts = (*_entry_conflicts(judged.row, known), *address, *licence)
    if address:
        plan = replace(plan, new_address=False, longer_address_of=None)
    if paper is not None:
        plan = replace(plan, new_licence=False, licence_key=None, licence_values={})
    written = (plan.values, plan.new_address, plan.new_licence, plan.licence_key is not None)
    outcome = RowOutcome.CHANGE if any(written) else RowOutcome.KEEP
    return replace(plan, outcome=outcome), conflicts


def _entry_conflicts(row: RegisterRow, known: KnownInstitution) -> tuple[Conflict, ...]:
    stated = values_of(row)
    return tuple(
        Conflict(name, held, stated[name], "institution", known.key)
        for name in DECIDABLE
        if name in stated and (held := known.values.get(name, "")) and held != stated[name]
    )


def _address_conflict(
    row: RegisterRow, known: KnownInstitution, plan: RowPlan
) -> tuple[Conflict, ...]:
    """An address that we do not have, or have cut off: ours stays until a person decides."""
    if plan.longer_address_of is not None:
        held = known.addresses[plan.longer_address_of]
        return (Conflict("address", held, row.address, "premises", plan.longer_address_of),)
    if plan.new_address and known.addresses:
        held = "；".join(known.addresses.values())
        return (Conflict("address", held, row.address, "institution", known.key),)
    return ()


def _licence_conflicts(
    row: RegisterRow, known: KnownInstitution, plan: RowPlan
) -> tuple[KnownLicence | None, tuple[Conflict, ...]]:
    """What the row says of a licence otherwise than ours; with the licence where nothing is to do.

    A number that none of our licences bears is held against the newest of them.
    """
    stated = licence_values_of(row)
    if not stated or not known.licences:
        return None, ()
    key = row.licence_number.key
    meant = next((one for one in known.licences if key and one.number_key == key), None)
    unknown_number = bool(key) and meant is None and plan.new_licence
    paper = meant or known.licences[0]
    if unknown_number:
        held = paper.values.get("number", "")
        return paper, (Conflict("number", held, stated["number"], "licence", paper.key),)
    if plan.licence_key is not None and meant is None:
        paper = next(one for one in known.licences if one.key == plan.licence_key)
    conflicts = tuple(
        Conflict(name, held, stated[name], "licence", paper.key)
        for name in LICENCE_DECIDABLE
        if name in stated and (held := paper.values.get(name, "")) and held != stated[name]
    )
    return None, tuple(one for one in conflicts if one.field != "number")
