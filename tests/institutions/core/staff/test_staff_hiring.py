"""Who may be entered and who may begin: each reason by itself, at its edge, with its article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.staff.facts import CertificateFacts, CheckFacts, StaffFacts
from institutions.core.staff.hiring import (
    change_refusals,
    check_refusals,
    end_refusals,
    entry_refusals,
    start_refusals,
)

ON = date(2026, 3, 2)
GOOD = StaffFacts(
    name="李明",
    kind="teaching",
    post="数学教师",
    category="subject",
    subjects=("数学",),
    certificates=(CertificateFacts("teacher", "初中数学", date(2015, 6, 1)),),
    checks=(CheckFacts("enquiry", date(2026, 3, 1)), CheckFacts("proof", date(2026, 2, 20))),
    consent_signed_on=date(2026, 2, 10),
)
MINORS = "《中华人民共和国未成年人保护法》第六十二条"
REDUCTION = "《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》（中办发〔2021〕40号）"
MEASURES = "《校外培训机构从业人员管理办法（试行）》"


def enquiry(on: date, result: str = "clear") -> CheckFacts:
    return CheckFacts("enquiry", on, result)


def started(changes: dict, on: date = ON) -> list[str]:
    return [refusal.code for refusal in start_refusals(replace(GOOD, **changes), on)]


def test_a_checked_and_certified_teacher_may_begin() -> None:
    assert start_refusals(GOOD, ON) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": " "}, ["staff.name_missing"]),
        ({"is_closed": True}, ["staff.institution_closed"]),
        ({"is_listed": True}, ["staff.listed_already"]),
        ({"background": "serving_teacher"}, ["staff.serving_teacher"]),
        ({"background": "serving_teacher", "kind": "other"}, ["staff.serving_teacher"]),
        ({"background": "foreign_abroad"}, ["staff.abroad"]),
        ({"background": "foreign_here", "certificates": ()}, []),
        ({"excluded": "blacklisted"}, ["staff.excluded"]),
        ({"post": "数学助教"}, ["staff.assistant_is_other"]),
        ({"post": "带班老师", "kind": "research"}, ["staff.assistant_is_other"]),
        ({"post": "数学助教", "kind": "other"}, []),
        ({"said": "电话 138-1234-5678"}, ["staff.number_in_text"]),
        ({"said": "2015年至2020年任教"}, []),
        ({"consent_signed_on": None}, ["staff.consent_missing"]),
        ({"checks": ()}, ["staff.enquiry_missing", "staff.proof_missing"]),
        ({"checks": GOOD.checks[:1]}, ["staff.proof_missing"]),
        ({"checks": GOOD.checks[1:]}, ["staff.enquiry_missing"]),
        ({"checks": (enquiry(ON), GOOD.checks[1])}, []),
        ({"checks": (enquiry(date(2026, 3, 3)), GOOD.checks[1])}, ["staff.enquiry_late"]),
        (
            {"checks": (*GOOD.checks, enquiry(date(2026, 3, 1), "found"))},
            ["staff.check_found"],
        ),
        (
            {"checks": (enquiry(date(2026, 2, 1), "found"), *GOOD.checks)},
            [],
        ),
        ({"certificates": ()}, ["staff.certificate_missing"]),
        ({"certificates": (), "kind": "other"}, []),
        (
            {"certificates": (CertificateFacts("professional", "书法"),)},
            ["staff.certificate_kind"],
        ),
        (
            {
                "certificates": (CertificateFacts("professional", "书法"),),
                "category": "non_subject",
            },
            [],
        ),
        ({"subjects": ("物理",)}, ["staff.certificate_subject"]),
        ({"subjects": ()}, []),
        ({"category": ""}, []),
        (
            {"certificates": (CertificateFacts("teacher", "初中数学", None, ON),)},
            ["staff.certificate_expired"],
        ),
        (
            {"certificates": (CertificateFacts("teacher", "初中数学", None, date(2026, 3, 3)),)},
            [],
        ),
        (
            {"background": "serving_teacher", "checks": (), "certificates": ()},
            [
                "staff.serving_teacher",
                "staff.enquiry_missing",
                "staff.proof_missing",
                "staff.certificate_missing",
            ],
        ),
    ],
)
def test_every_reason_against_beginning_is_given_at_once(changes: dict, expected: list) -> None:
    assert started(changes) == expected


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"background": "serving_teacher"}, f"{MEASURES}从业人员须为非中小学、幼儿园在职教师"),
        ({"background": "foreign_abroad"}, f"{REDUCTION}严禁聘请在境外的外籍人员开展培训活动"),
        ({"excluded": "check_found"}, MINORS),
        ({"checks": GOOD.checks[:1]}, MINORS),
        ({"post": "助教"}, f"{MEASURES}助教、带班等辅助人员按其他人员管理"),
    ],
)
def test_a_reason_cites_its_article(changes: dict, basis: str) -> None:
    (refusal,) = start_refusals(replace(GOOD, **changes), ON)
    assert refusal.basis is not None
    assert refusal.basis.cite() == basis


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 5, 31), []),
        (date(2021, 6, 1), ["staff.enquiry_missing", "staff.proof_missing"]),
    ],
)
def test_the_check_before_hiring_binds_from_the_day_of_the_law(day: date, expected: list) -> None:
    changes = {"checks": (), "certificates": (CertificateFacts("teacher", "数学"),)}
    assert started(changes, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2021, 9, 13), []), (date(2021, 9, 14), ["staff.serving_teacher"])],
)
def test_serving_teachers_are_refused_from_the_day_of_the_measures(
    day: date, expected: list
) -> None:
    facts = replace(GOOD, background="serving_teacher")
    assert [one.code for one in entry_refusals(facts, day)] == expected


def test_a_candidate_needs_neither_check_nor_certificate_to_be_entered() -> None:
    assert entry_refusals(replace(GOOD, checks=(), certificates=()), ON) == ()


@pytest.mark.parametrize(
    ("taught", "starts_on", "expected"),
    [
        (False, date(2025, 1, 1), ["staff.certificate_missing"]),
        (True, date(2025, 1, 1), []),
        (False, None, []),
    ],
)
def test_who_begins_to_teach_is_asked_for_the_certificate(
    taught: bool, starts_on: date | None, expected: list
) -> None:
    facts = replace(GOOD, certificates=(), starts_on=starts_on)
    found = change_refusals(facts, ON, taught_before=taught)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("kind", "checked_on", "consent", "expected"),
    [
        ("enquiry", date(2026, 3, 2), date(2026, 3, 2), []),
        ("enquiry", date(2026, 3, 3), date(2026, 3, 2), ["staff.check_in_future"]),
        ("enquiry", date(2026, 3, 1), date(2026, 3, 2), ["staff.consent_late"]),
        ("enquiry", date(2026, 3, 1), None, ["staff.consent_missing"]),
        ("proof", date(2026, 3, 1), None, []),
    ],
)
def test_a_check_is_entered_after_the_consent_and_not_before_its_day(
    kind: str, checked_on: date, consent: date | None, expected: list
) -> None:
    found = check_refusals(kind=kind, checked_on=checked_on, today=ON, consent_signed_on=consent)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("facts", "on", "reason", "expected"),
    [
        ({"starts_on": ON}, date(2026, 3, 3), "辞职", []),
        ({"starts_on": ON}, ON, "辞职", ["staff.end_before_start"]),
        ({"starts_on": ON}, date(2026, 3, 3), " ", ["staff.reason_missing"]),
        ({"starts_on": None}, ON, "不录用", []),
        ({"ends_before": ON}, date(2026, 3, 3), "辞职", ["staff.left_already"]),
    ],
)
def test_an_end_comes_after_the_beginning_once_and_with_a_reason(
    facts: dict, on: date, reason: str, expected: list
) -> None:
    found = end_refusals(replace(GOOD, **facts), on, reason=reason)
    assert [one.code for one in found] == expected
