"""The words of selling: how it is paid, and why it is not sold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MEANS_LABELS = {
    "transfer": _("银行转账"),
    "card": _("刷卡"),
    "mobile": _("扫码支付"),
    "ecny": _("数字人民币"),
    "cash": _("现金（当日存入专户）"),
    "after": _("先学后付"),
    "loan": _("分期或贷款（培训贷）"),
}
MEANS_CHOICES = list(MEANS_LABELS.items())

SALE_REFUSAL_TEXTS = {
    "sale.training_loan": _("不得用培训贷缴费：分期、贷款由第三方先付的都不行。"),
    "sale.remedy_loan": _("请家长改用其他方式缴费。这次登记已作为线索留给检查人员。"),
    "sale.crosses_term": _("按周期收费不得跨学期：这个班跨了 %(terms)s 个学期。"),
    "sale.remedy_term": _("请按学期分开签合同、分开收费。"),
    "sale.terms_unknown": _("校历没有录全 %(first)s 至 %(last)s，不能判断是否跨学期。"),
    "sale.remedy_terms_unknown": _("请联系教育局录入校历，录入以后再登记。"),
    "sale.above_guide_price": _(
        "价格 %(price)s 元高于政府指导价：基准 %(base)s 元，上浮 %(float)s%%，"
        "%(lessons)s 课最多 %(most)s 元。"
    ),
    "sale.after_means": _("先学后付的合同，缴费方式应选“先学后付”；其他合同不能选它。"),
    "contract.paid_after": _("这是先学后付的合同，上课以前不能收钱。"),
    "contract.remedy_paid_after": _("已经收到的钱请登记为“违规进账”，并原路退回。"),
    "irregular.received_already": _("这笔未成交的收费已经登记过进账。"),
    "irregular.nothing_received": _("这笔未成交的收费没有登记进账，不需要退。"),
    "irregular.refunded_already": _("这笔进账已经退回。"),
}
SALE_EVENT_LABELS = {
    "sale.refused": _("未成交的收费"),
    "sale.loan_found": _("发现培训贷线索"),
    "sale.money_arrived": _("未成交的收费有进账"),
    "sale.money_returned": _("退回未成交收费的进账"),
}
