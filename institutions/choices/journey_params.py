"""How codes in the journeys' refusals are read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from institutions.choices.journey_words import WORDS
from institutions.choices.journeys import JOURNEY_KIND_LABELS, PROPOSAL_STATE_LABELS
from institutions.choices.papers import PAPER_KIND_LABELS
from institutions.choices.register import Words

JOURNEY_PARAM_LABELS: Mapping[str, Words] = {
    "journey": JOURNEY_KIND_LABELS,
    "journey_state": WORDS.states,
    "journey_step": WORDS.states,
    "due_step": WORDS.states,
    "journey_move": WORDS.moves,
    "journey_document": WORDS.documents,
    "journey_ask": WORDS.asks,
    "change_matter": {
        code.removeprefix("matters."): text
        for code, text in WORDS.options.items()
        if code.startswith("matters.")
    },
    "proposal_state": PROPOSAL_STATE_LABELS,
    "document": {**WORDS.documents, **PAPER_KIND_LABELS},
    "step": WORDS.clocks,
    "decision": JOURNEY_KIND_LABELS,
}
