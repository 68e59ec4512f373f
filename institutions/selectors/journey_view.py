"""One journey as its page shows it: steps, clocks, documents, what may be done, what blocks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from institutions.choices.journey_tones import document_badge, state_badge
from institutions.choices.journey_words import (
    clock_label,
    document_label,
    move_label,
    move_lede,
    state_label,
)
from institutions.choices.journeys import JOURNEY_KIND_LABELS, PARTY_LABELS
from institutions.core.journeys.catalogue import JOURNEYS, blocking, opening_refusals
from institutions.core.journeys.diagram import layout
from institutions.core.journeys.engine import next_step, steps_done
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import JourneyTable, Move, Party
from institutions.models import Institution, Journey, JourneyDocument
from institutions.selectors.journey_facts import (
    JOURNEY_SUBJECT,
    Opening,
    clocks_of,
    journey_facts,
    licence_of,
    opening_facts,
)
from institutions.selectors.journeys import nearest_clocks, waiting_proposal
from regulator.accounts.choices.texts import DEPARTMENT_LABELS
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.calendars import workday_table
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import WorkdayTable, workdays_between
from regulator.web.choices import Badge
from regulator.web.diagrams import Arrow, Box, state_diagram

Text = str | Promise


@dataclass(frozen=True)
class ClockLine:
    """A running clock: until when, what is left in its unit, and whether it stands still."""

    label: Text
    due: date
    left: int
    unit: str
    provisional: bool
    is_stopped: bool
    who: Text


@dataclass(frozen=True)
class MoveLine:
    """A move from the present state: who makes it, and what stands against it now."""

    move: Move
    label: Text
    lede: Text
    who: Text
    reasons: tuple[Refusal, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against it but what has yet to be typed."""
        return not self.reasons

    @property
    def can_open(self) -> bool:
        """Whether its form may be opened: what is asked there may clear what stands against it."""
        fixed = ("journey.document_", "journey.out_of_order", "journey.wrong_state")
        is_fixed = any(reason.code.startswith(fixed) for reason in self.reasons)
        return self.is_ready or (bool(self.move.asks) and not is_fixed)


@dataclass(frozen=True)
class DocumentLine:
    """A kind of document with the newest version handed in, and the earlier ones."""

    kind: str
    label: Text
    newest: JourneyDocument | None
    earlier: tuple[JourneyDocument, ...]
    is_needed: bool

    @property
    def badge(self) -> Badge | None:
        """How the newest stands."""
        return None if self.newest is None else document_badge(self.newest.state)


@dataclass(frozen=True)
class Step:
    """One step for `components/journey.html`."""

    label: Text
    state: str
    on: date | None = None
    who: Text = ""
    until: date | None = None
    left: int | None = None
    unit: str = "workdays"
    note: Text = ""


@dataclass(frozen=True)
class JourneyLine:
    """A journey in a list."""

    journey: Journey
    kind: Text
    badge: Badge
    who: Text
    clock: ClockLine | None


@dataclass(frozen=True)
class Startable:
    """A kind that may be begun for an institution, or why it may not."""

    kind: str
    label: Text
    reasons: tuple[Refusal, ...]


def journey_lines(journeys: list[Journey], today: date) -> list[JourneyLine]:
    """Journeys with their nearest clock; two queries whatever their number."""
    clocks = nearest_clocks(journeys)
    tables: dict[str, WorkdayTable] = {}
    lines = []
    for journey in journeys:
        clock = clocks.get(str(journey.public_id))
        if clock is not None and journey.division_id not in tables:
            tables[journey.division_id] = workday_table(journey.division_id)
        lines.append(
            JourneyLine(
                journey=journey,
                kind=JOURNEY_KIND_LABELS[journey.kind],
                badge=state_badge(journey.kind, journey.state, journey.outcome),
                who=who_moves(journey),
                clock=None
                if clock is None
                else clock_line(journey.table, clock, tables[journey.division_id], today),
            )
        )
    return lines


def who_moves(journey: Journey) -> Text:
    """Who must act next, by the moves that lead on from here."""
    if journey.is_over:
        return ""
    moves = [move for move in journey.table.moves_from(journey.state) if move.target != "dropped"]
    asked = next((move for move in moves if move.party is not Party.SYSTEM), None)
    return "" if asked is None else party_label(asked, journey)


