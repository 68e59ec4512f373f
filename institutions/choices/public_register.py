"""The few plain answers of a provider's page: licensed or not, and what a parent does now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge


@dataclass(frozen=True)
class Answer:
    """One answer: its tone and icon, the sentence in large, and what it means for a parent."""

    tone: str
    icon: str
    title: str | Promise
    advice: str | Promise
    may_teach: bool = False

    @property
    def badge(self) -> Badge:
        """The answer as a badge in a list."""
        return Badge(self.tone, self.title)


ANSWERS: Mapping[str, Answer] = {
    "in_force": Answer(
        OK,
        "check-circle",
        _("有办学许可"),
        _("可以按许可的范围招生。报名前请核对班级是否已备案，费用只交到监管账户。"),
        may_teach=True,
    ),
    "paused": Answer(
        ATTENTION,
        "pause",
        _("有许可，但目前暂停办学"),
        _("现在不招生、不上课。请不要报名缴费；已缴费的请联系机构。"),
    ),
    "suspended": Answer(
        ATTENTION,
        "pause",
        _("办学许可已暂停"),
        _("暂停期间不得招生和培训。请不要报名缴费。"),
    ),
    "expired": Answer(
        BREACH,
        "cross-circle",
        _("办学许可已到期"),
        _("到期后不得招生和培训。请不要报名缴费。"),
    ),
    "revoked": Answer(
        BREACH,
        "cross-circle",
        _("办学许可已被吊销"),
        _("不得再办学。请不要报名缴费；还有未上的课，请联系教育行政部门。"),
    ),
    "annulled": Answer(
        BREACH,
        "cross-circle",
        _("办学许可已被撤销"),
        _("不得再办学。请不要报名缴费；还有未上的课，请联系教育行政部门。"),
    ),
    "withdrawn": Answer(
        BREACH,
        "cross-circle",
        _("办学许可已被撤回"),
        _("不得再办学。请不要报名缴费；还有未上的课，请联系教育行政部门。"),
    ),
    "replaced": Answer(
        UNKNOWN,
        "question",
        _("许可证已换发，新证还没有登记"),
        _("教育行政部门还没有核实它的新许可证。核实以前请不要报名缴费。"),
    ),
    "cancelled": Answer(
        BREACH,
        "cross-circle",
        _("办学许可已注销"),
        _("不再办学。请不要报名缴费。"),
    ),
    "closed": Answer(
        NEUTRAL,
        "minus",
        _("机构已终止办学"),
        _("不再办学。请不要报名缴费。"),
    ),
    "unlicensed": Answer(
        BREACH,
        "cross-circle",
        _("没有办学许可"),
        _("登记册里没有它的办学许可。请不要报名缴费。"),
    ),
    "unverified": Answer(
        UNKNOWN,
        "question",
        _("还没有核实"),
        _("教育行政部门还没有核实它的许可。核实以前请不要报名缴费。"),
    ),
}
STAGES_JOINER = _("、")
