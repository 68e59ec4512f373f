"""What a good row does to the register: add, change, keep or come back; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
class KnownLicence:
    """A licence on record: its texts by the names of `licence_values_of`, blank where unknown."""

    key: int
    number_key: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class KnownInstitution:
    """What the register holds of the institution that a row speaks of.

    `values` are its single-valued facts by name (see `SINGLE_VALUES`), `addresses` the address keys
    of its premises by their key in the database, `source_digests` the printed rows on record.
    """

    key: int
    name: str
    verified: bool
    values: Mapping[str, str]
    addresses: Mapping[int, str] = field(default_factory=dict)
    licences: tuple[KnownLicence, ...] = ()
    source_digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RowPlan:
    """What to write for one row. `longer_address_of` and `licence_key` name rows to be filled."""

    outcome: RowOutcome
    values: Mapping[str, str] = field(default_factory=dict)
    new_address: bool = False
    longer_address_of: int | None = None
    new_licence: bool = False
    licence_key: int | None = None
    licence_values: Mapping[str, str] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


IDENTITY_VALUES = ("name", "credit_code", "category", "legal_form")
"""Facts that an import may not change once an officer has verified the entry."""
_PRINTED_VALUES = (
    "registered_address",
    "legal_representative",
    "principal",
    "sponsors",
    "content",
)
SINGLE_VALUES = (*IDENTITY_VALUES, "activity", "credit_code_printed", *_PRINTED_VALUES)
STATEMENTS = ("status_or_result", "list_type", "event_date", "publisher", "source_url", "note")
"""What makes a row a list's statement about an institution, worth keeping by itself."""
_FILLED_TEXTS = ("issuing_authority", "competent_department")
LICENCE_TEXTS = ("issuing_authority", "competent_department", "content", "principal", "sponsors")


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
    found |= {name: row.text(name) for name in _PRINTED_VALUES}
    return {name: value for name, value in found.items() if value}


def licence_values_of(row: RegisterRow) -> dict[str, str]:
    """What a row states of a licence, dates in ISO form; empty when it speaks of none."""
    days = {
        "issued_on": row.issued_on.day,
        "valid_from": row.valid_from.day,
        "valid_until": row.valid_until.day,
    }
    found = {name: day.isoformat() for name, day in days.items() if day is not None}
    if row.licence_number.printed:
        found["number"] = row.licence_number.printed
    if row.document_type:
        found["document_type"] = row.document_type
    if not found:
        return {}
    return found | {name: row.text(name) for name in LICENCE_TEXTS if row.text(name)}


def plan_row(judged: JudgedRow, known: KnownInstitution | None, *, digest: str) -> RowPlan:
    """The plan for a judged row against what the register knows of its institution.

    A verified entry, and one of which an earlier row of the file spoke, are only filled where they
    are blank; any other takes what the list says now. A fact an officer verified is never
    overwritten: the row comes back.
    """
    if judged.refusals:
        return RowPlan(RowOutcome.REFUSE, refusals=judged.refusals)
    row = judged.row
    if known is None:
        licence_values = licence_values_of(row)
        return RowPlan(
            RowOutcome.ADD,
            values=values_of(row),
            new_address=bool(row.address_key),
            new_licence=bool(licence_values),
            licence_values=licence_values,
        )
    conflicts = _conflicts(row, known)
    if conflicts:
        return RowPlan(RowOutcome.REFUSE, refusals=conflicts)
    return _plan_change(judged, known, digest)


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


def _plan_change(judged: JudgedRow, known: KnownInstitution, digest: str) -> RowPlan:
    row, fill_only = judged.row, known.verified or judged.repeats
    values = {
        name: value
        for name, value in values_of(row).items()
        if value != known.values.get(name, "") and not (fill_only and known.values.get(name, ""))
    }
    if known.values.get("credit_code"):
        values.pop("credit_code_printed", None)
    longer, new_address = _address_plan(row.address_key, known.addresses)
    stated = licence_values_of(row)
    licence = _licence_meant(row, known, stated) if stated else None
    filled = _filled(stated, licence)
    plan = RowPlan(
        RowOutcome.CHANGE,
        values=values,
        new_address=new_address,
        longer_address_of=longer,
        new_licence=bool(stated) and licence is None,
        licence_key=licence.key if licence is not None and filled else None,
        licence_values=filled,
    )
    changes = (values, new_address, longer is not None, plan.new_licence, filled)
    unseen = digest not in known.source_digests and any(map(row.text, STATEMENTS))
    return plan if any(changes) or unseen else replace(plan, outcome=RowOutcome.KEEP)


def _address_plan(key: str, held: Mapping[int, str]) -> tuple[int | None, bool]:
    """The premises whose cut-off address the row completes, and whether the address is new."""
    if not key or key in held.values():
        return None, False
    for premises, address in held.items():
        if same_address(key, address):
            return (premises, False) if len(key) > len(address) else (None, False)
    return None, True


def _licence_meant(
    row: RegisterRow, known: KnownInstitution, stated: Mapping[str, str]
) -> KnownLicence | None:
    """The licence of that number, else the one without a number, else none.

    A row without a number means the licence on record that says the same, else the first one.
    """
    key = row.licence_number.key
    if not key:
        agreeing = (one for one in known.licences if not _differing(stated, one))
        return next(agreeing, known.licences[0] if known.licences else None)
    for licence in known.licences:
        if licence.number_key == key:
            return licence
    return next((licence for licence in known.licences if not licence.number_key), None)


def _differing(stated: Mapping[str, str], licence: KnownLicence) -> list[str]:
    """Names of what a row states otherwise than a licence; its people and content do not count."""
    names = set(stated) - (set(LICENCE_TEXTS) - set(_FILLED_TEXTS))
    return [name for name in names if stated[name] != licence.values.get(name, "")]


def _filled(stated: Mapping[str, str], licence: KnownLicence | None) -> dict[str, str]:
    """What the row adds to a licence on record: only where it is blank."""
    held = {} if licence is None else licence.values
    left = set(LICENCE_TEXTS) - set(_FILLED_TEXTS) if licence is not None else set()
    return {
        name: value for name, value in stated.items() if not held.get(name, "") and name not in left
    }


def known_after(
    known: KnownInstitution | None, plan: RowPlan, judged: JudgedRow, *, key: int, digest: str
) -> KnownInstitution:
    """What the register will hold once a plan is written; new rows get made-up negative keys."""
    before = known or KnownInstitution(key=key, name=judged.row.name, verified=False, values={})
    addresses, licences = dict(before.addresses), list(before.licences)
    if plan.new_address:
        addresses[-judged.row.number] = judged.row.address_key
    elif plan.longer_address_of is not None:
        addresses[plan.longer_address_of] = judged.row.address_key
    number_key = judged.row.licence_number.key
    if plan.new_licence:
        licences.append(KnownLicence(-judged.row.number, number_key, plan.licence_values))
    elif plan.licence_key is not None:
        licences = [_licence_after(one, plan, number_key) for one in licences]
    return replace(
        before,
        name=plan.values.get("name", before.name),
        values={**before.values, **plan.values},
        addresses=addresses,
        licences=tuple(licences),
        source_digests=before.source_digests | {digest},
    )


def _licence_after(licence: KnownLicence, plan: RowPlan, number_key: str) -> KnownLicence:
    if licence.key != plan.licence_key:
        return licence
    values = {**licence.values, **plan.licence_values}
    return KnownLicence(licence.key, licence.number_key or number_key, values)
