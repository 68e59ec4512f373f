"""What a guardian does: answers about lessons, sees and corrects and deletes what is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fees.choices.guardians import OBJECTION_LABELS, PERSONAL_FIELD_LABELS
from fees.core.ledger.answers import AnswerFacts, undo_refusals
from fees.core.ledger.silence import LessonState
from fees.models import Contract, Lesson, LessonAnswer, PersonalRequest
from fees.services.contract_entry import contract_subject, pupil_key, record_contract_event
from fees.services.contracts import (
    PersonalPart,
    erase_personal_part,
    open_personal_part,
    require_answer,
    require_keep,
)
from fees.services.lessons import confirm_lesson, object_to_lesson
from fees.services.records import day_of
from institutions.core.notice_contacts import contact_refusals, plain_mobile
from institutions.core.notice_deliveries import masked_mobile
from institutions.core.papers.handing import masked
from regulator.audit.services import append_event
from regulator.database.sealing import open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

_PHONE = "guardian_phone"


def answer_lesson(
    *, lesson: Lesson, answer: str, ground: str = "", note: str = "", actor: Actor, at: datetime
) -> Lesson:
    """Confirm a lesson or object to it as its guardian; the answer is kept. Raises Refused.

    `answer` is confirm or object; an objection has a ground, a code of OBJECTION_LABELS. A note is
    sealed under the contract's key and never told to the chain.
    """
    contract = lesson.contract
    require_answer(actor, contract)
    if answer == "object" and ground not in OBJECTION_LABELS:
        raise Refused(Refusal("guardian.ground_missing"))
    with transaction.atomic():
        before = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk).state
        if answer == "confirm":
            moved = confirm_lesson(lesson=lesson, actor=actor, at=at)
        else:
            moved = object_to_lesson(lesson=lesson, reason=ground, actor=actor, at=at)
        _keep(moved, answer, ground, note, before, actor, at)
    return moved


def undo_answer(*, lesson: Lesson, actor: Actor, at: datetime) -> Lesson:
    """Take back the answer given today, while nothing has followed from it. Raises Refused."""
    require_answer(actor, lesson.contract)
    with transaction.atomic():
        locked = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
        latest = locked.answers.first()
        facts = AnswerFacts(
            "" if latest is None else latest.answer,
            None if latest is None else latest.answered_on,
            LessonState(locked.state),
            day_of(at),
        )
        found = undo_refusals(facts)
        if found or latest is None:
            raise Refused(found)
        old, locked.state = locked.state, latest.before
        locked.save(update_fields=["state"])
        _keep(locked, "undo", "", "", old, actor, at)
        append_event(
            division=lesson.contract.institution.division_id,
            actor=actor,
            kind="lesson.undo",
            subject=contract_subject(lesson.contract),
            old={"lesson_state": old},
            new={"lesson_state": locked.state, "lesson": str(locked.public_id)},
            occurred_at=at,
        )
    return locked


def see_personal_part(contract: Contract, *, actor: Actor, at: datetime) -> PersonalPart:
    """What is kept of the pupil and the guardian, for the guardian; the chain keeps who looked."""
    _require_guardian(actor, contract)
    _refuse_erased(contract)
    with transaction.atomic():
        record_contract_event(contract, "guardian.personal_seen", {}, actor, at)
    return open_personal_part(contract)


def ask_correction(
    contract: Contract, *, field: str, wanted: str, actor: Actor, at: datetime
) -> PersonalRequest:
    """Ask for a name or the telephone to be corrected. Raises Refused with every reason."""
    _require_guardian(actor, contract)
    _refuse_erased(contract)
    found = _wanted_faults(field, wanted)
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        if locked.personal_requests.filter(field=field, state="asked").exists():
            found.append(Refusal("guardian.asked_already"))
        if found:
            raise Refused(found)
        asked = PersonalRequest.objects.create(
            contract=locked,
            field=field,
            wanted=seal_text(wanted.strip(), subject=locked.public_id),
            asked_at=at,
        )
        record_contract_event(locked, "guardian.correction_asked", {"field": field}, actor, at)
    return asked


def decide_correction(
    request: PersonalRequest, *, decision: str, reason: str, actor: Actor, at: datetime
) -> PersonalRequest:
    """Correct what was asked for (`done`) or say why not (`refused`). Raises Refused."""
    require_keep(actor, request.contract.institution)
    with transaction.atomic():
        contract = Contract.objects.select_for_update().get(pk=request.contract_id)
        locked = PersonalRequest.objects.select_for_update().get(pk=request.pk)
        if locked.state != "asked":
            raise Refused(Refusal("guardian.request_decided"))
        if decision == "refused" and not reason.strip():
            raise Refused(Refusal("escrow.reason_missing"))
        if decision == "done":
            _correct(contract, locked.field, open_text(locked.wanted))
        locked.state, locked.decision_reason = decision, reason.strip()[:300]
        locked.decided_by, locked.decided_at = actor.name, at
        locked.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
        record_contract_event(
            contract, f"guardian.correction_{decision}", {"field": locked.field}, actor, at
        )
    return locked


def erase_own_part(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """The guardian has names and telephone deleted for good. Raises Refused with every reason."""
    _require_guardian(actor, contract)
    _refuse_erased(contract)
    with transaction.atomic():
        erase_personal_part(contract, reason="监护人在家长页面删除", actor=actor, at=at)
        record_contract_event(contract, "guardian.erasure", {}, actor, at)


def record_contract_seen(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Keep that a guardian opened a contract."""
    with transaction.atomic():
        record_contract_event(contract, "guardian.contract_seen", {}, actor, at)