def party_label(move: Move, journey: Journey) -> Text:
    """Who makes a move, with the department where it is one's."""
    label = PARTY_LABELS[move.party.value]
    department = {
        Party.OFFICER: journey.department_id,
        Party.RECEIVING: journey.receiving_department_id or "",
        Party.REGISTRAR: move.department,
    }.get(move.party, "")
    if not department:
        return label
    return _("%(party)s（%(department)s）") % {
        "party": label,
        "department": DEPARTMENT_LABELS[department],
    }


def clock_line(table: JourneyTable, clock: Deadline, days: WorkdayTable, today: date) -> ClockLine:
    """A clock with what is left of it in its own unit; months are counted in days."""
    code = clock.kind.removeprefix(f"{JOURNEY_SUBJECT}.")
    is_workdays = clock.unit == "workdays"
    left = (
        workdays_between(today, clock.due_on, days) if is_workdays else (clock.due_on - today).days
    )
    known = table.clock.get(code)
    return ClockLine(
        label=clock_label(table.kind, code),
        due=clock.due_on,
        left=left,
        unit="workdays" if is_workdays else "days",
        provisional=clock.provisional,
        is_stopped=clock.is_stopped,
        who="" if known is None else PARTY_LABELS[known.party.value],
    )


def clock_lines(journey: Journey, today: date) -> list[ClockLine]:
    """The journey's running clocks, the nearest first."""
    clocks = clocks_of(journey)
    days = workday_table(journey.division_id) if clocks else None
    if days is None:
        return []
    return [clock_line(journey.table, clock, days, today) for clock in clocks]


def move_lines(journey: Journey, today: date) -> list[MoveLine]:
    """Every move a person can make from here, with what stands against it."""
    if journey.is_over:
        return []
    facts = journey_facts(journey, stated={}, on=today)
    found = [
        move
        for move in journey.table.moves_from(journey.state)
        if move.party is not Party.SYSTEM and not _is_later_step(move, facts)
    ]
    return [
        MoveLine(
            move=move,
            label=move_label(journey.kind, move.name),
            lede=move_lede(journey.kind, move.name),
            who=party_label(move, journey),
            reasons=blocking(journey.table, move, facts),
        )
        for move in found
    ]


def _is_later_step(move: Move, facts: JourneyFacts) -> bool:
    return move.step and move.target != next_step(facts.state, facts.order)


def document_lines(journey: Journey) -> list[DocumentLine]:
    """What is to be handed in, in the order in which it is needed; what came is beside it."""
    held: dict[str, list[JourneyDocument]] = {}
    for document in journey.documents.order_by("kind", "-version"):
        held.setdefault(document.kind, []).append(document)
    due = next_step(journey.state, tuple(journey.order))
    needed_now = {
        code
        for move in journey.table.moves_from(journey.state)
        if not move.step or move.target == due
        for code in journey.table.documents_for(move, journey.details)
    }
    lines = []
    for kind in journey.table.documents_asked(journey.details):
        versions = held.get(kind, [])
        lines.append(
            DocumentLine(
                kind=kind,
                label=document_label(journey.kind, kind),
                newest=versions[0] if versions else None,
                earlier=tuple(versions[1:]),
                is_needed=kind in needed_now,
            )
        )
    return lines


def journey_steps(journey: Journey, today: date) -> list[Step]:
    """The ordinary way with "you are here"; an ending off the way stands where it was left."""
    clocks = clock_lines(journey, today)
    nearest = next((clock for clock in clocks if not clock.is_stopped), None)
    order = tuple(journey.order)
    line = [node.state for node in layout(journey.table, order).nodes if node.column == 0]
    passed = _passed(journey, line)
    steps = []
    for state in line:
        label = state_label(journey.kind, state)
        if state == journey.state:
            steps.append(_here(journey, label, nearest))
        elif state in passed:
            steps.append(Step(label, "done", on=_entered_on(journey, state)))
        else:
            steps.append(Step(label, "skipped" if journey.is_over else "todo"))
        if state not in line[-1:] and passed and state == passed[-1] and journey.state not in line:
            steps.append(_here(journey, state_label(journey.kind, journey.state), nearest))
    if not passed and journey.state not in line:
        steps.insert(0, _here(journey, state_label(journey.kind, journey.state), nearest))
    return steps


