"""The words of the ledger: accounts, rules, lessons, events, refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fees.core.ledger.differences import Difference
from regulator.web.choices import ATTENTION, NEUTRAL, OK, Badge

LEDGER_KIND_LABELS = {
    "bank": _("专户银行存款"),
    "shortfall": _("专户短款"),
    "bank_fees": _("银行手续费"),
    "contract": _("家长预付款"),
    "pending": _("待拨付"),
    "payable": _("应付机构"),
    "interest": _("专户利息"),
    "irregular": _("违规进账待退"),
    "performance_deposit": _("协议履行风险保证金"),
    "lesson_deposit": _("未消课风险保证金"),
    "claims": _("未受偿债权"),
}
LEDGER_KIND_CHOICES = list(LEDGER_KIND_LABELS.items())

RULE_LABELS = {
    "payment": _("家长缴费"),
    "irregular_receipt": _("违规进账"),
    "irregular_refund": _("违规进账退回"),
    "lesson_reserve": _("消课待确认"),
    "lesson_void": _("消课撤销"),
    "lesson_release": _("消课拨付"),
    "payout": _("银行划给机构"),
    "refund": _("退费"),
    "forfeit": _("结算归机构"),
    "bank_fee": _("银行收取手续费"),
    "bank_fee_repaid": _("机构补足手续费"),
    "bank_fee_from_payable": _("从应付机构扣手续费"),
    "interest": _("银行结息"),
    "interest_paid": _("利息付给家长"),
    "seizure": _("司法扣划"),
    "shortfall_repaid": _("机构补足短款"),
    "performance_deposit_in": _("存入履约保证金"),
    "performance_deposit_out": _("支取履约保证金"),
    "lesson_deposit_in": _("存入未消课保证金"),
    "lesson_deposit_out": _("支取未消课保证金"),
    "claim": _("转为未受偿债权"),
    "claim_paid": _("清偿债权"),
    "transfer": _("转入新专户"),
    "correction": _("更正"),
}

CHARGING_LABELS = {
    "lesson": _("按课时"),
    "period": _("按周期"),
    "after": _("先学后付"),
}
CHARGING_CHOICES = list(CHARGING_LABELS.items())

LESSON_STATE_LABELS = {
    "reserved": _("待家长确认"),
    "confirmed": _("家长已确认"),
    "held": _("家长有异议"),
    "released": _("已拨付"),
    "void": _("已撤销"),
}
LESSON_STATE_CHOICES = list(LESSON_STATE_LABELS.items())
LESSON_STATE_BADGES = {
    "reserved": Badge(ATTENTION, LESSON_STATE_LABELS["reserved"]),
    "confirmed": Badge(OK, LESSON_STATE_LABELS["confirmed"]),
    "held": Badge(ATTENTION, LESSON_STATE_LABELS["held"]),
    "released": Badge(OK, LESSON_STATE_LABELS["released"]),
    "void": Badge(NEUTRAL, LESSON_STATE_LABELS["void"]),
}

DIFFERENCE_TEXTS = {
    "balance_differs": _("余额记为 %(stored)s 元，按分录应是 %(computed)s 元"),
    "balance_negative": _("按分录余额是 %(computed)s 元，低于零"),
    "month_differs": _("月发生额记为 %(stored)s 元，按分录应是 %(computed)s 元"),
    "not_balanced": _("专户资产 %(stored)s 元，与应付 %(computed)s 元不相等"),
    "rule_differs": _("%(stored)s 元的分录不符合它的记账规则"),
    "lesson_differs": _("消课记录是 %(stored)s 元，分录是 %(computed)s 元"),
}


def difference_text(difference: Difference) -> str:
    """One line: division, institution, account, what differs."""
    where = " ".join(
        part for part in (difference.division, difference.institution, difference.account) if part
    )
    params = {"stored": difference.stored, "computed": difference.computed}
    return f"{where}：{DIFFERENCE_TEXTS[difference.code] % params}"
