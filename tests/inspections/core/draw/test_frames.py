"""Every refusal of a frame, with its path."""

from __future__ import annotations

import copy

import pytest

from inspections.core.draw.frames import (
    FRAME_KEYS,
    build_frame,
    frame_refusals,
    recusal_refusals,
)
from inspections.core.draw.reading import read_json
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refused
from tests.inspections.core.draw.samples import make_frame, sample_bundle, small_frame


def found(frame) -> list[tuple[str, str]]:
    return [(reason.code, reason.params["path"]) for reason in frame_refusals(frame)]


def test_the_sample_and_the_small_frame_are_not_refused():
    assert found(sample_bundle()["frame"]) == []
    assert found(small_frame()) == []


@pytest.mark.parametrize("key", FRAME_KEYS)
def test_a_missing_key_is_named(key):
    frame = small_frame()
    del frame[key]
    assert ("shape.missing", key) in found(frame)


def test_an_unknown_key_is_named():
    assert found(small_frame(note="x")) == [("shape.unknown_key", "note")]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("protocol", "DR2", "shape.choice"),
        ("draw", "510116-26-1", "shape.draw_number"),
        ("campaign", 5, "shape.text"),
        ("objects", {}, "shape.array"),
        ("quotas", [], "shape.object"),
        ("excluded", "x", "shape.array"),
        ("snapshot", "AB" * 32, "shape.digest"),
        ("inspectors", 3, "shape.array"),
        ("recusals", [], "shape.text"),
        ("teams", [], "shape.object"),
        ("seal", "5f", "shape.digest"),
        ("entropy", "dice", "shape.object"),
        ("reveal_by", "2026-12-31", "shape.time"),
        ("reveal_by", "2026-13-31T18:00:00+08:00", "shape.time"),
        ("reveal_by", "2026-12-31T18:00:00", "shape.time"),
    ],
)
def test_a_key_of_the_wrong_shape_is_named(key, value, code):
    assert (code, key) in found(small_frame(**{key: value}))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "json.float"),
        (None, "json.null"),
        (True, "json.boolean"),
        (-1, "json.integer_range"),
        (2**53, "json.integer_range"),
        ("\ud800", "json.unicode"),
    ],
)
def test_values_outside_the_protocol_are_refused_wherever_they_stand(value, code):
    assert (code, "campaign") in found(small_frame(campaign=value))
    frame = small_frame()
    frame["objects"][2]["area"] = value
    assert (code, "objects[2].area") in found(frame)


def test_the_widest_integer_is_a_number_but_more_than_the_stratum_holds():
    assert found(small_frame(quotas={"A": 2**53 - 1, "B": 1})) == [
        ("frame.quota_too_large", "quotas.A")
    ]


def test_duplicate_keys_are_refused_when_read():
    with pytest.raises(Refused) as refused:
        read_json('{"quotas": {"A": 1, "A": 2}}')
    assert [reason.code for reason in refused.value.refusals] == ["json.duplicate_key"]


@pytest.mark.parametrize("text", ["", "{", "[1,]", "[" * 100_000, "1" * 5000])
def test_text_that_is_no_json_is_refused_when_read(text):
    with pytest.raises(Refused) as refused:
        read_json(text)
    assert refused.value.refusals[0].code == "json.unreadable"


@pytest.mark.parametrize("name", ["objects", "excluded", "inspectors"])
def test_an_id_may_not_repeat(name):
    frame = small_frame()
    frame[name].append(copy.deepcopy(frame[name][-1]))
    assert ("frame.id_repeated", f"{name}[{len(frame[name]) - 1}].id") in found(frame)


def test_an_id_may_not_be_both_object_and_excluded():
    frame = small_frame(excluded=[{"id": "P3", "reason": "closed"}])
    assert found(frame) == [("frame.object_excluded", "excluded[0].id")]


@pytest.mark.parametrize("name", ["objects", "inspectors"])
def test_rows_must_be_sorted_by_id(name):
    frame = small_frame()
    frame[name][0], frame[name][1] = frame[name][1], frame[name][0]
    assert found(frame) == [("frame.unsorted", f"{name}[1].id")]


@pytest.mark.parametrize("text", ["P 1", "P_1", "", "京1", "P1\n"])
def test_ids_are_letters_digits_and_hyphens(text):
    frame = small_frame()
    frame["objects"][0]["id"] = text
    assert ("shape.code", "objects[0].id") in found(frame)


