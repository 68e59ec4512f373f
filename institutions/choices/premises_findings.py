"""What a finding of a place says to an officer: the rule's name, the answer, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.choices.premises import BUILDING_KIND_LABELS
from institutions.choices.register import Words
from institutions.core.standards.rules import PremisesFinding
from regulator.kernel.outcomes import Breach, NotApplicable, Undetermined
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

RULE_TITLES: Words = {
    "PREMISES-LICENCE": _("地址在许可证上"),
    "PREMISES-AREA": _("建筑面积"),
    "PREMISES-TEACHING": _("教学用房占比"),
    "PREMISES-PUPIL-AREA": _("生均面积"),
    "PREMISES-FLOOR": _("楼层上限"),
    "PREMISES-UNDERGROUND": _("楼层下限"),
    "PREMISES-BUILDING": _("房屋性质"),
    "PREMISES-LEASE": _("租期"),
}
BREACH_TEXTS: Words = {
    "PREMISES-LICENCE": _("许可证上没有这个地址。要在这里上课，先办理地址变更。"),
    "PREMISES-AREA": _("登记的是 %(evidence)s 平方米，标准是不少于 %(limit)s 平方米。"),
    "PREMISES-TEACHING": _(
        "建筑面积 %(area)s 平方米，教学用房 %(evidence)s 平方米，不到标准的 %(limit)s。"
    ),
    "PREMISES-PUPIL-AREA": _(
        "面积 %(area)s 平方米，每人不少于 %(limit)s 平方米，同一时段最多 %(most)s 人；"
        "登记的是 %(evidence)s 人。"
    ),
    "PREMISES-FLOOR": _("最高在 %(evidence)s 层，标准是不高于 %(limit)s 层。"),
    "PREMISES-UNDERGROUND": _("最低在 %(evidence)s 层，标准是不低于 %(limit)s 层。"),
    "PREMISES-BUILDING": _("登记的是%(building_kind)s，标准写明不得设在这类房屋。"),
    "PREMISES-LEASE": _(
        "租期到 %(evidence)s，从启用算起 %(months)s 个月，标准是不少于 %(limit)s 个月。"
    ),
}
LEASE_OVER = _("租期已于 %(evidence)s 到期。")
MISSING_TEXTS: Words = {
    "standard": _("本区没有录入这个数。"),
    "source": _("现有的数出处不可靠，本区还没有确认。"),
    "floor_area_m2": _("没有登记建筑面积。"),
    "teaching_area_m2": _("没有登记教学用房面积。"),
    "max_pupils": _("没有登记同一时段最多学员数。"),
    "lowest_floor": _("没有登记最低在几层。"),
    "highest_floor": _("没有登记最高在几层。"),
    "building_kind": _("没有登记房屋性质。"),
    "room_use": _("没有登记教室怎么用，不知道按哪个数核对。"),
    "stages": _("许可证上没有写学段，不知道按哪个数核对。"),
    "lease_until": _("没有登记租期；自有房屋由经办人核对产权证明。"),
    "starts_on": _("没有登记启用日期。"),
    "licence_address": _("有效的许可证上没有写地址，请核对。"),
    "address_on_licence": _("标了“许可证上有”，有效的许可证上写的却是别的地址，请核对。"),
}
PASS_BADGE = Badge(OK, _("符合"))
BREACH_BADGE = Badge(BREACH, _("不符合"))
ADVICE_BADGE = Badge(ATTENTION, _("原则上应达到"))
UNKNOWN_BADGE = Badge(UNKNOWN, _("无法判断"))
NOT_APPLICABLE_BADGE = Badge(NEUTRAL, _("不适用"))


@dataclass(frozen=True)
class FindingLine:
    """A finding ready for the page; `note` and `basis` are Chinese data."""

    title: str | Promise
    badge: Badge
    text: str | Promise
    note: str
    basis: str


def finding_line(finding: PremisesFinding) -> FindingLine:
    """A finding in words."""
    title, outcome = RULE_TITLES[finding.rule], finding.outcome
    if isinstance(outcome, Breach):
        badge = ADVICE_BADGE if finding.is_soft else BREACH_BADGE
        return FindingLine(title, badge, breach_text(finding.rule, outcome), "", _cited(outcome))
    if isinstance(outcome, Undetermined):
        note = str(outcome.params.get("note", ""))
        text = MISSING_TEXTS[outcome.missing]
        return FindingLine(title, UNKNOWN_BADGE, text, note, _cited(outcome))
    badge = NOT_APPLICABLE_BADGE if isinstance(outcome, NotApplicable) else PASS_BADGE
    return FindingLine(title, badge, "", "", "")


def breach_text(rule: str, outcome: Breach) -> str:
    """What is breached, with the figures."""
    params = dict(outcome.params) | {"evidence": outcome.evidence}
    if outcome.field == "building_kind":
        params["building_kind"] = BUILDING_KIND_LABELS.get(outcome.evidence, outcome.evidence)
    text = LEASE_OVER if params.get("is_over") else BREACH_TEXTS[rule]
    return str(text) % params


def _cited(outcome: Breach | Undetermined) -> str:
    return outcome.basis.cite()
