"""Requests for a refund in words: states, answers, causes, the lines of a calculation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

REFUND_STATE_LABELS = {
    "asked": _("待机构答复"),
    "agreed": _("待核定金额"),
    "disputed": _("机构有异议，待核定"),
    "decided": _("已核定，待退款"),
    "appealed": _("对核定不服，待另一人复核"),
    "paid": _("已退款，待回单"),
    "closed": _("已办结"),
    "withdrawn": _("已撤回"),
}
REFUND_STATE_CHOICES = list(REFUND_STATE_LABELS.items())
REFUND_STATE_BADGES = {
    "asked": Badge(ATTENTION, REFUND_STATE_LABELS["asked"]),
    "agreed": Badge(ATTENTION, REFUND_STATE_LABELS["agreed"]),
    "disputed": Badge(BREACH, REFUND_STATE_LABELS["disputed"]),
    "decided": Badge(ATTENTION, REFUND_STATE_LABELS["decided"]),
    "appealed": Badge(BREACH, REFUND_STATE_LABELS["appealed"]),
    "paid": Badge(OK, REFUND_STATE_LABELS["paid"]),
    "closed": Badge(OK, REFUND_STATE_LABELS["closed"]),
    "withdrawn": Badge(NEUTRAL, REFUND_STATE_LABELS["withdrawn"]),
}

ASKED_BY_LABELS = {
    "parent": _("家长"),
    "institution": _("机构代家长登记"),
    "officer": _("资金监管员代家长登记"),
}
ASKED_BY_CHOICES = list(ASKED_BY_LABELS.items())

ANSWER_LABELS = {
    "": _("还没有答复"),
    "agreed": _("同意"),
    "disputed": _("不同意"),
    "silent": _("逾期没有答复，视为同意"),
}
ANSWER_CHOICES = list(ANSWER_LABELS.items())

CAUSE_LABELS = {
    "no_fault": _("双方都没有责任"),
    "institution": _("机构的原因"),
    "consumer": _("消费者的原因"),
}
CAUSE_CHOICES = list(CAUSE_LABELS.items())

REFUND_MOVE_LABELS = {
    "agree": _("同意退费"),
    "dispute": _("提出异议"),
    "lapse": _("按逾期未答复处理"),
    "decide": _("核定"),
    "appeal": _("对核定提出异议"),
    "pay": _("退款"),
    "close": _("办结"),
    "withdraw": _("撤回"),
}

GROUND_LABELS = {
    "before_start": _("开课前申请，全额退还"),
    "no_reason": _("付款七日内无理由退款"),
    "pro_rata": _("开课后申请，扣除已上的课"),
}
LINE_LABELS = {
    "paid": _("已付金额"),
    "delivered_discounted": _("已上的课，按实付单价"),
    "delivered_list": _("已上的课，按原价"),
    "gifts_free": _("用掉的赠课，不折价"),
    "gifts_list": _("用掉的赠课，按合同约定的原价"),
    "settled": _("此前已经结算"),
    "interest": _("利息，按专户实际利率"),
    "nothing_owed": _("家长不倒找"),
}

REFUND_EVENT_LABELS = {
    "refund.asked": _("申请退费"),
    "refund.agree": _("机构同意退费"),
    "refund.dispute": _("机构对退费有异议"),
    "refund.lapse": _("机构逾期未答复，视为同意退费"),
    "refund.decide": _("核定退费金额"),
    "refund.appeal": _("对退费核定提出异议"),
    "refund.pay": _("退费付款"),
    "refund.close": _("退费办结"),
    "refund.withdraw": _("撤回退费申请"),
    "refund.reason_read": _("查看退费申请的理由"),
}

REFUND_REFUSAL_TEXTS = {
    "refund.wrong_state": _("这件申请现在是“%(refund_state)s”，不能办理“%(refund_move)s”。"),
    "refund.open_already": _("这份合同已经有一件退费申请在办理。"),
    "refund.never_paid": _("这份合同没有收到过家长的钱，没有可以退的。"),
    "refund.remedy_never_paid": _("请核对缴费记录；钱没有进监管账户的，按收费违规处理。"),
    "refund.reason_missing": _("请写明理由。"),
    "refund.may_answer": _("机构可以在 %(day)s 以前（含当日）答复，期满才能按默认同意处理。"),
    "refund.cause_missing": _("请认定退费是谁的原因：它决定已上的课按什么价格扣除。"),
    "refund.same_person": _("原核定人不能复核自己的核定。"),
    "refund.remedy_same_person": _("请由另一名资金监管员核定。"),
    "refund.changed_since": _("核定以后又有消课、撤销或者结算，金额和核定时不一样了。"),
    "refund.remedy_changed_since": _("请按现在的记录重新核定，再退款。"),
    "refund.nothing_due": _("按核定没有应退的钱，不需要退款。"),
    "refund.remedy_nothing_due": _("请直接办结，并告知家长理由。"),
    "refund.not_paid": _("还有应退的钱没有退，不能办结。"),
    "refund.receipt_missing": _("请填写银行退款回单的编号。"),
}
REFUND_PARAM_LABELS = {
    "refund_state": REFUND_STATE_LABELS,
    "refund_move": REFUND_MOVE_LABELS,
}
