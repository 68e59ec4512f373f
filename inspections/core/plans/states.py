"""The states of a 年度抽查计划, one table of its moves, and what stands against each.

A published plan is never changed: a change is a new version with its reason, and its publication
supersedes the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class PlanState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


JOINT = LegalBasis(
    "关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见", "国发〔2019〕5号", ""
)
STRICT = LegalBasis("关于严格规范涉企行政检查的意见", "国办发〔2024〕54号", "")
_MONTHS = range(1, 13)
_MOST_PERCENT = 100


@dataclass(frozen=True)
class PlanMove:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[PlanState, ...]
    target: PlanState
    action: Action
    basis: LegalBasis


MOVES: dict[str, PlanMove] = {
    move.name: move
    for move in (
        PlanMove("submit", (PlanState.DRAFT,), PlanState.SUBMITTED, Action.PLAN_PREPARE, JOINT),
        PlanMove("send_back", (PlanState.SUBMITTED,), PlanState.DRAFT, Action.PLAN_APPROVE, JOINT),
        PlanMove("approve", (PlanState.SUBMITTED,), PlanState.APPROVED, Action.PLAN_APPROVE, JOINT),
        PlanMove("publish", (PlanState.APPROVED,), PlanState.PUBLISHED, Action.PLAN_PREPARE, JOINT),
        PlanMove(
            "supersede", (PlanState.PUBLISHED,), PlanState.SUPERSEDED, Action.PLAN_PREPARE, JOINT
        ),
    )
}


@dataclass(frozen=True)
class LineFacts:
    """A line as the guards look at it: codes, whole numbers, months 1 to 12.

    `unpublished` are items it names that are not on the published list, `uncertified` bodies
    without certified inspectors, `foreign_items` items of a body that takes no part.
    """

    position: int
    campaign: str
    items: tuple[str, ...]
    shares: Mapping[str, int]
    is_percent: bool
    overall_percent: int | None
    first_month: int
    last_month: int
    departments: tuple[str, ...]
    unpublished: tuple[str, ...] = ()
    foreign_items: tuple[str, ...] = ()
    uncertified: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """What the guards look at."""

    state: PlanState
    version: int
    reason: str
    lines: tuple[LineFacts, ...] = field(default=())
    submitted_by_user: int | None = None
    actor_user: int | None = None
    note: str = ""


def refusals(move: PlanMove, facts: PlanFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"plan_state": facts.state.value, "plan_move": move.name}
        found.append(Refusal("plan.wrong_state", params, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def line_refusals(line: LineFacts) -> tuple[Refusal, ...]:
    """Every reason why a plan cannot hold a line like this."""
    return (*_line_words(line), *_line_numbers(line), *_line_bodies(line))


def line_draw_reasons(
    state: PlanState,
    *,
    planned: tuple[str, ...],
    seated: tuple[str, ...],
    categories_alike: bool,
) -> tuple[Refusal, ...]:
    """Every reason why a draw cannot carry out a line: `planned` and `seated` are departments."""
    found: list[Refusal] = []
    if state is not PlanState.PUBLISHED:
        params = {"plan_state": state.value, "plan_move": "prepare_draw"}
        found.append(Refusal("plan.wrong_state", params, JOINT))
    found.extend(
        Refusal("plan.department_not_planned", {"department": one}, JOINT)
        for one in seated
        if one not in planned
    )
    found.extend(
        Refusal("plan.department_not_seated", {"department": one}, JOINT)
        for one in planned
        if one not in seated
    )
    if not categories_alike:
        found.append(Refusal("plan.other_scope", {}, JOINT))
    return tuple(found)


def _line_words(line: LineFacts) -> Iterator[Refusal]:
    params = {"line": line.position}
    if not line.campaign.strip():
        yield Refusal("plan.campaign_missing", params)
    if not line.items:
        yield Refusal("plan.items_missing", params, STRICT)
    for code in line.unpublished:
        yield Refusal("plan.item_unpublished", {**params, "item": code}, STRICT)
    for code in line.foreign_items:
        yield Refusal("plan.item_of_nobody", {**params, "item": code})


def _line_numbers(line: LineFacts) -> Iterator[Refusal]:
    params = {"line": line.position}
    if not any(line.shares.values()) and not line.overall_percent:
        yield Refusal("plan.shares_missing", params)
    percents = [*(line.shares.values() if line.is_percent else ()), line.overall_percent or 0]
    if any(one > _MOST_PERCENT for one in percents):
        yield Refusal("plan.percent_above", params)
    months = (line.first_month, line.last_month)
    if any(one not in _MONTHS for one in months) or line.last_month < line.first_month:
        yield Refusal("plan.months_reversed", params)


def _line_bodies(line: LineFacts) -> Iterator[Refusal]:
    for department in line.uncertified:
        params = {"line": line.position, "department": department}
        yield Refusal("plan.department_uncertified", params, STRICT)


def _submitting(facts: PlanFacts) -> Iterator[Refusal]:
    if not facts.lines:
        yield Refusal("plan.no_lines")
    if facts.version > 1 and not facts.reason.strip():
        yield Refusal("plan.reason_missing")
    for line in facts.lines:
        yield from line_refusals(line)


def _approving(facts: PlanFacts) -> Iterator[Refusal]:
    yield from two_persons(first=facts.submitted_by_user, second=facts.actor_user)
    yield from _submitting(facts)


def _sending_back(facts: PlanFacts) -> Iterator[Refusal]:
    if not facts.note.strip():
        yield Refusal("plan.note_missing")


def _free(_facts: PlanFacts) -> Iterator[Refusal]:
    return iter(())


_GUARDS = {
    "submit": _submitting,
    "send_back": _sending_back,
    "approve": _approving,
    "publish": _submitting,
    "supersede": _free,
}
