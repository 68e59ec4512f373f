"""The lines of today that come after the visits of an inspection."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.core.findings.publication import ClockReading, ClockState
from inspections.selectors.after_today import AfterWork, after_work
from inspections.selectors.before_today import BeforeWork, before_work
from regulator.kernel.actors import Actor
from regulator.pages.selectors.duty import Duty


def inspection_duties(actor: Actor, today: date) -> list[Duty]:
    """What waits for a second person, then findings, orders and results at the actor's desk."""
    work = after_work(actor, today)
    return [*_of_second_person(before_work(actor)), *_of_department(work), *_of_coordinator(work)]


def _of_second_person(work: BeforeWork) -> list[Duty]:
    return [
        _to_sign(
            _("等您批准的年度抽查计划"),
            _("由别人提交的；看清抽什么、抽多少，再批准或者退回。"),
            work.plans,
            "inspections:plans",
        ),
        _to_sign(
            _("已批准、等公布的年度抽查计划"),
            _("公布以后才能据此准备抽查。"),
            work.plans_to_publish,
            "inspections:plans",
        ),
        Duty(
            title=_("等您复核的抽查框"),
            text=_("核对抽查框和排除记录，在约定读数以前公布承诺；过了时间就要重新准备。"),
            count=work.frames,
            url_name="inspections:draws",
            due=work.first_reading_on,
            state="current",
        ),
        _to_sign(
            _("读数已记录、等您抽取的抽查"),
            _("记读数的人不能抽取，由您按下抽取。"),
            work.to_draw,
            "inspections:draws",
        ),
        _to_sign(
            _("等您批准的检查任务"),
            _("由别人起草的；核对依据、场所和人员。"),
            work.orders,
            "inspections:orders",
        ),
        _to_sign(
            _("等您同意的检查任务换人"),
            _("有人去不了；核对由谁顶替，同意或者不同意。"),
            work.replacements,
            "inspections:orders",
        ),
        _to_sign(
            _("等您审批的现场检查"),
            _("由别人安排的；审批以后检查组才能出动。"),
            work.visits,
            "inspections:visits",
        ),
        _to_sign(
            _("提请不公开、等您决定的结果"),
            _("没有决定以前，同一批结果都不能公布。"),
            work.withholdings,
            "inspections:results",
        ),
    ]


def _to_sign(title: Promise, text: Promise, count: int, url_name: str) -> Duty:
    return Duty(title=title, text=text, count=count, url_name=url_name, state="current")


def _of_department(work: AfterWork) -> list[Duty]:
    return [
        Duty(
            title=_("等您认定的检查问题"),
            text=_("检查里记了“不符合”；认定以后才能责令改正，也才能公布结果。"),
            count=work.to_confirm,
            url_name="inspections:findings",
            state="current",
        ),
        Duty(
            title=_("移送给本部门的问题"),
            text=_("其他部门认为属于您的职权；接收，或者写明理由退回。"),
            count=work.referred,
            url_name="inspections:findings",
            query="state=referred",
            state="current",
        ),
        Duty(
            title=_("还没有责令改正的问题"),
            text=_("起草通知书、移送、立案，或者写明理由撤销认定。"),
            count=work.open_findings,
            url_name="inspections:findings",
            query="state=open",
        ),
        Duty(
            title=_("机构报来的整改材料"),
            text=_("看清楚再办结；不够的退回，需要的安排复查。"),
            count=work.proved,
            url_name="inspections:rectifications",
            query="state=proved",
        ),
        Duty(
            title=_("整改逾期的机构"),
            text=_("期限已过、没有报送；安排复查，仍没有改正的立案。"),
            count=work.overdue,
            url_name="inspections:rectifications",
            query="state=served",
            due=work.first_due,
            state="blocked",
        ),
    ]


def _of_coordinator(work: AfterWork) -> list[Duty]:
    return [
        _clocked(
            Duty(
                title=_("抽查快要到查完的期限"),
                text=_("还有场所没有查完；逾期也要说明原因。"),
                count=work.visits_warned,
                url_name="inspections:results",
            ),
            work.visits_clock,
        ),
        _clocked(
            Duty(
                title=_("检查结果快要到公布的期限"),
                text=_("没有认定的“不符合”先请各部门认定，再揭晓或者公布。"),
                count=work.results_warned,
                url_name="inspections:results",
            ),
            work.results_clock,
        ),
        Duty(
            title=_("机构对公布结果的异议"),
            text=_("核实后答复；成立的一并公布更正。"),
            count=work.objections,
            url_name="inspections:results",
        ),
    ]


def _clocked(duty: Duty, clock: ClockReading | None) -> Duty:
    if clock is None:
        return duty
    return Duty(
        title=duty.title,
        text=duty.text,
        count=duty.count,
        url_name=duty.url_name,
        due=clock.due_on,
        left=clock.left_workdays,
        provisional=clock.is_provisional,
        state="blocked" if clock.state is ClockState.LATE else "current",
    )
