"""What stands against a beginning or a move: every reason at once. Pure.

Guards are registered by name where their journey's table is written; a table that names a guard
nobody wrote fails its test, never a person's click.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

Guard = Callable[[JourneyFacts, LegalBasis], Iterable[Refusal]]


def opening_refusals(
    table: JourneyTable, facts: JourneyFacts, guards: dict[str, Guard]
) -> tuple[Refusal, ...]:
    """Every reason why the journey may not begin now."""
    found: list[Refusal] = []
    if table.needs_institution and facts.institution is None:
        found.append(Refusal("journey.institution_missing", {}, table.basis))
    if table.kind in facts.running:
        found.append(Refusal("journey.already_running", {"journey": table.kind}))
    found.extend(
        Refusal("journey.excluded", {"journey": kind})
        for kind in facts.running
        if kind in table.excludes
    )
    found.extend(_unstated(table.starts, facts, table.basis))
    for name in table.opening_guards:
        found.extend(guards[name](facts, table.basis))
    return tuple(found)


def refusals(
    table: JourneyTable, move: Move, facts: JourneyFacts, guards: dict[str, Guard]
) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"journey_state": facts.state, "journey_move": move.name}
        found.append(Refusal("journey.wrong_state", params, move.basis))
    elif move.step:
        found.extend(_out_of_order(move, facts))
    found.extend(_missing_documents(table, move, facts))
    found.extend(_unstated(move.asks, facts, move.basis))
    for name in move.guards:
        found.extend(guards[name](facts, move.basis))
    return tuple(found)


def opening_cautions(
    table: JourneyTable, facts: JourneyFacts, guards: dict[str, Guard]
) -> tuple[Refusal, ...]:
    """What whoever begins the journey should know; nothing of it stops them."""
    return tuple(one for name in table.opening_cautions for one in guards[name](facts, table.basis))


def cautions(move: Move, facts: JourneyFacts, guards: dict[str, Guard]) -> tuple[Refusal, ...]:
    """What whoever makes the move should know; nothing of it stops them."""
    return tuple(one for name in move.cautions for one in guards[name](facts, move.basis))


def blocking(
    table: JourneyTable, move: Move, facts: JourneyFacts, guards: dict[str, Guard]
) -> tuple[Refusal, ...]:
    """What stands against the move before anybody has typed anything: for the page."""
    unstated = {refusal.code for refusal in _unstated(move.asks, facts, move.basis)}
    return tuple(
        refusal
        for refusal in refusals(table, move, facts, guards)
        if refusal.code not in unstated and not refusal.code.startswith("journey.stated_")
    )


def steps_done(state: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """The steps behind the state, in the division's order: a step's name is its state's."""
    return order[: order.index(state) + 1] if state in order else ()


def next_step(state: str, order: tuple[str, ...]) -> str:
    """The step that comes next, empty after the last."""
    done = len(steps_done(state, order))
    return order[done] if done < len(order) else ""


def _out_of_order(move: Move, facts: JourneyFacts) -> Iterator[Refusal]:
    due = next_step(facts.state, facts.order)
    if move.target != due:
        params = {"journey_step": move.target, "due_step": due}
        yield Refusal("journey.out_of_order", params, move.basis)


def _missing_documents(table: JourneyTable, move: Move, facts: JourneyFacts) -> Iterator[Refusal]:
    enough = {"uploaded", "accepted"} if move.party is Party.INSTITUTION else {"accepted"}
    for code in table.documents_for(move, facts.details):
        held = facts.documents.get(code, "")
        if held in enough:
            continue
        reason = {"": "missing", "returned": "returned"}.get(held, "unchecked")
        yield Refusal(f"journey.document_{reason}", {"journey_document": code}, move.basis)


def _unstated(asks: tuple[Ask, ...], facts: JourneyFacts, basis: LegalBasis) -> Iterator[Refusal]:
    for ask in asks:
        value = facts.stated.get(ask.code)
        if ask.required and _is_blank(value):
            yield Refusal("journey.ask_missing", {"journey_ask": ask.code}, basis)
        elif ask.options and not _is_blank(value) and not _among(value, ask):
            yield Refusal("journey.ask_unknown", {"journey_ask": ask.code}, basis)


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is False or (isinstance(value, list | tuple) and not value)


def _among(value: Any, ask: Ask) -> bool:
    values = value if ask.kind is AskKind.CHOICES else (value,)
    return all(one in ask.options for one in values)
