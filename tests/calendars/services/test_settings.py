"""Settings: the shipped default, a bureau's dated value, and who may change it."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.audit.models import Event
from regulator.calendars.models import DivisionSetting
from regulator.calendars.selectors import division_settings
from regulator.calendars.selectors.settings import entries_of, history_of_setting
from regulator.calendars.services.settings import set_setting
from regulator.kernel.outcomes import InvariantError, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


@pytest.fixture
def admin(make_actor):
    return make_actor("district_leader")


def change(actor, at, *, text="20", starts_on=TODAY, code="review_workdays", **words):
    words = {"basis": "区教育局2026年第3号通知", "reason": "本区规定"} | words
    return set_setting(
        division=actor.division,
        code=code,
        text=text,
        starts_on=starts_on,
        actor=actor,
        at=at,
        **words,
    )


def timeline(actor, code="review_workdays") -> list[tuple[object, date, date | None]]:
    rows = entries_of(actor.division, code)
    return [(row.value, row.starts_on, row.ends_before) for row in rows]


def test_defaults_hold_until_a_bureau_enters_its_own(admin):
    settings = division_settings(admin.division, TODAY)
    assert settings.school_hours == "08:00-16:30"
    assert settings.senior_high_alike is True
    assert (settings.filing_lead_workdays, settings.review_workdays) == (30, 20)
    assert settings.editions == {
        "语文": "统编",
        "数学": "人教版",
        "外语": "人教版",
        "物理": "人教版",
        "化学": "人教版",
        "生物": "人教版",
        "历史": "人教版",
        "地理": "人教版",
        "道德与法治": "统编",
    }


def test_the_price_group_is_the_divisions_own_and_says_how_sure_it_is(district):
    assumed = division_settings(district.division, TODAY)["price_group"]
    sourced = division_settings(district.other_division, TODAY)["price_group"]
    assert (assumed.value, str(assumed.standing)) == ("other", "assumed")
    assert (sourced.value, str(sourced.standing)) == ("central", "sourced")


def test_entering_the_default_confirms_it(admin, at):
    change(admin, at, code="edition_mathematics", text="人教版")
    value = division_settings(admin.division, TODAY)["edition_mathematics"]
    assert (value.value, str(value.standing), value.starts_on) == ("人教版", "confirmed", TODAY)


def test_a_change_holds_from_its_day_and_not_before(admin, at):
    change(admin, at, text="15", starts_on=date(2026, 6, 1))
    change(admin, at, text="10", starts_on=date(2026, 9, 1))
    values = [
        division_settings(admin.division, day).review_workdays
        for day in (
            date(2026, 5, 31),
            date(2026, 6, 1),
            date(2026, 8, 31),
            date(2026, 9, 1),
        )
    ]
    assert values == [20, 15, 15, 10]


def test_a_change_in_between_ends_where_the_next_one_begins(admin, at):
    change(admin, at, text="10", starts_on=date(2026, 9, 1))
    change(admin, at, text="12", starts_on=date(2026, 1, 1))
    change(admin, at, text="15", starts_on=date(2026, 6, 1))
    assert timeline(admin) == [
        (10, date(2026, 9, 1), None),
        (15, date(2026, 6, 1), date(2026, 9, 1)),
        (12, date(2026, 1, 1), date(2026, 6, 1)),
    ]


def test_a_correction_of_the_same_day_replaces_and_is_remembered(admin, at):
    change(admin, at, text="15")
    change(admin, at, text="16", reason="录错")
    assert timeline(admin) == [(16, TODAY, None)]
    newest = history_of_setting(admin.division, "review_workdays")[0]
    assert (newest.old["value"], newest.new["value"], newest.reason) == (15, 16, "录错")


@pytest.mark.parametrize(
    ("code", "text", "refusal"),
    [
        ("review_workdays", "20天", "setting.workdays_unreadable"),
        ("review_workdays", "-1", "setting.workdays_unreadable"),
        ("review_workdays", "251", "setting.workdays_unreadable"),
        ("review_workdays", "２０", "setting.workdays_unreadable"),
        ("school_hours", "16:30-08:00", "setting.clock_range_unreadable"),
        ("school_hours", "8点到16点", "setting.clock_range_unreadable"),
        ("school_hours", "08:00-24:30", "setting.clock_range_unreadable"),
        ("price_group", "北部", "setting.not_allowed"),
        ("senior_high_alike", "maybe", "setting.not_allowed"),
        ("edition_mathematics", " ", "setting.edition_unreadable"),
        ("edition_mathematics", "版" * 21, "setting.edition_unreadable"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(admin, at, code, text, refusal):
    with pytest.raises(Refused) as refused:
        change(admin, at, code=code, text=text)
    assert [one.code for one in refused.value.refusals] == [refusal]
    assert DivisionSetting.objects.count() == 0
    assert not Event.objects.filter(kind="setting.changed").exists()


def test_every_reason_is_given_at_once(admin, at):
    with pytest.raises(Refused) as refused:
        change(admin, at, text="x", basis=" ", reason="")
    assert [one.code for one in refused.value.refusals] == [
        "setting.workdays_unreadable",
        "setting.basis_missing",
        "setting.reason_missing",
    ]


def test_the_same_value_again_is_no_change(admin, at):
    change(admin, at, text="15")
    with pytest.raises(Refused) as refused:
        change(admin, at, text="15", starts_on=date(2026, 12, 1))
    assert [one.code for one in refused.value.refusals] == ["setting.no_change"]
    assert timeline(admin) == [(15, TODAY, None)]


@pytest.mark.parametrize("role", ["administrator", "licensing_officer", "fee_supervisor"])
def test_only_who_signs_lets_a_setting_hold(make_actor, at, role):
    with pytest.raises(Refused) as refused:
        change(make_actor(role), at)
    assert [one.code for one in refused.value.refusals] == ["policy.not_granted"]
    assert DivisionSetting.objects.count() == 0


def test_a_setting_that_does_not_exist_is_a_bug(admin, at):
    with pytest.raises(InvariantError, match="favourite_colour"):
        change(admin, at, code="favourite_colour")


def test_clock_ranges_are_read_as_people_type_them(admin, at):
    row = change(admin, at, code="school_hours", text="08：10 — 17:00")
    assert row.value == "08:10-17:00"
