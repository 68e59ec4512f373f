"""Journeys on an institution's own page: what runs, what blocks it, and the licence's states."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from institutions.choices.register import LICENCE_MOVE_LABELS, LICENCE_STATE_LABELS
from institutions.core.licence_states import TRANSITIONS, LicenceState
from institutions.models import Institution
from institutions.selectors.journey_facts import licence_of
from institutions.selectors.journey_view import JourneyLine, journey_lines, move_lines
from institutions.selectors.journeys import journeys_of
from regulator.web.diagrams import Arrow, Box, state_diagram
from regulator.web.refusals import refusal_texts

_LINE = (LicenceState.PENDING, LicenceState.IN_FORCE, LicenceState.EXPIRED, LicenceState.CANCELLED)


def entry_journeys(institution: Institution, today: date) -> dict[str, Any]:
    """The journeys under way with what blocks each, the ended ones, and the licence's diagram."""
    lines = journey_lines(list(journeys_of(institution)), today)
    running = [line for line in lines if not line.journey.is_over]
    return {
        "running_journeys": [{"line": line, "blocked": _blocked(line, today)} for line in running],
        "ended_journeys": [line for line in lines if line.journey.is_over],
        "licence_diagram": licence_diagram(institution, today),
    }


def _blocked(line: JourneyLine, today: date) -> list[dict[str, Any]]:
    """For the moves that lead on: what stands against each, and who makes it."""
    found = []
    for move in move_lines(line.journey, today):
        if line.journey.table.endings.get(move.move.target) == "dropped":
            continue
        found.append({"label": move.label, "who": move.who, "reasons": refusal_texts(move.reasons)})
    return found


def licence_diagram(institution: Institution, today: date) -> SafeString | str:
    """The states of a licence with the institution's own marked; empty without a licence."""
    licence = licence_of(institution, today)
    if licence is None:
        return ""
    others = [state for state in LicenceState if state not in _LINE]
    boxes = [
        *(_box(state, 0, row, licence.state) for row, state in enumerate(_LINE)),
        *(_box(state, 1, row, licence.state) for row, state in enumerate(others)),
    ]
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in TRANSITIONS.values():
        source = LicenceState.IN_FORCE if LicenceState.IN_FORCE in move.sources else move.sources[0]
        label = str(LICENCE_MOVE_LABELS[move.name])
        arrows.setdefault((source.value, move.target.value), []).append(label)
    return state_diagram(
        title=_("许可证的状态图"),
        here_label=str(_("现在在这里")),
        boxes=boxes,
        arrows=[
            Arrow(source, target, "／".join(words)) for (source, target), words in arrows.items()
        ],
    )


def _box(state: LicenceState, column: int, row: int, here: str) -> Box:
    standing = "here" if state.value == here else "todo"
    is_ending = state is LicenceState.CANCELLED
    label = str(LICENCE_STATE_LABELS[state.value])
    return Box(state.value, label, column, row, standing, is_ending)