def test_a_stratum_without_quota_and_a_quota_without_stratum_are_both_said():
    assert found(small_frame(quotas={"A": 2, "C": 0})) == [
        ("frame.stratum_without_quota", "objects[2].stratum"),
        ("frame.quota_without_stratum", "quotas.C"),
    ]


@pytest.mark.parametrize(("quota", "refused"), [(5, False), (6, False), (7, True)])
def test_a_quota_may_reach_the_size_of_its_stratum_and_no_more(quota, refused):
    codes = found(small_frame(quotas={"A": quota, "B": 1}))
    assert codes == ([("frame.quota_too_large", "quotas.A")] if refused else [])


def test_there_must_be_a_team():
    assert found(small_frame(teams={"count": 0, "seats": {"education": 2, "fire": 2}})) == [
        ("frame.team_count", "teams.count")
    ]


@pytest.mark.parametrize(("seats", "refused"), [(1, True), (2, False), (3, False)])
def test_a_department_needs_two_seats(seats, refused):
    codes = found(small_frame(teams={"count": 1, "seats": {"education": 2, "fire": seats}}))
    assert codes == ([("frame.seats_few", "teams.seats.fire")] if refused else [])


def test_a_department_with_inspectors_and_no_seats_has_fewer_than_two():
    assert found(small_frame(teams={"count": 1, "seats": {"education": 2}})) == [
        ("frame.seats_few", "teams.seats.fire")
    ]


@pytest.mark.parametrize(("seats", "refused"), [(3, False), (4, True)])
def test_a_department_needs_inspectors_for_all_its_seats(seats, refused):
    codes = found(small_frame(teams={"count": 1, "seats": {"education": 2, "fire": seats}}))
    assert codes == ([("frame.inspectors_few", "teams.seats.fire")] if refused else [])


def test_every_reason_is_given_not_the_first():
    frame = small_frame(seal="x", quotas={"A": 99}, teams={"count": 0, "seats": {"education": 1}})
    frame["objects"][0]["area"] = 2.5
    assert set(found(frame)) == {
        ("json.float", "objects[0].area"),
        ("shape.digest", "seal"),
        ("frame.quota_too_large", "quotas.A"),
        ("frame.stratum_without_quota", "objects[2].stratum"),
        ("frame.team_count", "teams.count"),
        ("frame.seats_few", "teams.seats.education"),
        ("frame.seats_few", "teams.seats.fire"),
    }


@pytest.mark.parametrize("value", [None, 3, "x", [], [1], {}, {"objects": [None], "quotas": {}}])
def test_any_json_value_is_answered_with_reasons(value):
    assert frame_refusals(value)


@pytest.mark.parametrize("text", ["", "[0-9", "[０-９]", "(?P<x>"])
def test_the_format_must_be_a_regular_expression_in_ascii(text):
    frame = small_frame()
    frame["entropy"]["format"] = text
    assert found(frame) == [("shape.pattern", "entropy.format")]


def test_a_refused_frame_is_not_built():
    with pytest.raises(Refused):
        build_frame(small_frame(quotas={}))


def test_a_recusal_list_must_be_sorted_pairs_with_the_digest_of_the_frame():
    pairs = [["E1", "P1"], ["E1", "P2"], ["E2", "P1"]]
    digest = canonical_digest(pairs)
    assert recusal_refusals(pairs, digest=digest) == ()
    backwards = pairs[::-1]
    codes = [reason.code for reason in recusal_refusals(backwards, digest=digest)]
    assert codes == ["recusals.unsorted", "recusals.unsorted", "recusals.digest"]
    assert [r.code for r in recusal_refusals([["E1"]], digest=canonical_digest([["E1"]]))] == [
        "recusals.pair"
    ]
    assert [r.code for r in recusal_refusals([["E1", 2]], digest=digest)] == ["shape.text"]


def test_a_frame_knows_its_groups():
    frame = build_frame(make_frame([("P2", "A", "T"), ("P1", "B", "T")], {"B": 1, "A": 0}, [
        ("E1", "education"), ("E2", "education")]))  # fmt: skip
    assert frame.strata == {"B": ["P1"], "A": ["P2"]}
    assert frame.departments == {"education": ["E1", "E2"]}
    assert frame.number == "510116-2026-001"
