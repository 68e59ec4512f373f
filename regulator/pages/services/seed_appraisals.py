"""The expert group of the fictional district: seven experts, a vote under way, a decided case,
and a waiver that two officers granted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from institutions.core.filing_states import Verdict
from institutions.core.waivers import WAIVABLE
from institutions.models import Appraisal, Filing
from institutions.selectors.appraisals import DISGUISE_RULE, open_appraisals
from institutions.services.appraisal_panels import draw_panel
from institutions.services.appraisal_votes import cast_vote
from institutions.services.appraisals import adopt_result, open_appraisal
from institutions.services.expert_panel import add_member
from institutions.services.filings_review import approve_filing, decide_finding
from institutions.services.waivers import (
    WaiverDraft,
    approve_waiver,
    propose_waiver,
    stands_as_breach,
)
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.kernel.outcomes import Refused
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_FIELDS = (
    "chinese", "curriculum", "teaching", "mathematics", "foreign_language", "arts", "science",
)  # fmt: skip
_ENTERED_ON = date(2026, 1, 12)
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


def seed_appraisals(*, staff: Staff, today: date) -> int:
    """Returns how many appraisals were opened."""
    _enter_experts(staff)
    random = Random(16)  # noqa: S311  a fictional district is no secret

    def lot(count: int) -> Sequence[int]:
        return random.sample(range(count), count)

    waiting = Filing.objects.filter(state="submitted", outcome="appraise", breach_count=0)
    chosen = list(waiting.filter(undecided_count__gt=0).order_by("submitted_at", "pk")[:3])
    for position, filing in enumerate(chosen):
        _appraise(filing, staff, today, lot, stage=position)
    _waive(staff, today)
    return len(chosen)


def _enter_experts(staff: Staff) -> None:
    """The expert with the demonstration's login, and six more without one."""
    secretary = staff.actor(Role.ADMINISTRATOR)
    desks = [staff.actor(Role.EXPERT)]
    desks += [staff.actor(Role.EXPERT, department) for department in _OTHER_DESKS]
    for actor, field in zip(desks, _FIELDS, strict=True):
        add_member(
            appointment=Appointment.objects.get(pk=actor.appointment_id),
            field=field,
            declared_on=_ENTERED_ON,
            actor=secretary,
            at=moment(_ENTERED_ON),
        )


# Six desks of experts from the departments that the demonstration knows.
_OTHER_DESKS = (
    "culture_tourism", "sport", "science", "market_regulation", "fire_rescue", "civil_affairs",
)  # fmt: skip


def _appraise(filing: Filing, staff: Staff, today: date, lot: object, *, stage: int) -> None:
    """Stage 0 is decided, stage 1 votes, stage 2 waits for its panel."""
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


def _waive(staff: Staff, today: date) -> None:
    """One class in review whose only breach may be waived: proposed, granted, approved."""
    leader = staff.actor(Role.DISTRICT_LEADER)
    at = moment(today - timedelta(days=1))
    for filing in Filing.objects.filter(state="submitted", ends_on__gt=today).order_by("pk"):
        reviewer = staff.actor(Role.FILING_REVIEWER, filing.department_id)
        rule = _waivable(filing)
        if not rule or open_appraisals(filing):
            continue
        if not stands_as_breach(filing, rule):
            decide_finding(
                filing=filing,
                rule=rule,
                verdict=Verdict.BREACH,
                reason="班名没有写明年级或者学科。",
                actor=reviewer,
                at=at,
            )
        draft = WaiverDraft(
            rule=rule,
            reason="机构已承诺下一期改正班名；本期学员已知情，改名会影响已发的通知。",
            documents="2026年10月30日情况核实记录",
            until_on=min(filing.ends_on, today + timedelta(days=60)),
        )
        try:
            waiver = propose_waiver(filing=filing, draft=draft, actor=reviewer, at=at)
            approve_waiver(waiver=waiver, actor=leader, at=at + timedelta(hours=1))
            approve_filing(filing=filing, actor=reviewer, at=at + timedelta(hours=2))
        except Refused:
            continue
        return


def _waivable(filing: Filing) -> str:
    """The rule in the way where it is the only one and may be waived."""
    rules = {*filing.rules_with("breach"), *filing.rules_with("undetermined")}
    only = next(iter(rules), "")
    return only if len(rules) == 1 and only in WAIVABLE and only == "FILING-NAME" else ""
