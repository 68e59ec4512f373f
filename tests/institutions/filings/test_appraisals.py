"""The expert group: opened, seated, voted, disputed, decided; clocks and secrecy in the chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from institutions.core.filing_states import Verdict
from institutions.models import (
    Appraisal,
    AppraisalSeat,
    AppraisalVote,
    Filing,
    FindingDecision,
    Notice,
)
from institutions.selectors.appraisals import waiting_votes
from institutions.services.appraisal_panels import (
    decide_challenge,
    draw_panel,
    file_challenge,
    name_panel,
    replace_members,
    show_panel,
)
from institutions.services.appraisal_votes import cast_vote, leave_panel
from institutions.services.appraisals import (
    accept_result,
    adopt_result,
    answer_escalation,
    cancel_appraisal,
    dispute_result,
    escalate_appraisal,
)
from institutions.services.expert_panel import end_member, show_members
from institutions.services.filings_review import approve_filing, decide_finding, return_filing
from institutions.services.filings_submission import withdraw_filing
from regulator.audit.models import Event
from regulator.calendars.models import Deadline
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT
from tests.institutions.filings.experts import (
    ALL_OF_ONE_KIND,
    DAY,
    NAMES,
    RULE,
    Group,
    in_order,
    make_group,
)

BREACH, CLEARED = Verdict.BREACH, Verdict.CLEARED


@pytest.fixture
def group(district, calendar, make_actor) -> Group:
    return make_group(make_actor)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def clock(group: Group) -> Deadline:
    return Filing.objects.get(pk=group.filing.pk).clock.deadline


def test_a_filing_has_a_clock_from_its_submission_that_its_review_closes(group, make_actor):
    deadline = clock(group)
    assert (deadline.kind, deadline.starts_on, deadline.amount) == (
        "filing.review",
        date(2026, 3, 2),
        20,
    )
    culture = make_actor("filing_reviewer", department="culture_tourism")
    return_filing(filing=group.filing, reasons="请补材料。", actor=culture, at=AT + DAY)
    assert clock(group).closed_on == date(2026, 3, 3)


def test_the_majority_is_the_result_and_an_officer_decides_on_it_by_name(group):
    appraisal = group.vote(group.seated(), CLEARED, BREACH, CLEARED)
    assert (appraisal.state, appraisal.result) == ("concluded", "cleared")
    assert (appraisal.breach_votes, appraisal.cleared_votes) == (1, 2)
    assert FindingDecision.objects.count() == 0
    adopt_result(appraisal=appraisal, verdict=CLEARED, reason="同意。", actor=group.reviewer, at=AT)
    decision = FindingDecision.objects.get()
    assert (decision.rule, decision.verdict, decision.decided_by) == (
        RULE,
        "cleared",
        group.reviewer.name,
    )
    assert decision.reason == f"同意。（鉴别 {appraisal.number}）"
    assert Filing.objects.get(pk=group.filing.pk).undecided_count == 0


def test_while_it_runs_nothing_is_approved_or_decided_past_it(group, make_actor):
    group.open()
    culture = make_actor("filing_reviewer", department="culture_tourism")
    with pytest.raises(Refused) as approving:
        approve_filing(filing=group.filing, actor=culture, at=AT)
    with pytest.raises(Refused) as deciding:
        decide_finding(
            filing=group.filing,
            rule=RULE,
            verdict=CLEARED,
            reason="理由",
            actor=group.reviewer,
            at=AT,
        )
    with pytest.raises(Refused) as again:
        group.open()
    assert codes(approving) == ["filing.appraisal_open"]
    assert codes(deciding) == ["filing.finding_with_experts"]
    assert codes(again) == ["appraisal.already_open"]
    assert (Appraisal.objects.count(), FindingDecision.objects.count()) == (1, 0)


def test_only_education_sends_it_and_only_the_secretary_seats_it(group, make_actor):
    culture = make_actor("filing_reviewer", department="culture_tourism")
    with pytest.raises(Refused) as refused:
        replace(group, reviewer=culture).open()
    assert codes(refused) == ["policy.other_department"]
    appraisal = group.open()
    for stranger in (group.reviewer, culture, make_actor("district_leader")):
        with pytest.raises(Refused) as refused:
            draw_panel(appraisal=appraisal, count=3, actor=stranger, at=AT)
        assert codes(refused) == ["policy.not_granted"]
    assert AppraisalSeat.objects.count() == 0


@pytest.mark.parametrize("count", [1, 2, 4])
def test_an_even_or_too_small_panel_is_refused(group, count):
    appraisal = group.open()
    with pytest.raises(Refused) as drawn:
        draw_panel(appraisal=appraisal, count=count, actor=group.secretary, at=AT)
    with pytest.raises(Refused) as named:
        name_panel(appraisal=appraisal, members=group.members[:count], actor=group.secretary, at=AT)
    assert codes(drawn) == codes(named) == ["appraisal.panel_not_odd"]
    assert AppraisalSeat.objects.count() == 0


def test_more_members_than_there_are_cannot_be_drawn(group):
    with pytest.raises(Refused) as refused:
        draw_panel(appraisal=group.open(), count=9, actor=group.secretary, at=AT)
    assert codes(refused) == ["appraisal.too_few"]


def test_whoever_abstains_is_replaced_and_the_panel_stays_odd(group):
    appraisal = group.seated()
    first = appraisal.seats.get(number=1)
    leave_panel(
        appraisal=appraisal,
        ground="abstains",
        note="",
        actor=group.expert(first),
        at=AT,
        lot=in_order,
    )
    seats = list(appraisal.seats.order_by("number").values_list("number", "left_ground"))
    assert seats == [(1, "abstains"), (2, ""), (3, ""), (4, "")]
    group.vote(appraisal, BREACH, BREACH, CLEARED)
    assert (appraisal.breach_votes, appraisal.cleared_votes) == (2, 1)


def test_a_tie_with_an_institution_keeps_the_member_out_of_its_next_case_too(group):
    appraisal = group.seated()
    first = appraisal.seats.get(number=1)
    leave_panel(appraisal=appraisal, ground="relative", note="", actor=group.expert(first), at=AT)
    cancel_appraisal(appraisal=appraisal, reason="重新组织。", actor=group.reviewer, at=AT)
    following = group.seated(count=5)
    assert first.member_id not in following.seats.values_list("member", flat=True)


def test_a_named_panel_waits_for_the_secretary_to_fill_an_empty_chair(group):
    appraisal = name_panel(
        appraisal=group.open(), members=group.members[:3], actor=group.secretary, at=AT
    )
    first = appraisal.seats.get(number=1)
    leave_panel(
        appraisal=appraisal, ground="unavailable", note="", actor=group.expert(first), at=AT
    )
    group.vote(appraisal, BREACH, BREACH)
    assert appraisal.state == "voting"
    replace_members(appraisal=appraisal, members=group.members[4:5], actor=group.secretary, at=AT)
    group.vote(appraisal, CLEARED)
    assert (appraisal.state, appraisal.result) == ("concluded", "breach")


def test_a_vote_is_final_and_nobody_votes_for_another(group, make_actor):
    appraisal = group.seated()
    seat = appraisal.seats.get(number=1)
    expert = group.expert(seat)
    group.vote(appraisal, BREACH)
    asked = {
        "appraisal": appraisal,
        "verdict": CLEARED,
        "leanings": ALL_OF_ONE_KIND,
        "reasons": "另想了想。",
        "at": AT,
    }
    with pytest.raises(Refused) as again:
        cast_vote(**asked, actor=expert)
    with pytest.raises(Refused) as leaving:
        leave_panel(appraisal=appraisal, ground="abstains", note="", actor=expert, at=AT)
    second = group.expert(appraisal.seats.get(number=2))
    with pytest.raises(Refused) as deputy:
        cast_vote(**asked, actor=replace(second, user_id=999, standing_in_for=second.user_id))
    with pytest.raises(Refused) as outsider:
        cast_vote(**asked, actor=make_actor("expert"))
    with pytest.raises(Refused) as reviewer:
        cast_vote(**asked, actor=group.reviewer)
    assert codes(again) == ["appraisal.voted_already"]
    assert codes(leaving) == ["appraisal.voted_already"]
    assert codes(deputy) == ["appraisal.no_stand_in", "appraisal.not_seated"]
    assert codes(outsider) == ["appraisal.not_seated"]
    assert codes(reviewer) == ["policy.not_granted"]
    assert AppraisalVote.objects.count() == 1


def test_the_database_itself_keeps_a_vote_as_it_was_cast(group):
    group.vote(group.seated(), BREACH)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AppraisalVote.objects.update(verdict="cleared")
    assert AppraisalVote.objects.get().verdict == "breach"


def test_a_breach_waits_for_the_institution_unless_it_agrees(group):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    asked = {"appraisal": appraisal, "verdict": BREACH, "reason": "同意。"}
    with pytest.raises(Refused) as early:
        adopt_result(**asked, actor=group.reviewer, at=AT + DAY)
    assert codes(early) == ["appraisal.dispute_open"]
    accept_result(appraisal=appraisal, actor=group.manager, at=AT + DAY)
    closed = adopt_result(**asked, actor=group.reviewer, at=AT + DAY)
    assert (closed.state, FindingDecision.objects.get().verdict) == ("closed", "breach")


def test_a_dispute_goes_to_the_city_whose_answer_binds(group, make_actor):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    dispute_result(appraisal=appraisal, reason="只讲故事，不教语文。", actor=group.manager, at=AT)
    asked = {"appraisal": appraisal, "reason": "同意。", "actor": group.reviewer}
    with pytest.raises(Refused) as disputed:
        adopt_result(**asked, verdict=BREACH, at=AT + 30 * DAY)
    assert codes(disputed) == ["appraisal.disputed"]
    escalate_appraisal(
        appraisal=appraisal, document="双教函〔2026〕8号", actor=group.reviewer, at=AT + DAY
    )
    group.serve(appraisal, at=AT + 2 * DAY)
    assert clock(group).is_stopped
    city = make_actor("city_supervisor", division="510100")
    answer_escalation(
        appraisal=appraisal,
        verdict=CLEARED,
        document="成教函〔2026〕31号",
        reason="以讲故事和礼仪为主。",
        actor=city,
        at=AT + 8 * DAY,
    )
    assert not clock(group).is_stopped
    with pytest.raises(Refused) as bound:
        adopt_result(**asked, verdict=BREACH, at=AT + 9 * DAY)
    assert codes(bound) == ["appraisal.city_binds"]
    closed = adopt_result(**asked, verdict=CLEARED, at=AT + 9 * DAY)
    assert (closed.state, closed.result) == ("closed", "cleared")


def test_a_dispute_comes_in_time_from_the_institution_itself(group, make_actor):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    with pytest.raises(Refused) as late:
        dispute_result(appraisal=appraisal, reason="不服", actor=group.manager, at=AT + 30 * DAY)
    other = make_actor("institution_manager", institution="0198c0de-0000-7000-8000-000000000001")
    with pytest.raises(Refused) as stranger:
        dispute_result(appraisal=appraisal, reason="不服", actor=other, at=AT)
    assert codes(late) == ["appraisal.dispute_late"]
    assert codes(stranger) == ["policy.other_institution"]
    appraisal.refresh_from_db()
    assert appraisal.disputed_at is None


def test_a_challenge_that_is_upheld_takes_the_vote_with_it(group):
    appraisal = group.seated()
    challenge = file_challenge(
        appraisal=appraisal, statement="钱观复在别家任教。", actor=group.manager, at=AT
    )
    group.vote(appraisal, BREACH, BREACH, BREACH)
    assert appraisal.state == "voting"
    decide_challenge(
        challenge=challenge,
        seats=[appraisal.seats.get(number=1)],
        answer="情况属实。",
        actor=group.secretary,
        at=AT,
        lot=in_order,
    )
    group.vote(appraisal, CLEARED)
    assert (appraisal.breach_votes, appraisal.cleared_votes) == (2, 1)
    assert (appraisal.state, AppraisalVote.objects.count()) == ("concluded", 4)


def test_a_rejected_challenge_lets_the_result_stand(group):
    appraisal = group.seated()
    challenge = file_challenge(
        appraisal=appraisal, statement="某某与我们有过节。", actor=group.manager, at=AT
    )
    group.vote(appraisal, BREACH, BREACH, CLEARED)
    decide_challenge(
        challenge=challenge, seats=[], answer="不在专家组里。", actor=group.secretary, at=AT
    )
    appraisal.refresh_from_db()
    challenge.refresh_from_db()
    assert (challenge.is_upheld, appraisal.state) == (False, "concluded")


@pytest.mark.parametrize("way", ["return", "withdraw"])
def test_a_filing_that_leaves_the_review_takes_its_appraisal_with_it(group, make_actor, way):
    appraisal = group.seated()
    if way == "return":
        culture = make_actor("filing_reviewer", department="culture_tourism")
        return_filing(filing=group.filing, reasons="请先补材料。", actor=culture, at=AT + DAY)
    else:
        withdraw_filing(filing=group.filing, reason="", actor=group.manager, at=AT + DAY)
    appraisal.refresh_from_db()
    assert (appraisal.state, clock(group).closed_on) == ("cancelled", date(2026, 3, 3))
    assert Deadline.objects.filter(closed_on__isnull=True).count() == 0


def test_the_chain_names_chairs_and_never_who_sits_there(group):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    events = Event.objects.filter(subject_key=str(appraisal.public_id))
    told = json.dumps(
        list(events.values("actor_name", "old", "new", "reason", "subject_label")),
        ensure_ascii=False,
    )
    assert [name for name in NAMES if name in told] == []
    voted = events.filter(kind="appraisal.voted").order_by("pk")
    assert [(one.actor_name, one.actor_user) for one in voted] == [
        ("专家1", None),
        ("专家2", None),
        ("专家3", None),
    ]
    texts = json.dumps(list(Notice.objects.values_list("params", flat=True)), ensure_ascii=False)
    assert [name for name in NAMES if name in texts] == []


def test_only_the_secretary_reads_names_and_each_look_is_on_record(group, make_actor):
    appraisal = group.seated()
    for stranger in (group.reviewer, make_actor("district_leader"), make_actor("legal_reviewer")):
        with pytest.raises(Refused):
            show_members(actor=stranger, at=AT)
        with pytest.raises(Refused):
            show_panel(appraisal=appraisal, actor=stranger, at=AT)
    assert Event.objects.filter(kind__endswith="_shown").count() == 0
    shown = show_members(actor=group.secretary, at=AT)
    assert [one.name for one in shown] == list(NAMES)
    panel = show_panel(appraisal=appraisal, actor=group.secretary, at=AT)
    assert sorted(panel.names) == [1, 2, 3]
    looks = Event.objects.filter(kind__endswith="_shown").order_by("pk")
    assert [one.kind for one in looks] == ["panel.members_shown", "panel.seats_shown"]


def test_an_expert_sees_what_waits_for_them_and_nothing_of_others(group, make_actor):
    appraisal = group.seated()
    seat = appraisal.seats.get(number=1)
    assert [one.pk for one in waiting_votes(group.expert(seat))] == [seat.pk]
    assert waiting_votes(make_actor("expert")).count() == 0
    group.vote(appraisal, BREACH)
    assert waiting_votes(group.expert(seat)).count() == 0


def test_a_member_who_sits_on_a_panel_cannot_be_taken_off_the_list(group):
    group.seated()
    seated = AppraisalSeat.objects.get(number=1).member
    with pytest.raises(Refused) as refused:
        end_member(member=seated, actor=group.secretary, at=AT)
    assert codes(refused) == ["panel.seated_now"]
    ended = end_member(member=group.members[6], actor=group.secretary, at=AT)
    assert ended.ends_before == date(2026, 3, 2)
