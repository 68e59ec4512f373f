"""What a notice says: a title and a sentence for every kind, with places for its params."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from institutions.core.notice_kinds import SHAPES, NoticeKind, Weight
from regulator.web.choices import Badge
from regulator.web.refusals import spoken_params

RECIPIENT_LABELS: Words = {"institution": _("机构"), "desk": _("岗位")}
RECIPIENT_CHOICES = list(RECIPIENT_LABELS.items())

NOTICE_EVENT_LABELS: Words = {
    "notice.sent": _("发出通知"),
    "notice.read": _("通知已读"),
    "notice.delivery_begun": _("开始发送通知"),
    "notice.delivered": _("通知发送成功"),
    "notice.delivery_put_off": _("通知没有发成，稍后再发"),
    "notice.delivery_failed": _("通知没有发成，不再发"),
    "notice.delivery_skipped": _("通知没有发，收件方式已关闭"),
    "notice.contact_changed": _("修改通知联系方式"),
    "notice.contact_revealed": _("查看完整的通知联系方式"),
}

NOTICE_REFUSAL_TEXTS: Words = {
    "notice.not_own": _("这条通知不是发给您的岗位或机构的。"),
    "notice.email_wrong": _("电子邮件地址不完整，应该像“名字@网站”的样子。"),
    "notice.mobile_wrong": _("手机号码应该是 1 开头的 11 位数字。"),
    "notice.contact_same": _("联系方式没有变化，不需要保存。"),
    "notice.no_contact": _("机构没有填写通知联系方式。"),
}

WEIGHT_LABELS: Words = {
    "attention": _("要办"),
    "breach": _("要紧"),
    "ok": _("结果"),
    "neutral": _("告知"),
}


@dataclass(frozen=True)
class NoticeText:
    """A kind's two sentences."""

    title: str | Promise
    text: str | Promise