def _here(journey: Journey, label: Text, clock: ClockLine | None) -> Step:
    if journey.is_over:
        is_done = journey.outcome == "done"
        return Step(label, "done" if is_done else "blocked", on=journey.state_since)
    proposal = waiting_proposal(journey)
    if proposal is not None:
        note = _("“%(move)s”已经提出，等待会签。") % {
            "move": move_label(journey.kind, proposal.move)
        }
        return Step(label, "current", journey.state_since, PARTY_LABELS["leader"], note=note)
    return Step(
        label,
        "current",
        on=journey.state_since,
        who=who_moves(journey),
        until=None if clock is None else clock.due,
        left=None if clock is None else clock.left,
        unit="workdays" if clock is None else clock.unit,
        note="" if clock is None else clock.label,
    )


def _passed(journey: Journey, line: list[str]) -> list[str]:
    """The states of the line that lie behind, by what the journey recorded."""
    if journey.state in line:
        return line[: line.index(journey.state)]
    done = set(steps_done(journey.state, tuple(journey.order)))
    targets = {
        move.target
        for move in journey.table.moves
        if f"{move.name}_on" in journey.details or move.target in done
    }
    reached = [state for state in line if state in targets]
    return line[: line.index(reached[-1]) + 1] if reached else line[:1]


def _entered_on(journey: Journey, state: str) -> date | None:
    days = [
        date.fromisoformat(journey.details[f"{move.name}_on"])
        for move in journey.table.moves
        if move.target == state and f"{move.name}_on" in journey.details
    ]
    if days:
        return max(days)
    return journey.started_at.date() if state == journey.table.initial else None


def journey_diagram(journey: Journey) -> SafeString:
    """The journey's states with "you are here"."""
    table = journey.table
    placed = layout(table, tuple(journey.order))
    line = [node.state for node in placed.nodes if node.column == 0]
    passed = set(_passed(journey, line))
    boxes = [
        Box(
            node.state,
            str(state_label(table.kind, node.state)),
            node.column,
            node.row,
            standing=_standing(node.state, journey.state, passed),
            is_ending=node.is_ending,
        )
        for node in placed.nodes
    ]
    title = _("“%(kind)s”的状态图") % {"kind": JOURNEY_KIND_LABELS[table.kind]}
    return state_diagram(
        title=title, here_label=str(_("现在在这里")), boxes=boxes, arrows=arrows_of(table, placed)
    )


def arrows_of(table: JourneyTable, placed: Any) -> list[Arrow]:
    """The layout's edges in words."""
    arrows = []
    for edge in placed.edges:
        words = "／".join(str(move_label(table.kind, name)) for name in edge.moves)
        if edge.further:
            words = _("%(moves)s（另从 %(count)d 处）") % {"moves": words, "count": edge.further}
        arrows.append(Arrow(edge.source, edge.target, words))
    return arrows


def _standing(state: str, here: str, passed: Iterable[str]) -> str:
    if state == here:
        return "here"
    return "done" if state in passed else "todo"


def startable(institution: Institution, *, party: Party, today: date) -> list[Startable]:
    """Every kind that such a party may begin for an institution, with what stands against it."""
    licence = licence_of(institution, today)
    found = []
    for table in JOURNEYS.values():
        if party not in table.starters or not table.needs_institution:
            continue
        opening = Opening(table, institution.division_id, institution, None, licence)
        facts = opening_facts(
            opening, stated={}, on=today, by_institution=party is Party.INSTITUTION
        )
        asked = {"journey.ask_missing", "journey.ask_unknown"}
        reasons = tuple(
            reason
            for reason in opening_refusals(table, facts)
            if reason.code not in asked and not reason.code.startswith("journey.stated_")
        )
        found.append(Startable(table.kind, JOURNEY_KIND_LABELS[table.kind], reasons))
    return found
