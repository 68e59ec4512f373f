"""A version of a reference table moves: proposed, approved by a second person, ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from institutions.choices.reference_problems import row_refusal
from institutions.core.reference_states import MOVES, Move, VersionFacts, VersionState, refusals
from institutions.core.reference_tables.changes import changes_between
from institutions.core.reference_tables.columns import TABLES, Kind
from institutions.core.reference_tables.rows import CellProblem, read_row
from institutions.core.reference_tables.wholes import KnownBooks, whole_problems
from institutions.models import TableVersion
from institutions.selectors.reference_moves import (
    REFERENCE_DEPARTMENT,
    earliest_day,
    newest_first_day,
)
from institutions.selectors.reference_rows import rows_digest, version_rows
from institutions.selectors.reference_tables import books_for
from institutions.services.reference_rows import lock_version, record_event
from institutions.services.register_records import day_of
from institutions.services.rescreening import rescreen_after_table
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_MOST_SHOWN = 20
_JUDGED_WHOLE = ("propose", "approve")
# Approved classes that another table binds now are screened again, for a person to look at.
_REBINDING = ("approve", "end")
_DATED = ("propose", "approve", "ask_end", "end")


@dataclass(frozen=True)
class MoveDetails:
    """What a person gives with a move: the day from which, the basis, and why."""

    on: date | None = None
    basis: str = ""
    reason: str = ""


NOTHING_GIVEN = MoveDetails()


def propose_version(
    *, version: TableVersion, details: MoveDetails, actor: Actor, at: datetime
) -> TableVersion:
    """Hand a draft to a second person, with its first day, basis and reason. Raises Refused."""
    return move_version(version=version, name="propose", details=details, actor=actor, at=at)


def approve_version(*, version: TableVersion, actor: Actor, at: datetime) -> TableVersion:
    """Let a proposed version bind classes from its first day on; its rows then stay.

    By another person than the one who proposed it. Approved classes are screened again by a job.
    """
    return move_version(version=version, name="approve", details=NOTHING_GIVEN, actor=actor, at=at)


def move_version(
    *, version: TableVersion, name: str, details: MoveDetails, actor: Actor, at: datetime
) -> TableVersion:
    """One move of `reference_states.MOVES`. Raises Refused with every reason."""
    move = MOVES[name]
    require(actor, move.action, Target(version.table.division_id, REFERENCE_DEPARTMENT))
    with transaction.atomic():
        locked = lock_version(version)
        found = refusals(move, version_facts(locked, move, details, actor, day_of(at)))
        if found:
            raise Refused(found)
        old = locked.state
        _APPLY[name](locked, details, actor, at)
        locked.save()
        _record(locked, move, old, details, actor, at)
        if name in _REBINDING:
            rescreen_after_table(
                division=locked.table.division_id,
                version_key=locked.public_id,
                actor=actor,
                at=at,
            )
    return locked


def version_facts(
    version: TableVersion, move: Move, details: MoveDetails, actor: Actor, today: date
) -> VersionFacts:
    """What the table's guards are told of a version before a move."""
    division = version.table.division_id
    facts = VersionFacts(
        state=VersionState(version.state),
        on=_day(version, move, details),
        today=today,
        first_on=version.effective_from,
        basis=details.basis if move.name == "propose" else version.basis,
        reason=details.reason,
        actor=actor.user_id,
        other_person=_other_person(version, move),
    )
    if move.name in _DATED:
        lead = division_settings(division, today).filing_lead_workdays
        facts = replace(facts, lead_workdays=lead, earliest_on=earliest_day(division, today, lead))
    if move.name in _JUDGED_WHOLE:
        facts = _with_rows(version, facts)
    return facts


def _day(version: TableVersion, move: Move, details: MoveDetails) -> date | None:
    given = {"approve": version.effective_from, "end": version.end_asked_for}
    return given.get(move.name, details.on)


def _other_person(version: TableVersion, move: Move) -> int | None:
    return version.end_asked_by_user if move.name == "end" else version.proposed_by_user


def _with_rows(version: TableVersion, facts: VersionFacts) -> VersionFacts:
    kind = version.table.kind
    rows = version_rows(version, kind=kind)
    base = version_rows(version.based_on, kind=kind)
    books = books_for(version.table.division_id) if kind == Kind.WEEKS else KnownBooks()
    problems: dict[str, CellProblem] = {}
    for key, cells in rows.items():
        read = read_row(TABLES[kind], cells)
        if read.problems:
            problems[key] = read.problems[0]
    if not problems:
        problems = whole_problems(Kind(kind), rows, books)
    return replace(
        facts,
        changed_count=len(changes_between(base, rows)),
        newest_on=newest_first_day(version),
        problems=_shown(list(rows), problems),
    )


def _shown(keys: list[str], problems: Mapping[str, CellProblem]) -> tuple[Refusal, ...]:
    """Each problem with its row's number in the table; of many, the first and how many more."""
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    found = [row_refusal(numbers[key], problem) for key, problem in problems.items()]
    more = len(found) - _MOST_SHOWN
    rest = [Refusal("reference.more_problems", {"count": more})] if more > 0 else []
    return (*found[:_MOST_SHOWN], *rest)


def _propose(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.effective_from, version.basis = details.on, details.basis.strip()
    version.reason = details.reason.strip()
    version.digest = rows_digest(version_rows(version, kind=version.table.kind))
    version.propose(by=actor.name, by_user=actor.user_id, at=at)


def _take_back(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.digest = ""
    version.take_back()


def _send_back(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.digest = ""
    version.send_back(because=details.reason.strip())


def _approve(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.approve(by=actor.name, at=at)


def _discard(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.discard()


def _ask_end(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    assert details.on is not None  # noqa: S101  the guard asked for it
    version.ask_end(
        on=details.on, because=details.reason.strip(), by=actor.name, by_user=actor.user_id
    )


def _keep(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.end_asked_for = None
    version.keep()


def _end(version: TableVersion, details: MoveDetails, actor: Actor, at: datetime) -> None:
    version.end()


_APPLY: Mapping[str, Callable[[TableVersion, MoveDetails, Actor, datetime], None]] = {
    "propose": _propose,
    "take_back": _take_back,
    "send_back": _send_back,
    "approve": _approve,
    "discard": _discard,
    "ask_end": _ask_end,
    "keep": _keep,
    "end": _end,
}


def _record(
    version: TableVersion, move: Move, old: str, details: MoveDetails, actor: Actor, at: datetime
) -> None:
    new: dict[str, Any] = {
        "state": version.state,
        "number": version.number,
        "effective_from": version.effective_from,
        "ends_before": version.ends_before or version.end_asked_for,
        "basis": version.basis,
        "rows": version.row_count,
        "digest": version.digest,
    }
    record_event(
        version,
        kind=f"reference.{move.name}",
        actor=actor,
        at=at,
        old={"state": old},
        new={name: value for name, value in new.items() if value not in (None, "")},
        reason=details.reason.strip() or version.reason,
    )