def _require_guardian(actor: Actor, contract: Contract) -> None:
    """A guardian's own right; nobody stands in for it at the desk."""
    own = contract.guardians.filter(user=actor.user_id, ended_at=None)
    if actor.user_id is None or not own.exists():
        raise Refused(Refusal("guardian.not_yours"))


def _refuse_erased(contract: Contract) -> None:
    if contract.erased_on is not None:
        raise Refused(Refusal("guardian.erased"))


def _wanted_faults(field: str, wanted: str) -> list[Refusal]:
    if field not in PERSONAL_FIELD_LABELS:
        return [Refusal("guardian.field_unknown")]
    if not wanted.strip():
        return [Refusal("guardian.wanted_missing")]
    phone = plain_mobile(wanted)
    if field == _PHONE and (not phone or contact_refusals(email="", mobile=phone)):
        return [Refusal("contract.phone_unreadable")]
    return []


def _correct(contract: Contract, field: str, wanted: str) -> None:
    """Seal the new words, and what is shown and searched with them."""
    text = plain_mobile(wanted) if field == _PHONE else wanted.strip()
    part = open_personal_part(contract)
    pupil = text if field == "pupil_name" else part.pupil_name
    phone = text if field == _PHONE else part.guardian_phone
    setattr(contract, field, seal_text(text, subject=contract.public_id))
    contract.pupil_shown, contract.phone_shown = masked(pupil), masked_mobile(phone)
    contract.pupil_index = pupil_key(contract.institution, pupil, phone)
    contract.save(update_fields=[field, "pupil_shown", "phone_shown", "pupil_index"])


def _keep(
    lesson: Lesson,
    answer: str,
    ground: str,
    note: str,
    before: str,
    actor: Actor,
    at: datetime,
) -> None:
    if actor.user_id is None:
        raise InvariantError("家长的答复必须有登录的人。")
    LessonAnswer.objects.create(
        lesson=lesson,
        answer=answer,
        ground=ground if answer == "object" else "",
        note=seal_text(note.strip(), subject=lesson.contract.public_id),
        before=before,
        answered_on=day_of(at),
        answered_at=at,
        user_id=actor.user_id,
    )
