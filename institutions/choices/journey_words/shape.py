"""The words that one file of journeys brings."""

from __future__ import annotations

from dataclasses import dataclass, field

from institutions.choices.register import Words


@dataclass(frozen=True)
class JourneyWords:
    """Texts by code, or by `<kind>.<code>` where a kind says it otherwise.

    `ledes` say what a move means (by move); `options` are by `<ask>.<option>` or option;
    `refusals` are the texts of its guards, by the refusal's code.
    """

    states: Words = field(default_factory=dict)
    moves: Words = field(default_factory=dict)
    documents: Words = field(default_factory=dict)
    asks: Words = field(default_factory=dict)
    options: Words = field(default_factory=dict)
    clocks: Words = field(default_factory=dict)
    ledes: Words = field(default_factory=dict)
    refusals: Words = field(default_factory=dict)
