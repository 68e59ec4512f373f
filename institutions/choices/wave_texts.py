"""The words of waves: criteria, consequences, reasons against a member, refusals, events."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from institutions.choices.journeys import JOURNEY_KIND_LABELS, MEMBER_STANDING_LABELS
from institutions.choices.register import (
    CATEGORY_LABELS,
    LEGAL_FORM_LABELS,
    Words,
)
from institutions.core.journeys.waves import Reason

CRITERION_LABELS: Words = {
    "category": _("培训类别"),
    "legal_form": _("营利性质"),
    "activity": _("非学科类别"),
    "competent_department": _("主管部门"),
    "stages": _("学段"),
}
WAY_OUT_LABELS: Words = {
    "reregistration": JOURNEY_KIND_LABELS["reregistration"],
    "conversion": JOURNEY_KIND_LABELS["conversion"],
    "closure": JOURNEY_KIND_LABELS["closure"],
}
CONSEQUENCE_LABELS: Words = {
    "failed_check_no_training": _("年检不合格，不得招生和培训"),
}
CONSEQUENCE_LINES: Mapping[str, tuple[Any, ...]] = {
    "failed_check_no_training": (
        _("年度检查结论为不合格"),
        _("不得继续招生"),
        _("不得继续开展培训"),
    ),
}
REASON_TEXTS: Words = {
    "register_shows": _("名册记载：%(category)s、%(legal_form)s，许可证编号 %(licence)s。"),
    "no_application": _("到 %(deadline)s 没有申请任何一种办理方式。"),
    "not_handed_in": _("%(on)s 开始“%(journey)s”（%(number)s），没有提交申请。"),
    "applied_late": _("“%(journey)s”（%(number)s）在 %(on)s 才申请，晚于 %(deadline)s。"),
    "application_refused": _("“%(journey)s”（%(number)s）在 %(on)s 没有被批准。"),
    "application_dropped": _("“%(journey)s”（%(number)s）在 %(on)s 撤件。"),
    "application_done": _("“%(journey)s”（%(number)s）在批次开始以前的 %(on)s 办结。"),
}
UNKNOWN = _("未登记")
STANDING_TONES: Mapping[str, str] = {
    "open": "attention",
    "through": "ok",
    "spared": "neutral",
    "proposed": "breach",
    "excused": "neutral",
}
WAVE_REFUSAL_TEXTS: Words = {
    "wave.name_missing": _("请写批次的名称。"),
    "wave.basis_missing": _("请写依据的文件和条款。"),
    "wave.ways_missing": _("请至少选一种办理方式。"),
    "wave.criteria_missing": _("请至少选一个条件，不能把所有机构都列进来。"),
    "wave.opened_already": _("这个批次已经开始，成员不再按条件变动。"),
    "wave.nobody": _("名册里没有符合条件的机构，不能开始。"),
    "wave.not_open": _("这个批次还没有开始。"),
    "wave.deadline_not_over": _("期限到 %(deadline)s，从第二天起才能拟认定逾期。"),
    "wave.reason_missing": _("请写明理由。"),
    "wave.other_division": _("这家机构不属于本区。"),
    "wave.member_already": _("这家机构已经在批次里。"),
    "wave.member_settled": _("这家机构现在是“%(member_standing)s”，不能再除外。"),
    "wave.nothing_chosen": _("请先选择机构。"),
    "wave.moves_mixed": _("选中的办件不在同一步，请按步骤分开办理。"),
}
WAVE_PARAM_LABELS: Mapping[str, Words] = {"member_standing": MEMBER_STANDING_LABELS}
WAVE_EVENT_LABELS: Words = {
    "wave.created": _("新建批次"),
    "wave.opened": _("批次开始"),
    "wave.member_added": _("补充批次机构"),
    "wave.member_excused": _("批次机构除外"),
    "wave.proposed": _("批次逾期清点完毕"),
    "journey.batch_proposed": _("拟认定一批逾期"),
}
_SPOKEN: Mapping[str, Words] = {
    "journey": WAY_OUT_LABELS,
    "category": CATEGORY_LABELS,
    "legal_form": LEGAL_FORM_LABELS,
}


def reason_text(code: str, params: Mapping[str, Any]) -> str:
    """A reason as a person reads it."""
    spoken = {
        name: str(_SPOKEN.get(name, {}).get(value, value)) if value else str(UNKNOWN)
        for name, value in params.items()
    }
    return str(REASON_TEXTS[code]) % spoken


def frozen_reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Reasons as a proposed decision keeps them: code, params, and the Chinese sentence."""
    with translation.override("zh-hans"):
        return [{**one.as_json(), "text": reason_text(one.code, one.params)} for one in reasons]


@cache
def frozen_consequences(consequence: str) -> tuple[str, ...]:
    """The consequence as the decision prints it, in Chinese."""
    with translation.override("zh-hans"):
        return tuple(str(line) for line in CONSEQUENCE_LINES[consequence])
