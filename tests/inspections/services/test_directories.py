"""The published list and the directory of inspectors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from inspections.models import InspectionItem, Inspector, Recusal
from inspections.selectors.directories import published_items
from inspections.selectors.shipped_items import shipped_items
from inspections.services.inspectors import (
    change_inspector,
    declare_recusal,
    end_recusal,
    record_inspector,
)
from inspections.services.items import load_items, publish_item, revise_item, withdraw_item
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, District, MakeActor
from tests.inspections.town import Town

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


@pytest.fixture
def items(district: District) -> int:
    return load_items(division=DIVISION, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)


def item(code: str) -> InspectionItem:
    return InspectionItem.objects.get(code=code, ends_before__isnull=True)


def test_every_shipped_item_is_entered_once(items: int) -> None:
    assert items == 92
    assert InspectionItem.objects.count() == 92
    again = load_items(division=DIVISION, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)
    assert again == 0
    assert Event.objects.get(kind="item.loaded").row_count == 92


def test_items_that_rest_on_a_plan_or_a_notice_ship_unpublished(items: int) -> None:
    unpublished = set(
        InspectionItem.objects.filter(is_published=False).values_list("code", flat=True)
    )
    assert {"B02", "B05", "D05", "D06", "F08", "G02", "I05"} <= unpublished
    assert {"A01", "C04", "D02", "F04", "F07", "G05", "H01", "I01"}.isdisjoint(unpublished)
    assert len(published_items(division=DIVISION)) == 92 - len(unpublished)
    assert {one.department_id for one in published_items(division=DIVISION)} == {
        "education",
        "civil_affairs",
        "market_regulation",
        "fire_rescue",
        "public_security",
        "cyberspace",
        "tax",
    }


def test_shipped_items_fit_their_columns() -> None:
    for one in shipped_items():
        for name in ("title", "look_at", "legal_basis", "source", "consequence", "method"):
            limit = InspectionItem._meta.get_field(name).max_length
            assert len(getattr(one, name)) <= (limit or 0), (one.code, name)


def test_an_item_without_a_basis_in_law_cannot_be_published(items: int, make_actor: Any) -> None:
    coordinator = make_actor("inspection_coordinator")
    call = lambda: publish_item(item=item("G02"), actor=coordinator, at=AT)  # noqa: E731
    assert refused(call) == ["item.no_legal_basis"]
    assert not item("G02").is_published
    published = publish_item(item=item("B12"), actor=coordinator, at=AT)
    assert published.is_published
    again = lambda: publish_item(item=item("B12"), actor=coordinator, at=AT)  # noqa: E731
    assert refused(again) == ["item.already_published"]


def test_an_item_is_withdrawn_with_a_reason_and_revised_as_a_new_version(
    items: int, make_actor: Any
) -> None:
    coordinator = make_actor("inspection_coordinator")
    silent = lambda: withdraw_item(item=item("A01"), reason="", actor=coordinator, at=AT)  # noqa: E731
    assert refused(silent) == ["item.reason_missing"]
    withdraw_item(item=item("A01"), reason="依据修订", actor=coordinator, at=AT)
    revised = revise_item(
        item=item("A01"),
        title="办学许可证有效",
        look_at="证件原件",
        legal_basis="中华人民共和国民办教育促进法第十二条",
        basis_kind="law",
        actor=coordinator,
        at=AT,
    )
    assert (revised.version, revised.is_published) == (2, False)
    assert InspectionItem.objects.filter(code="A01").count() == 2
    assert item("A01") == revised


@pytest.mark.parametrize("role", ["inspector", "district_leader"])
def test_only_coordinators_publish(items: int, make_actor: Any, role: str) -> None:
    actor = make_actor(role)
    call = lambda: publish_item(item=item("B12"), actor=actor, at=AT)  # noqa: E731
    assert refused(call) == ["policy.not_granted"]
    assert not item("B12").is_published


def entry(actor: Actor, **changes: Any) -> Inspector:
    values: dict[str, Any] = {
        "division": DIVISION,
        "name": "赵某",
        "department": "education",
        "certificate_number": "川A9001",
        "valid_from": date(2025, 1, 1),
        "valid_before": date(2028, 1, 1),
    }
    return record_inspector(**{**values, **changes}, actor=actor, at=AT)


def test_an_inspector_needs_a_name_and_a_certificate_of_their_own(
    district: District, make_actor: MakeActor
) -> None:
    coordinator = make_actor("inspection_coordinator")
    entry(coordinator)
    blank = lambda: entry(  # noqa: E731
        coordinator, name=" ", certificate_number="", valid_before=date(2025, 1, 1)
    )
    assert refused(blank) == [
        "inspector.name_missing",
        "inspector.certificate_missing",
        "inspector.validity_reversed",
    ]
    assert refused(lambda: entry(coordinator)) == ["inspector.certificate_taken"]
    assert Inspector.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "eligible"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
    ],
)
def test_a_certificate_counts_from_its_first_to_its_last_day(
    district: District, make_actor: MakeActor, day: date, eligible: bool
) -> None:
    one = entry(make_actor("inspection_coordinator"))
    assert one.is_eligible_on(day) is eligible
    assert one.last_valid_on == date(2027, 12, 31)


def test_whoever_is_taken_off_needs_a_reason(district: District, make_actor: MakeActor) -> None:
    coordinator = make_actor("inspection_coordinator")
    one = entry(coordinator)

    def take_off(reason: str) -> Inspector:
        return change_inspector(
            inspector=one,
            name=one.name,
            department=one.department_id,
            certificate_number=one.certificate_number,
            valid_from=one.valid_from,
            valid_before=one.valid_before,
            field="",
            user=None,
            is_active=False,
            inactive_reason=reason,
            actor=coordinator,
            at=AT,
        )

    assert refused(lambda: take_off(" ")) == ["inspector.reason_missing"]
    assert Inspector.objects.get().is_active
    assert not take_off("调离").is_eligible_on(date(2026, 1, 1))
    assert Event.objects.get(kind="inspector.changed").reason == "调离"


def test_a_recusal_stands_once_and_ends(town: Town) -> None:
    one, institution = town.inspectors[0], town.institutions[0]

    def declare(reason: str) -> Recusal:
        return declare_recusal(
            inspector=one, institution=institution, reason=reason, actor=town.second, at=AT
        )

    assert refused(lambda: declare("")) == ["recusal.reason_missing"]
    recusal = declare("亲属举办")
    assert refused(lambda: declare("亲属举办")) == ["recusal.exists"]
    end_recusal(recusal=recusal, actor=town.second, at=AT)
    assert refused(lambda: end_recusal(recusal=recusal, actor=town.second, at=AT)) == [
        "recusal.ended"
    ]
    assert Recusal.objects.count() == 1
