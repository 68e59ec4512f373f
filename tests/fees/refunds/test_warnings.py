"""Warnings from dated rows: raised, lowered, answered; what was known when stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from fees.core.warnings.indicators import SHIPPED_LIMITS
from fees.models import ProviderEvent, RiskWarning, WarningAnswer
from fees.selectors.warning_limits import warning_limits
from fees.services.warnings import (
    EventDraft,
    answer_warning,
    record_provider_event,
    watch_institutions,
    withdraw_provider_event,
)
from institutions.models import Notice
from regulator.calendars.models import CalendarChange
from regulator.calendars.services.settings import set_setting
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from regulator.processes.calendar_signing import sign_calendar_change
from tests.district import DIVISION
from tests.fees.refunds.conftest import at_noon

ON = date(2026, 11, 2)


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def entered(institution, supervisor, kind: str, on: date = date(2026, 10, 20)):
    draft = EventDraft(kind, on, "核查记录1号")
    return record_provider_event(
        institution=institution, draft=draft, actor=supervisor, at=at_noon(ON)
    )


def watched(day: date) -> int:
    return watch_institutions(division=DIVISION, actor=SYSTEM, at=at_noon(day))


@pytest.fixture
def orange(institution, active, supervisor):
    entered(institution, supervisor, "rent_arrears")
    entered(institution, supervisor, "wages_arrears")
    assert watched(ON) == 1
    return RiskWarning.objects.get()


def test_an_institution_without_trouble_has_no_warning(active):
    assert watched(ON) == 0
    assert RiskWarning.objects.count() == 0


def test_a_warning_keeps_every_reading_with_figure_limit_and_source(orange):
    assert (orange.tier, orange.as_of) == ("orange", ON)
    reading = next(one for one in orange.readings if one["code"] == "premises_events")
    assert (reading["figure"], reading["limit"], reading["tier"]) == (2, 2, "orange")
    assert reading["basis"].startswith("《")
    unknown = next(one for one in orange.readings if one["code"] == "coverage")
    assert (unknown["figure"], unknown["tier"]) == (None, "none")
    assert orange.facts["premises_events"] == 2
    notice = Notice.objects.get(kind="risk_warning")
    assert notice.params["risk_tier"] == "orange"


def test_the_same_reasons_add_no_row_and_other_ones_do(orange, institution, supervisor):
    assert watched(ON) == 0
    assert watched(date(2026, 11, 3)) == 0
    entered(institution, supervisor, "lease_ended")
    assert watched(date(2026, 11, 4)) == 1
    assert list(RiskWarning.objects.order_by("as_of").values_list("tier", flat=True)) == [
        "orange", "red",
    ]  # fmt: skip


def test_what_was_withdrawn_lowers_it_and_the_old_row_stays(orange, institution, supervisor):
    for event in list(ProviderEvent.objects.all()):
        withdraw_provider_event(
            event, reason="登记错了机构", actor=supervisor, at=at_noon(date(2026, 11, 3))
        )
    assert watched(date(2026, 11, 4)) == 1
    assert list(RiskWarning.objects.order_by("as_of").values_list("tier", flat=True)) == [
        "orange", "none",
    ]  # fmt: skip


def test_a_false_alarm_says_why_and_ends_it(orange, supervisor, make_actor):
    with pytest.raises(Refused) as refused:
        answer_warning(orange, kind="false_alarm", text=" ", actor=supervisor, at=at_noon(ON))
    assert codes(refused) == ["warning.text_missing"]
    with pytest.raises(Refused) as refused:
        answer_warning(
            orange, kind="closed", text="x", actor=make_actor("licensing_officer"), at=at_noon(ON)
        )
    assert codes(refused) == ["policy.not_granted"]
    assert WarningAnswer.objects.count() == 0
    answer_warning(orange, kind="acknowledged", text="", actor=supervisor, at=at_noon(ON))
    answer_warning(orange, kind="false_alarm", text="查无此事", actor=supervisor, at=at_noon(ON))
    with pytest.raises(Refused) as refused:
        answer_warning(orange, kind="action", text="约谈", actor=supervisor, at=at_noon(ON))
    assert codes(refused) == ["warning.answered_out"]
    assert [one.kind for one in orange.answers.all()] == ["acknowledged", "false_alarm"]


def test_an_event_needs_a_document_and_a_day_that_has_come(institution, supervisor):
    draft = EventDraft("rent_arrears", date(2026, 12, 1), " ")
    with pytest.raises(Refused) as refused:
        record_provider_event(
            institution=institution, draft=draft, actor=supervisor, at=at_noon(ON)
        )
    assert codes(refused) == ["provider_event.document_missing", "provider_event.in_future"]
    assert ProviderEvent.objects.count() == 0


@pytest.mark.parametrize("table", ["fees_riskwarning", "fees_providerevent"])
def test_past_the_orm_a_warning_and_an_event_stay_as_they_are(orange, table):
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def changed_limits(text: str, on: date) -> None:
    """The limits of premises events from a day on, as a signed change leaves them."""
    set_setting(
        division=DIVISION, code="warning_premises_events", text=text, starts_on=on,
        basis="局务会纪要", reason="第一年的经验", actor=SYSTEM, at=at_noon(ON),
    )  # fmt: skip


def limits_of(warning: RiskWarning) -> tuple[object, object, object]:
    reading = next(one for one in warning.readings if one["code"] == "premises_events")
    return reading["limits"], reading["limits_from"], reading["tier"]


def test_the_settings_defaults_are_the_limits_that_were_measured(district):
    found = warning_limits(DIVISION, ON)
    assert {code: one.limits for code, one in found.items()} == SHIPPED_LIMITS
    assert {one.starts_on for one in found.values()} == {None}


def test_a_warning_says_which_limits_it_was_held_against(orange):
    assert limits_of(orange) == ([1, 2, 3], "", "orange")


def test_changed_limits_hold_from_their_day_and_earlier_warnings_stay(orange):
    changed_limits("3/5/9", date(2026, 11, 4))
    assert watched(date(2026, 11, 3)) == 0
    assert watched(date(2026, 11, 4)) == 1
    lowered = RiskWarning.objects.latest("pk")
    assert (lowered.tier, limits_of(lowered)) == ("none", ([3, 5, 9], "2026-11-04", "none"))
    orange.refresh_from_db()
    assert limits_of(orange) == ([1, 2, 3], "", "orange")


def test_the_page_says_the_version_of_the_limits(client, login_as, orange):
    login_as(client, "fee_supervisor")
    page = client.get(reverse("fees:warning", args=[orange.public_id])).text
    assert "界限 1/2/3，系统默认" in page


def test_limits_change_by_two_persons(client, login_as, district, make_actor):
    login_as(client, "administrator")
    address = reverse("calendars:setting", kwargs={"code": "warning_complaints"})
    client.post(
        address,
        {"text": "3/5/8", "starts_on": "2027-01-01", "basis": "局务会纪要", "reason": "第一年"},
    )
    change = CalendarChange.objects.get()
    assert warning_limits(DIVISION, date(2027, 1, 1))["complaints"].tiers == (2, 4, 7)
    sign_calendar_change(change, actor=make_actor("district_leader"), at=at_noon(ON))
    used = warning_limits(DIVISION, date(2027, 1, 1))["complaints"]
    assert (used.tiers, used.starts_on) == ((3, 5, 8), date(2027, 1, 1))
    assert warning_limits(DIVISION, date(2026, 12, 31))["complaints"].tiers == (2, 4, 7)
