"""The inspection items that ship with the product, read from its own tables."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspections.core.items.basis import (
    Instrument,
    basis_kind,
    resolve_same,
    ships_published,
)

DATA = Path(__file__).resolve().parents[1] / "data"
_DEPARTMENTS: Mapping[str, str] = {
    "教育": "education",
    "民政": "civil_affairs",
    "市场监管": "market_regulation",
    "市场监管(食品)": "market_regulation",
    "消防救援": "fire_rescue",
    "公安": "public_security",
    "网信": "cyberspace",
    "卫健": "health",
    "税务": "tax",
}
_SEVERITIES: Mapping[str, str] = {"红线": "red_line", "重点": "key", "一般": "general"}
_APPLIES: Mapping[str, str] = {
    "全部": "all",
    "学科类": "subject",
    "非学科类": "non_subject",
    "线上": "online",
}


@dataclass(frozen=True)
class ShippedItem:
    """A row of `checklist_items.csv` in our own words; `is_published` as it ships."""

    code: str
    department: str
    section: str
    title: str
    look_at: str
    method: str
    severity: str
    legal_basis: str
    basis_kind: str
    consequence: str
    violation_code: str
    applies_to: str
    source: str
    confidence: str
    is_published: bool


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def legal_instruments() -> Mapping[str, Instrument]:
    """Instruments by the short name that bases use."""
    return {
        row["short_name"]: Instrument(row["short_name"], row["name"], row["kind"])
        for row in _rows("legal_instruments.csv")
    }


@cache
def shipped_items() -> tuple[ShippedItem, ...]:
    """Every shipped item, `同上` resolved, with the kind of its basis."""
    rows = _rows("checklist_items.csv")
    bases = resolve_same(row["legal_basis"] for row in rows)
    return tuple(_item(row, basis) for row, basis in zip(rows, bases, strict=True))


def _item(row: Mapping[str, str], basis: str) -> ShippedItem:
    kind = basis_kind(basis, legal_instruments())
    return ShippedItem(
        code=row["code"],
        department=_DEPARTMENTS[row["department"]],
        section=row["group"],
        title=row["item"],
        look_at=row["what_to_look_at"],
        method=row["method"],
        severity=_SEVERITIES[row["severity"]],
        legal_basis=basis,
        basis_kind=kind,
        consequence=row["on_violation"],
        violation_code=row["violation_code"],
        applies_to=_APPLIES[row["applies_to"]],
        source=row["source"],
        confidence=row["confidence"],
        is_published=ships_published(kind=kind, confidence=row["confidence"]),
    )
