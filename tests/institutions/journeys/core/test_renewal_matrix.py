"""Renewal: every state with every move, against a matrix written by hand; 29, 30, 31 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.journeys.renewing import renewed_before
from tests.institutions.journeys.core.life import (
    LICENCE,
    accepted,
    against,
    against_beginning,
    assert_whole,
    every_pair,
    expected_pairs,
    facts,
    warned,
)

ALLOWED = {
    "preparing": ("submit", "drop"),
    "applied": ("request_gaps", "accept", "deem_accepted", "reject", "drop", "deem_renewed"),
    "gaps": ("complete", "drop"),
    "accepted": ("grant", "refuse", "drop", "deem_renewed"),
    "granted": (),
    "deemed_renewed": (),
    "refused": (),
    "rejected": (),
    "dropped": (),
}
BASES = {
    "submit": "《中华人民共和国行政许可法》第二十九条",
    "request_gaps": "《中华人民共和国行政许可法》第三十二条",
    "complete": "《中华人民共和国行政许可法》第三十二条",
    "accept": "《中华人民共和国行政许可法》第三十二条",
    "deem_accepted": "《中华人民共和国行政许可法》第三十二条",
    "reject": "《中华人民共和国行政许可法》第三十二条",
    "drop": "《中华人民共和国行政许可法》第二十九条",
    "grant": "《中华人民共和国民办教育促进法实施条例》（国务院令第741号）第二十二条",
    "deem_renewed": "《中华人民共和国行政许可法》第五十条",
    "refuse": "《中华人民共和国行政许可法》第三十八条",
}
EXPIRY = date(2026, 5, 1)  # the first day on which it is no longer valid
GOOD = facts(
    on=EXPIRY,
    documents=accepted("application_form", "licence_papers", "premises_proof", "annual_report"),
    stated={"reason": "理由", "gaps": "缺一份", "valid_until": date(2029, 4, 30)},
    details={"submit_on": "2026-03-31"},
)


def test_the_table_holds_the_states_and_moves_of_the_matrix() -> None:
    assert_whole("renewal", tuple(ALLOWED), tuple(BASES))


def test_every_pair_is_as_the_matrix_says_for_a_timely_one_at_expiry() -> None:
    assert every_pair("renewal", tuple(ALLOWED), tuple(BASES), GOOD) == expected_pairs(
        ALLOWED, BASES
    )


@pytest.mark.parametrize(
    ("submitted", "codes"),
    [
        ("2026-03-30", []),  # 31 days before the last valid day
        ("2026-03-31", []),  # 30 days
        ("2026-04-01", ["journey.renewal_was_late"]),  # 29 days
    ],
)
def test_silence_renews_only_what_was_asked_for_30_days_ahead(
    submitted: str, codes: list[str]
) -> None:
    given = replace(GOOD, state="accepted", details={"submit_on": submitted})
    assert against("renewal", "deem_renewed", given) == codes


def test_the_division_sets_how_many_days_ahead() -> None:
    given = replace(
        GOOD,
        state="accepted",
        details={"submit_on": "2026-03-31"},
        settings={"renewal_lead_days": 45},
    )
    assert against("renewal", "deem_renewed", given) == ["journey.renewal_was_late"]


def test_silence_renews_on_the_first_invalid_day_and_not_before() -> None:
    before = replace(GOOD, state="accepted", on=date(2026, 4, 30))
    assert against("renewal", "deem_renewed", before) == ["journey.licence_still_runs"]
    unknown = replace(GOOD, state="accepted", licence=replace(LICENCE, valid_before=None))
    assert against("renewal", "deem_renewed", unknown) == ["journey.licence_without_end"]
    unsaid = replace(GOOD, state="accepted", details={})
    assert against("renewal", "deem_renewed", unsaid) == ["journey.renewal_was_late"]


def test_a_late_renewal_can_be_granted_until_the_licence_is_over_and_not_after() -> None:
    late = replace(GOOD, state="accepted", details={"submit_on": "2026-04-01"})
    assert against("renewal", "grant", replace(late, on=date(2026, 4, 30))) == []
    assert against("renewal", "grant", late) == ["journey.licence_over"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), ["journey.caution_late_renewal"]),
        (date(2026, 4, 30), ["journey.caution_late_renewal"]),
    ],
)
def test_whoever_is_late_hears_so_at_the_beginning(day: date, codes: list[str]) -> None:
    given = facts(state="preparing", on=day)
    assert (warned("renewal", "", given), warned("renewal", "submit", given)) == (codes, codes)
    assert against_beginning("renewal", given) == []


@pytest.mark.parametrize(
    ("licence", "codes"),
    [
        (None, ["journey.no_licence"]),
        (replace(LICENCE, state="expired"), ["journey.no_licence"]),
        (replace(LICENCE, state="suspended"), []),
        (replace(LICENCE, valid_before=None), ["journey.licence_without_end"]),
        (replace(LICENCE, valid_before=date(2026, 3, 2)), ["journey.licence_over"]),
        (replace(LICENCE, valid_before=date(2026, 3, 3)), []),
    ],
)
def test_only_a_standing_licence_is_renewed(licence: object, codes: list[str]) -> None:
    assert against_beginning("renewal", facts(state="preparing", licence=licence)) == codes


def test_a_renewal_begins_beside_no_closure_and_no_other_renewal() -> None:
    given = facts(state="preparing", running=("closure", "renewal", "change"))
    assert against_beginning("renewal", given) == [
        "journey.already_running",
        "journey.excluded",
    ]


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        (date(2026, 4, 30), ["journey.stated_not_later"]),
        (date(2026, 5, 1), []),
    ],
)
def test_a_renewal_is_for_longer_than_the_licence_holds(until: date, codes: list[str]) -> None:
    given = replace(GOOD, state="accepted", stated={"valid_until": until})
    assert against("renewal", "grant", given) == codes


def test_silence_renews_for_as_long_as_the_licence_ran() -> None:
    assert renewed_before(date(2023, 5, 1), date(2026, 5, 1)) == date(2029, 5, 1)
    assert renewed_before(date(2025, 8, 31), date(2026, 2, 28)) == date(2026, 8, 28)
    assert renewed_before(None, date(2026, 5, 1)) == date(2027, 5, 1)
