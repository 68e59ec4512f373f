"""What the guards of a journey look at. Plain values: the selectors fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class InstitutionFacts:
    """The register's entry as it stands now; empty texts where it says nothing."""

    name: str = ""
    category: str = ""
    activity: str = ""
    legal_form: str = ""
    status: str = ""
    credit_code: str = ""
    competent_department: str = ""
    verified: bool = False
    premises_count: int = 0


@dataclass(frozen=True)
class PaperFacts:
    """A licence: the one in force, else the latest. `valid_before` is half-open."""

    state: str
    number: str = ""
    category: str = ""
    stages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    nature_code: str = ""
    valid_from: date | None = None
    valid_before: date | None = None


@dataclass(frozen=True)
class Obligation:
    """Something the institution still owes or runs, which a journey may have to wait for.

    `code` has its text in `choices`; `amount_fen` where it is money.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    amount_fen: int | None = None
    to_parents: bool = False


@dataclass(frozen=True)
class ClockFacts:
    """A running clock."""

    due_on: date
    is_stopped: bool = False


@dataclass(frozen=True)
class JourneyFacts:
    """Everything a move is judged by.

    `documents` maps a document's kind to `uploaded`, `accepted` or `returned`; `stated` is what
    the actor states with this move, by the ask's code (dates are dates); `details` what was stated
    by earlier moves; `order` the division's order of steps; `running` the other journeys under
    way; `obligations` what is still owed; `settings` the division's dated settings by code;
    `latest` says, by kind of journey, how and when the latest ended one ended.
    `number_taken_by` is whose licence bears the stated new number already, `serious_violation_on`
    the day of this year's latest penalty that was more than a warning.
    """

    state: str
    on: date
    institution: InstitutionFacts | None = None
    licence: PaperFacts | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    clocks: Mapping[str, ClockFacts] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    latest: Mapping[str, tuple[str, date]] = field(default_factory=dict)
    by_institution: bool = False
    deadline_on: date | None = None
    number_taken_by: str = ""
    serious_violation_on: date | None = None
