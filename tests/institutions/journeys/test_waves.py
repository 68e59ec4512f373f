"""Waves through their services: opened, proposed the day after, once, whoever runs it and dies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from institutions.models import Institution, Journey, Notice, Wave, WaveMember
from institutions.selectors.waves import wave_templates
from institutions.services.journeys import confirm_proposal, take_move
from institutions.services.wave_proposals import (
    ask_for_due_waves,
    ask_to_propose,
    overdue_lines,
    propose_chunk,
)
from institutions.services.waves import (
    WaveDraft,
    add_member,
    create_wave,
    excuse_member,
    open_wave,
)
from institutions.tasks.waves import watch_waves
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import finish_here, run_waiting_jobs
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.pages.selectors.invariants import STATED, state_violations
from tests.district import DIVISION, MakeActor
from tests.institutions.journeys.parts import begun, hand_in, licensed_institution, moved

OPENED = datetime(2026, 3, 2, 1, tzinfo=UTC)
DEADLINE = date(2026, 3, 10)
AFTER = datetime(2026, 3, 11, 1, tzinfo=UTC)
WAYS = ("reregistration", "conversion", "closure")
BASIS = "成都市双减实施方案第19项"


def draft(**changes: Any) -> WaveDraft:
    values: dict[str, Any] = {
        "name": "营转非",
        "criteria": {"category": ["subject"], "legal_form": ["for_profit"]},
        "ways_out": WAYS,
        "deadline_on": DEADLINE,
        "consequence": "failed_check_no_training",
        "basis": BASIS,
    }
    return WaveDraft(**(values | changes))


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def schools(officer: Actor) -> list[Institution]:
    names = ("明德培训学校", "明理培训学校", "明志培训学校", "明远培训学校")
    return [
        licensed_institution(name, legal_form="for_profit", number=f"15101167000012{at}")
        for at, name in enumerate(names, start=1)
    ]


@pytest.fixture
def wave(schools: list[Institution], officer: Actor) -> Wave:
    made = create_wave(division=DIVISION, draft=draft(), actor=officer, at=OPENED)
    return open_wave(wave=made, actor=officer, at=OPENED)


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def proposed(wave: Wave, *, actor: Actor = SYSTEM, at: datetime = AFTER) -> Job:
    job = finish_here(ask_to_propose(wave=wave, actor=actor, at=at))
    assert job.state == "done", job.failure
    return job


def rows() -> list[tuple[Any, ...]]:
    """Everything a run writes, without ids and hashes."""
    return [
        *Journey.objects.order_by("number").values_list("number", "institution", "details"),
        *WaveMember.objects.order_by("pk").values_list("standing", "spared_because"),
    ]


def closing(institution: Institution, actor: Actor, *, submit: bool = True) -> Journey:
    """A closure under way; only what was handed in before the deadline counts."""
    journey = begun("closure", institution, actor=actor, **CLOSING)
    if submit:
        hand_in(journey, *journey.table.by_name["submit"].documents, actor=actor)
        journey = moved(journey, "submit", actor=actor)
    return journey


CLOSING: dict[str, Any] = {
    "closure_reason": "举办者不再办学。",
    "planned_on": date(2026, 9, 1),
    "votes_for": 4,
    "votes_all": 5,
}


def test_the_2021_wave_of_chengdu_ships_as_a_template() -> None:
    (shipped,) = wave_templates()
    assert shipped.deadline_on == date(2021, 12, 31)
    assert shipped.criteria == {
        "category": ["subject"],
        "legal_form": ["for_profit"],
        "stages": ["primary", "junior"],
    }
    assert shipped.ways_out == WAYS


def test_opening_fixes_the_members_and_tells_each_once(
    wave: Wave, schools: list[Institution], officer: Actor
) -> None:
    assert set(wave.members.values_list("institution", flat=True)) == {one.pk for one in schools}
    licensed_institution("后来的学校", legal_form="for_profit", number="151011670000999")
    assert wave.members.count() == 4
    run_waiting_jobs()
    assert Notice.objects.filter(kind="wave_opened").count() == 4
    assert refused(lambda: open_wave(wave=wave, actor=officer, at=OPENED)) == [
        "wave.opened_already"
    ]


def test_a_wave_needs_a_name_a_basis_a_way_out_and_a_criterion(officer: Actor) -> None:
    bad = draft(name=" ", basis="", ways_out=("renewal",), criteria={"category": []})
    assert refused(lambda: create_wave(division=DIVISION, draft=bad, actor=officer, at=OPENED)) == [
        "wave.name_missing",
        "wave.basis_missing",
        "wave.ways_missing",
        "wave.criteria_missing",
    ]
    assert not Wave.objects.exists()


def test_nobody_else_opens_a_wave(wave: Wave, make_actor: MakeActor) -> None:
    reviewer = make_actor("filing_reviewer")
    with pytest.raises(Refused):
        create_wave(division=DIVISION, draft=draft(), actor=reviewer, at=OPENED)
    with pytest.raises(Refused):
        ask_to_propose(wave=wave, actor=reviewer, at=AFTER)
    assert (Wave.objects.count(), Journey.objects.count()) == (1, 0)


def test_a_wave_that_nobody_is_in_is_not_opened(officer: Actor) -> None:
    empty = create_wave(division=DIVISION, draft=draft(), actor=officer, at=OPENED)
    assert refused(lambda: open_wave(wave=empty, actor=officer, at=OPENED)) == ["wave.nobody"]


def test_one_is_added_or_excused_only_with_a_reason(
    wave: Wave, schools: list[Institution], officer: Actor
) -> None:
    other = licensed_institution("明义培训学校", number="151011670000998")
    assert refused(
        lambda: add_member(wave=wave, institution=other, reason="", actor=officer, at=OPENED)
    ) == ["wave.reason_missing"]
    add_member(wave=wave, institution=other, reason="名册漏登", actor=officer, at=OPENED)
    assert refused(
        lambda: add_member(wave=wave, institution=other, reason="再加", actor=officer, at=OPENED)
    ) == ["wave.member_already"]
    member = wave.members.get(institution=other)
    assert refused(lambda: excuse_member(member=member, reason=" ", actor=officer, at=OPENED)) == [
        "wave.reason_missing"
    ]
    excuse_member(member=member, reason="已由市局批准", actor=officer, at=OPENED)
    member.refresh_from_db()
    assert (member.standing, member.spared_because) == ("excused", "已由市局批准")
    proposed(wave)
    assert Journey.objects.filter(institution=other).count() == 0


def test_nothing_is_proposed_before_the_day_after_the_deadline(wave: Wave) -> None:
    last_day = datetime(2026, 3, 10, 15, 59, tzinfo=UTC)
    assert refused(lambda: ask_to_propose(wave=wave, actor=SYSTEM, at=last_day)) == [
        "wave.deadline_not_over"
    ]
    assert ask_for_due_waves(actor=SYSTEM, at=last_day) == []
    assert len(ask_for_due_waves(actor=SYSTEM, at=last_day + timedelta(minutes=1))) == 1


def test_the_job_proposes_one_decision_each_and_nothing_takes_effect(
    wave: Wave, schools: list[Institution]
) -> None:
    job = proposed(wave)
    assert job.result == {"proposed": 4, "spared": 0, "through": 0, "excused": 0}
    journey = Journey.objects.get(institution=schools[0])
    assert (journey.kind, journey.state, journey.wave) == ("missed_deadline", "proposed", wave)
    assert [one["code"] for one in journey.details["reasons"]] == [
        "register_shows",
        "no_application",
    ]
    assert "151011670000121" in journey.details["reasons"][0]["text"]
    assert journey.details["consequences"] == [
        "年度检查结论为不合格",
        "不得继续招生",
        "不得继续开展培训",
    ]
    schools[0].refresh_from_db()
    assert (schools[0].status, schools[0].licences.get().state) == ("operating", "in_force")
    event = Event.objects.get(kind="journey.batch_proposed")
    assert (event.row_count, len(event.new["rows"])) == (4, 4)
    (table,) = [one for one in STATED if one.thing == "journey"]
    assert list(state_violations(table)) == []


def test_who_applied_in_time_is_spared_by_name_and_late_or_unsubmitted_ones_are_not(
    wave: Wave, schools: list[Institution], officer: Actor
) -> None:
    in_time = closing(schools[0], officer)
    closing(schools[1], officer, submit=False)
    run_waiting_jobs()
    proposed(wave)
    spared = wave.members.get(institution=schools[0])
    assert (spared.standing, spared.spared_because) == ("spared", in_time.number)
    assert not schools[0].journeys.filter(kind="missed_deadline").exists()
    held = schools[1].journeys.get(kind="missed_deadline")
    assert [one["code"] for one in held.details["reasons"]] == [
        "register_shows",
        "not_handed_in",
    ]


def test_a_second_run_changes_nothing(wave: Wave, officer: Actor) -> None:
    proposed(wave)
    before, events = rows(), Event.objects.exclude(kind__startswith="job.").count()
    assert overdue_lines(wave, on=AFTER.date()) == []
    job = proposed(wave, actor=officer)
    assert job.result == {"proposed": 4, "spared": 0, "through": 0, "excused": 0}
    assert rows() == before
    assert Event.objects.exclude(kind__startswith="job.").count() == events
    watch_waves()
    assert rows() == before


def killed_in_the_middle(wave: Wave, offset: int) -> None:
    with transaction.atomic():
        propose_chunk(wave=wave, offset=offset, on=AFTER.date(), actor=SYSTEM, at=AFTER, size=3)
        raise RuntimeError


def test_a_run_that_died_in_the_middle_and_is_resumed_equals_an_unkilled_one(
    wave: Wave,
) -> None:
    with transaction.atomic():
        propose_chunk(wave=wave, offset=0, on=AFTER.date(), actor=SYSTEM, at=AFTER, size=4)
        unkilled = rows()
        transaction.set_rollback(True)
    assert Journey.objects.count() == 0
    with transaction.atomic():
        first = propose_chunk(wave=wave, offset=0, on=AFTER.date(), actor=SYSTEM, at=AFTER, size=3)
    with pytest.raises(RuntimeError):
        killed_in_the_middle(wave, first.seen)
    with transaction.atomic():
        propose_chunk(wave=wave, offset=first.seen, on=AFTER.date(), actor=SYSTEM, at=AFTER, size=3)
    assert rows() == unkilled


def command(wave: Wave, *extra: str, on: str = "2026-03-11") -> str:
    out = StringIO()
    call_command("propose_overdue", "--wave", str(wave.public_id), "--on", on, *extra, stdout=out)
    return out.getvalue()


def test_the_dry_run_shows_exactly_what_is_then_done(
    wave: Wave, schools: list[Institution], officer: Actor
) -> None:
    closing(schools[0], officer)
    shown = command(wave, "--dry-run")
    assert Journey.objects.filter(kind="missed_deadline").count() == 0
    assert command(wave) == shown
    assert shown.splitlines()[-1] == "3 家拟认定逾期，1 家按期申请不认定，0 家已经办完"
    assert {line.split("\t")[1] for line in shown.splitlines()[1:-1]} == set(
        Journey.objects.filter(kind="missed_deadline").values_list("applicant_name", flat=True)
    )
    assert command(wave).splitlines() == ["0 家拟认定逾期，0 家按期申请不认定，0 家已经办完"]


def test_the_command_says_what_is_wrong(wave: Wave) -> None:
    with pytest.raises(CommandError) as early:
        command(wave, on="2026-03-10")
    assert (early.value.returncode, "从第二天起" in str(early.value)) == (1, True)
    with pytest.raises(CommandError) as unknown:
        call_command("propose_overdue", "--wave", "没有这个", "--on", "2026-03-11")
    assert unknown.value.returncode == 2


SERVED = {"notice_served_how": "direct", "notice_served_to": "李某某"}


def to_heard(journey: Journey, officer: Actor) -> Journey:
    journey = moved(journey, "notify", actor=officer, at=AFTER)
    journey = moved(
        journey,
        "serve_notice",
        actor=officer,
        at=AFTER,
        notice_served_on=AFTER.date(),
        **SERVED,
    )
    return moved(
        journey, "close_statements", actor=officer, at=datetime(2026, 3, 19, 1, tzinfo=UTC)
    )


def test_a_decision_takes_effect_only_when_it_was_served(
    wave: Wave, schools: list[Institution], officer: Actor, make_actor: MakeActor
) -> None:
    proposed(wave)
    later = datetime(2026, 3, 20, 1, tzinfo=UTC)
    journey = to_heard(Journey.objects.get(institution=schools[0]), officer)
    assert journey.details["notice_served_to"] == "李**"
    taken = take_move(journey=journey, move="decide", stated={}, actor=officer, at=later)
    assert taken.proposal is not None
    leader = make_actor("district_leader")
    journey = confirm_proposal(proposal=taken.proposal, actor=leader, at=later)
    schools[0].refresh_from_db()
    assert (schools[0].status, schools[0].licences.get().state) == ("operating", "in_force")
    stated = {"served_on": later.date(), "served_how": "direct", "served_to": "李某某"}
    journey = moved(journey, "serve", actor=officer, at=later, **stated)
    schools[0].refresh_from_db()
    licence = schools[0].licences.get()
    assert (journey.outcome, schools[0].status, licence.state) == ("done", "paused", "suspended")
    assert licence.decision_number == journey.details["decision_number"] != ""
    kinds = Event.objects.filter(subject_key=str(schools[0].public_id)).values_list(
        "kind", flat=True
    )
    assert {"institution.check_failed", "licence.suspended", "institution.status_changed"} <= set(
        kinds
    )


def test_a_proposal_that_is_given_up_settles_its_member(
    wave: Wave, schools: list[Institution], officer: Actor
) -> None:
    proposed(wave)
    journey = Journey.objects.get(institution=schools[0])
    moved(journey, "drop", actor=officer, at=AFTER, reason="登记错误，本来就是非营利。")
    member = wave.members.get(institution=schools[0])
    assert (member.standing, member.spared_because) == ("excused", "登记错误，本来就是非营利。")
    assert proposed(wave).result == {"proposed": 3, "spared": 0, "through": 0, "excused": 1}
