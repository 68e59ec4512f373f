"""The words of the nightly check."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fees.choices.ledger import DIFFERENCE_TEXTS
from fees.choices.refunds import REFUND_STATE_LABELS
from fees.choices.texts import STATE_LABELS as ESCROW_STATE_LABELS
from inspections.choices.draws import DRAW_STATE_LABELS
from inspections.choices.findings import (
    CASE_TEXT_LABELS,
    FINDING_STATE_LABELS,
    RECTIFICATION_STATE_LABELS,
)
from inspections.choices.orders import ORDER_STATE_LABELS
from inspections.choices.plans import PLAN_STATE_LABELS
from inspections.choices.visits import VISIT_STATE_LABELS
from institutions.choices.appraisals import APPRAISAL_STATE_LABELS, WAIVER_STATE_LABELS
from institutions.choices.filings import STATE_LABELS as FILING_STATE_LABELS
from institutions.choices.journey_words import ask_label
from institutions.choices.rechecks import RECHECK_STATE_LABELS
from institutions.choices.register import LICENCE_STATE_LABELS, STATUS_LABELS
from regulator.calendars.choices.changes import CHANGE_STATE_LABELS
from regulator.calendars.choices.texts import SETTING_LABELS
from regulator.pages.core.invariants import Violation

Text = Promise | str

THING_LABELS: Mapping[str, Text] = {
    "licence": _("办学许可证"),
    "filing": _("课程备案"),
    "appraisal": _("专家鉴别"),
    "waiver": _("豁免"),
    "recheck": _("复核"),
    "calendar_change": _("校历和设置的改动"),
    "draw": _("抽查任务"),
    "plan": _("年度抽查计划"),
    "order": _("检查任务"),
    "rectification": _("责令改正"),
    "visit": _("现场检查"),
    "finding": _("发现的问题"),
    "case": _("立案"),
    "refund": _("退费"),
    "journey": _("办件"),
    "escrow": _("监管账户"),
    "institution": _("办学状态"),
    "name": _("机构名称的有效期"),
    "credit_code": _("信用代码的有效期"),
    "licence_state": _("许可证状态的有效期"),
    "department": _("主管部门的有效期"),
    "status": _("办学状态的有效期"),
    "appointment": _("任职的起止"),
    "setting": _("区划设置的有效期"),
    "event": _("审计记录"),
    "guard": _("只增不改的保护"),
    "ledger": _("预收费账本"),
}
_STATES: Mapping[str, Mapping[str, Text]] = {
    "licence": LICENCE_STATE_LABELS,
    "filing": FILING_STATE_LABELS,
    "appraisal": APPRAISAL_STATE_LABELS,
    "waiver": WAIVER_STATE_LABELS,
    "recheck": RECHECK_STATE_LABELS,
    "calendar_change": CHANGE_STATE_LABELS,
    "draw": DRAW_STATE_LABELS,
    "plan": PLAN_STATE_LABELS,
    "order": ORDER_STATE_LABELS,
    "rectification": RECTIFICATION_STATE_LABELS,
    "visit": VISIT_STATE_LABELS,
    "finding": FINDING_STATE_LABELS,
    "refund": REFUND_STATE_LABELS,
    "escrow": ESCROW_STATE_LABELS,
    "institution": STATUS_LABELS,
}
VIOLATION_TEXTS: Mapping[str, Text] = {
    "state_differs": _("现在是“%(state)s”，而最后一条记录是“%(said)s”：有人绕过系统改了数据。"),
    "state_untold": _("现在是“%(state)s”，但没有任何记录说明它怎么来的。"),
    "text_differs": _("“%(texts)s”与办理时记下的摘要对不上：有人绕过系统改了文字。"),
    "row_gone": _("审计记录里有它，数据里已经没有了：有人绕过系统删了数据。"),
    "periods_overlap": _("%(first)s 与 %(second)s 两段时间重叠，同一天有两个值。"),
    "period_reversed": _("%(second)s 的结束早于开始。"),
    "chain_broken": _("第 %(sequence)s 条处断开：%(reason)s。"),
    "head_gone": _("链头不见了，末尾是否被截断无法判断。"),
    "ledger_differs": _("%(difference)s。"),
    "guard_missing": _("数据库缺少这个保护，记录可能被改写或删除。"),
}
REMEDIES: Mapping[str, Text] = {
    "state_differs": _("查明经过；以记录为准的，由经办岗位在系统里重新办理。"),
    "state_untold": _("查明来源；没有依据的，由经办岗位更正。"),
    "text_differs": _("从备份取回原文，与已送达的文书核对，查明经过。"),
    "row_gone": _("从最近的备份取回这一条，并查明经过。"),
    "periods_overlap": _("核对原件，由经办岗位更正起止日期。"),
    "period_reversed": _("核对原件，由经办岗位更正起止日期。"),
    "chain_broken": _("保留现场，用已打印的链头和备份核对，查明谁动过数据库。"),
    "head_gone": _("保留现场，用已打印的链头和备份核对，查明谁动过数据库。"),
    "ledger_differs": _(
        "查明经过；分录是对的，余额错了的，从备份取回；漏记、错记的，用更正分录处理。"
    ),
    "guard_missing": _("运行 manage.py prepare 重新安装。"),
}
BREAK_REASONS: Mapping[str, Text] = {
    "sequence": _("序号不连续"),
    "previous_hash": _("与上一条对不上"),
    "hash": _("内容与哈希对不上"),
    "head": _("末尾与链头对不上"),
    "outside_head": _("与库外保存的链头对不上"),
}


def violation_text(violation: Violation) -> str:
    """What is wrong, in words."""
    params = dict(violation.params)
    states = _STATES.get(violation.thing, {})
    for name in ("state", "said"):
        if name in params:
            params[name] = str(states.get(params[name], params[name]))
    if violation.kind == "ledger_differs":
        params["difference"] = str(DIFFERENCE_TEXTS[params["code"]] % params)
    if "texts" in params:
        params["texts"] = "、".join(str(_text_label(one)) for one in params["texts"].split(","))
    if "reason" in params:
        params["reason"] = str(BREAK_REASONS.get(params["reason"], params["reason"]))
    return str(VIOLATION_TEXTS[violation.kind]) % params


def _text_label(name: str) -> Text:
    """A case's own text, or `<kind of journey>.<code>` of what a step of its journey stated."""
    kind, _dot, code = name.partition(".")
    return ask_label(kind, code) if code else CASE_TEXT_LABELS[name]


def violation_subject(violation: Violation) -> str:
    """What it is about, as people name it."""
    if violation.thing == "setting":
        return str(SETTING_LABELS.get(violation.subject, violation.subject))
    return violation.subject


def violation_line(violation: Violation) -> str:
    """One line of the command: division, thing, subject, what is wrong, its key."""
    where = " ".join(
        part
        for part in (
            violation.division,
            str(THING_LABELS[violation.thing]),
            violation_subject(violation),
        )
        if part
    )
    key = f"（{violation.key}）" if violation.key else ""
    return f"{where}：{violation_text(violation)}{key}"
