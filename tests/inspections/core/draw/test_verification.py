"""Every altered value of a bundle is named, and nothing is ever raised."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from inspections.core.draw.bundles import (
    COMMITTED_KEYS,
    DRAWN_KEYS,
    Ceremony,
    bundle_digest,
    public_part,
    void_bundle,
)
from inspections.core.draw.frames import build_frame
from inspections.core.draw.verification import Verification, verify_bundle
from tests.inspections.core.draw.altering import (
    altered_structures,
    altered_values,
    another,
    get,
    is_named,
    path_text,
    put,
)
from tests.inspections.core.draw.samples import (
    KEY,
    draw_small,
    drawable,
    sample_bundle,
    small_frame,
)


def names(found: Verification) -> set[str]:
    return {one.path for one in found.differences} | {
        path for one in found.differences for path in one.among
    }


def test_the_sample_agrees_and_states_everything():
    found = verify_bundle(sample_bundle(), outside_digest=sample_bundle()["digest"])
    assert found == Verification("whole", (), (), sample_bundle()["digest"])


def test_in_500_bundles_altered_at_random_places_each_altered_value_is_named():
    for path, bundle in altered_values(500, seed=20261121):
        assert is_named(path, names(verify_bundle(bundle))), path


@pytest.mark.parametrize(
    "path",
    [
        ("frame", "seal"),
        ("frame", "recusals"),
        ("frame", "quotas", "C"),
        ("frame", "teams", "count"),
        ("frame", "teams", "seats", "fire"),
        ("frame", "objects", 30, "id"),
        ("frame", "objects", 30, "stratum"),
        ("frame", "inspectors", 12, "id"),
        ("frame", "inspectors", 12, "department"),
        ("frame", "protocol"),
        ("commitment",),
        ("seed",),
        ("randomness",),
        ("drawn", "C", 2),
        ("reserve", "A", 7),
        ("teams", "2", 3),
        ("inspector_reserve", "market", 0),
        ("assignments", "P594248"),
    ],
)
def test_what_is_said_twice_is_named_exactly_and_nothing_else_is_suspected(path):
    rnd = random.Random(7)
    bundle = sample_bundle()
    put(bundle, path, another(get(bundle, path), rnd))
    found = verify_bundle(bundle)
    assert path_text(path) in {one.path for one in found.differences}
    follows = [one for one in found.differences if one.path == "digest"]
    assert [one.code for one in follows] == ["difference.digest_follows"]
    assert not any(one.among for one in found.differences)


@pytest.mark.parametrize(
    "key", ["committed_at", "witnesses", "drawn_at", "revealed_at", "void", "frame"]
)
def test_what_is_said_once_is_among_the_stated_few(key):
    bundle = sample_bundle()
    if key == "frame":
        bundle["frame"]["campaign"] = "别的"
        key = "frame.campaign"
    else:
        bundle[key] = ["x"] if key == "witnesses" else "2026-11-01T08:00:00+08:00"
    assert key in names(verify_bundle(bundle))


@pytest.mark.parametrize("key", sorted(sample_bundle()))
def test_a_missing_key_is_named(key):
    bundle = sample_bundle()
    del bundle[key]
    assert key in names(verify_bundle(bundle))


def test_an_added_key_is_named():
    assert "note" in names(verify_bundle({**sample_bundle(), "note": "x"}))


def test_two_altered_values_are_both_named():
    bundle = sample_bundle()
    bundle["drawn"]["D"][0] = "P000000"
    bundle["teams"]["1"][1] = "EDU-000000-0"
    paths = [one.path for one in verify_bundle(bundle).differences]
    assert paths == ["drawn.D[0]", "teams.1[1]", "digest"]


def test_a_bundle_redone_with_another_key_is_refused_by_the_seal():
    bundle = sample_bundle()
    bundle["key"] = KEY
    paths = [one.path for one in verify_bundle(bundle).differences]
    assert "key" in paths
    assert "seed" in paths


def test_a_whole_bundle_made_up_anew_is_caught_by_the_outside_digest():
    bundle = {**sample_bundle(), "witnesses": ["另一个人"]}
    bundle["digest"] = bundle_digest(bundle)
    assert verify_bundle(bundle).agrees
    found = verify_bundle(bundle, outside_digest=sample_bundle()["digest"])
    assert [(one.path, one.code) for one in found.differences] == [("digest", "difference.outside")]


@pytest.mark.parametrize(
    ("key", "value", "agrees"),
    [
        ("committed_at", "2026-11-02T09:59:59+08:00", True),
        ("committed_at", "2026-11-02T10:00:00+08:00", False),
        ("committed_at", "2026-11-02T02:00:00Z", False),
        ("drawn_at", "2026-11-02T10:00:00+08:00", True),
        ("drawn_at", "2026-11-02T09:59:59+08:00", False),
        ("revealed_at", "2026-11-02T10:05:00+08:00", True),
        ("revealed_at", "2026-11-02T10:04:59+08:00", False),
        ("revealed_at", "yesterday", False),
        ("committed_at", "", True),
        ("drawn_at", "", True),
        ("revealed_at", "", True),
    ],
)
def test_times_run_from_commitment_to_reveal(key, value, agrees):
    bundle = {**sample_bundle(), key: value}
    bundle["digest"] = bundle_digest(bundle)
    found = verify_bundle(bundle)
    assert [one.path for one in found.differences] == ([] if agrees else [key])
    assert found.not_stated == (() if value else (key,))


@settings(max_examples=40)
@given(drawable())
def test_every_draw_of_ours_verifies(case):
    frame, recusals, reading = case
    found = verify_bundle(draw_small(frame, recusals, reading))
    assert found.differences == ()
    assert found.not_stated == ("committed_at", "drawn_at", "revealed_at", "witnesses")


@pytest.mark.parametrize(("keys", "stage"), [(COMMITTED_KEYS, "committed"), (DRAWN_KEYS, "drawn")])
def test_what_is_public_before_the_reveal_is_checked_as_far_as_it_goes(keys, stage):
    part = public_part(sample_bundle(), keys=keys)
    assert verify_bundle(part) == Verification(stage, (), ())
    part["frame"] = {**part["frame"], "campaign": "别的"}
    assert {one.path for one in verify_bundle(part).differences} == {"commitment", "frame"}


def test_readings_before_the_first_match_are_kept_and_verify():
    bundle = {**sample_bundle(), "readings": ["掷出桌外", "3141592653", "2718281828"]}
    bundle["digest"] = bundle_digest(bundle)
    assert verify_bundle(bundle).agrees
    bundle["readings"] = ["2718281828", "3141592653"]
    bundle["digest"] = bundle_digest(bundle)
    assert {"randomness", "readings"} <= names(verify_bundle(bundle))


def test_a_draw_void_before_its_randomness_verifies_with_its_key():
    frame = build_frame(small_frame())
    ceremony = Ceremony(void="掷骰设备损坏")
    bundle = void_bundle(frame, [], key=KEY, readings=["12"], ceremony=ceremony)
    assert verify_bundle(bundle).agrees
    forged = {**bundle, "drawn": {"A": ["P1"]}}
    forged["digest"] = bundle_digest(forged)
    assert "drawn.A" in names(verify_bundle(forged))
    without_reason = {**bundle, "void": ""}
    without_reason["digest"] = bundle_digest(without_reason)
    assert not verify_bundle(without_reason).agrees


def test_structures_altered_at_random_never_raise_and_never_pass():
    for path, bundle in altered_structures(400, seed=99):
        assert not verify_bundle(bundle).agrees, path


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, {"frame": {}}, {"digest": "x"}])
def test_any_json_value_is_answered(value):
    assert not verify_bundle(value).agrees
