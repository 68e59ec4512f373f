"""Draws as each may read them: everybody what is public, few what is sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from inspections.core.draw.assembly import Stratum, frame_department, strata_of
from inspections.core.draw.bundles import COMMITTED_KEYS, DRAWN_KEYS, public_part
from inspections.core.draw.reading import read_json, write_json
from inspections.core.draw.verification import Verification, verify_bundle
from inspections.core.draw_states import DrawState
from inspections.models import (
    Draw,
    DrawAssignment,
    DrawExclusion,
    DrawInspector,
    DrawReading,
    DrawTeam,
)
from inspections.selectors.times import time_text
from institutions.models import Premises
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.accounts.models import Department
from regulator.kernel.actors import Actor

OPEN_STATES = (DrawState.PREPARING.value, DrawState.COMMITTED.value, DrawState.DRAWN.value)


def draws_in(actor: Actor) -> QuerySet[Draw]:
    """The draws that an actor's desk reaches, the newest first; sealed texts are not read."""
    reach = reach_of(actor, Action.DRAW_READ)
    rows = Draw.objects.select_related("division").defer(
        "frame_text", "recusals_text", "outcome_text", "bundle_text"
    )
    if reach is None:
        return rows.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return rows.filter(division__code__startswith=actor.division[:4])
    return rows.filter(division=actor.division)


def draw_for(actor: Actor, number: str) -> Draw | None:
    """A draw by its number, where the actor's desk reaches it."""
    return draws_in(actor).filter(number=number).first()


def open_draws(actor: Actor) -> list[Draw]:
    """Draws of the actor's desk that are not yet revealed or void, oldest due date first."""
    return list(draws_in(actor).filter(state__in=OPEN_STATES).order_by("due_at"))


def public_draws(division: str = "") -> QuerySet[Draw]:
    """The draws that outsiders may know of: committed, drawn, revealed, void."""
    rows = Draw.objects.select_related("division").exclude(state=DrawState.PREPARING.value)
    rows = rows.defer("frame_text", "recusals_text", "outcome_text", "bundle_text")
    return rows.filter(division=division) if division else rows


def public_draw(number: str) -> Draw | None:
    """A draw that outsiders may know of, by its number."""
    return public_draws().filter(number=number).first()


def may_read_sealed(actor: Actor, draw: Draw) -> bool:
    """Whether an actor may see the lists of a draw that is not revealed: its coordinators alone."""
    return draw.is_open or may(actor, Action.DRAW_READ_SEALED, Target(division=draw.division_id))


@dataclass(frozen=True)
class TeamList:
    """A team with its members and the premises of its route, in route order."""

    number: str
    team: DrawTeam | None
    members: Sequence[DrawInspector]
    assignments: Sequence[DrawAssignment]


def team_lists(draw: Draw) -> list[TeamList]:
    """Every team of a draw, and team `0` where recusals left premises without one.

    Who may ask is decided by `may_read_sealed`.
    """
    teams = {team.number: team for team in draw.teams.all()}
    members = list(
        draw.members.exclude(team="").select_related("inspector", "inspector__department")
    )
    assignments = list(draw.assignments.select_related("premises__institution"))
    numbers = sorted({*teams, *(row.team for row in assignments)}, key=int)
    return [
        TeamList(
            number=number,
            team=teams.get(number),
            members=[row for row in members if row.team == number],
            assignments=[row for row in assignments if row.team == number],
        )
        for number in numbers
    ]


def reserves(draw: Draw) -> dict[str, list[str]]:
    """The reserve order of each stratum, as register ids; sealed like the lists."""
    return dict(draw.outcome.get("reserve", {}))


def readings_of(draw: Draw) -> list[DrawReading]:
    """Every reading of the public source, in order."""
    return list(draw.readings.all())


def exclusions_of(draw: Draw) -> list[tuple[DrawExclusion, str]]:
    """The premises left out, with the names behind them."""
    rows = list(draw.exclusions.all())
    names = dict(
        Premises.objects.filter(register_id__in=[row.register_id for row in rows]).values_list(
            "register_id", "institution__name"
        )
    )
    return [(row, names.get(row.register_id, "")) for row in rows]


