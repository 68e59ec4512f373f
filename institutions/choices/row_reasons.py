"""A row's reasons in one sentence each, as they stand beside it in the returned workbook."""

from __future__ import annotations

from collections.abc import Iterable

from regulator.kernel.outcomes import Refusal
from regulator.web.refusals import refusal_texts


def row_reason(refusals: Iterable[Refusal]) -> str:
    """All reasons of a row, one after the other, each with its basis."""
    return "\n".join(
        f"{reason.text}（{reason.basis}）" if reason.basis else reason.text
        for reason in refusal_texts(refusals)
    )
