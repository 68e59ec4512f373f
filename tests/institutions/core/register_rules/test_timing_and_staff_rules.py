"""FILING-LATE and STAFF-DOUBLE: the last day in time, the last minute apart, who is who."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.register_rules.addresses import address_key
from institutions.core.register_rules.examples import (
    ADDRESS,
    EXAMPLE_CERTIFICATE,
    LEAD,
    REGISTER,
    with_class,
)
from institutions.core.screening.rules.example_rows import subject_row
from regulator.calendars.core.settings import SettingValue, Standing
from regulator.kernel.workdays import WorkdayTable
from tests.institutions.core.register_rules.judging import RECORDED, found_of, said

ASSUMED = SettingValue("filing_lead_workdays", 30, Standing.ASSUMED, "")


@pytest.mark.parametrize(
    ("filed_on", "is_late"),
    [("2026-02-24", False), ("2026-02-25", True), ("2026-02-23", False)],
)
def test_ten_working_days_are_counted_from_the_day_after(filed_on: str, is_late: bool) -> None:
    day = date.fromisoformat(filed_on)
    register = replace(REGISTER, judged_on=day)
    found = found_of(register=register, filed_on=day)
    assert (set(found) == {"FILING-LATE"}) is is_late


def test_a_holiday_in_between_makes_it_later() -> None:
    day = date(2026, 2, 24)
    holiday = WorkdayTable(frozenset((date(2026, 3, 2),)), frozenset(), frozenset((2026,)))
    register = replace(REGISTER, judged_on=day, workdays=holiday)
    finding = found_of(register=register, filed_on=day)["FILING-LATE"]
    assert (finding.params["part"], finding.params["first"], finding.params["limit"]) == (
        "filed",
        "2026-03-11",
        10,
    )


def test_a_year_without_its_holiday_notice_is_undetermined() -> None:
    unknown = replace(REGISTER, workdays=WorkdayTable(frozenset(), frozenset(), frozenset()))
    assert said(register=unknown) == {"FILING-LATE": "2026年节假日安排"}


def test_a_lead_time_that_nobody_confirmed_makes_no_breach() -> None:
    register = replace(REGISTER, lead_entries=(), lead_default=ASSUMED)
    assert said(register=register) == {
        "FILING-LATE": "本区确认的备案提前期（暂按30个工作日，未满足）"
    }
    early = date(2026, 1, 20)
    assert said(register=replace(register, judged_on=early), filed_on=early) == {}
    assert said(register=replace(register, lead_default=None)) == {"FILING-LATE": "备案提前期"}


@pytest.mark.parametrize(("starts_on", "is_late"), [("2026-02-20", True), ("2026-02-21", False)])
def test_the_lead_time_of_the_day_of_filing_binds(starts_on: str, is_late: bool) -> None:
    longer = replace(LEAD, value=15, starts_on=date.fromisoformat(starts_on))
    register = replace(REGISTER, lead_entries=(LEAD, longer))
    assert said(register=register) == ({"FILING-LATE": "breach"} if is_late else {})


def test_a_fee_on_the_day_of_filing_is_not_yet_before_approval() -> None:
    assert said(subject_row("", 收费日期="2026-02-20")) == {}
    finding = found_of(subject_row("", 收费日期="2026-02-19"))["FILING-LATE"]
    assert (finding.field, finding.params["part"]) == ("收费日期", "charged")


def test_at_the_approval_fee_and_start_are_compared_with_its_day() -> None:
    fee_day = date(2026, 3, 1)
    assert said(approved_on=fee_day) == {}
    late = found_of(approved_on=date(2026, 3, 2))["FILING-LATE"]
    assert late.params["part"] == "charged"
    begun = found_of(approved_on=date(2026, 3, 11))["FILING-LATE"]
    assert (begun.params["part"], begun.params["approved"]) == ("started", "2026-03-11")


def test_hours_that_touch_do_not_overlap() -> None:
    touching = with_class(hours={date(2026, 3, 17): ((1200, 1290), (1020, 1110))})
    assert said(register=touching) == {}


def test_every_day_of_the_clash_is_named_and_the_class_by_its_number() -> None:
    hours = {date(2026, 3, day): ((1110, 1200),) for day in (17, 24)}
    finding = found_of(register=with_class(hours=hours))["STAFF-DOUBLE"]
    assert (finding.params["days"], finding.params["label"], finding.evidence) == (
        ("2026-03-17", "2026-03-24"),
        "BA000001",
        "示例教师",
    )


def test_another_institution_is_not_named() -> None:
    finding = found_of(register=with_class(is_own=False, label=""))["STAFF-DOUBLE"]
    assert (finding.params["part"], finding.params["label"]) == ("other", "")


def test_a_class_handed_in_later_does_not_stand_in_the_way() -> None:
    assert said(register=with_class(order=2**62)) == {}


def test_the_same_place_at_the_same_hour_may_be_one_class_together() -> None:
    together = with_class(place_key=address_key(ADDRESS), class_size=0)
    assert said(register=together) == {"STAFF-DOUBLE": "两个班是否合班上课"}
    elsewhere = with_class(place_key=address_key(ADDRESS), is_own=False, label="")
    assert said(register=elsewhere) == {"STAFF-DOUBLE": "breach"}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({}, {"STAFF-DOUBLE": "两位同名教师是否同一人"}),
        ({EXAMPLE_CERTIFICATE: "1"}, {"STAFF-DOUBLE": "两位同名教师是否同一人"}),
        ({EXAMPLE_CERTIFICATE: "1", "second": "1"}, {"STAFF-DOUBLE": "breach"}),
        ({EXAMPLE_CERTIFICATE: "1", "second": "2"}, {}),
    ],
)
def test_a_namesake_is_told_apart_by_the_staff_list(people: dict, expected: dict) -> None:
    register = replace(with_class(certificate_key="second"), people=people)
    assert said(register=register) == expected


def test_without_a_certificate_a_name_alone_is_undetermined() -> None:
    assert said(register=with_class(), certificate_key="") == {"STAFF-DOUBLE": "教师的资格证书号"}
    other = with_class(certificate_key="second", is_own=False, name_key="示例教师")
    assert said(register=other, certificate_key="") == {}


def test_a_recorded_class_has_no_hours() -> None:
    assert "STAFF-DOUBLE" not in said(RECORDED, with_class())
