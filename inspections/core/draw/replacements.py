"""Who steps in when a drawn premises or a seated inspector falls out: only by reserve order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspections.core.draw.frames import Frame
from inspections.core.draw.outcome import NO_TEAM, Outcome, RecusalPairs, free_team
from inspections.core.draw.shapes import read_time, refuse
from regulator.kernel.outcomes import Refusal, Refused

NOBODY = ""


@dataclass
class Standing:
    """A draw after the replacements so far.

    `teams`: team -> inspectors now seated; `objects`: object -> its team, replaced ones included,
    since the team may already have met them; `used`: reserve ids taken; `gone`: ids replaced.
    """

    frame: Frame
    outcome: Outcome
    pairs: RecusalPairs
    teams: dict[str, list[str]]
    objects: dict[str, str]
    used: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def stratum_of(self, object_id: str) -> str:
        """The stratum of an object of the frame, or the empty text."""
        found = (name for name, ids in self.frame.strata.items() if object_id in ids)
        return next(found, "")

    def department_of(self, inspector_id: str) -> str:
        """The department of an inspector of the frame, or the empty text."""
        found = (name for name, ids in self.frame.departments.items() if inspector_id in ids)
        return next(found, "")


def initial_standing(frame: Frame, outcome: Outcome, recusals: Sequence[Sequence[str]]) -> Standing:
    """The draw as it fell, before any replacement."""
    return Standing(
        frame=frame,
        outcome=outcome,
        pairs={(pair[0], pair[1]) for pair in recusals},
        teams={team: list(ids) for team, ids in outcome.teams.items()},
        objects=dict(outcome.assignments),
    )


def object_out_refusals(standing: Standing, out: str) -> tuple[Refusal, ...]:
    """Why an object cannot be replaced: it was not drawn, or already has been."""
    if out not in standing.objects:
        return (refuse("replacement.not_drawn", "out", id=out),)
    if out in standing.gone:
        return (refuse("replacement.already", "out", id=out),)
    return ()


def next_object(standing: Standing, out: str) -> tuple[str, str]:
    """The object that steps in for `out`, and its team; `("", "0")` when the reserve is used up.

    Its team is the one of `out`, or the next in the team order with nobody recused (DR1 §4).
    Raises Refused.
    """
    reasons = object_out_refusals(standing, out)
    if reasons:
        raise Refused(reasons)
    for candidate in standing.outcome.reserve[standing.stratum_of(out)]:
        if candidate not in standing.used:
            start = standing.objects[out]
            if start == NO_TEAM:
                start = standing.outcome.routes.get(out, standing.outcome.team_order[0])
            team = free_team(
                candidate,
                start=start,
                team_order=standing.outcome.team_order,
                teams=standing.teams,
                pairs=standing.pairs,
            )
            return candidate, team
    return NOBODY, NO_TEAM


def inspector_out_refusals(standing: Standing, *, team: str, out: str) -> tuple[Refusal, ...]:
    """Why an inspector cannot be replaced in a team: no such team, or not seated there."""
    if team not in standing.teams:
        return (refuse("replacement.no_team", "team", team=team),)
    if out not in standing.teams[team]:
        return (refuse("replacement.not_seated", "out", id=out, team=team),)
    return ()


def next_inspector(standing: Standing, *, team: str, out: str) -> str:
    """The inspector who steps in: the first unused id of the department's reserve with no recusal
    against any of the team's objects; empty when there is none. Raises Refused."""
    reasons = inspector_out_refusals(standing, team=team, out=out)
    if reasons:
        raise Refused(reasons)
    objects = [name for name, seated in standing.objects.items() if seated == team]
    for candidate in standing.outcome.inspector_reserve[standing.department_of(out)]:
        recused = any((candidate, name) in standing.pairs for name in objects)
        if candidate not in standing.used and not recused:
            return candidate
    return NOBODY


def apply_object(standing: Standing, *, out: str, into: str, team: str) -> None:
    """Note that `into` stepped in for `out` (in place)."""
    standing.gone.add(out)
    if into:
        standing.used.add(into)
        standing.objects[into] = team


def apply_inspector(standing: Standing, *, out: str, into: str, team: str) -> None:
    """Note that `into` took the seat of `out` (in place); an empty `into` leaves it empty."""
    seated = standing.teams[team]
    place = seated.index(out)
    seated[place : place + 1] = [into] if into else []
    standing.gone.add(out)
    standing.used.add(into)


def in_order(
    objects: Sequence[Mapping[str, Any]], inspectors: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, int]]:
    """Both lists merged by `at`, each keeping its own order: (`"object"` | `"inspector"`, index).

    Where a time is not stated or equal, objects come first: a fixed rule, so that every verifier
    replays the same history.
    """
    left, right = 0, 0
    while left < len(objects) or right < len(inspectors):
        if right >= len(inspectors) or (
            left < len(objects) and not _later(objects[left], inspectors[right])
        ):
            yield "object", left
            left += 1
        else:
            yield "inspector", right
            right += 1


def _later(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    one, other = read_time(first.get("at")), read_time(second.get("at"))
    return one is not None and other is not None and one > other


def replay(
    standing: Standing,
    objects: Sequence[Mapping[str, Any]],
    inspectors: Sequence[Mapping[str, Any]],
) -> Standing:
    """The standing after the replacements of a bundle that verified (in place, and returned)."""
    for kind, index in in_order(objects, inspectors):
        entry = objects[index] if kind == "object" else inspectors[index]
        change = apply_object if kind == "object" else apply_inspector
        change(standing, out=entry["out"], into=entry["in"], team=entry["team"])
    return standing