def frame_strata(draw: Draw) -> list[Stratum]:
    """The strata of a draw's frame with each object's chance."""
    return strata_of(draw.frame)


def frame_seats(draw: Draw) -> list[tuple[str, int, int]]:
    """Departments of a frame: name, seats per team, inspectors in the frame."""
    frame = draw.frame
    sizes: dict[str, int] = {}
    for row in frame["inspectors"]:
        sizes[row["department"]] = sizes.get(row["department"], 0) + 1
    names = {frame_department(one.code): one.name for one in Department.objects.all()}
    return [
        (names.get(code, code), seats, sizes.get(code, 0))
        for code, seats in frame["teams"]["seats"].items()
    ]


def public_bundle(draw: Draw) -> dict[str, Any]:
    """As much of a draw's bundle as its state makes public, with its keys in DR1's order."""
    if draw.is_open:
        return read_json(draw.bundle_text)  # type: ignore[no-any-return]
    committed_at = time_text(draw.committed_at)
    readings = readings_of(draw)
    whole: Mapping[str, Any] = {
        "frame": draw.frame,
        "commitment": draw.commitment,
        "committed_at": committed_at,
        "readings": [row.text for row in readings],
        "randomness": draw.randomness,
        "witnesses": list(dict.fromkeys(name for row in readings for name in row.witnesses)),
        "drawn_at": time_text(draw.drawn_at),
    }
    keys = DRAWN_KEYS if draw.state == DrawState.DRAWN.value else COMMITTED_KEYS
    return public_part(whole, keys=keys)


def public_bundle_text(draw: Draw) -> str:
    """The same as the text that is downloaded; revealed, exactly the bytes that were kept."""
    return draw.bundle_text if draw.is_open else write_json(public_bundle(draw))


def verify_public(draw: Draw) -> Verification:
    """What the server finds when it recomputes all that is public of a draw."""
    return verify_bundle(public_bundle(draw), outside_digest=draw.digest)


def names_of_objects(register_ids: Sequence[str]) -> dict[str, Premises]:
    """Premises with their institutions, by register id."""
    rows = Premises.objects.filter(register_id__in=register_ids).select_related("institution")
    return {row.register_id: row for row in rows}


def my_teams(actor: Actor, *, on: date) -> list[DrawTeam]:
    """The teams of the person that are out on a day, in draws that are drawn and sealed."""
    if actor.user_id is None:
        return []
    seats = DrawInspector.objects.filter(
        inspector__user=actor.user_id, draw_of__state=DrawState.DRAWN.value
    ).exclude(team="")
    wanted = Q()
    for draw_id, team in seats.values_list("draw_of", "team"):
        wanted |= Q(draw_of=draw_id, number=team)
    if not wanted:
        return []
    rows = DrawTeam.objects.filter(wanted, starts_on__lte=on, ends_before__gt=on)
    return list(rows.select_related("draw_of").order_by("draw_of__number"))


def my_team(actor: Actor, *, number: str, on: date) -> DrawTeam | None:
    """The person's team in one draw, on its day."""
    return next((row for row in my_teams(actor, on=on) if row.draw_of.number == number), None)


def my_coming_days(actor: Actor, *, on: date) -> list[DrawTeam]:
    """Teams of the person that will be out later: the day is known, the list is not shown."""
    if actor.user_id is None:
        return []
    rows = DrawTeam.objects.filter(
        draw_of__members__inspector__user=actor.user_id,
        draw_of__state=DrawState.DRAWN.value,
        starts_on__gt=on,
    ).select_related("draw_of")
    seats = set(
        DrawInspector.objects.filter(inspector__user=actor.user_id).values_list("draw_of", "team")
    )
    return [row for row in rows.distinct() if (row.draw_of_id, row.number) in seats]


def draw_by_public_id(public_id: str) -> Draw:
    """A draw that a task was given; it exists, since draws are never deleted."""
    return Draw.objects.get(public_id=public_id)


def draw_by_number(number: str) -> Draw | None:
    """A draw by its number, for a command on the bureau's own machine."""
    return Draw.objects.filter(number=number).first()


def team_list(team: DrawTeam) -> TeamList:
    """One team with its members and route."""
    return next(one for one in team_lists(team.draw_of) if one.number == team.number)
