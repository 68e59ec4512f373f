"""Desks: held, stood in for, handed over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from regulator.accounts.models import Appointment, HandOver, StandIn
from regulator.accounts.selectors.desks import actor_at, actor_of, desks_of
from regulator.accounts.services import appoint, appoint_stand_in, end_stand_in, hand_over
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM, VISITOR, Actor
from regulator.kernel.outcomes import Refused
from tests.district import AT, DIVISION, OTHER_DIVISION, District, appointed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def holder(appointment: Appointment) -> Actor:
    return actor_at(appointment, appointment.user)


def stand_in_for(appointment: Appointment, deputy: Appointment, **dates: date) -> StandIn:
    return appoint_stand_in(
        appointment,
        deputy=deputy.user,
        starts_on=dates.get("starts_on", TODAY),
        ends_before=dates.get("ends_before", date(2026, 3, 9)),
        reason="出差",
        actor=holder(appointment),
        at=AT,
    )


def test_a_user_without_a_desk_is_a_visitor(district: District) -> None:
    user = appointed("inspector").user
    assert actor_of(user, date(2019, 12, 31), appointment_id=None) == VISITOR


def test_a_stand_in_acts_under_their_own_name_at_the_others_desk(district: District) -> None:
    desk, deputy = appointed("filing_reviewer"), appointed("licensing_officer")
    stand_in_for(desk, deputy)
    assert [item.role for item in desks_of(deputy.user, TODAY)] == [
        "licensing_officer",
        "filing_reviewer",
    ]
    actor = actor_of(deputy.user, TODAY, appointment_id=desk.pk)
    assert (actor.user_id, actor.role, actor.standing_in_for) == (
        deputy.user.pk,
        "filing_reviewer",
        desk.user.pk,
    )


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 9)])
def test_a_stand_in_ends_with_its_last_day(district: District, day: date) -> None:
    desk, deputy = appointed("filing_reviewer"), appointed("licensing_officer")
    stand_in_for(desk, deputy)
    assert [item.pk for item in desks_of(deputy.user, day)] == [deputy.pk]


def test_nobody_stands_in_for_themselves_or_from_another_division(district: District) -> None:
    desk = appointed("filing_reviewer")
    elsewhere = appointed("filing_reviewer", division=OTHER_DIVISION)
    before = Event.objects.count()
    with pytest.raises(Refused) as own:
        stand_in_for(desk, desk, ends_before=TODAY)
    with pytest.raises(Refused) as other:
        stand_in_for(desk, elsewhere)
    assert codes(own) == ["account.stand_in_self", "account.dates_reversed"]
    assert codes(other) == ["account.stand_in_other_division"]
    assert (StandIn.objects.count(), Event.objects.count()) == (0, before)


def test_only_the_holder_or_an_administrator_names_a_stand_in(district: District) -> None:
    desk, deputy, third = (appointed("inspector") for _ in range(3))
    with pytest.raises(Refused) as refused:
        appoint_stand_in(
            desk,
            deputy=deputy.user,
            starts_on=TODAY,
            ends_before=date(2026, 3, 9),
            reason="出差",
            actor=holder(third),
            at=AT,
        )
    assert codes(refused) == ["account.not_own_desk"]
    administrator = holder(appointed("administrator"))
    stand_in = appoint_stand_in(
        desk,
        deputy=deputy.user,
        starts_on=TODAY,
        ends_before=date(2026, 3, 9),
        reason="出差",
        actor=administrator,
        at=AT,
    )
    ended = end_stand_in(stand_in, ends_before=date(2026, 3, 4), actor=administrator, at=AT)
    assert ended.ends_before == date(2026, 3, 4)
    assert Event.objects.order_by("-id")[0].kind == "accounts.stand_in_ended"


def test_a_desk_passes_on_the_day_it_is_handed_over(district: District) -> None:
    desk, successor = appointed("fee_supervisor"), appointed("inspector")
    record = hand_over(
        desk,
        successor=successor.user,
        on=date(2026, 4, 1),
        note="三家机构的监管协议待签。",
        open_work={"accounts": 3},
        actor=holder(desk),
        at=AT,
    )
    roles_before = [item.role for item in desks_of(desk.user, date(2026, 3, 31))]
    roles_after = [item.role for item in desks_of(desk.user, date(2026, 4, 1))]
    assert (roles_before, roles_after) == (["fee_supervisor"], [])
    assert "fee_supervisor" in [item.role for item in desks_of(successor.user, date(2026, 4, 1))]
    assert record.open_work == {"accounts": 3}


def test_a_hand_over_without_a_word_changes_nothing(district: District) -> None:
    desk, successor = appointed("fee_supervisor"), appointed("inspector")
    with pytest.raises(Refused) as refused:
        hand_over(
            desk,
            successor=successor.user,
            on=date(2020, 1, 1),
            note="  ",
            open_work={},
            actor=holder(desk),
            at=AT,
        )
    assert codes(refused) == ["account.dates_reversed", "account.handover_note_missing"]
    desk.refresh_from_db()
    assert (desk.ends_before, HandOver.objects.count()) == (None, 0)


def test_one_is_not_appointed_twice_to_the_same_desk_at_once(district: District) -> None:
    desk = appointed("inspector")
    with pytest.raises(Refused) as refused:
        appoint(
            desk.user,
            role="inspector",
            division=DIVISION,
            department="education",
            starts_on=date(2026, 1, 1),
            ends_before=date(2025, 1, 1),
            actor=SYSTEM,
            at=AT,
        )
    assert codes(refused) == ["account.dates_reversed", "account.appointment_overlaps"]


def test_a_manager_needs_an_institution(district: District) -> None:
    with pytest.raises(Refused) as refused:
        appointed("institution_manager")
    assert codes(refused) == ["account.institution_missing"]
    manager = appointed("institution_manager", institution=UUID(int=5))
    assert holder(manager).institution == str(UUID(int=5))