_TEXTS: Mapping[NoticeKind, NoticeText] = {
    NoticeKind.JOURNEY_STARTED: NoticeText(
        _("“%(journey)s”开始办理"),
        _("打开可以看到每一步要交什么材料、由谁办、到哪一天。"),
    ),
    NoticeKind.JOURNEY_ACCEPTED: NoticeText(
        _("“%(journey)s”已受理"),
        _("%(accepted_on)s受理，最迟%(due_on)s作出决定；要听证、鉴定或专家评审的，另行书面告知。"),
    ),
    NoticeKind.JOURNEY_GAPS: NoticeText(
        _("“%(journey)s”的材料要补正"),
        _("共 %(count)s 项，已一次列清。打开看每一项缺什么，补齐后再提交。"),
    ),
    NoticeKind.JOURNEY_DOCUMENT_RETURNED: NoticeText(
        _("“%(journey)s”有一份材料被退回"),
        _("退回的是“%(document)s”。理由：%(reason)s。改好后重新上传。"),
    ),
    NoticeKind.JOURNEY_CLOCK_STOPPED: NoticeText(
        _("“%(journey)s”的办理期限暂停计算"),
        _("从%(stopped_on)s起暂停。原因：%(reason)s。恢复计算时另行告知。"),
    ),
    NoticeKind.JOURNEY_CLOCK_RESUMED: NoticeText(
        _("“%(journey)s”的办理期限恢复计算"),
        _("从%(resumed_on)s起继续计算，到%(due_on)s为止。"),
    ),
    NoticeKind.JOURNEY_DECIDED: NoticeText(
        _("“%(journey)s”已作出决定"),
        _("%(decided_on)s准予。文书送达后生效，打开查看下一步。"),
    ),
    NoticeKind.JOURNEY_REFUSED: NoticeText(
        _("“%(journey)s”不予批准"),
        _("%(decided_on)s决定。决定书写明理由，以及申请行政复议、提起行政诉讼的途径和期限。"),
    ),
    NoticeKind.JOURNEY_DONE: NoticeText(
        _("“%(journey)s”已办结"),
        _("%(decided_on)s办结，结果已经登记。打开可以查看。"),
    ),
    NoticeKind.JOURNEY_FAILED: NoticeText(
        _("“%(journey)s”没有通过"),
        _("%(decided_on)s认定。打开看理由、后果，以及怎样提出异议。"),
    ),
    NoticeKind.JOURNEY_SERVED: NoticeText(
        _("“%(journey)s”的文书已送达"),
        _("“%(document)s”已于%(served_on)s送达。"),
    ),
    NoticeKind.JOURNEY_DUE_SOON: NoticeText(
        _("“%(journey)s”有一步快到期"),
        _("“%(step)s”最迟%(due_on)s办完。"),
    ),
    NoticeKind.JOURNEY_OVERDUE: NoticeText(
        _("“%(journey)s”有一步已经过期"),
        _("“%(step)s”最迟应在%(due_on)s办完，现在还没有办。"),
    ),
    NoticeKind.LICENCE_EXPIRING: NoticeText(
        _("办学许可证 %(number)s 将到期"),
        _("有效期到%(ends_on)s。要继续办学，最迟%(apply_by_on)s申请延续。"),
    ),
    NoticeKind.LICENCE_EXPIRED: NoticeText(
        _("办学许可证 %(number)s 已到期"),
        _("有效期到%(ends_on)s为止，没有办理延续，不得继续招生、收费、上课。"),
    ),
    NoticeKind.RENEWED_BY_SILENCE: NoticeText(
        _("“%(name)s”的延续逾期没有决定，视为准予"),
        _("许可证 %(number)s 届满前没有作出决定，依法视为准予延续，有效期到%(ends_on)s。"),
    ),
    NoticeKind.DECISION_PROPOSED: NoticeText(
        _("拟作出“%(decision)s”的决定"),
        _("还没有生效。如有不同意见，最迟%(statement_by_on)s陈述、申辩。"),
    ),
    NoticeKind.DECISION_SERVED: NoticeText(
        _("“%(decision)s”的决定已送达"),
        _("文号 %(number)s，%(served_on)s送达。决定书写明理由和救济途径。"),
    ),
    NoticeKind.ENROLMENT_SUSPENDED: NoticeText(
        _("暂停招生和收费"),
        _("从%(starts_on)s起不得招收新学员、不得收费。原因：%(reason)s。"),
    ),
    NoticeKind.DEPARTMENT_CHANGED: NoticeText(
        _("主管部门变更"),
        _("从%(starts_on)s起，主管部门是：%(department)s。今后的备案和申请由该部门办理。"),
    ),
    NoticeKind.FILING_RETURNED: NoticeText(
        _("备案 %(number)s 被退回"),
        _("班级“%(class_name)s”。理由：%(reason)s。改正前不得招生、上课。"),
    ),
    NoticeKind.FILING_APPROVED: NoticeText(
        _("备案 %(number)s 已通过"),
        _("班级“%(class_name)s”已经公示，可以招生、上课。"),
    ),
    NoticeKind.APPRAISAL_OPENED: NoticeText(
        _("备案 %(number)s 送专家组鉴别"),
        _(
            "班级“%(class_name)s”的“%(rule)s”一项由专家组鉴别，最迟%(due_on)s有结论。"
            "中止审核期限的通知书另行发出，从送达之日起，鉴别时间不计入审核期限。"
            "认为有专家应当回避的，打开备案写明是谁、为什么。"
        ),
    ),
    NoticeKind.APPRAISAL_CONCLUDED: NoticeText(
        _("备案 %(number)s 的鉴别已有结论"),
        _(
            "班级“%(class_name)s”，专家组的结论：%(answer)s。审核期限中止过的，恢复计算并另发通知书。"
            "对不利的结论有异议的，最迟%(until_on)s提出，由上一级认定。"
        ),
    ),
    NoticeKind.APPRAISAL_ESCALATED: NoticeText(
        _("备案 %(number)s 已提请市级认定"),
        _("班级“%(class_name)s”，文号：%(document)s。从通知书送达之日起到答复为止，审核期限暂停。"),
    ),
    NoticeKind.APPRAISAL_CLOSED: NoticeText(
        _("备案 %(number)s 的鉴别已作出认定"),
        _("班级“%(class_name)s”：%(answer)s。打开备案查看理由。"),
    ),
    NoticeKind.APPRAISAL_CANCELLED: NoticeText(
        _("备案 %(number)s 的鉴别已撤销"),
        _("班级“%(class_name)s”。原因：%(reason)s。"),
    ),
    NoticeKind.APPRAISAL_TO_SEAT: NoticeText(
        _("鉴别 %(appraisal)s 等待组成专家组"),
        _("最迟%(due_on)s要有结论，请尽快抽取或者指定专家。"),
    ),
    NoticeKind.APPRAISAL_TO_VOTE: NoticeText(
        _("鉴别 %(appraisal)s 开始表决"),
        _("被抽中或者指定的专家最迟%(due_on)s表决；列在“待我鉴别”里的才需要您办。"),
    ),
    NoticeKind.APPRAISAL_TO_DECIDE: NoticeText(
        _("鉴别 %(appraisal)s 已有结论"),
        _("专家组的结论：%(answer)s。由教育部门署名作出认定。"),
    ),
    NoticeKind.APPRAISAL_TO_ANSWER: NoticeText(
        _("鉴别 %(appraisal)s 提请认定"),
        _("文号：%(document)s。机构对专家组的结论有异议，请作出认定。"),
    ),
    NoticeKind.WAIVER_GRANTED: NoticeText(
        _("备案 %(number)s 有一项获准豁免"),
        _("班级“%(class_name)s”的“%(rule)s”一项，豁免到%(until_on)s为止，并在公示页上公开。"),
    ),
    NoticeKind.WAIVER_TO_APPROVE: NoticeText(
        _("备案 %(number)s 有一项豁免等待批准"),
        _("“%(rule)s”一项。须由提出人以外的人批准。"),
    ),
    NoticeKind.WAIVER_ENDED: NoticeText(
        _("备案 %(number)s 的豁免已结束"),
        _("班级“%(class_name)s”的“%(rule)s”一项，豁免到%(until_on)s为止，违规重新成立。"),
    ),
    NoticeKind.WAIVERS_ENDING: NoticeText(
        _("有 %(count)s 项豁免快到期"),
        _("最早的到%(until_on)s为止。到期以后违规重新成立，请提前处理。"),
    ),
    NoticeKind.REFUND_ASKED: NoticeText(
        _("合同 %(number)s 的家长申请退费"),
        _("请在%(answer_by_on)s以前（含当日）答复；不答复视为同意。"),
    ),
    NoticeKind.RECTIFICATION_ORDERED: NoticeText(
        _("责令改正通知书 %(number)s"),
        _("检查发现 %(count)s 个问题要改正。请阅读通知书并确认收到，在期限内改正并提交证明。"),
    ),
    NoticeKind.REFUND_DECIDED: NoticeText(
        _("合同 %(number)s 的退费已核定"),
        _("退还家长%(amount)s，%(pay_by_on)s以前从监管账户退付。不服的可以提出，由另一人复核。"),
    ),
    NoticeKind.RISK_WARNING: NoticeText(
        _("%(name)s 有新的风险预警"),
        _("等级：%(risk_tier)s，%(reasons)s 项指标。请看理由并处置。"),
    ),
    NoticeKind.FILING_KEPT: NoticeText(
        _("备案 %(number)s 复核完毕，保留通过"),
        _("班级“%(class_name)s”照常招生、上课。打开看理由。"),
    ),
    NoticeKind.FILING_REVOKED: NoticeText(
        _("备案 %(number)s 的通过已被撤销"),
        _("班级“%(class_name)s”不得再招生、上课。理由：%(reason)s。"),
    ),
    NoticeKind.RECHECK_OPENED: NoticeText(
        _("已通过的班重新核对，有 %(count)s 个要您看"),
        _("起因：%(cause)s。系统只列出新的发现，要不要告知机构、怎样处理由您决定。"),
    ),
    NoticeKind.RECHECK_NOTICED: NoticeText(
        _("已通过的备案 %(number)s 重新核对有发现，请答复"),
        _(
            "班级“%(class_name)s”。打开看发现了什么；从打开次日起 %(workdays)s 个工作日内答复。"
            "作出决定以前，备案通过仍然有效；许可已暂停或者终止的，不得上课。"
        ),
    ),
    NoticeKind.RECHECK_ANSWERED: NoticeText(
        _("机构答复了备案 %(number)s 的复核"),
        _("“%(name)s”已经答复，请看过答复以后决定保留还是撤销通过。"),
    ),
    NoticeKind.FILING_CHANGE_APPROVED: NoticeText(
        _("备案变更 %(number)s 已通过"),
        _("班级“%(class_name)s”从现在起按变更后的内容公示和上课，备案编号不变。"),
    ),
    NoticeKind.FILING_WITHDRAWN: NoticeText(
        _("备案 %(number)s 已由机构撤回"),
        _("%(name)s撤回了班级“%(class_name)s”。理由：%(reason)s。"),
    ),
    NoticeKind.MATERIAL_PASSED: NoticeText(
        _("培训材料“%(title)s”通过外部审核"),
        _("可以备案了：打开这份材料，点“备案”。"),
    ),
    NoticeKind.MATERIAL_RETURNED: NoticeText(
        _("培训材料“%(title)s”被退回"),
        _("理由：%(reason)s。修改并重新审核之前不得使用。"),
    ),
    NoticeKind.PAPER_ISSUED: NoticeText(
        _("收到文书：%(paper_kind)s"),
        _("文号 %(number)s。打开“收到的文书”，下载后点“确认收到”，期限从确认这天起算。"),
    ),
    NoticeKind.TIER_PROPOSED: NoticeText(
        _("拟定贵机构的信用等级为 %(tier)s"),
        _("共记 %(total)s 分。打开看每一分的依据；不服的，最迟%(until_on)s提出异议。"),
    ),
    NoticeKind.TIER_ANSWERED: NoticeText(
        _("对信用等级 %(tier)s 的异议已答复"),
        _("答复：%(answer)s。"),
    ),
    NoticeKind.TIER_IN_EFFECT: NoticeText(
        _("信用等级 %(tier)s 已生效"),
        _("从%(starts_on)s起按这一等级确定抽查比例。"),
    ),
    NoticeKind.TIER_OBJECTED: NoticeText(
        _("%(name)s 对拟定的信用等级有异议"),
        _("拟定为 %(tier)s 级。请看过异议以后答复；答复以前不生效。"),
    ),
    NoticeKind.COMMITMENT_PUBLISHED: NoticeText(
        _("抽查 %(draw)s 的承诺值"),
        _("%(campaign)s，%(due_at)s 公开读数。承诺值：%(commitment)s。请留存，揭晓时核对。"),
    ),
    NoticeKind.WAVE_OPENED: NoticeText(
        _("“%(wave)s”开始"),
        _("最迟%(deadline_on)s办完。打开看有哪几条路可走，以及到期没办的后果。"),
    ),
    NoticeKind.WAVE_DEADLINE_NEAR: NoticeText(
        _("“%(wave)s”快到期限"),
        _("期限是%(deadline_on)s。到期没有办完、也没有及时申请的，将依法处理。"),
    ),
}


def _said(params: Mapping[str, Any]) -> dict[str, Any]:
    """Params as they stand in a sentence: codes by their words, dates in the reader's form."""
    spoken = spoken_params(params)
    return {name: _day(name, value) for name, value in spoken.items()}


def _day(name: str, value: Any) -> Any:
    if not name.endswith("_on") or not isinstance(value, str):
        return str(value).rstrip("。") if isinstance(value, str | Promise) else value
    try:
        return date_format(date.fromisoformat(value), gettext("Y年n月j日"))
    except ValueError:
        return value


def title_of(kind: str, params: Mapping[str, Any]) -> str:
    """What happened, in a line."""
    return str(_TEXTS[NoticeKind(kind)].title) % _said(params)


def text_of(kind: str, params: Mapping[str, Any]) -> str:
    """What it means and what to do next."""
    return str(_TEXTS[NoticeKind(kind)].text) % _said(params)


def notice_badge(kind: str) -> Badge:
    """How much a notice asks of its reader."""
    weight: Weight = SHAPES[NoticeKind(kind)].weight
    return Badge(weight.value, WEIGHT_LABELS[weight.value])
