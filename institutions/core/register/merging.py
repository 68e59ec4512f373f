"""What a good row does to the register: add, change, keep or come back; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from institutions.core.register.listing import JudgedRow
from institutions.core.register.rows import RegisterRow
from institutions.core.register.text import same_address
from regulator.kernel.outcomes import Refusal


class RowOutcome(StrEnum):
    """What becomes of a row."""

    ADD = "added"
    CHANGE = "changed"
    KEEP = "kept"
    REFUSE = "refused"


@dataclass(frozen=True)
class KnownInstitution:
    """What the register holds of the institution that a row speaks of.

    `values` holds the single-valued facts by name (see `SINGLE_VALUES`), `addresses` the premises'
    address keys by their key in the database, `source_digests` the rows already on record.
    """

    key: int
    verified: bool
    values: Mapping[str, str]
    addresses: Mapping[int, str] = field(default_factory=dict)
    licence_keys: frozenset[str] = frozenset()
    has_licence: bool = False
    source_digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RowPlan:
    """What to write for one row."""

    outcome: RowOutcome
    values: Mapping[str, str] = field(default_factory=dict)
    new_address: bool = False
    longer_address_of: int | None = None
    new_licence: bool = False
    refusals: tuple[Refusal, ...] = ()


IDENTITY_VALUES = ("name", "credit_code", "category", "legal_form")
"""Facts that an import may not change once an officer has verified the entry."""
DETAIL_VALUES = (
    "activity",
    "registered_address",
    "legal_representative",
    "principal",
    "sponsors",
    "content",
    "credit_code_printed",
)
SINGLE_VALUES = IDENTITY_VALUES + DETAIL_VALUES


def values_of(row: RegisterRow) -> dict[str, str]:
    """The single-valued facts a row states; what it leaves blank is not in it."""
    found = {
        "name": row.name,
        "credit_code": row.credit_code.code,
        "category": row.category,
        "legal_form": row.legal_form,
        "activity": row.activity,
        "credit_code_printed": "" if row.credit_code.code else row.credit_code.printed,
    }
    found |= {name: row.text(name) for name in DETAIL_VALUES[1:-1]}
    return {name: value for name, value in found.items() if value}


def speaks_of_licence(row: RegisterRow) -> bool:
    """Whether a row tells of a licence at all: a number, a paper, or its dates."""
    dates = row.issued_on.day or row.valid_from.day or row.valid_until.day
    return bool(row.licence_number.printed or row.document_type or dates)


def plan_row(
    judged: JudgedRow, known: KnownInstitution | None, *, digest: str, repeats: bool
) -> RowPlan:
    """The plan for a judged row. `repeats`: an earlier row of the file spoke of the same one.

    A repeating row and a verified entry are only filled where they are blank; an unverified entry
    takes what the list says now. A fact an officer verified is never overwritten: the row comes
    back.
    """
    if judged.refusals:
        return RowPlan(RowOutcome.REFUSE, refusals=judged.refusals)
    row = judged.row
    if known is None:
        return RowPlan(
            RowOutcome.ADD,
            values=values_of(row),
            new_address=bool(row.address_key),
            new_licence=speaks_of_licence(row),
        )
    conflicts = _conflicts(row, known)
    if conflicts:
        return RowPlan(RowOutcome.REFUSE, refusals=conflicts)
    return _plan_change(row, known, digest=digest, fill_only=repeats or known.verified)


def _conflicts(row: RegisterRow, known: KnownInstitution) -> tuple[Refusal, ...]:
    if not known.verified:
        return ()
    stated = values_of(row)
    return tuple(
        Refusal(
            "register.row_differs_from_verified",
            {"register_field": name, "held": held, "stated": stated[name]},
        )
        for name in IDENTITY_VALUES
        if name in stated and (held := known.values.get(name, "")) and held != stated[name]
    )


def _plan_change(
    row: RegisterRow, known: KnownInstitution, *, digest: str, fill_only: bool
) -> RowPlan:
    values = {
        name: value
        for name, value in values_of(row).items()
        if value != known.values.get(name, "") and not (fill_only and known.values.get(name, ""))
    }
    if known.values.get("credit_code"):
        values.pop("credit_code_printed", None)
    longer, new_address = _address_plan(row.address_key, known.addresses)
    new_licence = speaks_of_licence(row) and _is_new_licence(row, known)
    changes = bool(values) or longer is not None or new_address or new_licence
    unseen = digest not in known.source_digests
    outcome = RowOutcome.CHANGE if changes or unseen else RowOutcome.KEEP
    return RowPlan(outcome, values, new_address, longer, new_licence)


def _address_plan(key: str, held: Mapping[int, str]) -> tuple[int | None, bool]:
    """The premises whose cut-off address the row completes, and whether the address is new."""
    if not key or key in held.values():
        return None, False
    for premises, address in held.items():
        if same_address(key, address):
            return (premises, False) if len(key) > len(address) else (None, False)
    return None, True


def _is_new_licence(row: RegisterRow, known: KnownInstitution) -> bool:
    if row.licence_number.key:
        return row.licence_number.key not in known.licence_keys
    return not known.has_licence
