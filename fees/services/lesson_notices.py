"""Asking parents about lessons: one SMS a contract and day, begun, sent, recorded.

The message goes out between two transactions. A sender that is killed in between leaves the notice
`begun`: it is sent once more under the same key, by which the gateway can tell. Only a message that
went out counts, and the last of those that are needed begins the parents' term.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fees.core.ledger.silence import LessonState
from fees.models import Contract, Lesson, LessonNotice
from fees.services.contract_entry import contract_subject
from fees.services.lessons import notify_parents
from fees.services.records import day_of
from regulator.adapters.messages import SMS, Message, MessageError, open_channels, send_message
from regulator.audit.services import append_event
from regulator.calendars.selectors import division_settings
from regulator.database.sealing import Erased, open_text
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor

NOTICE_JOB = "fees.notify_parents"
NO_ADDRESS = "no_address"
_TITLE = gettext_noop("向家长发消课通知")


def start_daily_notices(*, actor: Actor, at: datetime) -> int:
    """A job for each division where parents wait to be asked; how many were queued.

    None without an SMS gateway: the lessons stay where they are, and release runs say why.
    """
    if SMS not in open_channels():
        return 0
    on, started = day_of(at), 0
    waiting = Lesson.objects.filter(state=LessonState.RESERVED.value, answer_by=None)
    codes = waiting.order_by("contract__institution__division_id")
    for division in codes.values_list("contract__institution__division_id", flat=True).distinct():
        is_wanted = _begun(division).exists() or _to_ask(division, at).exists()
        if is_wanted and not _asked_today(division, on.isoformat()):
            with transaction.atomic():
                enqueue(
                    kind=NOTICE_JOB,
                    division=division,
                    params={"on": on.isoformat()},
                    actor=actor,
                    at=at,
                    title=_TITLE,
                )
            started += 1
    return started


def begin_notice(*, division: str, actor: Actor, at: datetime) -> LessonNotice | None:
    """The next notice to send: one that was begun before, or a new one; None when all are out.

    Inside the job's own chunk.
    """
    held = _begun(division).select_related("contract__institution").order_by("pk").first()
    if held is not None:
        return held
    contract = _to_ask(division, at).select_related("institution").order_by("pk").first()
    if contract is None:
        return None
    lessons = _lessons_to_ask(contract, at).order_by("number").values_list("pk", flat=True)
    notice = LessonNotice.objects.create(
        contract=contract,
        on=day_of(at),
        lessons=list(lessons),
        phone_shown=contract.phone_shown,
        begun_at=at,
    )
    _tell(notice, "lesson.notice_begun", actor, at)
    return notice


def send_notice(notice: LessonNotice) -> str:
    """Send it, outside every transaction; the problem's code, empty when it went out."""
    contract = notice.contract
    _needed, workdays = division_settings(contract.institution.division_id, notice.on).silence
    text = _(
        "%(institution)s：合同 %(number)s 有 %(count)d 课等您确认。请在机构发给您的链接里确认或者"
        "提出异议；从最后一次通知次日起 %(workdays)d 个工作日不答复的，视为同意。"
    ) % {
        "institution": contract.institution.name,
        "number": contract.number,
        "count": len(notice.lessons),
        "workdays": workdays,
    }
    try:
        phone = open_text(contract.guardian_phone)
        if not phone:
            return NO_ADDRESS
        send_message(SMS, Message(phone, "", text, f"{notice.public_id}.{SMS}"))
    except Erased:
        return NO_ADDRESS
    except MessageError as error:
        return error.problem
    return ""


def end_notice(*, notice: LessonNotice, problem: str, actor: Actor, at: datetime) -> None:
    """Record what became of a notice; one that went out counts for its lessons.

    Inside the job's own chunk.
    """
    notice.state = "failed" if problem else "sent"
    notice.problem, notice.ended_at = problem, timezone.now()
    notice.save(update_fields=["state", "problem", "ended_at"])
    if problem:
        _tell(notice, "lesson.notice_ended", actor, at)
        return
    lessons = Lesson.objects.filter(pk__in=notice.lessons).select_related("contract__institution")
    notify_parents(lessons=list(lessons), actor=actor, at=at)


def _begun(division: str) -> QuerySet[LessonNotice]:
    """Notices whose sender did not come back."""
    return LessonNotice.objects.filter(state="begun", contract__institution__division=division)


def _to_ask(division: str, at: datetime) -> QuerySet[Contract]:
    """Contracts with a lesson whose parent is to be asked today and was not yet."""
    lessons = _waiting(division, at).values("contract")
    asked = LessonNotice.objects.filter(on=day_of(at)).values("contract")
    return Contract.objects.filter(pk__in=lessons).exclude(pk__in=asked)


def _lessons_to_ask(contract: Contract, at: datetime) -> QuerySet[Lesson]:
    return _waiting(contract.institution.division_id, at).filter(contract=contract)


def _waiting(division: str, at: datetime) -> QuerySet[Lesson]:
    """Lessons that were set aside, whose notices are not all out, the last long enough ago."""
    on = day_of(at)
    gap = timedelta(days=division_settings(division, on).silence_notice_days)
    long_ago = Q(notified_on=None) | Q(notified_on__lte=on - gap)
    return Lesson.objects.filter(
        long_ago,
        state=LessonState.RESERVED.value,
        answer_by=None,
        contract__institution__division=division,
    )


def _asked_today(division: str, on: str) -> bool:
    jobs = Job.objects.filter(kind=NOTICE_JOB, division=division, params__on=on)
    return jobs.filter(state__in=("queued", "running")).exists()


def _tell(notice: LessonNotice, kind: str, actor: Actor, at: datetime) -> None:
    append_event(
        division=notice.contract.institution.division_id,
        actor=actor,
        kind=kind,
        subject=contract_subject(notice.contract),
        new={"notice": str(notice.public_id), "state": notice.state, "problem": notice.problem},
        row_count=max(1, len(notice.lessons)),
        occurred_at=at,
    )
