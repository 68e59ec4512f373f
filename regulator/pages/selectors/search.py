"""One query over everything a person at a desk may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from inspections.selectors.draws import draws_in
from institutions.models import Filing
from institutions.selectors.filings import ListFilter, filtered_filings
from institutions.selectors.register import institutions_in
from institutions.selectors.register_list import RegisterLine, register_lines
from institutions.selectors.search import search_institutions
from regulator.kernel.actors import Actor

SHOWN = 10


@dataclass(frozen=True)
class Found:
    """What a query finds at a desk: the first of each kind and how many there are in all."""

    institutions: list[RegisterLine]
    institutions_count: int
    filings: list[Filing]
    filings_count: int
    draws: list[Any]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.institutions or self.filings or self.draws)


def search_everything(actor: Actor, text: str, *, on: date) -> Found:
    """Institutions, filings and draws within the actor's reach; nothing for an empty query."""
    words = text.strip()
    if not words:
        return Found([], 0, [], 0, [])
    entries = search_institutions(institutions_in(actor), words)
    filings = filtered_filings(actor, ListFilter(words=words))
    draws = draws_in(actor).filter(Q(number__icontains=words) | Q(campaign__icontains=words))
    return Found(
        institutions=register_lines(entries[:SHOWN], on=on),
        institutions_count=entries.count(),
        filings=list(filings[:SHOWN]),
        filings_count=filings.count(),
        draws=list(draws[:SHOWN]),
    )
