"""The shape of a journey's table: states, moves, documents, clocks, and what comes of it.

A journey (办件) is one matter of one institution before the bureau, from its beginning to its end.
Everything that is particular to a journey stands in its table; the engine, the services, the pages
and the diagram read the tables and know no journey by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from regulator.kernel.legal import LegalBasis
from regulator.kernel.workdays import Unit


class Party(StrEnum):
    """Who makes a move. `registrar` is an officer of the department that the move names."""

    INSTITUTION = "institution"
    OFFICER = "officer"
    RECEIVING = "receiving"
    REGISTRAR = "registrar"
    ENFORCER = "enforcer"
    LEGAL = "legal"
    LEADER = "leader"
    SYSTEM = "system"


class AskKind(StrEnum):
    """What a stated value is. `departments` are codes, `people` names as the register prints."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    MONEY_FEN = "money_fen"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Ask:
    """Something that whoever makes the move must state; the texts stand by code in `choices`.

    `options` are the codes of a choice. A flag that is required must be ticked.
    """

    code: str
    kind: AskKind = AskKind.TEXT
    required: bool = True
    options: tuple[str, ...] = ()
    longest: int = 300


@dataclass(frozen=True)
class Clock:
    """A term of the journey: `party` must act before it runs out.

    `lapse` names the move that the system takes the day after (silence is acceptance); empty: it
    is overdue, and a desk is told. `stoppable` terms stand still for a hearing, an appraisal or an
    expert review, by written notice. `stated_by` is the ask by which an officer sets the amount;
    the table's own holds where nothing was stated. `setting` is the division's dated setting that
    sets it.
    """

    code: str
    amount: int
    unit: Unit
    party: Party
    basis: LegalBasis
    lapse: str = ""
    stoppable: bool = False
    stated_by: str = ""
    setting: str = ""


@dataclass(frozen=True)
class Move:
    """One move of a journey.

    `documents` must have been accepted before it (handed in, where the institution itself moves).
    `guards` are further conditions by name, `effect` what it does to the register, `papers` what
    it issues, `notice` what the institution is told. `countersigned`: it takes effect when a
    second person, the leader, has countersigned. `step` marks a step whose order is the division's.
    `backdated`: the clocks it starts count from the day of the state before it. `by_stated`: the
    documents that `JourneyTable.documents_by` names for what was stated are needed too. `cautions`
    are guards that warn and never stop it. `counted_from` is the ask whose day its clocks count
    from, such as the day of service. `begins` is the kind of journey that begins with it.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    party: Party
    basis: LegalBasis
    department: str = ""
    documents: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    effect: str = ""
    papers: tuple[str, ...] = ()
    notice: str = ""
    countersigned: bool = False
    step: bool = False
    backdated: bool = False
    counted_from: str = ""
    by_stated: bool = False
    cautions: tuple[str, ...] = ()
    begins: str = ""


@dataclass(frozen=True)
class JourneyTable:
    """A journey: `line` is its ordinary way from the first state to the last, for the page.

    `endings` are the states in which it is over, mapped to what is then said of it (`done`,
    `refused`, `dropped`). `excludes` are the kinds that may not run beside it for one institution.
    `starts` are the asks at its beginning, `starters` who may begin it, `opening_guards` what is
    checked then, `opening_clocks` the clocks that begin with it, `opening_effect` what the
    beginning does to the register. `opening_cautions` warn at the beginning and never stop it.
    `optional_documents` may be handed in and are needed by no move. `documents_by` are needed where
    something was stated, by `<ask>.<option>`.
    """

    kind: str
    basis: LegalBasis
    line: tuple[str, ...]
    endings: Mapping[str, str]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...] = ()
    excludes: tuple[str, ...] = ()
    starters: tuple[Party, ...] = (Party.INSTITUTION, Party.OFFICER)
    starts: tuple[Ask, ...] = ()
    opening_guards: tuple[str, ...] = ()
    opening_clocks: tuple[str, ...] = ()
    opening_effect: str = ""
    opening_notice: str = ""
    opening_cautions: tuple[str, ...] = ()
    optional_documents: tuple[str, ...] = ()
    documents_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs_institution: bool = True
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def initial(self) -> str:
        """The state in which it begins."""
        return self.line[0]

    @cached_property
    def by_name(self) -> Mapping[str, Move]:
        """The moves by name."""
        return {move.name: move for move in self.moves}

    @cached_property
    def clock(self) -> Mapping[str, Clock]:
        """The clocks by code."""
        return {clock.code: clock for clock in self.clocks}

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state: the line first, then the others as the moves name them."""
        found = dict.fromkeys(self.line)
        for move in self.moves:
            found.update(dict.fromkeys((*move.sources, move.target)))
        found.update(dict.fromkeys(self.endings))
        return tuple(found)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Every kind of document that may be handed in, in the order in which it is needed."""
        needed = [code for move in self.moves for code in move.documents]
        stated = [code for codes in self.documents_by.values() for code in codes]
        return tuple(dict.fromkeys((*needed, *stated, *self.optional_documents)))

    def documents_asked(self, details: Mapping[str, Any]) -> tuple[str, ...]:
        """The documents to be shown: of those that hang on what was stated, only what was."""
        hanging = {code for codes in self.documents_by.values() for code in codes}
        stated = self._stated_documents(details)
        return tuple(code for code in self.documents if code not in hanging or code in stated)

    def documents_for(self, move: Move, details: Mapping[str, Any]) -> tuple[str, ...]:
        """The documents that the move needs, by what was stated so far."""
        if not move.by_stated:
            return move.documents
        return tuple(dict.fromkeys((*move.documents, *self._stated_documents(details))))

    def _stated_documents(self, details: Mapping[str, Any]) -> list[str]:
        return [
            code
            for key, codes in self.documents_by.items()
            for code in codes
            if _was_stated(key, details)
        ]

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that the table knows from a state."""
        return tuple(move for move in self.moves if state in move.sources)


def _was_stated(key: str, details: Mapping[str, Any]) -> bool:
    ask, _, option = key.partition(".")
    value = details.get(ask)
    return option in value if isinstance(value, list | tuple) else value == option
