"""A draw as its desk page shows it: where it stands, what comes next, who must act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.core.draw_states import DrawState
from inspections.models import Draw, KeyCopy
from inspections.selectors.draws import may_read_sealed
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor

_ORDER = ("preparing", "committed", "drawn", "revealed")


@dataclass(frozen=True)
class DrawSteps:
    """The journey of a draw, and what this person may do now."""

    steps: list[dict[str, Any]]
    may_commit: bool
    may_run: bool
    may_reveal: bool
    may_void: bool
    may_sign_void: bool
    may_see_lists: bool
    may_print: bool
    is_preparer: bool
    may_approve: bool
    is_reader: bool
    copies: list[KeyCopy]
    open_exclusions: int = field(default=0)


def draw_steps(draw: Draw, actor: Actor) -> DrawSteps:
    """Where a draw stands and what the actor may do with it at this moment."""
    target = Target(division=draw.division_id)
    state = draw.state
    requested = draw.void_requested_at is not None
    voidable = state in _ORDER[:3] and may(actor, Action.DRAW_VOID, target)
    return DrawSteps(
        steps=_steps(draw),
        may_commit=state == "preparing" and may(actor, Action.DRAW_APPROVE, target),
        may_run=state == "committed" and may(actor, Action.DRAW_RUN, target),
        may_approve=state == "committed" and may(actor, Action.DRAW_APPROVE, target),
        is_reader=_typed_the_reading(draw, actor),
        copies=list(draw.key_copies.all()),
        may_reveal=state == "drawn" and may(actor, Action.DRAW_REVEAL, target),
        may_void=voidable and not requested,
        may_sign_void=voidable and requested,
        may_see_lists=draw.drawn_at is not None and may_read_sealed(actor, draw),
        may_print=state in ("drawn", "revealed") and may(actor, Action.CHECKLIST_PRINT, target),
        is_preparer=actor.user_id is not None and actor.user_id == draw.prepared_by_user,
        open_exclusions=draw.exclusions.filter(approved_at__isnull=True).count(),
    )


def _typed_the_reading(draw: Draw, actor: Actor) -> bool:
    last = draw.readings.order_by("-position").first()
    return (
        last is not None and actor.user_id is not None and (last.recorded_by_user == actor.user_id)
    )


def state_bar(draw: Draw) -> list[dict[str, Any]]:
    """The states of a draw from the commitment to its end, as the projector shows them."""
    words = {
        "committed": _("已公布承诺"),
        "drawn": _("已抽取，名单封存"),
        "void" if draw.state == DrawState.VOID.value else "revealed": (
            _("已作废") if draw.state == DrawState.VOID.value else _("已揭晓")
        ),
    }
    reached = _reached(draw) - 1 if draw.state != DrawState.VOID.value else len(words)
    return [
        {
            "label": label,
            "state": "done" if place < reached else "current" if place == reached else "todo",
        }
        for place, label in enumerate(words.values(), start=1)
    ]


def _steps(draw: Draw) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "label": _("固定抽查框"),
            "on": _local(draw.prepared_at),
            "who": draw.prepared_by,
        },
        {
            "label": _("第二人复核，公布承诺"),
            "on": _local(draw.committed_at),
            "who": draw.committed_by,
            "until": _words(draw.due_at),
        },
        {
            "label": _("公开读数并抽取"),
            "on": _local(draw.drawn_at),
            "who": draw.drawn_by,
            "until": _words(draw.due_at),
        },
        {
            "label": _("检查结束后揭晓"),
            "on": _local(draw.revealed_at) if draw.state == "revealed" else None,
            "until": _words(draw.reveal_by_at),
        },
    ]
    done = _reached(draw)
    for position, row in enumerate(rows):
        row["state"] = "done" if position < done else "current" if position == done else "todo"
        if row["state"] == "done":
            row.pop("until", None)
    if draw.state == DrawState.VOID.value:
        rows = rows[:done]
        rows.append(
            {
                "label": _("作废"),
                "state": "blocked",
                "on": _local(draw.revealed_at),
                "who": draw.void_signed_by,
                "note": draw.void_reason,
            }
        )
    return rows


def _reached(draw: Draw) -> int:
    moments = (draw.prepared_at, draw.committed_at, draw.drawn_at)
    passed = sum(moment is not None for moment in moments)
    return passed + 1 if draw.state == DrawState.REVEALED.value else passed


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _words(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
