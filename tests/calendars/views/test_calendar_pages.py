"""The calendar's pages: what they show, to whom, and what a refused form leaves behind."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from regulator.calendars.models import CalendarChange, CalendarYear, HolidaySpan, SchoolPeriod
from regulator.calendars.selectors import workday_table
from regulator.calendars.selectors.calendars import year_entry
from regulator.calendars.services import add_year, load_shipped_calendars
from regulator.kernel.actors import SYSTEM
from regulator.processes.calendar_signing import sign_calendar_change

pytestmark = pytest.mark.django_db
# Session, user, desks, stand-ins; the session is saved again in a savepoint.
SIGNED_IN = 8


@pytest.fixture
def loaded(district, at):
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[district.division])
    return district


@pytest.fixture
def sign(make_actor, at):
    """A second person signs the one change that waits."""

    def signed():
        change = CalendarChange.objects.get(state="proposed")
        return sign_calendar_change(change, actor=make_actor("district_leader"), at=at)

    return signed


def school_address(year: int) -> str:
    return reverse("calendars:school_year", kwargs={"year": year})


def test_the_overview_lists_years_and_what_is_blank(client, login_as, loaded):
    login_as(client, "filing_reviewer")
    page = client.get(reverse("calendars:terms"))
    years = {row.label: str(row.badge.label) for row in page.context["school_years"]}
    assert years["2025-26"] == "已录入"
    assert years["2026-27"] == "未录入"
    assert reverse("calendars:open_year", kwargs={"kind": "school", "year": 2026}) in page.text


def test_a_division_without_years_is_offered_the_shipped_ones(client, login_as, district, sign):
    login_as(client, "administrator")
    page = client.get(reverse("calendars:terms"))
    assert "本区还没有任何校历" in page.text
    again = client.post(reverse("calendars:load_shipped"), follow=True)
    assert "已提出。由第二个人签字以后才生效。" in again.text
    assert not CalendarYear.objects.exists()
    sign()
    assert CalendarYear.objects.filter(calendar__division=district.division).count() == 11


def test_a_school_year_shows_twelve_months_and_each_stage(client, login_as, loaded):
    login_as(client, "expert")
    page = client.get(school_address(2025))
    months = page.context["months"]
    assert [month.label for month in months][::11] == ["2025年9月", "2026年8月"]
    july = months[10]
    fourth = next(day for week in july.weeks for day in week if day and day.number == 4)
    assert fourth.lanes == ("summer_break", "summer_break", "summer_break", "term")
    assert fourth.title == ("2026年7月4日 · 学龄前 暑假 · 小学 暑假 · 初中 暑假 · 高中 第二学期")
    october = months[1]
    first = october.weeks[0][2]
    assert (first.mark, first.rest) == ("off", True)
    assert "录入学期或假期" not in page.text


def test_a_year_nobody_entered_says_so(client, login_as, loaded):
    login_as(client, "filing_reviewer")
    page = client.get(school_address(2026))
    assert "这个学年还没有录入" in page.text
    assert page.context["entry"] is None


def test_entering_a_term_by_the_form(client, login_as, loaded, sign):
    login_as(client, "filing_reviewer")
    client.post(
        reverse("calendars:open_year", kwargs={"kind": "school", "year": 2026}),
        {"source": "市教育局2026-27学年校历"},
    )
    page = client.post(
        reverse("calendars:period_new", kwargs={"year": 2026}),
        {
            "kind": "term",
            "term": "1",
            "title": "第一学期",
            "starts_on": "2026-09-01",
            "ends_on": "2027-01-22",
            "stages": ["primary", "junior"],
            "confidence": "high",
            "source": "市教育局2026-27学年校历",
            "reason": "新学年",
        },
        follow=True,
    )
    assert page.redirect_chain == [(school_address(2026), 302)]
    assert "等第二个人签字的改动" in page.text
    assert not SchoolPeriod.objects.filter(entry__year=2026).exists()
    sign()
    period = SchoolPeriod.objects.get(entry__year=2026)
    assert (period.starts_on, period.ends_before) == (date(2026, 9, 1), date(2027, 1, 23))


def test_a_refused_form_keeps_what_was_typed_and_changes_nothing(client, login_as, loaded):
    login_as(client, "filing_reviewer")
    period = SchoolPeriod.objects.get(entry__year=2025, kind="winter_break")
    page = client.post(
        reverse("calendars:period_edit", kwargs={"public_id": period.public_id}),
        {
            "kind": "winter_break",
            "term": "0",
            "title": "寒假",
            "starts_on": "2026-01-20",
            "ends_on": "2026-03-01",
            "stages": ["primary"],
            "confidence": "high",
            "source": "市教育局",
            "reason": "调整",
        },
    )
    assert "与已录入的“第一学期”（2025-09-01 至 2026-01-30）重叠" in page.text
    assert 'value="2026-01-20"' in page.text
    period.refresh_from_db()
    assert period.starts_on == date(2026, 1, 31)


def test_removing_a_term_asks_for_a_reason_first(client, login_as, loaded, sign):
    login_as(client, "filing_reviewer")
    period = SchoolPeriod.objects.get(entry__year=2025, kind="winter_break")
    address = reverse("calendars:period_remove", kwargs={"public_id": period.public_id})
    assert client.get(address).status_code == 200
    client.post(address, {"reason": ""})
    assert SchoolPeriod.objects.filter(pk=period.pk).exists()
    page = client.post(address, {"reason": "录错"}, follow=True)
    assert "已提出。由第二个人签字以后才生效。" in page.text
    assert SchoolPeriod.objects.filter(pk=period.pk).exists()
    sign()
    assert not SchoolPeriod.objects.filter(pk=period.pk).exists()
    history = client.get(reverse("calendars:history", kwargs={"kind": "school", "year": 2025}))
    assert "删除学期或假期" in history.text
    assert "录错" in history.text


def test_a_holiday_year_is_entered_and_completed_by_hand(client, login_as, loaded, sign):
    login_as(client, "administrator")
    year = {"year": 2027}
    client.post(
        reverse("calendars:open_year", kwargs={"kind": "holiday"} | year), {"source": "国办通知"}
    )
    client.post(
        reverse("calendars:holiday_new", kwargs=year),
        {
            "title": "春节",
            "starts_on": "2027-02-05",
            "ends_on": "2027-02-11",
            "makeup_days": "2027-01-31、2027年2月13日",
            "reason": "通知发布",
        },
    )
    spans = HolidaySpan.objects.filter(entry__year=2027).order_by("starts_on")
    assert [(span.kind, span.starts_on) for span in spans] == [
        ("makeup_workday", date(2027, 1, 31)),
        ("statutory_holiday", date(2027, 2, 5)),
        ("makeup_workday", date(2027, 2, 13)),
    ]
    assert 2027 not in workday_table(loaded.division).known_years
    assert "还没有确认录入完毕" in client.get(reverse("calendars:holiday_year", kwargs=year)).text
    client.post(reverse("calendars:complete", kwargs=year), {"reason": "已与通知逐项核对"})
    assert 2027 not in workday_table(loaded.division).known_years
    sign()
    assert 2027 in workday_table(loaded.division).known_years


def test_a_makeup_day_that_cannot_be_read_is_said_at_its_field(client, login_as, loaded, at):
    login_as(client, "administrator")
    add_year(
        division=loaded.division, kind="holiday", year=2027, source="通知", actor=SYSTEM, at=at
    )
    page = client.post(
        reverse("calendars:holiday_new", kwargs={"year": 2027}),
        {
            "title": "春节",
            "starts_on": "2027-02-05",
            "ends_on": "2027-02-11",
            "makeup_days": "正月初七",
            "reason": "通知发布",
        },
    )
    assert page.context["form"].errors["makeup_days"] == [
        "看不懂调休上班日。请写成“2027-01-31、2027-02-13”的样子。"
    ]
    assert not HolidaySpan.objects.filter(entry__year=2027).exists()


@pytest.mark.parametrize("role", ["expert", "fee_supervisor", "district_leader"])
def test_who_only_reads_sees_no_way_to_edit_and_is_refused(client, login_as, loaded, role):
    login_as(client, role)
    period = SchoolPeriod.objects.filter(entry__year=2025).first()
    edit = reverse("calendars:period_edit", kwargs={"public_id": period.public_id})
    assert edit not in client.get(school_address(2025)).text
    assert client.get(edit).status_code == 403


def test_another_divisions_term_is_not_found(client, login_as, loaded):
    login_as(client, "filing_reviewer", division=loaded.other_division)
    period = SchoolPeriod.objects.filter(entry__year=2025).first()
    edit = reverse("calendars:period_edit", kwargs={"public_id": period.public_id})
    assert client.post(edit, {"reason": "x"}).status_code == 404


def test_the_city_reads_a_districts_years_and_a_district_not_its_neighbours(
    client, login_as, loaded
):
    asked = f"{school_address(2025)}?division={loaded.division}"
    login_as(client, "city_supervisor", division="510100")
    page = client.get(asked)
    assert (page.status_code, page.context["entry"].calendar.division) == (200, loaded.division)
    login_as(client, "filing_reviewer", division=loaded.other_division)
    assert client.get(asked).status_code == 403


def test_the_year_page_asks_the_database_the_same_with_more_terms(
    client, login_as, loaded, django_assert_num_queries
):
    login_as(client, "expert")
    client.get(school_address(2025))
    with django_assert_num_queries(SIGNED_IN + 5):
        client.get(school_address(2025))
    entry = year_entry(division=loaded.division, kind="school", year=2020)
    assert entry.periods.count() == 1
    with django_assert_num_queries(SIGNED_IN + 5):
        client.get(school_address(2020))


@pytest.mark.parametrize("year", [1999, 2101, 9999])
def test_a_year_out_of_all_range_is_not_found(client, login_as, loaded, year):
    login_as(client, "expert")
    assert client.get(school_address(year)).status_code == 404
