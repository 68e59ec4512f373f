"""Finding an institution by whatever a person remembers of it; the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from institutions.models import Institution, SearchGram
from institutions.selectors.search import search_institutions
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    change_name,
    grant_licence,
    register_institution,
)
from regulator.kernel.actors import SYSTEM
from tests.district import DIVISION, District
from tests.institutions.register.codes import good_code

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CODE = good_code("52510116MJ0000001")
NUMBER = "教民151011670000182号"


def enter(name: str, address: str, number: str = "", code: str = "") -> Institution:
    school = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name=name, category="subject", credit_code=code),
        on=date(2024, 1, 8),
        actor=SYSTEM,
        at=AT,
    )
    add_premises(institution=school, address=address, actor=SYSTEM, at=AT)
    if number:
        draft = LicenceDraft(
            number=number, valid_from=date(2024, 1, 8), valid_until=date(2029, 1, 7)
        )
        grant_licence(institution=school, draft=draft, actor=SYSTEM, at=AT)
    return school


@pytest.fixture
def register(district: District) -> dict[str, Institution]:
    return {
        "明德": enter("双流区明德教育培训学校", "东升街道顺城街 12 号", NUMBER, CODE),
        "德学": enter("德学堂培训中心", "航空港街道机场路 5 号"),
        "求真": enter("双流区求真（Happy）英语培训学校", "华阳街道德政路 8 号"),
    }  # fmt: skip


def names(text: str) -> list[str]:
    return [each.name for each in search_institutions(Institution.objects.all(), text)]


MINGDE, DEXUE, QIUZHEN = (
    "双流区明德教育培训学校",
    "德学堂培训中心",
    "双流区求真(Happy)英语培训学校",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德", [DEXUE, MINGDE]),
        ("明德", [MINGDE]),
        ("德明", []),
        ("双流区", [MINGDE, QIUZHEN]),
        ("mingde", [MINGDE]),
        ("MDJY", [MINGDE]),
        ("happy", [QIUZHEN]),
        ("教民151011670000182号", [MINGDE]),
        ("１５１０１１６７００００１８２", [MINGDE]),
        ("151011670000182", [MINGDE]),
        ("0182", [MINGDE]),
        (CODE, [MINGDE]),
        (CODE.lower(), [MINGDE]),
        ("P000002", [DEXUE]),
        ("顺城街12", [MINGDE]),
        ("德政", [QIUZHEN]),
        ("双流 顺城", [MINGDE]),
        ("双流 机场", []),
        ("%", [DEXUE, MINGDE, QIUZHEN]),
        ("没有这家", []),
    ],
)
def test_it_is_found_by(register: dict[str, Institution], text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_that_is_the_query_comes_first(register: dict[str, Institution]) -> None:
    enter("德", "一街 1 号")
    assert names("德") == ["德", DEXUE, MINGDE]


def test_a_former_name_still_finds_and_a_closed_key_goes(
    register: dict[str, Institution],
) -> None:
    change_name(
        institution=register["德学"], name="博雅培训中心", on=date(2026, 3, 1), actor=SYSTEM, at=AT
    )
    assert names("德学堂") == ["博雅培训中心"]
    assert names("博雅") == ["博雅培训中心"]
    held = SearchGram.objects.filter(institution=register["德学"]).count()
    assert held == len(set(register["德学"].search_grams.values_list("field", "gram")))


def test_a_search_takes_three_queries_at_most(
    register: dict[str, Institution], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        names("明德")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        names("双流 顺城")
