"""Results, ledgers and ratings: published together, corrected in the open, counted in steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from inspections.models import (
    Draw,
    InspectionResult,
    RatingRemark,
    RatingTally,
    ResultObjection,
    SafetyEntry,
    Visit,
)
from inspections.selectors.publication import draw_progress
from inspections.selectors.published import own_visits_to_rate, published_results
from inspections.selectors.ratings import shown_ratings
from inspections.selectors.safety import entries_of, safety_facts
from inspections.services.draw_ceremony import reveal_draw
from inspections.services.findings import confirm_finding, withdraw_finding
from inspections.services.ratings import rate_visit
from inspections.services.results import (
    answer_objection,
    correct_result,
    object_to_result,
    withhold_result,
)
from inspections.services.safety import SafetyDraft, enter_safety
from inspections.services.visits import record_hindrance
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.after import After, answered_visit
from tests.inspections.outing import Outing

FIVES = {"showed_papers": 5, "explained": 4, "fair": 5, "undisturbed": 3, "honest": 5}


@pytest.fixture
def after(outing: Outing, make_actor: MakeActor) -> After:
    return answered_visit(outing, make_actor)


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def close_the_others(after: After) -> None:
    """Every other premises of the draw had its door closed."""
    for visit in Visit.objects.filter(state="approved"):
        record_hindrance(
            visit=visit,
            hindrance="closed_door",
            reason="大门紧锁",
            ended_at=after.at,
            actor=after.outing.town.coordinator,
            at=after.at,
        )


def decide_all(after: After) -> None:
    """One department confirms its answer, the other takes its own finding back."""
    for department, actor in after.officers.items():
        made = confirm_finding(
            answer=after.failing[department], text="与要求不符", actor=actor, at=after.at
        )
        if department == "market_regulation":
            later = after.at + timedelta(hours=3)
            withdraw_finding(finding=made, reason="当场核实", actor=actor, at=later)


def reveal(after: After) -> Draw:
    return reveal_draw(
        draw=after.outing.draw,
        last_visit_ended_at=after.at,
        actor=after.outing.town.coordinator,
        at=after.at + timedelta(days=3),
    )


def test_nothing_is_published_before_the_last_visit_and_the_last_answer(after: After) -> None:
    with pytest.raises(Refused) as error:
        reveal(after)
    assert codes(error) == ["result.visits_open", "result.answers_open"]
    close_the_others(after)
    with pytest.raises(Refused) as answers:
        reveal(after)
    assert codes(answers) == ["result.answers_open"]
    assert Draw.objects.get().state == "drawn"
    assert InspectionResult.objects.count() == 0


def test_the_reveal_publishes_every_drawn_premises_with_three_moments(after: After) -> None:
    close_the_others(after)
    decide_all(after)
    progress = draw_progress(Draw.objects.get(), today=date(2026, 3, 11))
    assert (progress.unended, progress.unsettled) == (0, 0)
    assert progress.settled_at == after.at + timedelta(hours=3)
    draw = reveal(after)
    rows = InspectionResult.objects.order_by("register_id")
    assert [row.register_id for row in rows] == sorted(
        draw.assignments.values_list("register_id", flat=True)
    )
    mine = InspectionResult.objects.get(visit=after.visit)
    assert (mine.visit_ended_at, mine.settled_at, mine.published_at) == (
        after.at,
        after.at + timedelta(hours=3),
        after.at + timedelta(days=3),
    )
    assert (mine.kind, mine.categories) == ("visited", ["pending"])
    assert [one["text"] for one in mine.findings] == ["与要求不符"]
    others = rows.exclude(pk=mine.pk)
    assert {(row.kind, tuple(row.categories)) for row in others} == {("closed_door", ("closed",))}
    event = Event.objects.get(kind="result.published")
    assert (event.row_count, event.new["count"]) == (rows.count(), rows.count())


def test_a_withheld_result_names_its_ground_and_nothing_else(
    after: After, make_actor: MakeActor
) -> None:
    close_the_others(after)
    decide_all(after)
    with pytest.raises(Refused) as error:
        withhold_result(
            visit=after.visit,
            ground="privacy",
            words="涉及学生伤情",
            actor=after.outing.town.coordinator,
            at=after.at,
        )
    assert codes(error) == ["policy.not_granted"]
    withhold_result(
        visit=after.visit,
        ground="privacy",
        words="涉及学生伤情",
        actor=make_actor("legal_reviewer"),
        at=after.at,
    )
    reveal(after)
    mine = InspectionResult.objects.get(visit=after.visit)
    assert (mine.withheld_ground, mine.categories, mine.findings) == ("privacy", [], [])


def test_an_objection_that_is_upheld_is_corrected_beside_what_was_published(after: After) -> None:
    close_the_others(after)
    decide_all(after)
    reveal(after)
    result, at = InspectionResult.objects.get(visit=after.visit), after.at + timedelta(days=5)
    made = object_to_result(result=result, text="通道没有堵", actor=after.manager, at=at)
    with pytest.raises(Refused) as again:
        object_to_result(result=result, text="再说一遍", actor=after.manager, at=at)
    assert codes(again) == ["result.objection_open"]
    coordinator = after.outing.town.coordinator
    answer_objection(
        objection=made,
        answer="照片复核后成立",
        correction="该项应为符合",
        actor=coordinator,
        at=at,
    )
    shown = published_results(InspectionResult.objects.filter(pk=result.pk))[0]
    assert [one.text for one in shown.corrections] == ["该项应为符合"]
    assert [one.text for one in shown.findings] == ["与要求不符"]
    assert ResultObjection.objects.get().is_upheld is True
    with pytest.raises(Refused) as missing:
        correct_result(result=result, text="", reason="", actor=coordinator, at=at)
    assert codes(missing) == ["result.correction_missing", "result.reason_missing"]


@pytest.mark.parametrize("sql", ["UPDATE {} SET kind = 'visited'", "DELETE FROM {}"])
def test_a_published_result_is_never_edited_past_the_orm(after: After, sql: str) -> None:
    close_the_others(after)
    decide_all(after)
    reveal(after)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format("inspections_inspectionresult"))
    assert InspectionResult.objects.filter(kind="closed_door").exists()


def test_a_premises_and_its_draw_show_the_result_to_everybody(after: After, client: Client) -> None:
    close_the_others(after)
    decide_all(after)
    draw = reveal(after)
    institution = after.visit.premises.institution
    for address in (
        reverse("inspections:public_draw", args=[draw.number]),
        reverse("pages:provider", args=[institution.public_id]),
    ):
        page = client.get(address).content.decode()
        assert "与要求不符" in page
        assert "发现问题待后续处理" in page


def test_only_the_institution_keeps_its_ledger_and_corrects_it_by_a_further_entry(
    after: After,
) -> None:
    premises, on = after.visit.premises, date(2026, 3, 9)
    entry = enter_safety(
        premises=premises,
        draft=SafetyDraft("camera", on, "抽查录像", camera_days=30),
        actor=after.manager,
        at=after.at,
    )
    enter_safety(
        premises=premises,
        draft=SafetyDraft("camera", on, "看错了设备", camera_days=90, corrects=entry),
        actor=after.manager,
        at=after.at,
    )
    assert safety_facts(premises, date(2026, 3, 10)).camera_days == 90
    assert safety_facts(premises, date(2026, 3, 8)).unknown == ("patrol", "drill", "camera")
    assert [
        (one.entry.camera_days, one.is_standing) for one in entries_of(premises.institution)
    ] == [
        (90, True),
        (30, False),
    ]
    with pytest.raises(Refused) as error:
        enter_safety(
            premises=premises,
            draft=SafetyDraft("patrol", on, "代登记"),
            actor=after.officers["education"],
            at=after.at,
        )
    assert codes(error) == ["policy.not_granted"]
    assert SafetyEntry.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE inspections_safetyentry SET camera_days = 99")


def test_ratings_are_counted_and_shown_five_at_a_time_without_a_name(after: After) -> None:
    visit = after.visit
    rate_visit(visit=visit, scores=FIVES, remark="很客气", actor=after.manager, at=after.at)
    with pytest.raises(Refused) as again:
        rate_visit(visit=visit, scores=FIVES, actor=after.manager, at=after.at)
    assert codes(again) == ["rating.given_already"]
    assert own_visits_to_rate(after.manager) == []
    assert shown_ratings(visit.division_id) == []
    assert RatingRemark.objects.get().is_shown is False
    assert sum(RatingTally.objects.filter(question="fair").values_list("count", flat=True)) == 1
    event = Event.objects.get(kind="rating.given")
    assert (event.actor_user, event.actor_name) == (None, "被检查机构")
    assert str(after.visit.public_id) not in str(event.new)
    assert after.manager.institution not in event.subject_key


def test_another_institution_rates_nothing(after: After, make_actor: MakeActor) -> None:
    stranger = next(
        one
        for one in after.outing.town.institutions
        if one.pk != after.visit.premises.institution_id
    )
    other = make_actor("institution_manager", institution=stranger.public_id)
    with pytest.raises(Refused) as error:
        rate_visit(visit=after.visit, scores=FIVES, actor=other, at=after.at)
    assert codes(error) == ["policy.other_institution"]
    assert RatingTally.objects.count() == 0
