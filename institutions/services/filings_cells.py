"""A filed class as it is kept: readable cells with the certificate number masked and sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from institutions.core.filing_cells import CERTIFICATE, masked_cells, without
from institutions.models.filing import FilingCells
from institutions.selectors.filings_register import certificate_indexes
from regulator.database.fields import json_text
from regulator.database.sealing import open_text, seal_texts


@dataclass(frozen=True)
class KeptCells:
    """Cells for the database: masked, with the sealed certificate number and its digest."""

    cells: dict[str, str]
    certificate: str
    certificate_index: str


def keep_cells(rows: Sequence[Mapping[str, str]], *, subject: UUID) -> list[KeptCells]:
    """The kept form of several rows of one institution (`subject` is its public id)."""
    sealed = seal_texts((row.get(CERTIFICATE, "") for row in rows), subject=subject)
    indexes = certificate_indexes([row.get(CERTIFICATE, "") for row in rows])
    return [
        KeptCells(masked_cells(row), certificate, index)
        for row, certificate, index in zip(rows, sealed, indexes, strict=True)
    ]


def whole_cells(kept: FilingCells) -> dict[str, str]:
    """The cells as they were filed. Who asks for them appends an audit event."""
    if not kept.certificate:
        return dict(kept.cells)
    return {**kept.cells, CERTIFICATE: open_text(kept.certificate)}


def merged_cells(kept: FilingCells, changes: Mapping[str, str]) -> dict[str, str]:
    """The filed cells with changes laid over them; a masked number that came back is no change."""
    whole = whole_cells(kept)
    asked = dict(changes)
    if asked.get(CERTIFICATE) == kept.cells.get(CERTIFICATE, ""):
        asked.pop(CERTIFICATE, None)
    return {header: asked.get(header, text).strip() for header, text in whole.items()} | {
        header: text.strip() for header, text in asked.items() if header in whole
    }


def kept_findings(
    findings: Sequence[Mapping[str, Any]], cells: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Findings for the database, without the certificate number in their words."""
    number = cells.get(CERTIFICATE, "")
    # Most findings hold no such number: one look at all of them is cheaper than one at each text.
    if not number or (number.isascii() and number.isalnum() and number not in json_text(findings)):
        return [dict(finding) for finding in findings]
    return [_masked(dict(finding), number) for finding in findings]


def findings_without(text: str, cells: Mapping[str, str]) -> str:
    """The JSON text of findings, without the certificate number in their words."""
    number = cells.get(CERTIFICATE, "")
    if not number or (number.isascii() and number.isalnum() and number not in text):
        return text
    return json_text([_masked(finding, number) for finding in orjson.loads(text)])


def _masked(value: Any, number: str) -> Any:
    if isinstance(value, str):
        return without(value, number) if number else value
    if isinstance(value, Mapping):
        return {name: _masked(item, number) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item, number) for item in value]
    return value
