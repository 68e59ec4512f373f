"""The words of every journey, gathered: by code, or by `<kind>.<code>` where a kind differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from institutions.choices.journey_words.applying import COMMON_WORDS
from institutions.choices.journey_words.conversion import CONVERSION_WORDS
from institutions.choices.journey_words.endings import ENDING_WORDS
from institutions.choices.journey_words.life import LIFE_WORDS
from institutions.choices.journey_words.reregistration import REREGISTRATION_WORDS
from institutions.choices.journey_words.shape import JourneyWords

_ALL: tuple[JourneyWords, ...] = (
    COMMON_WORDS,
    REREGISTRATION_WORDS,
    CONVERSION_WORDS,
    LIFE_WORDS,
    ENDING_WORDS,
)


@dataclass(frozen=True)
class _Gathered:
    states: Mapping[str, str | Promise]
    moves: Mapping[str, str | Promise]
    documents: Mapping[str, str | Promise]
    asks: Mapping[str, str | Promise]
    options: Mapping[str, str | Promise]
    clocks: Mapping[str, str | Promise]
    ledes: Mapping[str, str | Promise]
    refusals: Mapping[str, str | Promise]


def _gathered() -> _Gathered:
    names = ("states", "moves", "documents", "asks", "options", "clocks", "ledes", "refusals")
    return _Gathered(
        **{
            name: {code: text for words in _ALL for code, text in getattr(words, name).items()}
            for name in names
        }
    )


WORDS = _gathered()


def state_label(kind: str, state: str) -> str | Promise:
    """What a state is called on the page."""
    return _of(WORDS.states, kind, state)


def move_label(kind: str, move: str) -> str | Promise:
    """What a move is called: a verb, as on its button."""
    return _of(WORDS.moves, kind, move)


def move_lede(kind: str, move: str) -> str | Promise:
    """What a move means for whoever makes it; often empty."""
    return WORDS.ledes.get(f"{kind}.{move}") or WORDS.ledes.get(move, "")


def document_label(kind: str, document: str) -> str | Promise:
    """What a document is called on the list of what to hand in."""
    return _of(WORDS.documents, kind, document)


def ask_label(kind: str, ask: str) -> str | Promise:
    """The label of something to be stated."""
    return _of(WORDS.asks, kind, ask)


def option_label(ask: str, option: str) -> str | Promise:
    """The word of one option of a choice."""
    return _of(WORDS.options, ask, option)


def clock_label(kind: str, clock: str) -> str | Promise:
    """What a clock is for."""
    return _of(WORDS.clocks, kind, clock)


def _of(words: Mapping[str, str | Promise], kind: str, code: str) -> str | Promise:
    return words.get(f"{kind}.{code}") or words[code]
