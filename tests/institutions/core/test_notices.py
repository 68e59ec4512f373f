"""The pure side of notices: shapes, local pages, waits, masks, contacts."""

from __future__ import annotations

import pytest

from institutions.core.notice_contacts import contact_refusals, plain_mobile
from institutions.core.notice_deliveries import (
    MAX_ATTEMPTS,
    masked_email,
    masked_mobile,
    next_try_s,
)
from institutions.core.notice_kinds import SHAPES, NoticeKind, is_local_page, missing_params


def test_every_kind_has_a_shape() -> None:
    assert set(SHAPES) == set(NoticeKind)


def test_missing_params_are_named_in_the_table_s_order() -> None:
    kind = NoticeKind.JOURNEY_ACCEPTED
    assert missing_params(kind, ["due_on", "more"]) == ("journey", "accepted_on")
    assert missing_params(kind, ["journey", "due_on", "accepted_on"]) == ()


@pytest.mark.parametrize(
    ("page", "is_local"),
    [
        ("", True),
        ("/portal/notices/?state=unread", True),
        ("//elsewhere.example/", False),
        ("https://elsewhere.example/", False),
        ("javascript:alert(1)", False),
        ("/\\elsewhere.example", False),
        ("portal/", False),
    ],
)
def test_a_notice_leads_to_this_site_only(page: str, is_local: bool) -> None:
    assert is_local_page(page) is is_local


def test_waits_grow_and_end() -> None:
    waits = [next_try_s(attempts) for attempts in range(MAX_ATTEMPTS + 2)]
    assert waits == [60, 60, 300, 1_800, 7_200, 43_200, None, None]


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("office@school.example", "o***@school.example"),
        ("a@b.example", "a***@b.example"),
        ("", ""),
    ],
)
def test_an_e_mail_address_is_masked(address: str, masked: str) -> None:
    assert masked_email(address) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("13800001234", "138******34"), ("1380", "138***80"), ("", "")]
)
def test_a_mobile_number_is_masked(number: str, masked: str) -> None:
    assert masked_mobile(number) == masked


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("008613800001234", "13800001234"),
        (" 13800001234 ", "13800001234"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, plain: str) -> None:
    assert plain_mobile(typed) == plain


@pytest.mark.parametrize(
    ("email", "mobile", "codes"),
    [
        ("", "", []),
        ("office@school.example", "13800001234", []),
        ("office@school", "", ["notice.email_wrong"]),
        ("office school.example", "", ["notice.email_wrong"]),
        ("a" * 65 + "@school.example", "", ["notice.email_wrong"]),
        ("a\nBcc: b@school.example", "", ["notice.email_wrong"]),
        ("", "12800001234", ["notice.mobile_wrong"]),
        ("", "1380000123", ["notice.mobile_wrong"]),
        ("", "138000012345", ["notice.mobile_wrong"]),
        ("x", "y", ["notice.email_wrong", "notice.mobile_wrong"]),
    ],
)
def test_every_fault_of_a_contact_is_said(email: str, mobile: str, codes: list[str]) -> None:
    assert [one.code for one in contact_refusals(email=email, mobile=mobile)] == codes
