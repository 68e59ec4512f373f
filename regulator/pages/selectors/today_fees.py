"""The lines of today about prepaid fees."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from fees.selectors.today import FeeWork, fee_work
from regulator.kernel.actors import Actor
from regulator.pages.selectors.duty import Duty


def fee_duties(actor: Actor, today: date) -> list[Duty]:
    """Refunds, warnings, the bank's differences and closures that wait for the actor's desk."""
    work = fee_work(actor, today)
    return [*_of_refunds(work, today), *_of_money(work, today), *_to_sign(work)]


def _left(due: date | None, today: date) -> int | None:
    return None if due is None else (due - today).days


def _of_refunds(work: FeeWork, today: date) -> list[Duty]:
    return [
        Duty(
            title=_("逾期没有退的费"),
            text=_(
                "过了退款的期限，还没有退到家长手里；没有核定的先核定，核定了的从监管账户退付。"
            ),
            count=work.refunds_overdue,
            url_name="fees:refunds",
            query="part=overdue",
            due=work.first_overdue_on,
            left=_left(work.first_overdue_on, today),
            unit="days",
            state="blocked",
        ),
        Duty(
            title=_("等您核定的退费"),
            text=_("机构已经答复或者没有答复；查明原因，核定退多少。不服核定的由另一人复核。"),
            count=work.refunds_to_decide,
            url_name="fees:refunds",
            query="part=open",
            state="current",
        ),
    ]


def _of_money(work: FeeWork, today: date) -> list[Duty]:
    return [
        Duty(
            title=_("还没有人处理的风险预警"),
            text=_("看清每项指标的数和来源；记下怎样处理，误报的写明理由。"),
            count=work.warnings,
            url_name="fees:warnings",
            query="standing=waiting",
            state="current",
        ),
        Duty(
            title=_("收了又要退回的钱"),
            text=_("没有成交的收费进了账户；到期以前退回家长。"),
            count=work.sales_to_return,
            url_name="fees:refused_sales",
            query="found=due",
            due=work.first_return_on,
            left=_left(work.first_return_on, today),
            unit="days",
        ),
        Duty(
            title=_("银行对账的差异"),
            text=_("银行、账本和机构报的数对不上；查明以后配对、补记或者写明原因。"),
            count=work.differences,
            url_name="fees:differences",
        ),
    ]


def _to_sign(work: FeeWork) -> list[Duty]:
    return [
        Duty(
            title=_("等您签发的停业清退"),
            text=_("由别人拟定的；看清账户里有多少、退给谁多少，再签发。"),
            count=work.closures_to_sign,
            url_name="fees:closures",
            state="current",
        )
    ]
