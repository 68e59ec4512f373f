"""What anyone is told who checks a paper: is it genuine, and does the licence hold today."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.public_register import Answer
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN

VERDICTS: Mapping[str, Answer] = {
    "genuine": Answer(
        OK,
        "check-circle",
        _("这份文书是真的"),
        _("由下面的机关制发。请核对您手上的文号、日期和机构名称与下面一致。"),
    ),
    "void": Answer(
        BREACH,
        "cross-circle",
        _("这份文书已经作废"),
        _("制发机关已把它作废，不能再作为凭证。"),
    ),
    "unknown": Answer(
        BREACH,
        "cross-circle",
        _("没有查到这份文书"),
        _(
            "请核对文号和校验码有没有写错。核对无误仍查不到的，不要相信这份文书，可以向当地教育行政部门反映。"
        ),
    ),
    "too_many": Answer(
        ATTENTION,
        "clock",
        _("查得太频繁了"),
        _("这个网络地址在十分钟里多次没有查到文书。请过十分钟再查。"),
    ),
    "in_force": Answer(
        OK,
        "check-circle",
        _("这张许可证是真的，今天有效"),
        _("请核对您手上的证与下面的内容一致。能教什么、到哪天，以下面为准。"),
        may_teach=True,
    ),
    "replaced": Answer(
        BREACH,
        "cross-circle",
        _("这张证已被换发的新证代替"),
        _("证是真的，但不能再用。请要求机构出示新证。"),
    ),
    "paused": Answer(
        ATTENTION,
        "pause",
        _("证是真的，但机构目前暂停办学"),
        _("现在不招生、不上课。请不要报名缴费。"),
    ),
    "suspended": Answer(
        ATTENTION,
        "pause",
        _("证是真的，但许可已暂停"),
        _("暂停期间不得招生和培训。请不要报名缴费。"),
    ),
    "expired": Answer(
        BREACH,
        "cross-circle",
        _("证是真的，但已经到期"),
        _("到期后不得招生和培训。请不要报名缴费。"),
    ),
    "revoked": Answer(
        BREACH,
        "cross-circle",
        _("证是真的，但许可已被吊销"),
        _("不得再办学。请不要报名缴费。"),
    ),
    "cancelled": Answer(
        NEUTRAL,
        "minus",
        _("证是真的，但许可已注销"),
        _("不再办学。请不要报名缴费。"),
    ),
    "annulled": Answer(
        BREACH,
        "cross-circle",
        _("证是真的，但许可已被撤销"),
        _("不得再办学。请不要报名缴费。"),
    ),
    "withdrawn": Answer(
        BREACH,
        "cross-circle",
        _("证是真的，但许可已被撤回"),
        _("不得再办学。请不要报名缴费。"),
    ),
    "pending": Answer(
        UNKNOWN,
        "question",
        _("证是真的，但许可还没有生效"),
        _("登记册上还没有核发。生效以前请不要报名缴费。"),
    ),
    "unmatched": Answer(
        UNKNOWN,
        "question",
        _("证是真的，但登记册上找不到这项许可"),
        _("请向下面的发证机关核实，核实以前不要报名缴费。"),
    ),
}
