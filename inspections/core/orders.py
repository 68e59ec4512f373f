"""检查任务 outside the draw: its states, its moves, and everything that stands against one.

Drafted, it can still be changed; approved by a second person, it waits for its days; running, its
teams are out; ended or withdrawn, it stays under its number. Nothing here lets anybody inspect
first and ask for the approval afterwards: no source at hand allows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class OrderState(StrEnum):
    """Where an order stands."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class OrderKind(StrEnum):
    """What brought the order about; each kind has its own number series."""

    SPECIAL = "special"
    PATROL = "patrol"
    COMPLAINT = "complaint"
    RECHECK = "recheck"


SERIES: dict[OrderKind, str] = {
    OrderKind.SPECIAL: "S",
    OrderKind.PATROL: "P",
    OrderKind.COMPLAINT: "C",
    OrderKind.RECHECK: "R",
}
REFERRING = frozenset({OrderKind.COMPLAINT, OrderKind.RECHECK})
FEWEST_OFFICERS = 2  # of each body that acts
STRICT = LegalBasis("关于严格规范涉企行政检查的意见", "国办发〔2024〕54号", "")
OFFICERS_LAW = LegalBasis("中华人民共和国行政处罚法", "", "第四十二条")
RECUSAL_LAW = LegalBasis("中华人民共和国行政处罚法", "", "第四十三条")


@dataclass(frozen=True)
class OrderMove:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[OrderState, ...]
    target: OrderState
    action: Action
    basis: LegalBasis


MOVES: dict[str, OrderMove] = {
    move.name: move
    for move in (
        OrderMove(
            "approve", (OrderState.DRAFTED,), OrderState.APPROVED, Action.ORDER_APPROVE, STRICT
        ),
        OrderMove(
            "start", (OrderState.APPROVED,), OrderState.RUNNING, Action.ORDER_PREPARE, STRICT
        ),
        OrderMove("end", (OrderState.RUNNING,), OrderState.ENDED, Action.ORDER_PREPARE, STRICT),
        OrderMove(
            "withdraw",
            (OrderState.DRAFTED, OrderState.APPROVED),
            OrderState.WITHDRAWN,
            Action.ORDER_PREPARE,
            STRICT,
        ),
    )
}


@dataclass(frozen=True)
class TargetFact:
    """A premises to be visited; `institution` is an id, `team` the label of who goes."""

    register_id: str
    institution: str
    team: str


@dataclass(frozen=True)
class MemberFact:
    """An inspector of an order; the certificate is valid from a day until before another."""

    inspector: int
    name: str
    department: str
    team: str
    valid_from: date
    valid_before: date
    is_active: bool = True
    recused_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OrderFacts:
    """What the guards look at. Days are half-open; users are ids; departments are codes.

    `publishing` are the departments that have a published inspection item on the first day.
    """

    kind: OrderKind
    state: OrderState
    today: date
    title: str
    basis: str
    reference: str
    starts_on: date
    ends_before: date
    departments: tuple[str, ...]
    targets: tuple[TargetFact, ...] = ()
    members: tuple[MemberFact, ...] = ()
    publishing: frozenset[str] = frozenset()
    certified: frozenset[str] = frozenset()
    unknown_places: tuple[str, ...] = ()
    drafted_by_user: int | None = None
    actor_user: int | None = None
    reason: str = ""


def order_number(*, division: str, year: int, kind: OrderKind, position: int) -> str:
    """The number of an order: its division, year, and place in the series of its kind."""
    return f"{division}-{year}-{SERIES[kind]}{position:03d}"


def draft_refusals(facts: OrderFacts) -> tuple[Refusal, ...]:
    """Every reason why an order cannot be drafted or changed like this."""
    found: list[Refusal] = []
    if facts.state is not OrderState.DRAFTED:
        params = {"order_state": facts.state.value, "order_move": "revise"}
        found.append(Refusal("order.wrong_state", params))
    found.extend(_words(facts))
    found.extend(_bodies(facts))
    found.extend(_people(facts))
    return tuple(found)


def refusals(move: OrderMove, facts: OrderFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"order_state": facts.state.value, "order_move": move.name}
        found.append(Refusal("order.wrong_state", params, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _words(facts: OrderFacts) -> Iterator[Refusal]:
    if not facts.title.strip():
        yield Refusal("order.title_missing")
    if not facts.basis.strip():
        yield Refusal("order.basis_missing", {}, STRICT)
    if facts.kind in REFERRING and not facts.reference.strip():
        yield Refusal("order.reference_missing", {"order_kind": facts.kind.value})
    if facts.ends_before <= facts.starts_on:
        yield Refusal("order.days_reversed")
    for register_id in facts.unknown_places:
        yield Refusal("order.place_unknown", {"register_id": register_id})


def _bodies(facts: OrderFacts) -> Iterator[Refusal]:
    """A body without certified people or published items has no power to inspect."""
    for department in facts.departments:
        if department not in facts.certified:
            yield Refusal("order.department_uncertified", {"department": department}, STRICT)
        if department not in facts.publishing:
            yield Refusal("order.nothing_published", {"department": department}, STRICT)


def _people(facts: OrderFacts) -> Iterator[Refusal]:
    for member in facts.members:
        params = {"name": member.name}
        if member.department not in facts.departments:
            yield Refusal("order.member_of_other_department", params, STRICT)
        covers = member.valid_from <= facts.starts_on and facts.ends_before <= member.valid_before
        if not (covers and member.is_active):
            yield Refusal("order.member_uncertified", params, OFFICERS_LAW)
        for target in facts.targets:
            if target.team == member.team and target.institution in member.recused_from:
                found = {**params, "register_id": target.register_id}
                yield Refusal("order.member_recused", found, RECUSAL_LAW)


def _ready(facts: OrderFacts) -> Iterator[Refusal]:
    """What an order needs before anybody goes out: places, and two of each body in each team."""
    if not facts.targets:
        yield Refusal("order.no_targets")
    seats = Counter((member.team, member.department) for member in facts.members)
    for team in sorted({target.team for target in facts.targets}):
        for department in facts.departments:
            count = seats[(team, department)]
            if count < FEWEST_OFFICERS:
                params = {"team": team, "department": department, "count": count}
                yield Refusal("order.too_few_officers", params, OFFICERS_LAW)


def _approving(facts: OrderFacts) -> Iterator[Refusal]:
    yield from two_persons(first=facts.drafted_by_user, second=facts.actor_user)
    yield from _words(facts)
    yield from _bodies(facts)
    yield from _people(facts)
    yield from _ready(facts)
    if facts.today >= facts.ends_before:
        yield Refusal("order.days_past", {"ends_before": facts.ends_before})


def _starting(facts: OrderFacts) -> Iterator[Refusal]:
    yield from _bodies(facts)
    yield from _people(facts)
    yield from _ready(facts)
    if facts.today < facts.starts_on:
        yield Refusal("order.early", {"starts_on": facts.starts_on})
    if facts.today >= facts.ends_before:
        yield Refusal("order.days_past", {"ends_before": facts.ends_before})


def _ending(_facts: OrderFacts) -> Iterator[Refusal]:
    return iter(())


def _withdrawing(facts: OrderFacts) -> Iterator[Refusal]:
    if not facts.reason.strip():
        yield Refusal("order.reason_missing")


_GUARDS = {
    "approve": _approving,
    "start": _starting,
    "end": _ending,
    "withdraw": _withdrawing,
}
