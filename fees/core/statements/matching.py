"""Bank, ledger and the institution's report held against each other. Pure: items in, findings out.

A pair is only made of itself where a reference says so: the machine proposes the rest by amount and
day, and a person decides. What agrees with nothing is a difference with a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

WINDOW_DAYS = 5
_TOKEN = re.compile(r"[0-9A-Z〔〕/\-]{4,}")


class Difference(StrEnum):
    """What may be wrong, by name."""

    NOT_IN_LEDGER = "not_in_ledger"
    NOT_AT_BANK = "not_at_bank"
    AMOUNT_DIFFERS = "amount_differs"
    DATE_DIFFERS = "date_differs"
    DUPLICATE = "duplicate"
    REPORT_MISSING = "report_missing"
    REPORT_HIGHER = "report_higher"
    REPORT_LOWER = "report_lower"
    CLOSING_DIFFERS = "closing_differs"


@dataclass(frozen=True)
class Item:
    """A movement of the bank or a posting of ours: `fen` below zero goes out.

    `group` tells apart what may be added together (a rule of the ledger); `is_repeated` marks a
    bank movement that equals an earlier one of its file.
    """

    key: int
    day: date
    fen: int
    references: frozenset[str] = frozenset()
    group: str = ""
    is_repeated: bool = False


@dataclass(frozen=True)
class Pair:
    """Bank movements and postings that are the same money."""

    bank: tuple[int, ...]
    ledger: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """One difference: where, on which day, and what each side says (None: nothing)."""

    code: Difference
    day: date
    bank: int | None = None
    ledger: int | None = None
    bank_fen: int | None = None
    ledger_fen: int | None = None
    report_fen: int | None = None

    @property
    def key(self) -> str:
        """What tells it from every other difference of the account."""
        if self.bank is not None:
            return f"bank:{self.bank}:{self.code.value}"
        if self.ledger is not None:
            return f"ledger:{self.ledger}:{self.code.value}"
        return f"day:{self.day.isoformat()}:{self.code.value}"


@dataclass
class Matching:
    """What a comparison comes to."""

    pairs: list[Pair] = field(default_factory=list)
    suggestions: list[Pair] = field(default_factory=list)
    differences: list[Found] = field(default_factory=list)


def references_in(*texts: str) -> frozenset[str]:
    """What may be the same reference on both sides: tokens of four and more with a digit."""
    tokens = _TOKEN.findall(" ".join(texts).upper())
    return frozenset(token for token in tokens if any(one.isdigit() for one in token))


def match_items(
    bank: Sequence[Item], ledger: Sequence[Item], *, first: date, before: date
) -> Matching:
    """Pairs by reference, suggestions by amount and day, and differences of what is left.

    A posting is missing at the bank only where statements cover its day: from `first`, before
    `before`.
    """
    done = Matching()
    left_bank = {item.key: item for item in sorted(bank, key=_order)}
    left_ledger = {item.key: item for item in sorted(ledger, key=_order)}
    _pair_by_reference(left_bank, left_ledger, done)
    _pair_sums_by_reference(left_bank, left_ledger, done)
    _differ_by_reference(left_bank, left_ledger, done)
    done.suggestions = _suggestions(left_bank, left_ledger)
    for item in left_bank.values():
        code = Difference.DUPLICATE if item.is_repeated else Difference.NOT_IN_LEDGER
        done.differences.append(Found(code, item.day, bank=item.key, bank_fen=item.fen))
    for item in left_ledger.values():
        if first <= item.day < before:
            done.differences.append(
                Found(Difference.NOT_AT_BANK, item.day, ledger=item.key, ledger_fen=item.fen)
            )
    return done


def match_reports(
    received: Mapping[date, int], reported: Mapping[date, int], *, first: date, before: date
) -> list[Found]:
    """Days on which the institution reported nothing, more or less than the bank received."""
    found = []
    for day in sorted(received.keys() | reported.keys()):
        bank_fen, report_fen = received.get(day, 0), reported.get(day)
        if not first <= day < before or bank_fen == report_fen:
            continue
        if report_fen is None:
            code = Difference.REPORT_MISSING
        else:
            code = Difference.REPORT_HIGHER if report_fen > bank_fen else Difference.REPORT_LOWER
        if bank_fen or report_fen:
            found.append(Found(code, day, bank_fen=bank_fen, report_fen=report_fen))
    return found


def match_closing(*, day: date, bank_fen: int | None, ledger_fen: int) -> list[Found]:
    """The difference of the closing balances, where the bank states one."""
    if bank_fen is None or bank_fen == ledger_fen:
        return []
    return [Found(Difference.CLOSING_DIFFERS, day, bank_fen=bank_fen, ledger_fen=ledger_fen)]


Left = dict[int, Item]


def _order(item: Item) -> tuple[date, int]:
    return item.day, item.key


def _apart(one: Item, other: Item) -> int:
    return abs((one.day - other.day).days)


def _by_reference(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for reference in sorted(item.references):
            found[reference].append(item)
    return found


def _sharing(item: Item, others: Mapping[str, list[Item]], left: Left) -> list[Item]:
    """Items on the other side with a reference in common and the same direction."""
    keys = {
        other.key
        for reference in item.references
        for other in others.get(reference, ())
        if other.key in left and (other.fen > 0) == (item.fen > 0)
    }
    return [left[key] for key in sorted(keys)]


def _pair_by_reference(bank: Left, ledger: Left, done: Matching) -> None:
    named = _by_reference(ledger.values())
    for item in list(bank.values()):
        if item.is_repeated:
            continue
        equal = [
            other
            for other in _sharing(item, named, ledger)
            if other.fen == item.fen and _apart(item, other) <= WINDOW_DAYS
        ]
        if equal:
            nearest = min(equal, key=lambda other: (_apart(item, other), other.key))
            done.pairs.append(Pair((item.key,), (nearest.key,)))
            del bank[item.key], ledger[nearest.key]


def _pair_sums_by_reference(bank: Left, ledger: Left, done: Matching) -> None:
    """One movement for several postings under one reference, or several for one."""
    for several, one in ((ledger, bank), (bank, ledger)):
        named = _by_reference(several.values())
        for item in list(one.values()):
            parts = [
                part for part in _sharing(item, named, several) if _apart(item, part) <= WINDOW_DAYS
            ]
            if len(parts) > 1 and sum(part.fen for part in parts) == item.fen:
                keys = tuple(part.key for part in parts)
                whole = (item.key,)
                done.pairs.append(Pair(whole, keys) if one is bank else Pair(keys, whole))
                del one[item.key]
                for part in parts:
                    del several[part.key]


def _differ_by_reference(bank: Left, ledger: Left, done: Matching) -> None:
    """The same reference, another amount or a far day: one difference for both sides."""
    named = _by_reference(ledger.values())
    for item in list(bank.values()):
        sharing = _sharing(item, named, ledger)
        if item.is_repeated or not sharing:
            continue
        other = min(sharing, key=lambda each: (each.fen != item.fen, _apart(item, each), each.key))
        same = other.fen == item.fen
        code = Difference.DATE_DIFFERS if same else Difference.AMOUNT_DIFFERS
        done.differences.append(Found(code, item.day, item.key, other.key, item.fen, other.fen))
        del bank[item.key], ledger[other.key]


def _suggestions(bank: Left, ledger: Left) -> list[Pair]:
    """Equal amounts within the window that nothing else could be; then sums of a day and rule."""
    found, used = [], set()
    for item in bank.values():
        near = [each for each in ledger.values() if _fits(item, each)]
        if len(near) == 1 and sum(_fits(each, near[0]) for each in bank.values()) == 1:
            found.append(Pair((item.key,), (near[0].key,)))
            used |= {("bank", item.key), ("ledger", near[0].key)}
    groups: dict[tuple[date, str], list[Item]] = defaultdict(list)
    for each in ledger.values():
        if ("ledger", each.key) not in used:
            groups[each.day, each.group].append(each)
    for item in bank.values():
        if ("bank", item.key) in used:
            continue
        fitting = [
            parts
            for (day, _group), parts in groups.items()
            if len(parts) > 1
            and abs((day - item.day).days) <= WINDOW_DAYS
            and sum(part.fen for part in parts) == item.fen
        ]
        if len(fitting) == 1:
            found.append(Pair((item.key,), tuple(part.key for part in fitting[0])))
    return found


def _fits(item: Item, other: Item) -> bool:
    return item.fen == other.fen and _apart(item, other) <= WINDOW_DAYS
