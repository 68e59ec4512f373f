"""Which items a team checks at one institution."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

ALL, SUBJECT, NON_SUBJECT, ONLINE = "all", "subject", "non_subject", "online"


@dataclass(frozen=True)
class ItemFacts:
    """What decides whether an item is on a checklist."""

    code: str
    department: str
    applies_to: str


def applies(item: ItemFacts, *, category: str, ways: Collection[str]) -> bool:
    """Whether an item concerns an institution: an unknown category or way leaves it on.

    `category`: `subject`, `non_subject` or empty; `ways`: of the licence, empty when not stated.
    """
    if item.applies_to in (SUBJECT, NON_SUBJECT):
        return category in ("", item.applies_to)
    if item.applies_to == ONLINE:
        return not ways or any(way.startswith("online") for way in ways)
    return True


def select_items(
    items: Sequence[ItemFacts],
    *,
    departments: Collection[str],
    category: str,
    ways: Collection[str],
) -> list[ItemFacts]:
    """The items of the team's departments that concern the institution, in their given order."""
    return [
        item
        for item in items
        if item.department in departments and applies(item, category=category, ways=ways)
    ]
