"""What a seed makes of a frame: objects drawn, teams, routes, and who may not meet whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from inspections.core.draw.frames import Frame
from inspections.core.draw.orders import order

NO_TEAM = "0"
RecusalPairs = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """The picks of one draw, as DR1 §3 defines them.

    `drawn`, `reserve`: stratum -> ids in drawn order; `teams`: team number -> inspector ids;
    `inspector_reserve`: department -> ids; `routes`: drawn object -> the team its run went to,
    before recusals; `assignments`: the same after them, `"0"` where no team is free;
    `team_order`: the order in which runs were handed out.
    """

    drawn: Mapping[str, Sequence[str]]
    reserve: Mapping[str, Sequence[str]]
    teams: Mapping[str, Sequence[str]]
    inspector_reserve: Mapping[str, Sequence[str]]
    routes: Mapping[str, str]
    assignments: Mapping[str, str]
    unassigned: Sequence[str]
    team_order: Sequence[str]


def compute_outcome(frame: Frame, recusals: Sequence[Sequence[str]], *, seed: str) -> Outcome:
    """The outcome of a frame under a seed; `recusals` are pairs of inspector id and object id."""
    drawn, reserve = _pick_objects(frame, seed)
    teams, inspector_reserve = _seat_teams(frame, seed)
    numbers = [str(number) for number in range(1, frame.team_count + 1)]
    team_order = order(numbers, label=f"{seed}/team")
    routes = _route(frame, drawn, team_order)
    pairs = {(pair[0], pair[1]) for pair in recusals}
    assignments = {
        object_id: free_team(object_id, start=team, team_order=team_order, teams=teams, pairs=pairs)
        for object_id, team in routes.items()
    }
    return Outcome(
        drawn=drawn,
        reserve=reserve,
        teams=teams,
        inspector_reserve=inspector_reserve,
        routes=routes,
        assignments=assignments,
        unassigned=sorted(name for name, team in assignments.items() if team == NO_TEAM),
        team_order=team_order,
    )


def free_team(
    object_id: str,
    *,
    start: str,
    team_order: Sequence[str],
    teams: Mapping[str, Sequence[str]],
    pairs: RecusalPairs,
) -> str:
    """`start`, or the next team in the team order (cyclic) with nobody recused; else `"0"`."""
    first = team_order.index(start)
    for team in (*team_order[first:], *team_order[:first]):
        if not any((inspector, object_id) in pairs for inspector in teams[team]):
            return team
    return NO_TEAM


def cut_runs(ids: Sequence[str], *, count: int) -> list[list[str]]:
    """`ids` cut into `count` runs whose sizes differ by at most one, longer runs first."""
    size, longer = divmod(len(ids), count)
    runs, start = [], 0
    for number in range(count):
        end = start + size + (1 if number < longer else 0)
        runs.append(list(ids[start:end]))
        start = end
    return runs


def _pick_objects(frame: Frame, seed: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    drawn, reserve = {}, {}
    for stratum, ids in frame.strata.items():
        ordered = order(ids, label=f"{seed}/object/{stratum}")
        quota = frame.quotas[stratum]
        drawn[stratum], reserve[stratum] = ordered[:quota], ordered[quota:]
    return drawn, reserve


def _seat_teams(frame: Frame, seed: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    teams: dict[str, list[str]] = {str(n): [] for n in range(1, frame.team_count + 1)}
    reserve = {}
    for department in sorted(frame.departments):
        ordered = order(frame.departments[department], label=f"{seed}/inspector/{department}")
        seats = frame.seats[department]
        for number in range(frame.team_count):
            teams[str(number + 1)].extend(ordered[number * seats : (number + 1) * seats])
        reserve[department] = ordered[frame.team_count * seats :]
    return teams, reserve


def _route(
    frame: Frame, drawn: Mapping[str, Sequence[str]], team_order: Sequence[str]
) -> dict[str, str]:
    chosen = [object_id for ids in drawn.values() for object_id in ids]
    chosen.sort(key=lambda object_id: (frame.areas[object_id], object_id))
    runs = cut_runs(chosen, count=frame.team_count)
    return {
        object_id: team for team, run in zip(team_order, runs, strict=True) for object_id in run
    }
