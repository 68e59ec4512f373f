"""Warnings in words: tiers, indicators, events entered by hand, answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

TIER_LABELS = {
    "none": _("没有预警"),
    "yellow": _("黄色"),
    "orange": _("橙色"),
    "red": _("红色"),
}
TIER_CHOICES = list(TIER_LABELS.items())
TIER_BADGES = {
    "none": Badge(OK, TIER_LABELS["none"]),
    "yellow": Badge(ATTENTION, TIER_LABELS["yellow"]),
    "orange": Badge(ATTENTION, TIER_LABELS["orange"]),
    "red": Badge(BREACH, TIER_LABELS["red"]),
}

PROVIDER_EVENT_LABELS = {
    "complaint_upheld": _("查实的投诉"),
    "rent_arrears": _("拖欠租金"),
    "lease_ended": _("租约终止或者被要求搬离"),
    "wages_arrears": _("拖欠工资"),
    "licence_event": _("许可异常"),
}
PROVIDER_EVENT_CHOICES = list(PROVIDER_EVENT_LABELS.items())

WARNING_ANSWER_LABELS = {
    "acknowledged": _("已阅知"),
    "action": _("已采取措施"),
    "false_alarm": _("误报"),
    "closed": _("风险消除，结束跟踪"),
}
WARNING_ANSWER_CHOICES = list(WARNING_ANSWER_LABELS.items())
WARNING_ANSWER_BADGES = {
    "": Badge(BREACH, _("还没有人处理")),
    "acknowledged": Badge(ATTENTION, WARNING_ANSWER_LABELS["acknowledged"]),
    "action": Badge(ATTENTION, WARNING_ANSWER_LABELS["action"]),
    "false_alarm": Badge(NEUTRAL, WARNING_ANSWER_LABELS["false_alarm"]),
    "closed": Badge(OK, WARNING_ANSWER_LABELS["closed"]),
}

INDICATOR_LABELS = {
    "coverage": _("专户余额与应付家长之比"),
    "sales_surge": _("收费突增"),
    "refund_age": _("最久没有退的申请"),
    "refund_rate": _("退费申请集中"),
    "unattended": _("没有考勤的消课"),
    "teachers_left": _("教师离职"),
    "complaints": _("查实的投诉"),
    "premises_events": _("租金、场地和工资"),
    "licence_events": _("许可异常"),
}
# How an indicator's figure is said; each sentence names figure, threshold and span.
INDICATOR_TEXTS = {
    "coverage": _("专户里有应付家长预付款的 %(figure)s%%，应当不低于 %(limit)s%%。"),
    "sales_surge": _("近 30 天收费是此前一年同期水平的 %(figure)s%%，界限是 %(limit)s%%。"),
    "refund_age": _("最久的退费申请已经 %(figure)s 个工作日没有退，界限是 %(limit)s 个工作日。"),
    "refund_rate": _("近 30 天有 %(figure)s%% 的在读合同申请退费，界限是 %(limit)s%%。"),
    "unattended": _("近 30 天有 %(figure)s%% 的消课没有考勤，界限是 %(limit)s%%。"),
    "teachers_left": _("近 60 天有 %(figure)s%% 的教师离职，界限是 %(limit)s%%。"),
    "complaints": _("近 90 天查实投诉 %(figure)s 件，界限是 %(limit)s 件。"),
    "premises_events": _("近 180 天登记了 %(figure)s 件欠租、欠薪或者搬离，界限是 %(limit)s 件。"),
    "licence_events": _("近 180 天许可出现 %(figure)s 次异常，界限是 %(limit)s 次。"),
}
NOT_KNOWN_TEXTS = {
    "coverage": _("没有专户账本，无法判断。"),
    "sales_surge": _("收费记录不满一年或者太少，无法比较。"),
    "refund_age": _("没有退费申请。"),
    "refund_rate": _("在读合同太少，无法判断。"),
    "unattended": _("没有考勤记录或者消课太少，无法判断。"),
    "teachers_left": _("没有登记教师或者太少，无法判断。"),
    "complaints": _("没有登记。"),
    "premises_events": _("没有登记。"),
    "licence_events": _("没有登记。"),
}

WARNING_EVENT_LABELS = {
    "warning.raised": _("发出风险预警"),
    "warning.lowered": _("风险预警降级"),
    "warning.acknowledged": _("阅知风险预警"),
    "warning.action": _("登记预警处置措施"),
    "warning.false_alarm": _("登记预警误报"),
    "warning.closed": _("结束预警跟踪"),
    "provider_event.recorded": _("登记机构风险事件"),
    "provider_event.withdrawn": _("撤销机构风险事件"),
}

WARNING_REFUSAL_TEXTS = {
    "warning.text_missing": _("请写明理由或者措施，以后要看为什么这样处理。"),
    "warning.answered_out": _("这次预警已经按“%(warning_answer)s”结束，不能再登记。"),
    "warning.nothing_to_answer": _("现在没有预警，不需要处理。"),
    "provider_event.document_missing": _("请写明依据的文书或者材料。"),
    "provider_event.in_future": _("发生日期 %(day)s 还没有到，请核对。"),
    "provider_event.withdrawn_already": _("这条事件已经撤销过。"),
}
WARNING_PARAM_LABELS = {"warning_answer": WARNING_ANSWER_LABELS, "risk_tier": TIER_LABELS}
