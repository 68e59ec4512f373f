"""What may be waived and what may never be, how long, and by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from institutions.core.screening.catalogue import RULES
from institutions.core.waivers import (
    WAIVABLE,
    WaiverFacts,
    WaiverState,
    decision_refusals,
    never_basis,
    proposal_refusals,
    revocation_refusals,
)

TODAY = date(2026, 11, 2)
# By hand: what the district sets for itself; everything else is set above it.
MAY_BE_WAIVED = {"FILING-LATE", "FILING-NAME", "ROOM-SIZE"}


def facts(**known: object) -> WaiverFacts:
    plain: dict[str, object] = {
        "rule": "FILING-NAME",
        "stands": True,
        "has_open": False,
        "on": TODAY,
        "until_on": TODAY + timedelta(days=30),
        "class_ends_on": date(2027, 6, 30),
        "reason": "理由",
        "documents": "会议纪要",
        "pupils": 20,
    }
    return WaiverFacts(**{**plain, **known})  # type: ignore[arg-type]


def codes(**known: object) -> list[str]:
    return [one.code for one in proposal_refusals(facts(**known))]


def test_only_what_the_district_sets_for_itself_may_be_waived() -> None:
    assert set(WAIVABLE) == MAY_BE_WAIVED


@pytest.mark.parametrize(
    "code",
    [rule.code for rule in RULES if rule.code.startswith(("TIME-", "CONTENT-", "STAFF-", "FEE-"))],
)
def test_what_national_law_forbids_is_refused_with_its_article(code: str) -> None:
    found = proposal_refusals(facts(rule=code))
    assert [one.code for one in found] == ["waiver.not_waivable"]
    assert found[0].basis == never_basis(code)
    assert found[0].basis is not None


def test_every_reason_against_a_proposal_is_given() -> None:
    assert codes(stands=False, has_open=True, reason=" ", documents="", until_on=None) == [
        "waiver.no_breach",
        "waiver.already_open",
        "waiver.reason_missing",
        "waiver.documents_missing",
        "waiver.until_missing",
    ]


@pytest.mark.parametrize(
    ("until_on", "expected"),
    [
        (TODAY - timedelta(days=1), ["waiver.until_missing"]),
        (TODAY, []),
        (TODAY + timedelta(days=120), []),
        (TODAY + timedelta(days=121), ["waiver.too_long"]),
    ],
)
def test_a_waiver_ends_within_its_longest_term(until_on: date, expected: list[str]) -> None:
    assert codes(until_on=until_on) == expected


def test_a_waiver_ends_with_the_class() -> None:
    last = TODAY + timedelta(days=10)
    assert codes(class_ends_on=last, until_on=last) == []
    assert codes(class_ends_on=last, until_on=last + timedelta(days=1)) == ["waiver.too_long"]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (None, ["waiver.measure_missing"]),
        (599_999, ["waiver.measure_too_small"]),
        (600_000, []),
    ],
)
def test_a_room_is_waived_only_where_the_measured_area_carries_the_class(
    area: int | None, expected: list[str]
) -> None:
    assert codes(rule="ROOM-SIZE", measured_area_cm2=area) == expected


@pytest.mark.parametrize("state", list(WaiverState))
def test_a_proposal_is_answered_once_by_another_person(state: WaiverState) -> None:
    asked = {"state": state, "until_on": TODAY, "on": TODAY, "refuses": False, "reason": ""}
    found = [one.code for one in decision_refusals(same_person=False, **asked)]
    assert found == ([] if state is WaiverState.PROPOSED else ["waiver.wrong_state"])
    found = [one.code for one in decision_refusals(same_person=True, **asked)]
    assert "policy.same_person" in found
    taken = [one.code for one in revocation_refusals(state=state, reason="理由")]
    assert taken == ([] if state is WaiverState.IN_FORCE else ["waiver.wrong_state"])


def test_a_waiver_that_is_over_is_not_approved_and_a_refusal_gives_a_reason() -> None:
    asked = {"state": WaiverState.PROPOSED, "same_person": False, "on": TODAY}
    over = decision_refusals(until_on=TODAY - timedelta(days=1), refuses=False, reason="", **asked)
    assert [one.code for one in over] == ["waiver.over_already"]
    silent = decision_refusals(until_on=TODAY, refuses=True, reason=" ", **asked)
    assert [one.code for one in silent] == ["waiver.reason_missing"]
    assert [one.code for one in revocation_refusals(state=WaiverState.IN_FORCE, reason="")] == [
        "waiver.reason_missing"
    ]


def test_only_the_lead_time_is_waived_never_what_began_before_approval() -> None:
    assert codes(rule="FILING-LATE", part="filed") == []
    assert codes(rule="FILING-LATE", part="started") == ["waiver.part_not_waivable"]
    assert codes(rule="FILING-LATE", part="charged") == ["waiver.part_not_waivable"]


def test_a_district_that_asks_for_more_room_is_measured_by_its_own_figure() -> None:
    asked = {"rule": "ROOM-SIZE", "measured_area_cm2": 600_000}
    assert codes(**asked, pupil_area_cm2=30_000) == []
    assert codes(**asked, pupil_area_cm2=40_000) == ["waiver.measure_too_small"]
    assert codes(**asked, pupil_area_cm2=10_000, pupils=21) == ["waiver.measure_too_small"]
