"""A draw through its states by the services: two persons, sealed lists, gapless numbers, events."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from inspections.core.draw.planning import PlannedExclusion
from inspections.core.draw.verification import verify_bundle
from inspections.models import Draw, DrawAssignment, DrawInspector, DrawReading, DrawTeam
from inspections.services.draw_ceremony import (
    record_reading,
    request_void,
    reveal_draw,
    run_draw,
    void_draw,
)
from inspections.services.draw_field import replace_inspector, replace_object, schedule_team
from inspections.services.draw_preparing import (
    approve_exclusions,
    freeze_frame,
    publish_commitment,
)
from inspections.services.inspectors import declare_recusal
from regulator.adapters.storage import read_stored
from regulator.audit.models import Event
from regulator.database.sealing import is_sealed, open_text
from regulator.kernel.canonical import canonical_digest, sha256_hex
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.town import (
    AT,
    COMMITTED_AT,
    DRAWN_AT,
    DUE,
    READING,
    Town,
    committed,
    drawn,
    frozen,
    plan,
    read,
)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


def kinds() -> list[str]:
    return list(
        Event.objects.filter(kind__startswith="draw.")
        .order_by("sequence")
        .values_list("kind", flat=True)
    )


def unchanged(draw: Draw) -> bool:
    fresh = Draw.objects.get(pk=draw.pk)
    names = [field.attname for field in Draw._meta.concrete_fields]
    return all(getattr(fresh, name) == getattr(draw, name) for name in names)


def test_a_frame_is_made_of_the_two_directories(town: Town) -> None:
    draw = frozen(town)
    frame = draw.frame
    assert draw.number == "510116-2026-001"
    assert [row["id"] for row in frame["objects"]] == town.register_ids
    assert frame["teams"] == {"count": 2, "seats": {"education": 2, "market-regulation": 2}}
    assert len(frame["inspectors"]) == 10
    assert {row["department"] for row in frame["inspectors"]} == {"education", "market-regulation"}
    assert frame["entropy"]["due"] == "2026-03-04T10:00:00+08:00"
    assert draw.commitment == canonical_digest(frame)
    snapshot = json.loads(read_stored(frame["snapshot"]))
    assert [row[0] for row in snapshot] == town.register_ids
    assert kinds() == ["draw.frozen"]


def test_the_key_is_sealed_at_rest_and_fits_the_seal(town: Town) -> None:
    draw = frozen(town)
    assert is_sealed(draw.key)
    assert sha256_hex(bytes.fromhex(open_text(draw.key))) == draw.frame["seal"]


def test_codes_are_made_for_one_draw_only(town: Town) -> None:
    first, other = frozen(town), frozen(town)
    codes = [set(draw.members.values_list("code", flat=True)) for draw in (first, other)]
    assert codes[0] != codes[1]
    names = {one.name for one in town.inspectors}
    assert not any(name in first.frame_text for name in names)


def test_numbers_run_without_gaps_and_a_refused_frame_uses_none(town: Town) -> None:
    assert frozen(town).number == "510116-2026-001"
    assert refused(lambda: frozen(town, quotas={"A": 99})) == [
        "frame.stratum_without_quota",
        "frame.quota_too_large",
    ]
    assert frozen(town).number == "510116-2026-002"


def test_a_plan_says_every_reason_at_once(town: Town) -> None:
    codes = refused(
        lambda: frozen(
            town,
            campaign=" ",
            due=AT,
            reveal_by=AT,
            entropy_format="[",
            exclusions=[PlannedExclusion("P000000", "cap", "")],
            seats={"education": 1, "market_regulation": 6},
        )
    )
    assert codes == [
        "draw.campaign_missing",
        "shape.pattern",
        "draw.due_past",
        "draw.reveal_before_due",
        "draw.exclusion_unknown",
        "draw.exclusion_note_missing",
        "frame.seats_few",
        "frame.inspectors_few",
    ]
    assert Draw.objects.count() == 0


@pytest.mark.parametrize("role", ["district_leader", "inspector", "licensing_officer"])
def test_only_a_coordinator_of_the_division_fixes_a_frame(
    town: Town, make_actor: MakeActor, role: str
) -> None:
    actor = make_actor(role)
    call = lambda: freeze_frame(division=town.division, plan=plan(), actor=actor, at=AT)  # noqa: E731
    assert refused(call) == ["policy.not_granted"]
    stranger = make_actor("inspection_coordinator", division="510107")
    call = lambda: freeze_frame(division=town.division, plan=plan(), actor=stranger, at=AT)  # noqa: E731
    assert refused(call) == ["policy.other_division"]
    assert Draw.objects.count() == 0


def test_inspectors_without_a_valid_certificate_are_not_in_the_frame(town: Town) -> None:
    one = town.inspectors[0]
    one.valid_before = date(2026, 3, 2)
    one.save(update_fields=["valid_before"])
    other = town.inspectors[1]
    other.is_active = False
    other.save(update_fields=["is_active"])
    draw = frozen(town, team_count=1)
    assert draw.members.count() == 8
    assert not draw.members.filter(inspector__in=[one, other]).exists()


def test_the_second_officer_publishes_and_the_first_cannot(town: Town) -> None:
    draw = frozen(town)
    publish = lambda: publish_commitment(draw=draw, actor=town.coordinator, at=COMMITTED_AT)  # noqa: E731
    assert refused(publish) == ["policy.same_person"]
    assert unchanged(draw)
    published = publish_commitment(draw=draw, actor=town.second, at=COMMITTED_AT)
    assert (published.state, published.committed_at) == ("committed", COMMITTED_AT)
    assert Event.objects.get(kind="draw.commit").new["commitment"] == draw.commitment


def test_a_leader_may_be_the_second_officer(town: Town, make_actor: MakeActor) -> None:
    leader = make_actor("district_leader")
    assert publish_commitment(draw=frozen(town), actor=leader, at=COMMITTED_AT).state == "committed"


def test_exclusions_need_the_approval_of_another_person(town: Town) -> None:
    left_out = PlannedExclusion(town.register_ids[0], "closed", "2026-02-20 来函，装修停业")
    draw = frozen(town, exclusions=[left_out])
    assert draw.frame["excluded"] == [{"id": left_out.register_id, "reason": "closed"}]
    publish = lambda: publish_commitment(draw=draw, actor=town.second, at=COMMITTED_AT)  # noqa: E731
    assert refused(publish) == ["draw.exclusions_open"]
    approve = lambda: approve_exclusions(draw=draw, actor=town.coordinator, at=COMMITTED_AT)  # noqa: E731
    assert refused(approve) == ["policy.same_person"]
    assert approve_exclusions(draw=draw, actor=town.second, at=COMMITTED_AT) == 1
    assert approve_exclusions(draw=draw, actor=town.second, at=COMMITTED_AT) == 0
    assert publish_commitment(draw=draw, actor=town.second, at=COMMITTED_AT).state == "committed"


def test_readings_are_kept_in_order_and_the_first_match_is_the_randomness(town: Town) -> None:
    draw = committed(town)
    assert read(town, draw, "掉落一个").randomness == ""
    assert read(town, draw, "31415").randomness == ""
    assert read(town, draw).randomness == READING
    again = lambda: read(town, draw, "2718281828")  # noqa: E731
    assert refused(again) == ["draw.randomness_known"]
    assert list(DrawReading.objects.values_list("text", flat=True)) == [
        "掉落一个",
        "31415",
        READING,
    ]


def test_a_reading_is_typed_twice_alike_in_time_and_witnessed(town: Town) -> None:
    draw = committed(town)
    call = lambda: record_reading(  # noqa: E731
        draw=draw,
        reading="3141592653",
        again="3141592654",
        witnesses=[" "],
        actor=town.coordinator,
        at=DUE - timedelta(seconds=1),
    )
    assert refused(call) == ["draw.early", "draw.reading_differs", "draw.witness_missing"]
    assert not DrawReading.objects.exists()
    assert unchanged(draw)


def test_a_draw_without_randomness_is_refused(town: Town) -> None:
    draw = committed(town)
    run = lambda: run_draw(draw=draw, actor=town.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(run) == ["draw.no_randomness", "draw.key_copies_missing"]
    assert unchanged(draw)
    assert not DrawAssignment.objects.exists()


def test_a_draw_writes_teams_and_lists_and_seals_them(town: Town) -> None:
    draw = drawn(town)
    assert draw.state == "drawn"
    assert draw.bundle_text == ""
    assert draw.outcome["drawn"].keys() == {"A", "B"}
    rows = {row.register_id: row.team for row in draw.assignments.all()}
    assert rows == draw.outcome["assignments"]
    for team, codes in draw.outcome["teams"].items():
        seated = DrawInspector.objects.filter(draw_of=draw, team=team)
        assert list(seated.order_by("position").values_list("code", flat=True)) == codes
    event = Event.objects.get(kind="draw.draw")
    assert event.new == {
        "state": "drawn",
        "randomness": READING,
        "drawn": 3,
        "teams": 2,
        "unassigned": 0,
    }


def test_recusals_are_in_the_frame_and_the_pairs_never_meet(town: Town) -> None:
    for one in town.inspectors[:2]:
        for institution in town.institutions[:4]:
            declare_recusal(
                inspector=one, institution=institution, reason="亲属任教", actor=town.second, at=AT
            )
    draw = drawn(town)
    assert len(draw.recusal_pairs) == 8
    pairs = {tuple(pair) for pair in draw.recusal_pairs}
    for name, team in draw.outcome["assignments"].items():
        for code in draw.outcome["teams"].get(team, []):
            assert (code, name) not in pairs


def test_a_reveal_publishes_a_bundle_that_verifies_and_its_digest_is_in_the_chain(
    town: Town,
) -> None:
    draw = drawn(town)
    early = lambda: reveal_draw(  # noqa: E731
        draw=draw, last_visit_ended_at=None, actor=town.coordinator, at=DRAWN_AT
    )
    assert refused(early) == ["draw.visits_open"]
    assert unchanged(draw)
    at = DRAWN_AT + timedelta(days=10)
    ended = DRAWN_AT + timedelta(days=9)
    revealed = reveal_draw(draw=draw, last_visit_ended_at=ended, actor=town.coordinator, at=at)
    bundle = json.loads(revealed.bundle_text)
    digest = Event.objects.get(kind="draw.reveal").new["digest"]
    found = verify_bundle(bundle, outside_digest=digest)
    assert (found.differences, found.not_stated) == ((), ())
    assert bundle["witnesses"] == ["公证员王某", "家长代表李某"]
    assert {key: bundle[key] for key in draw.outcome} == draw.outcome
    assert kinds() == [
        "draw.frozen",
        "draw.commit",
        *("draw.key_copy_added", "draw.key_sheet_printed") * 2,
        "draw.reading",
        "draw.draw",
        "draw.reveal",
    ]


def test_a_draw_is_voided_at_once_before_its_randomness(town: Town) -> None:
    draw = committed(town)
    empty = lambda: void_draw(draw=draw, reason=" ", actor=town.coordinator, at=AT)  # noqa: E731
    assert refused(empty) == ["draw.void_reason_missing"]
    ended = void_draw(draw=draw, reason="名单有误", actor=town.coordinator, at=COMMITTED_AT)
    bundle = json.loads(ended.bundle_text)
    assert (ended.state, bundle["void"], bundle["randomness"]) == ("void", "名单有误", "")
    assert verify_bundle(bundle).differences == ()
    assert frozen(town).number == "510116-2026-002"


def test_a_draw_voided_before_its_commitment_stays_public_under_its_number(town: Town) -> None:
    ended = void_draw(draw=frozen(town), reason="改期", actor=town.coordinator, at=AT)
    bundle = json.loads(ended.bundle_text)
    assert bundle["committed_at"] == ""
    assert verify_bundle(bundle).differences == ()


@pytest.mark.parametrize("with_lists", [True, False])
def test_after_the_randomness_another_department_signs_the_void(
    town: Town, make_actor: MakeActor, with_lists: bool
) -> None:
    draw = drawn(town) if with_lists else read(town, committed(town))
    alone = lambda: void_draw(draw=draw, reason="泄密", actor=town.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(alone) == ["draw.void_unsigned"]
    request_void(draw=draw, reason="名单泄露", actor=town.coordinator, at=DRAWN_AT)
    same = lambda: void_draw(draw=draw, reason="", actor=town.second, at=DRAWN_AT)  # noqa: E731
    assert refused(same) == ["draw.void_same_department"]
    assert Draw.objects.get(pk=draw.pk).state == draw.state
    other = make_actor("inspection_coordinator", department="market_regulation")
    ended = void_draw(draw=draw, reason="", actor=other, at=DRAWN_AT)
    bundle = json.loads(ended.bundle_text)
    assert (ended.state, bundle["void"], bundle["randomness"]) == ("void", "名单泄露", READING)
    assert bundle["key"] == open_text(draw.key)
    assert verify_bundle(bundle).differences == ()


def test_a_revealed_draw_does_not_move_any_more(town: Town) -> None:
    draw = drawn(town)
    at = DRAWN_AT + timedelta(days=3)
    draw = reveal_draw(draw=draw, last_visit_ended_at=at, actor=town.coordinator, at=at)
    again = lambda: reveal_draw(  # noqa: E731
        draw=draw, last_visit_ended_at=at, actor=town.coordinator, at=at
    )
    assert refused(again) == ["draw.wrong_state"]
    ask = lambda: request_void(draw=draw, reason="x", actor=town.coordinator, at=at)  # noqa: E731
    assert refused(ask) == ["draw.wrong_state"]
    assert unchanged(draw)


def test_a_team_gets_its_days(town: Town) -> None:
    draw = drawn(town)
    day = date(2026, 3, 10)
    wrong = lambda: schedule_team(  # noqa: E731
        draw=draw,
        team="9",
        starts_on=day,
        ends_on=day - timedelta(days=1),
        actor=town.coordinator,
        at=DRAWN_AT,
    )
    assert refused(wrong) == ["draw.team_unknown", "draw.team_days_reversed"]
    schedule_team(
        draw=draw, team="1", starts_on=day, ends_on=day, actor=town.coordinator, at=DRAWN_AT
    )
    team = DrawTeam.objects.get(draw_of=draw, number="1")
    days = [day - timedelta(days=1), day, day + timedelta(days=1)]
    assert [team.is_out_on(one) for one in days] == [False, True, False]


def test_replacements_follow_the_reserve_and_the_bundle_verifies(town: Town) -> None:
    draw = drawn(town)
    out = draw.outcome["drawn"]["B"][0]
    row = replace_object(draw=draw, out=out, reason="已搬离", actor=town.coordinator, at=DRAWN_AT)
    assert row.into == draw.outcome["reserve"]["B"][0]
    assert DrawAssignment.objects.get(register_id=row.into).stands_in_for == out
    assert DrawAssignment.objects.get(register_id=out).replaced
    again = lambda: replace_object(  # noqa: E731
        draw=draw, out=out, reason="", actor=town.coordinator, at=DRAWN_AT
    )
    assert refused(again) == ["draw.replacement_reason_missing"]
    seat = draw.outcome["teams"]["1"][0]
    swapped = replace_inspector(
        draw=draw, team="1", out=seat, reason="病假", actor=town.coordinator, at=DRAWN_AT
    )
    assert DrawInspector.objects.get(code=swapped.into).team == "1"
    assert DrawInspector.objects.get(code=seat).team == ""
    second = replace_object(
        draw=draw, out=row.into, reason="停业", actor=town.coordinator, at=DRAWN_AT
    )
    assert second.into == draw.outcome["reserve"]["B"][1]
    exhausted = lambda: replace_object(  # noqa: E731
        draw=draw, out=second.into, reason="停业", actor=town.coordinator, at=DRAWN_AT
    )
    assert refused(exhausted) == ["draw.reserve_exhausted"]
    at = DRAWN_AT + timedelta(days=3)
    revealed = reveal_draw(draw=draw, last_visit_ended_at=at, actor=town.coordinator, at=at)
    bundle = json.loads(revealed.bundle_text)
    assert len(bundle["replacements"]) == 2
    assert len(bundle["inspector_replacements"]) == 1
    assert verify_bundle(bundle).differences == ()


def test_the_chain_never_says_who_was_drawn(town: Town) -> None:
    draw = drawn(town)
    out = draw.outcome["drawn"]["B"][0]
    replace_object(draw=draw, out=out, reason="已搬离", actor=town.coordinator, at=DRAWN_AT)
    said = str(list(Event.objects.filter(kind__startswith="draw.").values_list("new", "old")))
    assert not any(name in said for name in draw.outcome["assignments"])
    assert draw.outcome["seed"] not in said
