"""What a desk has to do today, by clock: the desk's front page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from institutions.models import Licence
from institutions.selectors.appraisals import visible_appraisals, waiting_votes
from institutions.selectors.filings_queue import (
    QueueFilter,
    clock_of,
    clock_table,
    review_queue,
)
from institutions.selectors.journey_view import journey_lines
from institutions.selectors.journeys import JourneyFilters, filtered_journeys
from institutions.selectors.notices import unread_count
from institutions.selectors.rechecks import recheck_work
from institutions.selectors.reference_moves import REFERENCE_DEPARTMENT, waiting_versions
from institutions.selectors.register import institutions_in
from institutions.selectors.register_list import ending_licences
from institutions.selectors.staff_watch import watch_counts
from institutions.selectors.waivers import waivers_to_approve
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.calendars.selectors.changes import changes_to_sign
from regulator.calendars.selectors.deadlines import provisional_deadlines
from regulator.jobs.selectors.jobs import visible_jobs
from regulator.kernel.actors import Actor
from regulator.pages.selectors.duty import Duty
from regulator.pages.selectors.nightly import latest_report, violations_for
from regulator.pages.selectors.today_fees import fee_duties
from regulator.pages.selectors.today_inspections import inspection_duties


def duties_of(actor: Actor, today: date) -> list[Duty]:
    """What waits at the actor's desk, the nearest due date first, what has no date last."""
    found = [duty for source in _SOURCES for duty in source(actor, today) if duty.count]
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or today))


def _may(actor: Actor, action: Action) -> bool:
    return may(actor, action, Target(division=actor.division))


def _filings(actor: Actor, today: date) -> list[Duty]:
    if not _may(actor, Action.FILING_REVIEW):
        return []
    queue = review_queue(actor, QueueFilter(), today)
    first = queue.first()
    if first is None:
        return []
    clock = clock_of(first, today, clock_table(actor.division))
    return [
        Duty(
            title=_("待审备案"),
            text=_("先审提交最早的；到期的排在最前。"),
            count=queue.count(),
            url_name="filings:queue",
            due=clock.deadline.due_on if clock else None,
            left=clock.left_workdays if clock else None,
            provisional=clock is not None and clock.deadline.provisional,
            state="current",
        )
    ]


def _rechecks(actor: Actor, today: date) -> list[Duty]:
    if not _may(actor, Action.FILING_REVIEW):
        return []
    work = recheck_work(actor, today)
    return [
        Duty(
            title=_("已通过的班要复核"),
            text=_("参照表或者许可变了，重新核对有新发现；先告知机构，听了答复再决定。"),
            count=work.count,
            url_name="rechecks:list",
        )
    ]


def _reference(actor: Actor, _today: date) -> list[Duty]:
    if not may(actor, Action.REFERENCE_APPROVE, Target(actor.division, REFERENCE_DEPARTMENT)):
        return []
    return [
        Duty(
            title=_("等您批准的参照表"),
            text=_("由别人提请的；看清改了哪些行，可以先试算，再批准或者退回。"),
            count=waiting_versions(actor).count(),
            url_name="reference:list",
        )
    ]


def _calendar_changes(actor: Actor, _today: date) -> list[Duty]:
    return [
        Duty(
            title=_("等您签字的校历和设置"),
            text=_("由别人提出的；看清由什么改成什么，可以先试算，再签字或者退回。"),
            count=changes_to_sign(actor).count(),
            url_name="calendars:changes",
        )
    ]


def _appraisals(actor: Actor, _today: date) -> list[Duty]:
    """Votes for an expert, panels for the secretary, results to decide on, waivers to approve."""
    votes = waiting_votes(actor).select_related("appraisal__deadline")
    first = votes.first()
    listed = visible_appraisals(actor)
    secretary, decides = _may(actor, Action.PANEL_MANAGE), _may(actor, Action.FILING_REVIEW)
    return [
        Duty(
            title=_("等您鉴别的班"),
            text=_("请本人独立判断；与机构有关系的请回避。"),
            count=votes.count(),
            url_name="appraisals:mine",
            due=first.appraisal.deadline.due_on if first else None,
            state="current",
        ),
        Duty(
            title=_("等待组成专家组的鉴别"),
            text=_("抽取或者指定单数的专家。"),
            count=listed.filter(state="opened").count() if secretary else 0,
            url_name="appraisals:list",
            query="state=opened",
        ),
        Duty(
            title=_("专家组已有结论，等您认定"),
            text=_("由教育部门署名认定；机构有异议的，先提请市级。"),
            count=listed.filter(state="concluded", department=actor.department).count()
            if decides
            else 0,
            url_name="appraisals:list",
            query="state=concluded",
        ),
        Duty(
            title=_("等您批准的豁免"),
            text=_("由提出人以外的人批准，批准后公开。"),
            count=waivers_to_approve(actor).count(),
            url_name="waivers:list",
            query="part=waiting",
        ),
    ]


