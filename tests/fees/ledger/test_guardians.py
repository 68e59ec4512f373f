"""A guardian answers lessons, sees, corrects and deletes what is kept; nobody else does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from fees.models import ContractGuardian, Lesson, LessonAnswer
from fees.services.contracts import erase_personal_part
from fees.services.guardians import (
    answer_lesson,
    ask_correction,
    decide_correction,
    erase_own_part,
    see_personal_part,
    undo_answer,
)
from fees.services.lessons import release_lesson, reserve_lesson
from fees.services.parent_links import give_parent_link, revoke_parent_links
from fees.services.settlements import Cause, settle_contract
from regulator.accounts.models import Appointment, PrivateLink
from regulator.accounts.selectors.desks import actor_at
from regulator.accounts.selectors.people import open_private_link
from regulator.audit.models import Event
from regulator.database.sealing import open_text
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT

# The names and numbers that the fixtures seed: none of them may be in the chain.
PERSONAL = ("李小禾", "小禾", "李远", "13800138000", "138 0013 8000", "13900001111", "李晓禾")


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.fixture
def guardian(paid, supervisor):
    give_parent_link(paid, actor=supervisor, at=AT)
    user = ContractGuardian.objects.get(contract=paid).user
    return actor_at(Appointment.objects.get(user=user), user)


@pytest.fixture
def lesson(paid):
    return reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 10), key="r1", actor=SYSTEM, at=AT
    )


def state_of(lesson) -> str:
    return Lesson.objects.get(pk=lesson.pk).state


def test_one_tap_says_no_and_the_same_day_takes_it_back(lesson, guardian, supervisor):
    answer_lesson(lesson=lesson, answer="object", ground="absent", actor=guardian, at=AT)
    assert state_of(lesson) == "held"
    with pytest.raises(Refused) as refused:
        release_lesson(lesson=lesson, key="x", actor=supervisor, at=AT)
    assert codes(refused) == ["lesson.wrong_state"]
    with pytest.raises(Refused) as refused:
        undo_answer(lesson=lesson, actor=guardian, at=AT + timedelta(days=1))
    assert (codes(refused), state_of(lesson)) == (["guardian.nothing_to_undo"], "held")
    undo_answer(lesson=lesson, actor=guardian, at=AT)
    assert state_of(lesson) == "reserved"
    said = LessonAnswer.objects.order_by("pk").values_list("answer", "ground", "before")
    assert list(said) == [("object", "absent", "reserved"), ("undo", "", "held")]


def test_an_objection_needs_its_ground(lesson, guardian):
    with pytest.raises(Refused) as refused:
        answer_lesson(lesson=lesson, answer="object", ground="他说", actor=guardian, at=AT)
    assert (codes(refused), state_of(lesson)) == (["guardian.ground_missing"], "reserved")


def test_what_was_released_is_not_taken_back(lesson, guardian, supervisor):
    answer_lesson(lesson=lesson, answer="confirm", actor=guardian, at=AT)
    release_lesson(lesson=lesson, key="x", actor=supervisor, at=AT)
    with pytest.raises(Refused) as refused:
        undo_answer(lesson=lesson, actor=guardian, at=AT)
    assert (codes(refused), state_of(lesson)) == (["guardian.moved_on"], "released")


def test_another_parent_answers_nothing_and_sees_nothing(lesson, paid, make_actor):
    other = make_actor("parent")
    with pytest.raises(Refused) as refused:
        answer_lesson(lesson=lesson, answer="confirm", actor=other, at=AT)
    assert codes(refused) == ["policy.not_granted"]
    for act in (
        lambda: see_personal_part(paid, actor=other, at=AT),
        lambda: ask_correction(paid, field="pupil_name", wanted="王", actor=other, at=AT),
        lambda: erase_own_part(paid, actor=other, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["guardian.not_yours"]
    assert state_of(lesson) == "reserved"
    assert Event.objects.filter(kind="guardian.personal_seen").count() == 0


def test_an_answer_is_neither_changed_nor_deleted(lesson, guardian):
    answer_lesson(lesson=lesson, answer="confirm", note="小禾说的", actor=guardian, at=AT)
    kept = LessonAnswer.objects.get()
    assert open_text(kept.note) == "小禾说的"
    for statement in (
        lambda: LessonAnswer.objects.update(answer="object"),
        lambda: LessonAnswer.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), unaudited():
            statement()
    assert LessonAnswer.objects.get().answer == "confirm"


def test_a_correction_is_asked_for_decided_and_shown_masked(paid, guardian, supervisor):
    asked = ask_correction(paid, field="pupil_name", wanted="李晓禾", actor=guardian, at=AT)
    with pytest.raises(Refused) as refused:
        ask_correction(paid, field="pupil_name", wanted="李晓禾", actor=guardian, at=AT)
    assert codes(refused) == ["guardian.asked_already"]
    with pytest.raises(Refused) as refused:
        decide_correction(asked, decision="refused", reason=" ", actor=supervisor, at=AT)
    assert codes(refused) == ["escrow.reason_missing"]
    old = paid.pupil_index
    decide_correction(asked, decision="done", reason="", actor=supervisor, at=AT)
    paid.refresh_from_db()
    assert (open_text(paid.pupil_name), paid.pupil_shown) == ("李晓禾", "李**")
    assert paid.pupil_index != old
    with pytest.raises(Refused) as refused:
        decide_correction(asked, decision="done", reason="", actor=supervisor, at=AT)
    assert codes(refused) == ["guardian.request_decided"]


def test_nothing_is_erased_while_money_or_a_lesson_or_a_request_is_open(
    paid, lesson, guardian, supervisor
):
    ask_correction(paid, field="guardian_phone", wanted="13900001111", actor=guardian, at=AT)
    with pytest.raises(Refused) as refused:
        erase_own_part(paid, actor=guardian, at=AT)
    assert codes(refused) == [
        "contract.money_held",
        "contract.dispute_open",
        "guardian.request_open",
    ]
    paid.refresh_from_db()
    assert (paid.erased_on, paid.pupil_shown) == (None, "李**")


def test_a_settled_contract_is_erased_by_its_guardian_and_then_shows_nobody(
    paid, guardian, supervisor
):
    settle_contract(
        contract=paid, cause=Cause.INSTITUTION, had_service_before=False, requested_on=AT.date(),
        key="back", booked_on=AT.date(), actor=supervisor, at=AT,
    )  # fmt: skip
    erase_own_part(paid, actor=guardian, at=AT)
    paid.refresh_from_db()
    assert (paid.pupil_name, paid.pupil_shown, paid.phone_shown) == ("", "", "")
    assert paid.erased_on == AT.date()
    with pytest.raises(Refused) as refused:
        see_personal_part(paid, actor=guardian, at=AT)
    assert codes(refused) == ["guardian.erased"]


def test_the_chain_never_holds_a_childs_or_a_parents_name(paid, lesson, guardian, supervisor):
    answer_lesson(
        lesson=lesson, answer="object", ground="absent", note="小禾病了", actor=guardian, at=AT
    )
    see_personal_part(paid, actor=guardian, at=AT)
    asked = ask_correction(paid, field="pupil_name", wanted="李晓禾", actor=guardian, at=AT)
    decide_correction(asked, decision="done", reason="", actor=supervisor, at=AT)
    chain = "\n".join(
        f"{one.kind} {one.subject_label} {one.old} {one.new} {one.reason} {one.actor_name}"
        for one in Event.objects.all()
    )
    assert "guardian.personal_seen" in chain
    assert [word for word in PERSONAL if word in chain] == []


def test_a_new_link_closes_the_earlier_one_and_all_can_be_taken_back(paid, supervisor):
    first = give_parent_link(paid, actor=supervisor, at=AT)
    second = give_parent_link(paid, actor=supervisor, at=AT)
    assert open_private_link(first, AT) is None
    assert open_private_link(second, AT) is not None
    assert open_private_link(second, AT + timedelta(days=90)) is None
    assert ContractGuardian.objects.count() == 1
    assert revoke_parent_links(paid, actor=supervisor, at=AT) == 1
    assert open_private_link(second, AT) is None
    assert not PrivateLink.objects.filter(token_digest__in=(first, second)).exists()
    assert not [one for one in Event.objects.all() if first in str(one.new)]


@pytest.mark.parametrize("days", [0, 367])
def test_a_link_lives_for_a_day_to_a_year(paid, supervisor, days):
    with pytest.raises(Refused) as refused:
        give_parent_link(paid, days=days, actor=supervisor, at=AT)
    assert codes(refused) == ["link.days"]
    assert PrivateLink.objects.count() == 0


def test_an_institution_cannot_open_anothers_contract_to_a_parent(paid, make_actor):
    other = make_actor("institution_manager", institution="00000000-0000-0000-0000-000000000001")
    with pytest.raises(Refused) as refused:
        give_parent_link(paid, actor=other, at=AT)
    assert codes(refused) == ["policy.other_institution"]
    assert ContractGuardian.objects.count() == 0


def test_a_link_that_is_closed_is_not_written_to_any_log(db, client: Client, caplog):
    assert client.get("/p/not-a-link-anybody-gave/").status_code == 410
    assert "not-a-link-anybody-gave" not in caplog.text


def test_links_are_not_tried_without_end(db, client: Client):
    answers = [
        client.get(f"/p/guess-{number}/", REMOTE_ADDR="203.0.113.77").status_code
        for number in range(31)
    ]
    assert answers == [410] * 30 + [429]


def test_the_institution_still_erases_after_the_retention(contract, supervisor):
    erase_personal_part(contract, reason="监护人书面要求", actor=supervisor, at=AT)
    contract.refresh_from_db()
    assert contract.erased_on == AT.date()
