"""Sealed copies of a key: two custodians, one print each, and nothing drawn without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspections.models import Draw, KeyCopy
from inspections.services.draw_ceremony import run_draw
from inspections.services.key_copies import CopyDraft, add_key_copy, print_key_sheet
from institutions.models import Notice
from regulator.audit.models import Event
from regulator.database.sealing import is_sealed, open_text
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.town import COMMITTED_AT, DRAWN_AT, Town, committed, drawn, keys_sealed, read

INSIDE = CopyDraft("封1", "邓某", "区教育局", "二号保险柜", is_outside=False)
OUTSIDE = CopyDraft("封2", "罗某", "区公证处", "档案库", is_outside=True)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


def test_a_copy_is_entered_with_its_custodian_and_its_sheet_gives_the_key_once(town: Town) -> None:
    draw = committed(town)
    copy = add_key_copy(draw=draw, draft=OUTSIDE, actor=town.coordinator, at=COMMITTED_AT)
    assert (copy.envelope_number, copy.custodian, copy.is_outside) == ("封2", "罗某", True)
    key = print_key_sheet(copy=copy, actor=town.coordinator, at=DRAWN_AT)
    assert key == open_text(draw.key)
    assert len(key) == 64
    again = lambda: print_key_sheet(copy=copy, actor=town.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(again) == ["draw.key_copy_printed"]
    events = Event.objects.filter(kind__startswith="draw.key_").order_by("sequence")
    assert [event.kind for event in events] == ["draw.key_copy_added", "draw.key_sheet_printed"]
    assert key not in str([event.new for event in events])


def test_a_copy_says_every_reason_at_once(town: Town) -> None:
    draw = committed(town)
    add_key_copy(draw=draw, draft=INSIDE, actor=town.coordinator, at=COMMITTED_AT)
    same = CopyDraft("封1", "邓某", "", "", is_outside=True)
    call = lambda: add_key_copy(draw=draw, draft=same, actor=town.coordinator, at=COMMITTED_AT)  # noqa: E731
    assert refused(call) == [
        "draw.key_copy_incomplete",
        "draw.key_copy_envelope_used",
        "draw.key_copy_custodian_same",
    ]
    assert KeyCopy.objects.count() == 1


def test_copies_are_sealed_between_commitment_and_draw(town: Town) -> None:
    draw = drawn(town)
    late = CopyDraft("封9", "王某", "区档案馆", "三楼", is_outside=True)
    call = lambda: add_key_copy(draw=draw, draft=late, actor=town.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(call) == ["draw.key_copy_state"]
    assert KeyCopy.objects.count() == 2


@pytest.mark.parametrize("role", ["district_leader", "inspector", "city_supervisor"])
def test_only_a_coordinator_seals_and_prints(town: Town, make_actor: MakeActor, role: str) -> None:
    draw = committed(town)
    copy = add_key_copy(draw=draw, draft=INSIDE, actor=town.coordinator, at=COMMITTED_AT)
    other = make_actor(role)
    call = lambda: add_key_copy(draw=draw, draft=OUTSIDE, actor=other, at=COMMITTED_AT)  # noqa: E731
    assert len(refused(call)) == 1
    assert len(refused(lambda: print_key_sheet(copy=copy, actor=other, at=DRAWN_AT))) == 1
    copy.refresh_from_db()
    assert (KeyCopy.objects.count(), copy.printed_at) == (1, None)


def test_a_copy_whose_sheet_was_not_printed_does_not_count(town: Town) -> None:
    draw = committed(town)
    for draft in (INSIDE, OUTSIDE):
        add_key_copy(draw=draw, draft=draft, actor=town.coordinator, at=COMMITTED_AT)
    waiting = read(town, draw)
    call = lambda: run_draw(draw=waiting, actor=town.second, at=DRAWN_AT)  # noqa: E731
    assert refused(call) == ["draw.key_copies_missing"]
    for copy in KeyCopy.objects.all():
        print_key_sheet(copy=copy, actor=town.coordinator, at=COMMITTED_AT)
    assert run_draw(draw=waiting, actor=town.second, at=DRAWN_AT).state == "drawn"


def test_who_typed_the_reading_cannot_draw(town: Town) -> None:
    draw = read(town, keys_sealed(town, committed(town)))
    call = lambda: run_draw(draw=draw, actor=town.coordinator, at=DRAWN_AT)  # noqa: E731
    assert refused(call) == ["policy.same_person"]
    assert Draw.objects.get().state == "committed"


def test_a_leader_may_approve_the_draw(town: Town, make_actor: MakeActor) -> None:
    draw = read(town, keys_sealed(town, committed(town)))
    assert run_draw(draw=draw, actor=make_actor("district_leader"), at=DRAWN_AT).state == "drawn"


def test_what_was_drawn_is_sealed_in_the_database(town: Town) -> None:
    draw = drawn(town)
    stored = Draw.objects.values_list("outcome_text", flat=True).get()
    assert is_sealed(stored)
    assert not [name for name in draw.outcome["assignments"] if name in stored]


def test_the_citys_supervisor_is_told_the_commitment_when_it_is_published(town: Town) -> None:
    draw = committed(town)
    told = Notice.objects.get(kind="commitment_published")
    assert (told.division_id, told.role) == (draw.division.parent_id, "city_supervisor")
    assert told.params["commitment"] == draw.commitment
    assert told.created_at == draw.committed_at
