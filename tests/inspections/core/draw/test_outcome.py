"""Properties of the picks, for frames of every kind."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.core.draw.bundles import Ceremony, draw_lots
from inspections.core.draw.frames import build_frame
from inspections.core.draw.orders import order
from inspections.core.draw.outcome import compute_outcome, cut_runs
from inspections.core.draw.seeds import first_match, key_refusals, read_key, seal_of, seed_of
from regulator.kernel.outcomes import Refused
from tests.inspections.core.draw.samples import KEY, draw_small, drawable, make_frame, small_frame

IDS = st.lists(st.from_regex(r"[A-Za-z0-9-]{1,8}", fullmatch=True), max_size=30, unique=True)


def ticket(name: str, label: str) -> str:
    """The ticket as DR1 §3 words it, written here once more."""
    head = hashlib.sha256(label.encode()).hexdigest()
    number = int(hashlib.sha256((head + name).encode()).hexdigest(), 16)
    return str(number).zfill(64)[::-1]


@given(ids=IDS, label=st.text(max_size=20))
def test_an_order_is_by_ascending_ticket_whatever_the_order_of_the_ids(ids, label):
    shuffled = random.Random(len(label)).sample(ids, len(ids))
    assert order(shuffled, label=label) == sorted(ids, key=lambda name: ticket(name, label))


@settings(max_examples=60)
@given(drawable())
def test_the_order_of_rows_does_not_matter(case):
    frame, recusals, reading = case
    seed = seed_of(commitment="00" * 32, key=KEY, randomness=reading)
    straight = compute_outcome(build_frame(frame), recusals, seed=seed)
    built = build_frame(frame)
    for groups in (built.strata, built.departments):
        for ids in groups.values():
            random.Random(reading).shuffle(ids)
    assert compute_outcome(built, recusals[::-1], seed=seed) == straight


@settings(max_examples=60)
@given(drawable())
def test_recused_pairs_never_meet(case):
    frame, recusals, reading = case
    bundle = draw_small(frame, recusals, reading)
    pairs = {tuple(pair) for pair in recusals}
    for object_id, team in bundle["assignments"].items():
        for inspector in bundle["teams"].get(team, []):
            assert (inspector, object_id) not in pairs
    alone = sorted(name for name, team in bundle["assignments"].items() if team == "0")
    assert bundle["unassigned"] == alone
    for object_id in alone:
        for members in bundle["teams"].values():
            assert any((inspector, object_id) in pairs for inspector in members)


@settings(max_examples=60)
@given(drawable(), st.data())
def test_a_larger_quota_keeps_the_earlier_picks(case, data):
    frame, _recusals, reading = case
    seed = seed_of(commitment="00" * 32, key=KEY, randomness=reading)
    before = compute_outcome(build_frame(frame), [], seed=seed)
    stratum = data.draw(st.sampled_from(sorted(frame["quotas"])))
    size = sum(row["stratum"] == stratum for row in frame["objects"])
    larger = data.draw(st.integers(frame["quotas"][stratum], size))
    frame["quotas"][stratum] = larger
    after = compute_outcome(build_frame(frame), [], seed=seed)
    kept = before.drawn[stratum]
    assert after.drawn[stratum][: len(kept)] == kept
    assert [*after.drawn[stratum], *after.reserve[stratum]] == [*kept, *before.reserve[stratum]]


@settings(max_examples=60)
@given(drawable())
def test_everybody_has_exactly_one_place(case):
    frame, recusals, reading = case
    bundle = draw_small(frame, recusals, reading)
    for stratum, quota in frame["quotas"].items():
        ids = sorted(row["id"] for row in frame["objects"] if row["stratum"] == stratum)
        assert sorted([*bundle["drawn"][stratum], *bundle["reserve"][stratum]]) == ids
        assert len(bundle["drawn"][stratum]) == quota
    seated = [name for members in bundle["teams"].values() for name in members]
    spare = [name for names in bundle["inspector_reserve"].values() for name in names]
    assert sorted([*seated, *spare]) == [row["id"] for row in frame["inspectors"]]
    department = {row["id"]: row["department"] for row in frame["inspectors"]}
    for members in bundle["teams"].values():
        departments = [department[name] for name in members]
        seats = frame["teams"]["seats"]
        assert departments == [name for name in sorted(seats) for _ in range(seats[name])]


@given(IDS, st.integers(1, 7))
def test_runs_are_neighbours_of_almost_equal_size_longer_first(ids, count):
    runs = cut_runs(ids, count=count)
    assert [name for run in runs for name in run] == ids
    sizes = [len(run) for run in runs]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == count
    assert max(sizes) - min(sizes) <= 1


def test_an_object_without_a_free_team_keeps_team_0():
    objects = [("P1", "A", "T1"), ("P2", "A", "T2")]
    inspectors = [("E1", "education"), ("E2", "education")]
    recusals = [["E1", "P1"]]
    frame = make_frame(objects, {"A": 2}, inspectors, recusals=recusals)
    bundle = draw_small(frame, recusals, "1234")
    assert bundle["assignments"] == {"P1": "0", "P2": "1"}
    assert bundle["unassigned"] == ["P1"]


def test_a_recused_team_hands_on_to_the_next_in_team_order():
    objects = [(f"P{n}", "A", f"T{n}") for n in range(6)]
    inspectors = [(f"E{n}", "education") for n in range(6)]
    frame = make_frame(objects, {"A": 6}, inspectors, team_count=3)
    seed = "77" * 32
    plain = compute_outcome(build_frame(frame), [], seed=seed)
    first = plain.team_order[0]
    mine = next(name for name, team in plain.assignments.items() if team == first)
    recused = [[plain.teams[first][0], mine]]
    moved = compute_outcome(build_frame(frame), recused, seed=seed)
    assert moved.assignments == {**plain.assignments, mine: plain.team_order[1]}
    last = plain.team_order[-1]
    theirs = next(name for name, team in plain.assignments.items() if team == last)
    moved = compute_outcome(build_frame(frame), [[plain.teams[last][1], theirs]], seed=seed)
    assert moved.assignments == {**plain.assignments, theirs: first}


def test_the_first_reading_that_fully_matches_is_the_randomness():
    entropy = {"format": "[0-9]{4}"}
    assert first_match(["12", "12345", " 1234", "１２３４", "4321", "1234"], entropy) == "4321"
    assert first_match(["12"], entropy) is None


def test_a_randomness_outside_the_format_is_refused():
    with pytest.raises(Refused) as refused:
        draw_small(small_frame(), [], "12")
    assert [reason.code for reason in refused.value.refusals] == ["randomness.format"]


def test_a_draw_says_every_reason_at_once():
    ceremony = Ceremony(
        committed_at="2026-11-02T10:00:00+08:00",
        drawn_at="2026-11-02T09:59:59+08:00",
        revealed_at="2026-11-01T00:00:00+08:00",
    )
    with pytest.raises(Refused) as refused:
        draw_lots(small_frame(), [["E1", "P1"]], key="00" * 32, readings=["x"], ceremony=ceremony)
    assert [reason.code for reason in refused.value.refusals] == [
        "recusals.digest",
        "key.seal",
        "time.committed_late",
        "time.drawn_early",
        "time.revealed_early",
        "randomness.format",
    ]


def test_a_key_file_holds_hex_digits_or_raw_bytes():
    assert read_key(KEY.encode() + b"\n") == KEY
    assert read_key(KEY.upper().encode()) == KEY
    assert read_key(bytes.fromhex(KEY)) == KEY
    assert read_key(b"5f" * 31) is None
    assert [r.code for r in key_refusals("5F" * 32, seal=seal_of(KEY))] == ["key.shape"]
