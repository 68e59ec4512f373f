"""The expert group of the fictional district: seven experts, a vote under way, a decided case,
and a waiver that two officers granted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from celery import current_app

from institutions.core.filing_states import Verdict
from institutions.core.screening.rows import HEADERS
from institutions.models import Appraisal, Filing
from institutions.selectors.appraisals import DISGUISE_RULE
from institutions.selectors.filings_screening import screen_cells, screening_context
from institutions.selectors.papers import papers_of_matter
from institutions.services.appraisal_panels import draw_panel
from institutions.services.appraisal_votes import cast_vote
from institutions.services.appraisals import adopt_result, open_appraisal
from institutions.services.expert_panel import add_member
from institutions.services.filings_review import approve_filing, decide_finding
from institutions.services.filings_submission import submit_rows
from institutions.services.filings_upload import upload_filings
from institutions.services.papers_handing import confirm_receipt
from institutions.services.waivers import WaiverDraft, approve_waiver, propose_waiver
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.kernel.actors import Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_FIELDS = (
    "chinese", "curriculum", "teaching", "mathematics", "foreign_language", "arts", "science",
)  # fmt: skip
_ENTERED_ON = date(2026, 1, 12)
_CASES, _FILED_DAYS_AGO = 3, 6
_NAME_RULE = "FILING-NAME"
_WINTER = {
    "班次": "2026冬1期",
    "开班日期": "2026-11-21",
    "结课日期": "2026-12-27",
    "收费日期": "2026-11-20",
    "总课时": "12",
}
_WEEKEND = {"上课星期": "周日", "上课时间": "14:00-15:30"}
_EVENING = {"上课星期": "周五", "上课时间": "18:00-19:30"}
_LEANINGS = {
    "purpose": "nothing",
    "content": "non_subject",
    "method": "non_subject",
    "evaluation": "nothing",
}
_REASONS = (
    "以故事、礼仪和动手活动为主，没有字词、阅读和习作的训练。",
    "材料里没有教材内容，评价是展示和自评，不看分数。",
    "有少量诵读，占比很低，不改变整体性质。",
)


def seed_appraisals(*, staff: Staff, managers: Mapping[int, Actor], today: date) -> int:
    """Returns how many findings were sent to the expert group; `managers` by institution id."""
    _enter_experts(staff)
    random = Random(16)  # noqa: S311  a fictional district is no secret

    def lot(count: int) -> Sequence[int]:
        return random.sample(range(count), count)

    waiting = list(_waiting(managers, today))
    for position, filing in enumerate(waiting):
        _appraise(filing, staff, managers[filing.institution_id], today, lot, stage=position)
    _waive(staff, managers, today)
    return len(waiting)


def _waiting(managers: Mapping[int, Actor], today: date) -> Iterator[Filing]:
    """Classes that only experts can place, filed for another term by those who filed them once."""
    once = Filing.objects.filter(state="approved", outcome="appraise", delivery="offline")
    found = 0
    for origin in once.filter(institution__in=managers).order_by("-pk"):
        filing = _file_again(origin, _WINTER | _WEEKEND, "appraise", managers, today)
        if filing is not None:
            found += 1
            yield filing
        if found == _CASES:
            return


def _file_again(
    origin: Filing,
    changes: Mapping[str, str],
    outcome: str,
    managers: Mapping[int, Actor],
    today: date,
) -> Filing | None:
    """The class of an earlier filing once more, through upload, screening and submission."""
    filed_on = today - timedelta(days=_FILED_DAYS_AGO)
    cells = {**origin.cells, **changes}
    screened = screen_cells(1, cells, screening_context(origin.division_id, filed_on))
    if screened.outcome != outcome:
        return None
    manager, at = managers[origin.institution_id], moment(filed_on)
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS, [cells.get(header, "") for header in HEADERS]])
    upload = upload_filings(
        institution=origin.institution,
        file_name="2026冬备案.csv",
        data=text.getvalue().encode("utf-8-sig"),
        actor=manager,
        at=at,
    )
    if upload.job is not None:
        current_app.tasks[upload.job.kind](upload.job.pk)
    if not upload.rows.filter(outcome=outcome, wrong_licence="").exists():
        return None
    done = submit_rows(upload=upload, row_ids=None, actor=manager, at=at)
    return next(iter(done.filings), None)


def _enter_experts(staff: Staff) -> None:
    """The expert with the demonstration's login, and six more without one."""
    secretary = staff.actor(Role.ADMINISTRATOR)
    desks = [staff.actor(Role.EXPERT)]
    desks += [staff.actor(Role.EXPERT, department) for department in _OTHER_DESKS]
    for actor, field in zip(desks, _FIELDS, strict=True):
        add_member(
            appointment=Appointment.objects.get(pk=actor.appointment_id or 0),
            field=field,
            declared_on=_ENTERED_ON,
            actor=secretary,
            at=moment(_ENTERED_ON),
        )


