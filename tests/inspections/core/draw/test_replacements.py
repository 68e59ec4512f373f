"""Replacements come from the reserve, in order, and never against a recusal."""

from __future__ import annotations

from typing import Any

import pytest

from inspections.core.draw.bundles import bundle_digest
from inspections.core.draw.frames import build_frame
from inspections.core.draw.outcome import compute_outcome
from inspections.core.draw.replacements import (
    apply_object,
    initial_standing,
    next_inspector,
    next_object,
    replay,
)
from inspections.core.draw.replaying import check_replacements
from inspections.core.draw.verification import verify_bundle
from regulator.kernel.outcomes import Refused
from tests.inspections.core.draw.samples import draw_small, make_frame

OBJECTS = [(f"P{n}", "A", f"T{n}") for n in range(6)]
INSPECTORS = [(f"E{n}", "education") for n in range(7)]


def prepared(recusals: list[list[str]]) -> tuple[dict[str, Any], Any]:
    frame = make_frame(OBJECTS, {"A": 2}, INSPECTORS, team_count=2, recusals=recusals)
    bundle = draw_small(frame, recusals, "1234")
    built = build_frame(frame)
    outcome = compute_outcome(built, recusals, seed=bundle["seed"])
    return bundle, initial_standing(built, outcome, recusals)


def entry(out: str, into: str, team: str, at: str = "") -> dict[str, str]:
    return {"out": out, "in": into, "team": team, "reason": "已搬离", "at": at}


def with_replacements(
    bundle: dict[str, Any], objects: list[dict[str, str]], inspectors: list[dict[str, str]]
) -> dict[str, Any]:
    changed = {**bundle, "replacements": objects, "inspector_replacements": inspectors}
    return {**changed, "digest": bundle_digest(changed)}


def test_the_first_of_the_reserve_steps_in_with_the_same_team():
    bundle, standing = prepared([])
    out = bundle["drawn"]["A"][0]
    assert next_object(standing, out) == (bundle["reserve"]["A"][0], bundle["assignments"][out])


def test_the_next_of_the_reserve_follows_and_an_exhausted_reserve_is_said():
    bundle, standing = prepared([])
    out = bundle["drawn"]["A"][0]
    for expected in bundle["reserve"]["A"]:
        into, team = next_object(standing, out)
        assert into == expected
        apply_object(standing, out=out, into=into, team=team)
        out = into
    assert next_object(standing, out) == ("", "0")


def test_who_was_not_drawn_or_is_already_replaced_cannot_be_replaced():
    bundle, standing = prepared([])
    with pytest.raises(Refused):
        next_object(standing, bundle["reserve"]["A"][0])
    out = bundle["drawn"]["A"][0]
    apply_object(standing, out=out, into=bundle["reserve"]["A"][0], team="1")
    with pytest.raises(Refused):
        next_object(standing, out)


def test_a_recusal_sends_the_replacement_to_the_other_team():
    bundle, _ = prepared([])
    out, into = bundle["drawn"]["A"][0], bundle["reserve"]["A"][0]
    frame = build_frame(bundle["frame"])
    team = bundle["assignments"][out]
    recusals = [[bundle["teams"][team][0], into]]
    outcome = compute_outcome(frame, recusals, seed=bundle["seed"])
    standing = initial_standing(frame, outcome, recusals)
    assert next_object(standing, out) == (into, {"1": "2", "2": "1"}[team])


def test_an_inspector_steps_in_unless_recused_against_an_object_of_the_team():
    bundle, standing = prepared([])
    spare = bundle["inspector_reserve"]["education"]
    out = bundle["teams"]["1"][0]
    assert next_inspector(standing, team="1", out=out) == spare[0]
    mine = next(name for name, team in bundle["assignments"].items() if team == "1")
    standing.pairs = {(spare[0], mine)}
    assert next_inspector(standing, team="1", out=out) == spare[1]
    standing.pairs = {(name, mine) for name in spare}
    assert next_inspector(standing, team="1", out=out) == ""
    with pytest.raises(Refused):
        next_inspector(standing, team="2", out=out)
    with pytest.raises(Refused):
        next_inspector(standing, team="9", out=out)


def test_replacements_by_the_rule_verify_and_others_are_named():
    bundle, _ = prepared([])
    out, other = bundle["drawn"]["A"]
    first, second, third = bundle["reserve"]["A"][:3]
    team = bundle["assignments"][out]
    seat = bundle["teams"]["1"][0]
    spare = bundle["inspector_reserve"]["education"]
    right = [entry(out, first, team), entry(other, second, bundle["assignments"][other])]
    inspectors = [entry(seat, spare[0], "1")]
    assert verify_bundle(with_replacements(bundle, right, inspectors)).agrees
    wrong = [entry(out, second, team), entry("P99", third, "7")]
    found = verify_bundle(with_replacements(bundle, wrong, [entry(seat, spare[1], "1", "x")]))
    assert [difference.path for difference in found.differences] == [
        "replacements[0].in",
        "replacements[1].out",
        "inspector_replacements[0].at",
        "inspector_replacements[0].in",
    ]


@pytest.mark.parametrize(
    ("object_at", "inspector_at", "moves_on"),
    [
        ("2026-11-03T10:00:00+08:00", "2026-11-03T09:00:00+08:00", True),
        ("2026-11-03T09:00:00+08:00", "2026-11-03T10:00:00+08:00", False),
        ("2026-11-03T09:00:00+08:00", "2026-11-03T09:00:00+08:00", False),
        ("", "2026-11-03T09:00:00+08:00", False),
    ],
)
def test_both_lists_are_replayed_in_the_order_of_their_times(object_at, inspector_at, moves_on):
    frame = build_frame(make_frame(OBJECTS, {"A": 2}, INSPECTORS, team_count=2))
    outcome = compute_outcome(frame, [], seed="11" * 32)
    out, into = outcome.drawn["A"][0], outcome.reserve["A"][0]
    team, spare = outcome.assignments[out], outcome.inspector_reserve["education"]
    recusals = [[spare[0], into]]
    # seated first, the spare makes the object move on; the object first, the spare is passed over
    seated = spare[0] if moves_on else spare[1]
    team_of_object = {"1": "2", "2": "1"}[team] if moves_on else team
    bundle = {
        "replacements": [entry(out, into, team_of_object, object_at)],
        "inspector_replacements": [entry(outcome.teams[team][0], seated, team, inspector_at)],
    }
    assert check_replacements(bundle, frame, outcome, recusals).differences == ()
    standing = replay(initial_standing(frame, outcome, recusals), *bundle.values())
    assert standing.objects[into] == team_of_object
    assert seated in standing.teams[team]
