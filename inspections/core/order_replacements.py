"""检查任务换人: who may step in for somebody of an approved order, and every reason against it.

People chose the team and a second person approved it; so one person proposes who steps in, and a
second one agrees. Nobody is replaced while they stand in a visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inspections.core.orders import (
    OFFICERS_LAW,
    RECUSAL_LAW,
    STRICT,
    MemberFact,
    OrderState,
    TargetFact,
)
from regulator.accounts.core.policy import two_persons
from regulator.kernel.outcomes import Refusal

_GOING = (OrderState.APPROVED, OrderState.RUNNING)


@dataclass(frozen=True)
class ReplacementFacts:
    """What the guards look at; days are half-open. `out` is None where they do not sit any more.

    `at_visit` is the register id of a premises where `out` has arrived and is not done.
    """

    state: OrderState
    today: date
    starts_on: date
    ends_before: date
    out_name: str
    out: MemberFact | None
    into: MemberFact
    members: tuple[int, ...] = ()
    targets: tuple[TargetFact, ...] = ()
    at_visit: str = ""
    reason: str = ""
    is_open: bool = False


def replacement_refusals(facts: ReplacementFacts) -> tuple[Refusal, ...]:
    """Every reason why nobody may step in like this, empty if they may."""
    found: list[Refusal] = []
    if facts.state not in _GOING:
        params = {"order_state": facts.state.value, "order_move": "replace"}
        found.append(Refusal("order.wrong_state", params, STRICT))
    elif facts.today >= facts.ends_before:
        found.append(Refusal("order.days_past", {"ends_before": facts.ends_before}))
    if not facts.reason.strip():
        found.append(Refusal("order.replacement_reason_missing"))
    found.extend(_seat(facts))
    found.extend(_stepping_in(facts))
    return tuple(found)


def decision_refusals(
    *, is_decided: bool, asked_by_user: int | None, actor_user: int | None
) -> tuple[Refusal, ...]:
    """Why a person may not agree to a replacement, or refuse it."""
    if is_decided:
        return (Refusal("order.replacement_decided"),)
    return tuple(two_persons(first=asked_by_user, second=actor_user))


def _seat(facts: ReplacementFacts) -> Iterator[Refusal]:
    if facts.out is None:
        yield Refusal("order.replacement_nobody", {"name": facts.out_name})
        return
    if facts.is_open:
        yield Refusal("order.replacement_open", {"name": facts.out.name})
    if facts.at_visit:
        params = {"name": facts.out.name, "register_id": facts.at_visit}
        yield Refusal("order.replacement_at_visit", params)
    if facts.into.department != facts.out.department:
        yield Refusal("order.replacement_other_department", {"name": facts.into.name}, OFFICERS_LAW)


def _stepping_in(facts: ReplacementFacts) -> Iterator[Refusal]:
    into, params = facts.into, {"name": facts.into.name}
    if into.inspector in facts.members:
        yield Refusal("order.replacement_sits_already", params)
    first = max(facts.today, facts.starts_on)
    covers = into.valid_from <= first and facts.ends_before <= into.valid_before
    if not (covers and into.is_active):
        yield Refusal("order.member_uncertified", params, OFFICERS_LAW)
    for target in facts.targets:
        is_of_team = facts.out is not None and target.team == facts.out.team
        if is_of_team and target.institution in into.recused_from:
            found = {**params, "register_id": target.register_id}
            yield Refusal("order.member_recused", found, RECUSAL_LAW)