# Six desks of experts from the departments that the demonstration knows.
_OTHER_DESKS = (
    "culture_tourism", "sport", "science", "market_regulation", "fire_rescue", "civil_affairs",
)  # fmt: skip


def _appraise(
    filing: Filing, staff: Staff, manager: Actor, today: date, lot: object, *, stage: int
) -> None:
    """Stage 0 is decided, stage 1 votes, stage 2 waits for its panel and its notice's service."""
    reviewer, secretary = staff.actor(Role.FILING_REVIEWER), staff.actor(Role.ADMINISTRATOR)
    opened = moment(today - timedelta(days=5 - stage))
    appraisal = open_appraisal(
        filing=filing,
        rule=DISGUISE_RULE,
        question="班名和材料提到国学、语言或者思维，是否在教学科内容？请从四个方面判断。",
        actor=reviewer,
        at=opened,
    )
    if stage == 2:
        return
    for notice in papers_of_matter(appraisal.public_id):
        confirm_receipt(paper=notice, actor=manager, at=opened + timedelta(hours=1))
    draw_panel(
        appraisal=appraisal,
        count=7 if stage else 3,
        actor=secretary,
        at=opened + timedelta(hours=2),
        lot=lot,  # type: ignore[arg-type]
    )
    _vote(appraisal, votes=2 if stage else 3, at_day=today - timedelta(days=3 - stage))
    if stage == 0:
        adopt_result(
            appraisal=Appraisal.objects.get(pk=appraisal.pk),
            verdict=Verdict.CLEARED,
            reason="同意专家组的结论。",
            actor=reviewer,
            at=moment(today - timedelta(days=2)),
        )


def _vote(appraisal: Appraisal, *, votes: int, at_day: date) -> None:
    """The first chairs vote; the demonstration's own expert is left to vote in person."""
    seats = appraisal.seats.exclude(member__appointment__user__username=Role.EXPERT)
    if votes == appraisal.seats.count():
        seats = appraisal.seats.all()
    for number, seat in enumerate(seats.select_related("member").order_by("number")[:votes]):
        desk = Appointment.objects.select_related("user").get(pk=seat.member.appointment_id)
        cast_vote(
            appraisal=appraisal,
            verdict=Verdict.BREACH if number == 2 else Verdict.CLEARED,
            leanings=_LEANINGS,
            reasons=_REASONS[number % len(_REASONS)],
            actor=actor_at(desk, desk.user),
            at=moment(at_day, hour=3 + number),
        )


def _waive(staff: Staff, managers: Mapping[int, Actor], today: date) -> None:
    """A class whose name says neither grade nor subject: decided, waived by two, approved."""
    once = Filing.objects.filter(state="approved", outcome="clear", category="subject")
    for origin in once.filter(institution__in=managers).order_by("-pk"):
        changes = _WINTER | _EVENING | {"班级名称": "秋季提高班"}
        filing = _file_again(origin, changes, "clear", managers, today)
        if filing is not None and filing.rules_with("undetermined") == (_NAME_RULE,):
            _grant(filing, staff, today)
            return


def _grant(filing: Filing, staff: Staff, today: date) -> None:
    reviewer = staff.actor(Role.FILING_REVIEWER, filing.department_id)
    at = moment(today - timedelta(days=1))
    decide_finding(
        filing=filing,
        rule=_NAME_RULE,
        verdict=Verdict.BREACH,
        reason="班名没有写明年级和学科。",
        actor=reviewer,
        at=at,
    )
    draft = WaiverDraft(
        rule=_NAME_RULE,
        reason="通知已经发给家长，改名会造成混淆；机构承诺下一期改正班名。",
        documents="2026年10月30日情况核实记录",
        until_on=min(filing.ends_on, today + timedelta(days=60)),
    )
    waiver = propose_waiver(filing=filing, draft=draft, actor=reviewer, at=at)
    leader = staff.actor(Role.DISTRICT_LEADER)
    approve_waiver(waiver=waiver, actor=leader, at=at + timedelta(hours=1))
    approve_filing(filing=filing, actor=reviewer, at=at + timedelta(hours=2))
