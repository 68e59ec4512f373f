"""How a journey's states, outcomes and documents are marked."""

from __future__ import annotations

from institutions.choices.journey_words import state_label
from institutions.choices.journeys import (
    DOCUMENT_STATE_LABELS,
    DOCUMENT_STATE_TONES,
    OUTCOME_LABELS,
)
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

_OUTCOME_TONES = {"done": OK, "refused": BREACH, "failed": BREACH, "dropped": NEUTRAL}


def state_badge(kind: str, state: str, outcome: str) -> Badge:
    """The state in its words; an ended journey's tone is its outcome's."""
    tone = _OUTCOME_TONES.get(outcome, NEUTRAL) if outcome else ATTENTION
    return Badge(tone, state_label(kind, state))


def outcome_badge(outcome: str) -> Badge:
    """How a journey ended."""
    return Badge(_OUTCOME_TONES.get(outcome, NEUTRAL), OUTCOME_LABELS.get(outcome, outcome))


def document_badge(state: str) -> Badge:
    """How a document stands."""
    return Badge(DOCUMENT_STATE_TONES[state], DOCUMENT_STATE_LABELS[state])
