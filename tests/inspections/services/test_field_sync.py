"""Receipt of what devices send: repeated and reordered deliveries leave the same rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.core.visits.receipts import Receipt, record_digest
from inspections.forms.field_records import Sent, store_of
from inspections.models import SyncKept, SyncReceipt, VisitAnswer, VisitPhoto
from inspections.selectors.visits import standing_of, team_inspectors
from inspections.services.field_sync import Delivery, Received, receive, settle_kept
from inspections.services.visit_pictures import keep_picture
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.inspections.outing import ARRIVED_AT, JPEG, Outing

MADE = ARRIVED_AT.isoformat()


def number(index: int) -> UUID:
    return UUID(int=index)


def deliver(
    outing: Outing, kind: str, body: dict[str, Any], *, index: int, data: bytes = b""
) -> Received:
    """Hand in one record as the view does."""
    visit, actor = outing.visit, outing.member
    kept = keep_picture(data) if data else None
    sent = Sent(number(index), body, actor, ARRIVED_AT, kept)
    delivery = Delivery(number(index), kind, record_digest(kind, body), body)
    return receive(
        visit=visit, delivery=delivery, store=store_of(kind, sent), actor=actor, at=ARRIVED_AT
    )


def answer(outing: Outing, item: int, given_answer: str, *, minute: int = 0) -> dict[str, Any]:
    listed = outing.items()[item]
    return {
        "item": listed.code,
        "version": listed.version,
        "answer": given_answer,
        "made_at": (ARRIVED_AT + timedelta(minutes=minute)).isoformat(),
    }


def test_the_same_record_again_gets_the_same_answer_and_no_second_row(outing: Outing) -> None:
    outing.arrive()
    body = answer(outing, 0, "fails")
    first = deliver(outing, "answers", body, index=1)
    again = deliver(outing, "answers", body, index=1)
    assert (first.outcome, again.outcome) == (Receipt.FRESH, Receipt.SAME)
    assert first.answer == again.answer
    assert (VisitAnswer.objects.count(), SyncReceipt.objects.count()) == (1, 1)


def test_another_content_under_a_known_id_is_refused_and_kept_once(outing: Outing) -> None:
    outing.arrive()
    deliver(outing, "answers", answer(outing, 0, "fails"), index=1)
    for _ in range(2):
        with pytest.raises(Refused) as error:
            deliver(outing, "answers", answer(outing, 0, "meets"), index=1)
        assert [one.code for one in error.value.refusals] == ["sync.different"]
    assert VisitAnswer.objects.get().answer == "fails"
    kept = SyncKept.objects.get()
    assert (kept.body["answer"], kept.reasons) == ("meets", ["sync.different"])
    assert Event.objects.filter(kind="visit.sync_kept").count() == 1


def test_a_person_says_what_became_of_a_kept_record(outing: Outing) -> None:
    outing.arrive()
    deliver(outing, "answers", answer(outing, 0, "fails"), index=1)
    with pytest.raises(Refused):
        deliver(outing, "answers", answer(outing, 0, "meets"), index=1)
    kept = SyncKept.objects.get()
    coordinator = outing.town.coordinator
    with pytest.raises(Refused):
        settle_kept(kept=kept, settlement=" ", actor=coordinator, at=ARRIVED_AT)
    settle_kept(kept=kept, settlement="以先到的为准", actor=coordinator, at=ARRIVED_AT)
    assert SyncKept.objects.get().settled_by == coordinator.name


def test_what_a_rule_refuses_is_kept_and_accepted_later_without_a_trace_of_doubt(
    outing: Outing,
) -> None:
    body = answer(outing, 0, "fails")
    with pytest.raises(Refused) as error:
        deliver(outing, "answers", body, index=1)
    assert [one.code for one in error.value.refusals] == [
        "visit.wrong_state",
        "answer.department_short",
    ]
    assert (SyncReceipt.objects.count(), SyncKept.objects.get().settled_at) == (0, None)
    outing.arrive()
    deliver(outing, "answers", body, index=1)
    assert SyncKept.objects.get().settled_at == ARRIVED_AT
    assert VisitAnswer.objects.count() == 1


def test_a_photo_is_one_row_and_one_file_however_often_it_comes(outing: Outing) -> None:
    outing.arrive()
    body = {"made_at": MADE, "place": {"latitude": 30.5, "longitude": 103.9, "accuracy_m": 8}}
    for _ in range(3):
        deliver(outing, "photo", body, index=1, data=JPEG)
    photo = VisitPhoto.objects.get()
    assert (photo.size_bytes, photo.latitude, photo.accuracy_m) == (len(JPEG), 30.5, 8)


def test_an_arrival_names_who_was_there(outing: Outing) -> None:
    team = team_inspectors(outing.visit)
    body = {
        "method": "hand",
        "reason": "没有张贴许可证",
        "inspectors": [str(one.public_id) for one in team],
        "made_at": MADE,
    }
    deliver(outing, "arrival", body, index=1)
    deliver(outing, "arrival", body, index=1)
    assert outing.visit.members.count() == len(team)


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("dream", {}, "kind"),
        ("notice", {"receiver": "前台"}, "made_at"),
        ("notice", {"receiver": "前台", "made_at": "2026-03-10T09:00:00"}, "made_at"),
        ("notice", {"receiver": 5, "made_at": MADE}, "receiver"),
        ("arrival", {"made_at": MADE}, "inspectors"),
        ("arrival", {"made_at": MADE, "inspectors": ["x"]}, "inspectors"),
        ("conclusion", {"made_at": MADE, "categories": "no_problem"}, "categories"),
        ("photo", {"made_at": MADE}, "picture"),
    ],
)
def test_a_record_that_cannot_be_read_names_the_field(
    outing: Outing, kind: str, body: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as error:
        store_of(kind, Sent(number(1), body, outing.member, ARRIVED_AT))
    assert [dict(one.params) for one in error.value.refusals] == [{"field": field}]


def _script(outing: Outing) -> list[tuple[str, dict[str, Any], int, bytes]]:
    """What one phone made on a visit, in its order: two answers, a correction, a photo."""
    second = replace_made(answer(outing, 1, "meets"), minute=2)
    correction = answer(outing, 0, "fails", minute=3) | {"corrects": str(number(1))}
    return [
        ("answers", answer(outing, 0, "meets"), 1, b""),
        ("answers", second, 2, b""),
        ("answers", correction, 3, b""),
        ("photo", {"made_at": MADE}, 4, JPEG),
    ]


def replace_made(body: dict[str, Any], *, minute: int) -> dict[str, Any]:
    return body | {"made_at": (ARRIVED_AT + timedelta(minutes=minute)).isoformat()}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, 3), max_size=9))
def test_any_repeated_and_reordered_deliveries_give_the_same_rows(
    outing: Outing, order: list[int]
) -> None:
    if outing.visit.state == "approved":
        outing.arrive()
    script = _script(outing)
    # Every example begins with nothing delivered: its rows are taken back at the end.
    with transaction.atomic():
        # Whatever came before, at the end the device has sent everything at least once.
        for at in [*order, 3, 2, 1, 0]:
            kind, body, index, data = script[at]
            deliver(outing, kind, body, index=index, data=data)
        _expect_each_once(outing)
        transaction.set_rollback(True)
    assert SyncReceipt.objects.count() == 0


def _expect_each_once(outing: Outing) -> None:
    rows = VisitAnswer.objects.order_by("client_id").values_list("client_id", "answer", "corrects")
    assert list(rows) == [
        (number(1), "meets", None),
        (number(2), "meets", None),
        (number(3), "fails", number(1)),
    ]
    standing = {row.item.code: row.answer for row in standing_of(outing.visit).values()}
    codes = [one.code for one in outing.items()[:2]]
    assert standing == {codes[0]: "fails", codes[1]: "meets"}
    assert (VisitPhoto.objects.count(), SyncReceipt.objects.count()) == (1, 4)
    assert SyncKept.objects.count() == 0