def _journeys(actor: Actor, today: date) -> list[Duty]:
    """Journeys in which this desk is the one to move, and those whose clock has run out."""
    if not _may(actor, Action.JOURNEY_READ):
        return []
    mine = list(filtered_journeys(actor, JourneyFilters(standing="mine"), today).distinct())
    if not mine:
        return []
    dated = [line.clock for line in journey_lines(mine, today) if line.clock is not None]
    running = [clock for clock in dated if not clock.is_stopped]
    first = min(running, key=lambda clock: clock.due, default=None)
    is_leader = _may(actor, Action.JOURNEY_COUNTERSIGN)
    return [
        Duty(
            title=_("等您会签的决定") if is_leader else _("等您办的许可事项"),
            text=_("看清理由和依据再签；不同意的退回并写明理由。")
            if is_leader
            else _("期限最近的先办；打开可以看到还差什么。"),
            count=len(mine),
            url_name="journeys:list",
            query="standing=mine",
            due=None if first is None else first.due,
            left=None if first is None else first.left,
            unit="workdays" if first is None else first.unit,
            provisional=first is not None and first.provisional,
            state="current",
        )
    ]


def _register(actor: Actor, today: date) -> list[Duty]:
    if not _may(actor, Action.REGISTER_EDIT):
        return []
    known = institutions_in(actor)
    own = known.filter(competent_department=actor.department)
    ending = ending_licences(Licence.objects.filter(institution__in=own.values("pk")), today)
    first = ending.first()
    last_day = first.valid_before - timedelta(days=1) if first and first.valid_before else None
    return [
        Duty(
            title=_("待核实的机构"),
            text=_("资料有缺项，核对补全后才能确认。"),
            count=known.filter(verification="unverified").count(),
            url_name="register:list",
            query="verification=unverified",
        ),
        Duty(
            title=_("60 日内到期的许可证"),
            text=_("提醒机构在到期 30 日前申请延续。"),
            count=ending.count(),
            url_name="register:list",
            query=f"licence_state=ending&department={actor.department}",
            due=last_day,
            left=(last_day - today).days if last_day else None,
            unit="days",
        ),
    ]


def _notices(actor: Actor, _today: date) -> list[Duty]:
    if not _may(actor, Action.NOTICE_READ):
        return []
    return [
        Duty(
            title=_("未读通知"),
            text=_("发给您这个岗位、还没有人打开的。"),
            count=unread_count(actor),
            url_name="notices:desk",
            query="state=unread",
        )
    ]


def _staff(actor: Actor, today: date) -> list[Duty]:
    if not _may(actor, Action.STAFF_EDIT):
        return []
    counts = watch_counts(actor, today)
    return [
        Duty(
            title=_("不得录用仍在岗的人"),
            text=_("查询或名单表明不得录用；通知机构立即停止其工作并解聘。"),
            count=counts.must_leave,
            url_name="staff:watch",
            query="part=must_leave",
            state="blocked",
        ),
        Duty(
            title=_("教职员工查询过期"),
            text=_("每年要查一次；查完录入结果和日期。"),
            count=counts.recheck,
            url_name="staff:watch",
            query="part=recheck",
        ),
        Duty(
            title=_("等待查询的拟聘人员"),
            text=_("本人已经同意，机构在等查询结果才能让人到岗。"),
            count=counts.waiting,
            url_name="staff:watch",
            query="part=waiting",
        ),
    ]


def _jobs(actor: Actor, _today: date) -> list[Duty]:
    failed = visible_jobs(actor).filter(state="failed")
    return [
        Duty(
            title=_("没有做完的后台任务"),
            text=_("任务停在中途，已做完的部分都保留着；打开看原因后可以重试。"),
            count=failed.count(),
            url_name="jobs:list",
            query="state=failed",
            state="blocked",
        )
    ]


def _deadlines(actor: Actor, _today: date) -> list[Duty]:
    if not _may(actor, Action.CALENDAR_EDIT):
        return []
    return [
        Duty(
            title=_("暂定的期限"),
            text=_("跨到了还没有录入节假日安排的年份；录入后自动重算。"),
            count=provisional_deadlines(actor.division).count(),
            url_name="calendars:terms",
        )
    ]


def _nightly(actor: Actor, _today: date) -> list[Duty]:
    if not _may(actor, Action.ACCOUNT_MANAGE):
        return []
    return [
        Duty(
            title=_("夜间核对发现的问题"),
            text=_("有数据与记录对不上；逐项查明经过。"),
            count=len(violations_for(actor, latest_report())),
            url_name="pages:nightly",
            state="blocked",
        )
    ]


_SOURCES: tuple[Callable[[Actor, date], list[Duty]], ...] = (
    _filings,
    _appraisals,
    _rechecks,
    _reference,
    _calendar_changes,
    _journeys,
    inspection_duties,
    fee_duties,
    _register,
    _staff,
    _notices,
    _jobs,
    _deadlines,
    _nightly,
)
