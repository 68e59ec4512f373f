"""What a coordinator decides before a frame can be fixed, and what stands against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inspections.core.draw.frames import EXCLUSION_REASONS
from inspections.core.draw.shapes import read_pattern
from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class PlannedExclusion:
    """A premises to be left out: reason `cap`, `closed` or `other`, and what it rests on."""

    register_id: str
    reason: str
    note: str


@dataclass(frozen=True)
class DrawPlan:
    """The decisions behind a frame.

    `seats`: department code of the directory -> seats per team; `quotas`: credit tier -> how many;
    `due` and `reveal_by` are aware; `scope_on` is the day as of which the register is read;
    `categories` are the kinds of institutions in the scope, empty for all.
    """

    campaign: str
    scope_on: date
    seats: Mapping[str, int]
    team_count: int
    quotas: Mapping[str, int]
    entropy_kind: str
    entropy_source: str
    entropy_format: str
    entropy_fallback: str
    due: datetime
    reveal_by: datetime
    exclusions: Sequence[PlannedExclusion] = ()
    categories: Sequence[str] = ()


def plan_refusals(
    plan: DrawPlan, *, scope_ids: Collection[str], at: datetime
) -> tuple[Refusal, ...]:
    """Every reason why no frame can be made of a plan, before the frame itself is looked at."""
    return (*_words(plan), *_times(plan, at), *_exclusions(plan, scope_ids))


def _words(plan: DrawPlan) -> Iterator[Refusal]:
    if not plan.campaign.strip():
        yield Refusal("draw.campaign_missing")
    if not plan.seats:
        yield Refusal("draw.department_not_listed")
    if read_pattern(plan.entropy_format) is None:
        yield Refusal("shape.pattern", {"path": "entropy.format"})


def _times(plan: DrawPlan, at: datetime) -> Iterator[Refusal]:
    due = f"{plan.due:%Y-%m-%d %H:%M}"
    if plan.due <= at:
        yield Refusal("draw.due_past", {"due": due})
    if plan.reveal_by <= plan.due:
        yield Refusal("draw.reveal_before_due", {"due": due})


def _exclusions(plan: DrawPlan, scope_ids: Collection[str]) -> Iterator[Refusal]:
    if not scope_ids:
        yield Refusal("draw.no_scope")
        return
    for one in plan.exclusions:
        if one.register_id not in scope_ids:
            yield Refusal("draw.exclusion_unknown", {"register_id": one.register_id})
        if not one.note.strip() or one.reason not in EXCLUSION_REASONS:
            yield Refusal("draw.exclusion_note_missing", {"register_id": one.register_id})
