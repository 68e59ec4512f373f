"""A setting standard is proposed by one person and stands by another's signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.models import SettingStandard
from institutions.selectors.trials import version_choices
from institutions.services.standard_changes import (
    STANDARD_CARRIERS,
    standard_ending,
    standard_entry,
)
from institutions.services.standards import StandardDraft, enter_standard
from regulator.audit.models import Event
from regulator.calendars.core.changes import ChangeKind, touches_classes
from regulator.calendars.models import CalendarChange
from regulator.calendars.services import propose_change, send_back_change
from regulator.calendars.services.change_drafts import ChangeDraft
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.processes.calendar_signing import sign_calendar_change
from tests.district import DIVISION, MakeActor
from tests.institutions.places.conftest import AT, ON

AREA = StandardDraft("pupil_area_m2_min", "3", "某区设置标准", date(2026, 1, 1), article="第四条")


def propose(actor: Actor, draft: ChangeDraft | None = None, reason: str = "公布") -> CalendarChange:
    draft = draft or standard_entry(division=DIVISION, draft=AREA)
    return propose_change(draft, reason=reason, actor=actor, at=AT, carriers=STANDARD_CARRIERS)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_proposal_changes_nothing_and_a_signature_lets_it_stand(
    administrator: Actor, signer: Actor
) -> None:
    change = propose(administrator)
    assert (SettingStandard.objects.count(), change.state) == (0, "proposed")
    assert change.new == {
        "value": "3",
        "who": "各类培训",
        "is_soft": False,
        "basis": "《某区设置标准》第四条",
        "starts_on": "2026-01-01",
        "ends_before": None,
    }
    sign_calendar_change(change, actor=signer, at=AT)
    row = SettingStandard.objects.get()
    assert (row.value, row.entered_by) == ("3", signer.name)
    events = Event.objects.filter(subject_kind="setting_standard").order_by("pk")
    assert [one.kind for one in events] == [
        "calendar.change_proposed",
        "standard.entered",
        "calendar.change_signed",
    ]


def test_nobody_signs_their_own_figure(make_actor: MakeActor) -> None:
    reviewer = make_actor("filing_reviewer", department="education")
    change = CalendarChange.objects.get(pk=propose(make_actor("administrator")).pk)
    own = replace(reviewer, user_id=change.proposed_by_user)
    with pytest.raises(Refused) as refused:
        sign_calendar_change(change, actor=own, at=AT)
    assert codes(refused) == ["policy.same_person"]
    assert SettingStandard.objects.count() == 0


def test_what_a_signature_would_refuse_is_refused_at_once_with_every_reason(
    administrator: Actor,
) -> None:
    draft = standard_entry(division=DIVISION, draft=replace(AREA, value="0", instrument=" "))
    with pytest.raises(Refused) as refused:
        propose(administrator, draft, reason="")
    assert codes(refused) == [
        "standard.value_out_of_range",
        "standard.instrument_missing",
        "standard.reason_missing",
    ]
    assert CalendarChange.objects.count() == 0


def test_one_standard_has_one_open_change(administrator: Actor) -> None:
    propose(administrator)
    with pytest.raises(Refused) as refused:
        propose(administrator)
    assert codes(refused) == ["change.one_open"]
    propose(administrator, standard_entry(division=DIVISION, draft=replace(AREA, kind="sport")))
    assert CalendarChange.objects.count() == 2


def test_a_signature_under_another_figure_than_at_the_proposal_is_refused(
    administrator: Actor, signer: Actor
) -> None:
    change = propose(administrator)
    other = replace(AREA, value="5")
    enter_standard(division=DIVISION, draft=other, reason="公布", actor=signer, at=AT)
    with pytest.raises(Refused) as refused:
        sign_calendar_change(change, actor=signer, at=AT)
    assert codes(refused) == ["change.base_moved"]
    assert SettingStandard.objects.get().value == "5"
    send_back_change(change, because="已改。", actor=signer, at=AT)
    assert CalendarChange.objects.get().state == "returned"


def test_an_end_is_signed_too(administrator: Actor, signer: Actor) -> None:
    sign_calendar_change(propose(administrator), actor=signer, at=AT)
    row = SettingStandard.objects.get()
    change = propose(administrator, standard_ending(row, on=ON))
    row.refresh_from_db()
    assert (row.ends_before, change.new["ends_before"]) == (None, ON.isoformat())
    sign_calendar_change(change, actor=signer, at=AT)
    row.refresh_from_db()
    assert row.ends_before == ON


def test_who_may_not_set_may_not_propose(officer: Actor, signer: Actor) -> None:
    for actor in (officer, signer):
        with pytest.raises(Refused):
            propose(actor)
    assert CalendarChange.objects.count() == 0


def test_the_area_per_pupil_touches_classes_but_no_trial_can_show_it(
    administrator: Actor,
) -> None:
    change = propose(administrator)
    assert change.touches_classes
    assert str(change.public_id) not in [key for key, _label in version_choices(DIVISION)]
    assert not touches_classes(ChangeKind.STANDARD_ENTERED, "lease_months_min")
