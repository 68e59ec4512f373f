"""LICENCE-STATE and LICENCE-SCOPE at their edges, and with what nobody entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.register_rules.examples import LICENCE, REGISTER, with_licence
from institutions.core.register_rules.facts import StateSpan
from institutions.core.screening.rules.example_rows import activity_row, live_row, subject_row
from tests.institutions.core.register_rules.judging import RECORDED, found_of, said


def test_a_licence_that_begins_on_the_first_day_stands_and_a_day_later_does_not() -> None:
    begun = with_licence(valid_from=date(2026, 3, 10))
    assert said(register=begun) == {}
    late = with_licence(valid_from=date(2026, 3, 11))
    finding = found_of(register=late)["LICENCE-STATE"]
    assert (finding.outcome, finding.params["part"], finding.params["days"]) == (
        "breach",
        "not_yet",
        ("2026-03-10",),
    )


def test_the_days_after_expiry_are_named_alone() -> None:
    finding = found_of(register=with_licence(valid_before=date(2026, 4, 21)))["LICENCE-STATE"]
    assert (finding.params["part"], finding.params["days"]) == (
        "expired",
        ("2026-04-21", "2026-04-28"),
    )


@pytest.mark.parametrize("state", ["pending", "suspended", "revoked", "annulled", "withdrawn"])
def test_any_other_state_is_no_licence_in_force(state: str) -> None:
    register = with_licence(states=(StateSpan(state, date(2026, 1, 1)),))
    assert found_of(register=register)["LICENCE-STATE"].params["part"] == state


def test_another_licence_in_force_is_enough() -> None:
    gone = replace(LICENCE, states=(StateSpan("replaced", date(2025, 1, 1)),))
    assert said(register=replace(REGISTER, licences=(gone, LICENCE))) == {}


def test_an_end_that_nobody_entered_is_undetermined() -> None:
    register = with_licence(valid_before=None)
    assert said(register=register) == {"LICENCE-STATE": "许可证有效期止"}


def test_no_licence_at_all_is_undetermined_where_the_register_may_lack_it() -> None:
    none = replace(REGISTER, licences=())
    assert said(register=replace(none, is_verified=False))["LICENCE-STATE"] == "登记库中的许可证"
    assert said(activity_row(""), none)["LICENCE-STATE"] == "登记库中的许可证"
    assert said(register=none)["LICENCE-STATE"] == "breach"


@pytest.mark.parametrize(("paused_on", "days"), [("2026-04-28", 1), ("2026-04-29", 0)])
def test_a_pause_counts_from_its_first_day(paused_on: str, days: int) -> None:
    statuses = (
        StateSpan("operating", date(2022, 1, 1), date.fromisoformat(paused_on)),
        StateSpan("paused", date.fromisoformat(paused_on)),
    )
    found = found_of(register=replace(REGISTER, statuses=statuses)).get("LICENCE-STATE")
    assert (found.params["day_count"] if found else 0) == days


def test_a_recorded_class_is_judged_on_its_first_and_last_day() -> None:
    register = with_licence(ways=("online_recorded",), valid_before=date(2026, 4, 28))
    assert found_of(RECORDED, register)["LICENCE-STATE"].params["days"] == ("2026-04-28",)
    longer = with_licence(ways=("online_recorded",), valid_before=date(2026, 4, 29))
    assert said(RECORDED, longer) == {}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"category": ""}, "许可证上的培训类别"),
        ({"stages": ()}, "许可证上的学段"),
        ({"ways": ()}, "许可证上的培训方式"),
    ],
)
def test_what_nobody_entered_of_the_scope_is_named(changes: dict, missing: str) -> None:
    assert said(register=with_licence(**changes)) == {"LICENCE-SCOPE": missing}


def test_what_is_outside_goes_before_what_is_unknown() -> None:
    register = with_licence(stages=("junior",), ways=())
    finding = found_of(register=register)["LICENCE-SCOPE"]
    assert (finding.outcome, finding.field, finding.params["names"]) == (
        "breach",
        "招生对象",
        "五年级",
    )


def test_the_grade_that_leaves_the_stage_is_named() -> None:
    mixed = subject_row("", 招生对象="六年级、七年级")
    assert said(mixed, with_licence(stages=("primary",)))["LICENCE-SCOPE"] == "breach"
    finding = found_of(mixed, with_licence(stages=("primary",)))["LICENCE-SCOPE"]
    assert finding.params["names"] == "七年级"


def test_a_licence_says_english_where_the_form_says_foreign_languages() -> None:
    english = subject_row("", 学科或项目="外语", 班级名称="小学五年级英语培训班")
    assert "LICENCE-SCOPE" not in said(english, with_licence(subjects=("英语",)))


def test_an_item_that_is_not_listed_word_for_word_is_undetermined() -> None:
    chess = with_licence(category="non_subject", subjects=("美术", "书法"))
    chess = replace(chess, kind="culture_arts")
    assert said(activity_row(""), chess)["LICENCE-SCOPE"].startswith("“围棋”是否在许可项目")
    named = with_licence(category="non_subject", subjects=("棋类（围棋）",))
    assert "LICENCE-SCOPE" not in said(activity_row(""), named)


def test_a_way_on_a_second_licence_in_force_is_enough() -> None:
    offline = replace(LICENCE, ways=("offline",))
    online = replace(LICENCE, ways=("online_live",))
    row = live_row("")
    assert said(row, replace(REGISTER, licences=(offline,)))["LICENCE-SCOPE"] == "breach"
    assert "LICENCE-SCOPE" not in said(row, replace(REGISTER, licences=(offline, online)))


def test_the_scope_is_not_spoken_of_where_no_licence_stands() -> None:
    gone = with_licence(states=(StateSpan("revoked", date(2026, 1, 1)),), stages=("junior",))
    assert said(register=gone) == {"LICENCE-STATE": "breach"}
