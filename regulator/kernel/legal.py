"""Where a rule comes from: an article of an instrument, with the dates it was in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LegalBasis:
    """An article as it is cited on a decision.

    `in_force_from` and `in_force_before` are half-open; `None` means without a known limit.
    """

    instrument: str
    document_number: str
    article: str
    in_force_from: date | None = None
    in_force_before: date | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether the article bound a fact of that day."""
        starts = self.in_force_from is None or self.in_force_from <= day
        return starts and (self.in_force_before is None or day < self.in_force_before)

    def cite(self) -> str:
        """The citation in Chinese, as printed: 《instrument》（number）article."""
        number = f"（{self.document_number}）" if self.document_number else ""
        return f"《{self.instrument}》{number}{self.article}"
