"""The chain breaks where it was touched, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from regulator.audit.core.chain import GENESIS_HASH, Link, broken_links, event_hash, plain


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    previous = GENESIS_HASH
    for sequence in range(1, length + 1):
        content = {"kind": "test.done", "number": sequence}
        digest = event_hash(previous_hash=previous, content=content)
        links.append(Link("510116", sequence, previous, content, digest))
        previous = digest
    return links


def reasons(links: list[Link], head: tuple[int, str] | None) -> list[tuple[int, str]]:
    return [(broken.sequence, broken.reason) for broken in broken_links(links, head=head)]


def test_an_untouched_chain_holds() -> None:
    links = chain(4)
    assert reasons(links, (4, links[-1].hash)) == []


def test_a_changed_event_is_named_by_its_hash() -> None:
    links = chain(4)
    head = (4, links[-1].hash)
    links[1] = replace(links[1], content={"kind": "test.done", "number": 99})
    assert reasons(links, head) == [(2, "hash")]


def test_a_rehashed_event_breaks_the_next_link() -> None:
    links = chain(4)
    head = (4, links[-1].hash)
    content = {"kind": "test.done", "number": 99}
    forged = event_hash(previous_hash=links[1].previous_hash, content=content)
    links[1] = replace(links[1], content=content, hash=forged)
    assert reasons(links, head) == [(3, "previous_hash")]


def test_a_missing_event_and_a_cut_tail_are_named() -> None:
    links = chain(4)
    head = (4, links[-1].hash)
    assert reasons([links[0], *links[2:]], head) == [(3, "sequence"), (3, "previous_hash")]
    assert reasons(links[:3], head) == [(3, "head")]


def test_values_become_plain_without_loss() -> None:
    moment = datetime(2026, 3, 2, 1, 2, 3, 4, tzinfo=UTC)
    assert plain(
        {"at": moment, "on": date(2026, 3, 2), "id": UUID(int=1), "n": Decimal("1.50"), "x": None}
    ) == {
        "at": "2026-03-02T01:02:03.000004+00:00",
        "on": "2026-03-02",
        "id": "00000000-0000-0000-0000-000000000001",
        "n": "1.50",
        "x": None,
    }
    assert plain((1, {"a": (2,)})) == [1, {"a": [2]}]
