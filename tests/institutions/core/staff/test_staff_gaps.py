"""Re-checks, certificates, identity numbers: at the edges, and with each fact missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.staff.certificates import judge_certificate
from institutions.core.staff.checks import oldest_in_time, recheck_of
from institutions.core.staff.facts import CertificateFacts, CheckFacts, StaffFacts
from institutions.core.staff.gaps import gaps_of
from institutions.core.staff.identity import holds_long_number, name_hint, read_identity_number
from regulator.kernel.outcomes import Breach, NotApplicable, Pass, Undetermined
from regulator.kernel.workdays import add_months

NEW_YEAR = date(2026, 1, 1)
MUSIC = CertificateFacts("teacher", "音乐")
TOMORROW = CertificateFacts("teacher", "数学", date(2026, 1, 2))
GOOD = StaffFacts(
    name="李明",
    kind="teaching",
    category="subject",
    subjects=("数学",),
    certificates=(CertificateFacts("teacher", "初中数学"),),
    checks=(CheckFacts("proof", date(2025, 3, 1)), CheckFacts("enquiry", date(2025, 3, 2))),
    consent_signed_on=date(2025, 2, 1),
    contract_signed_on=date(2025, 3, 3),
    starts_on=date(2025, 3, 3),
)


def codes(facts: StaffFacts, on: date) -> list[str]:
    return [gap.code for gap in gaps_of(facts, on, recheck_months=12)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 1), []),
        (date(2026, 3, 2), []),
        (date(2026, 3, 3), ["recheck_overdue"]),
    ],
)
def test_the_enquiry_is_due_once_a_year(on: date, expected: list[str]) -> None:
    assert codes(GOOD, on) == expected


def test_a_barring_enquiry_renews_nothing() -> None:
    facts = replace(GOOD, checks=(*GOOD.checks, CheckFacts("enquiry", date(2026, 2, 1), "found")))
    assert codes(facts, date(2026, 3, 3)) == ["must_leave", "recheck_overdue"]


@pytest.mark.parametrize(
    ("starts_on", "on", "overdue"),
    [
        (date(2019, 1, 1), date(2022, 6, 1), False),
        (date(2019, 1, 1), date(2022, 6, 2), True),
        (date(2024, 5, 1), date(2025, 5, 1), False),
        (date(2024, 5, 1), date(2025, 5, 2), True),
    ],
)
def test_who_was_never_enquired_about_is_due_a_year_after_beginning_or_after_the_law(
    starts_on: date, on: date, overdue: bool
) -> None:
    found = recheck_of(replace(GOOD, starts_on=starts_on, checks=()), on, months=12)
    assert found is not None
    assert (found.last_on, found.is_overdue) == (None, overdue)


@pytest.mark.parametrize(
    "changes",
    [{"starts_on": None}, {"ends_before": date(2026, 1, 1)}, {"starts_on": date(2027, 1, 1)}],
)
def test_who_does_not_work_here_has_no_recheck(changes: dict) -> None:
    assert recheck_of(replace(GOOD, **changes), date(2026, 6, 1), months=12) is None


@given(st.dates(date(2021, 6, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_the_list_and_the_rule_agree_on_what_is_overdue(on: date, months: int) -> None:
    oldest = oldest_in_time(on, months=months)
    assert add_months(oldest, months) >= on
    assert add_months(oldest - timedelta(days=1), months) < on


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ({"excluded": "blacklisted"}, date(2025, 6, 1), ["must_leave"]),
        ({"certificates": ()}, date(2025, 6, 1), ["certificate_missing"]),
        ({"category": ""}, date(2025, 6, 1), ["certificate_category_unknown"]),
        ({"subjects": ()}, date(2025, 6, 1), ["certificate_subjects_unknown"]),
        ({"has_identity": False}, date(2025, 6, 1), ["identity_missing"]),
        ({"contract_signed_on": None}, date(2025, 4, 3), []),
        ({"contract_signed_on": None}, date(2025, 4, 4), ["contract_missing"]),
        ({"contract_signed_on": None, "employment": "part_time"}, date(2025, 4, 4), []),
        ({"starts_on": None, "checks": ()}, date(2025, 6, 1), ["enquiry_missing", "proof_missing"]),
        ({"ends_before": date(2025, 6, 1), "certificates": ()}, date(2025, 6, 1), []),
        (
            {"ends_before": date(2025, 6, 2), "certificates": ()},
            date(2025, 6, 1),
            ["certificate_missing"],
        ),
    ],
)
def test_what_is_to_do_about_somebody(changes: dict, on: date, expected: list[str]) -> None:
    assert codes(replace(GOOD, **changes), on) == expected


@pytest.mark.parametrize(
    ("changes", "on", "outcome", "part"),
    [
        ({}, NEW_YEAR, Pass, ""),
        ({"kind": "other", "certificates": ()}, NEW_YEAR, NotApplicable, ""),
        ({"background": "foreign_here"}, NEW_YEAR, NotApplicable, ""),
        ({"certificates": ()}, date(2021, 7, 23), NotApplicable, ""),
        ({"certificates": ()}, date(2021, 7, 24), Breach, "missing"),
        ({"certificates": (CertificateFacts("teacher", "小学全科"),)}, NEW_YEAR, Undetermined, ""),
        ({"certificates": (CertificateFacts("teacher", ""),)}, NEW_YEAR, Undetermined, ""),
        ({"certificates": (MUSIC,), "category": "non_subject"}, NEW_YEAR, Pass, ""),
        ({"certificates": (TOMORROW,)}, NEW_YEAR, Breach, "expired"),
        ({"subjects": ("数学", "物理")}, NEW_YEAR, Breach, "subject"),
    ],
)  # fmt: skip
def test_a_certificate_fits_the_work(changes: dict, on: date, outcome: type, part: str) -> None:
    found = judge_certificate(replace(GOOD, **changes), on)
    assert isinstance(found, outcome)
    assert (found.evidence if isinstance(found, Breach) else "") == part


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("resident_id", "99999919800101001 X", None),
        ("resident_id", "999999198001010011", "999999198001010011"),
        ("resident_id", "９９９９９９１９８００１０１００１１", "999999198001010011"),
        ("resident_id", "999999198013010011", None),
        ("resident_id", "99999919800101001", None),
        ("passport", "e 1234-5678", "E12345678"),
        ("passport", "护照", None),
    ],
)
def test_an_identity_number_is_read_or_not(kind: str, text: str, read: str | None) -> None:
    assert read_identity_number(kind, text) == read


@given(st.sampled_from(["resident_id", "passport"]), st.text(max_size=40))
def test_any_text_is_a_number_that_reads_the_same_again_or_none(kind: str, text: str) -> None:
    read = read_identity_number(kind, text)
    assert read is None or read_identity_number(kind, read) == read


@pytest.mark.parametrize(
    ("name", "hint"), [("李明", "李*"), ("欧阳明月", "欧**"), ("李", "李*"), ("", "")]
)
def test_of_a_name_only_the_first_character_is_hinted(name: str, hint: str) -> None:
    assert name_hint(name) == hint


@pytest.mark.parametrize(
    ("text", "holds"),
    [("13812345678", True), ("138 1234 5678", True), ("１３８１２３４５６７８", True),
     ("2015-2020年", False), ("1381234567", False), ("", False)],
)  # fmt: skip
def test_a_text_to_be_published_may_hold_years_but_no_phone(text: str, holds: bool) -> None:
    assert holds_long_number(text) is holds
