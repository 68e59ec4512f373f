"""What other rooms read of inspections, and what a frame would be made of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inspections.forms.draws import DrawPlanForm
from inspections.selectors.draws import draws_in, open_draws
from inspections.selectors.preview import frame_choices, preview_frame
from inspections.selectors.results import last_inspection
from inspections.selectors.scope import scope_objects, suggested_exclusions, tier_sizes
from inspections.services.draw_ceremony import reveal_draw, void_draw
from institutions.models import Institution
from institutions.services.register import change_operating_status, correct_institution
from regulator.kernel.actors import SYSTEM
from tests.district import MakeActor
from tests.inspections.town import AT, COMMITTED_AT, DRAWN_AT, Town, committed, drawn, frozen, plan

TODAY = date(2026, 3, 2)


def drawn_institutions(register_ids: list[str]) -> list[Institution]:
    return list(Institution.objects.filter(premises__register_id__in=register_ids))


def test_the_last_inspection_is_known_from_the_reveal_on(town: Town) -> None:
    draw = drawn(town)
    picked = drawn_institutions(list(draw.outcome["assignments"]))
    assert [last_inspection(one) for one in picked] == [None] * 3
    at = DRAWN_AT + timedelta(days=9)
    reveal_draw(draw=draw, last_visit_ended_at=at, actor=town.coordinator, at=at)
    for one in town.institutions:
        found = last_inspection(one)
        if one in picked:
            assert found is not None
            assert (found.number, found.revealed_on) == (draw.number, date(2026, 3, 13))
        else:
            assert found is None


def test_a_void_draw_inspected_nobody(town: Town) -> None:
    void_draw(draw=committed(town), reason="改期", actor=town.coordinator, at=COMMITTED_AT)
    assert [last_inspection(one) for one in town.institutions] == [None] * 8


def test_open_draws_are_those_of_the_desks_reach(town: Town, make_actor: MakeActor) -> None:
    first, second = frozen(town), committed(town)
    ended = void_draw(draw=frozen(town), reason="改期", actor=town.coordinator, at=AT)
    assert {draw.number for draw in open_draws(town.coordinator)} == {first.number, second.number}
    assert draws_in(town.coordinator).count() == 3
    assert ended not in open_draws(town.coordinator)
    city = make_actor("city_supervisor", division="510100")
    assert draws_in(city).count() == 3
    assert draws_in(make_actor("inspection_coordinator", division="510107")).count() == 0
    assert draws_in(make_actor("expert")).count() == 0


def test_a_missing_tier_counts_as_b(town: Town) -> None:
    correct_institution(
        institution=town.institutions[0],
        values={"credit_tier": ""},
        reason="待评",
        actor=SYSTEM,
        at=AT,
    )
    scope = scope_objects(division=town.division, on=date(2026, 3, 2))
    assert tier_sizes(scope) == {"A": 3, "B": 5}


@pytest.mark.parametrize(("cap", "suggested"), [(None, 0), (2, 0), (1, 3)])
def test_whoever_reached_the_years_cap_is_suggested_for_exclusion(
    town: Town, cap: int | None, suggested: int
) -> None:
    drawn(town)
    scope = scope_objects(division=town.division, on=date(2026, 3, 2))
    found = suggested_exclusions(division=town.division, scope=scope, year=2026, cap=cap)
    assert len(found) == suggested
    assert {one.reason for one in found} <= {"cap"}


def test_a_paused_institution_is_suggested_for_exclusion(town: Town) -> None:
    change_operating_status(
        institution=town.institutions[0],
        status="paused",
        reason="装修",
        on=date(2026, 3, 1),
        actor=SYSTEM,
        at=AT,
    )
    choices = frame_choices(division=town.division, on=date(2026, 3, 2))
    assert [(one.name, one.reason) for one in choices.suggestions] == [("第1培训学校", "closed")]
    assert [(one.code, count) for one, count in choices.departments] == [
        ("education", 5),
        ("market_regulation", 5),
    ]


def test_a_tier_whose_places_are_all_to_be_excluded_is_proposed_with_nobody(town: Town) -> None:
    for one in town.institutions:
        if one.credit_tier == "A":
            change_operating_status(
                institution=one, status="paused", reason="装修", on=TODAY, actor=SYSTEM, at=AT
            )
    choices = frame_choices(division=town.division, on=TODAY)
    assert (choices.tiers, choices.left) == ({"A": 4, "B": 4}, {"A": 0, "B": 4})
    form = DrawPlanForm(choices=choices)
    assert [one.initial for one in form.quota_fields] == [0, 1]
    assert str(form["quota_A"].help_text) == "共 4 家，排除后剩 0 家"
    assert str(form["quota_B"].help_text) == "共 4 家"


def test_a_preview_shows_chances_and_every_reason_and_writes_nothing(town: Town) -> None:
    shown = preview_frame(division=town.division, plan=plan(), at=AT)
    assert [(one.name, one.quota, one.size) for one in shown.strata] == [("A", 1, 4), ("B", 2, 4)]
    assert (shown.drawn, shown.size, shown.reasons) == (3, 8, ())
    assert [(one.needed, one.available) for one in shown.seats] == [(4, 5), (4, 5)]
    shown = preview_frame(division=town.division, plan=plan(quotas={"A": 9}), at=AT)
    assert [reason.code for reason in shown.reasons] == [
        "frame.stratum_without_quota",
        "frame.quota_too_large",
    ]
    assert frozen(town).number.endswith("-001")
