"""register.search: one search of the register, median over the ways in which people search."""

from __future__ import annotations

from itertools import islice

from benchmarks.measuring import Entry, median
from institutions.models import Institution
from institutions.selectors.search import search_institutions

PAGE_ROWS = 20


def queries() -> list[str]:
    """One character, two, a longer part, initials, a licence number, a credit code, no hit."""
    some = list(islice(Institution.objects.order_by("pk"), 100, 110))
    name = some[0].name
    codes = [each.credit_code for each in some if each.credit_code][:2]
    return [name[2], name[2:4], name[2:6], "yszx", *codes, "查无此家"]


def entries() -> list[Entry]:
    asked = queries()
    taken = median(
        lambda: [
            list(search_institutions(Institution.objects.all(), text)[:PAGE_ROWS])
            for text in asked * 5
        ]
    )
    count = Institution.objects.count()
    per_search_ms = taken / (len(asked) * 5) * 1000
    return [Entry("register.search", per_search_ms, f"ms a search, {count} institutions")]
