"""Why money may not move, in the words of the counter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_TOP_UP = _("请先查明原因；确实短少的，由机构补足后再办理。")

LEDGER_REFUSAL_TEXTS = {
    "ledger.not_enough": _("“%(ledger_kind)s”余额 %(has)s 元，还差 %(lacks)s 元，不能办理。"),
    "ledger.remedy_bank": _TOP_UP,
    "ledger.remedy_shortfall": _("补足的金额不能多于短款，请核对金额。"),
    "ledger.remedy_bank_fees": _("补足的金额不能多于尚欠的手续费，请核对金额。"),
    "ledger.remedy_contract": _("请核对家长实际缴费和已消课时。"),
    "ledger.remedy_pending": _("请核对待家长确认的消课记录。"),
    "ledger.remedy_payable": _("请先拨付已确认的消课，或者减少划款金额。"),
    "ledger.remedy_interest": _("支付的利息不能多于银行已结的利息。"),
    "ledger.remedy_irregular": _("退回的金额不能多于违规进账的余额。"),
    "ledger.remedy_performance_deposit": _("支取的金额不能多于保证金余额。"),
    "ledger.remedy_lesson_deposit": _("支取的金额不能多于保证金余额。"),
    "ledger.remedy_claims": _("清偿的金额不能多于登记的债权。"),
    "ledger.key_reused": _("编号“%(key)s”已经用于另一笔业务。请刷新页面后重新办理。"),
    "ledger.account_not_active": _("监管账户现在是“%(escrow_state)s”，启用监管以后才能记账。"),
    "ledger.wrong_account_kind": _("“%(escrow_kind)s”不能办理这种业务。"),
    "ledger.amount_unreadable": _("金额应大于 0，不超过 100 亿元，精确到分。"),
    "ledger.reference_missing": _("请填写银行回单、法院文书或者缴费凭证的编号。"),
    "ledger.invoice_missing": _("请填写发票号码：收款必须开票。"),
    "ledger.not_corrected": _("“%(ledger_rule)s”有自己的撤销办法，不能手工更正。"),
    "ledger.corrected_already": _("这笔分录已经更正过一次。"),
    "ledger.transfer_elsewhere": _("只能转入同一家机构的另一个监管账户。"),
    "lesson.wrong_state": _("这一课现在是“%(lesson_state)s”，不能办理。"),
    "lesson.notices_missing": _("还没有按规定通知家长，不能按默认同意拨付。"),
    "lesson.remedy_notify": _("请先发消课确认通知。"),
    "lesson.parent_may_answer": _("家长可以在 %(day)s 以前（含当日）提出异议，期满才能拨付。"),
    "lesson.number_unknown": _("这份合同连同赠课只有 %(most)s 课。请核对课次。"),
    "lesson.in_future": _("上课日期 %(day)s 还没有到，不能消课。"),
    "lesson.before_start": _("合同从 %(day)s 开始上课。请核对上课日期。"),
    "lesson.reserved_already": _("第 %(number)s 课已经消过。一课只能消一次。"),
    "refund.nothing_left": _("这份合同没有可以结算的余额。"),
    "contract.closed": _("合同已经结清，不能再办理。"),
    "contract.overpaid": _("缴费超过了合同总价。"),
    "contract.remedy_overpaid": _("多出的钱请登记为“违规进账”，并原路退回。"),
    "contract.number_missing": _("请填写合同编号。"),
    "contract.number_taken": _("合同编号“%(number)s”已经登记过。"),
    "contract.pupil_missing": _("请填写学员姓名。"),
    "contract.guardian_missing": _("请填写监护人姓名。"),
    "contract.phone_unreadable": _("监护人手机号应是11位数字。"),
    "contract.consent_missing": _("没有监护人同意收集学员信息的记录，不能登记学员。"),
    "contract.remedy_consent": _("请先取得监护人同意，填写同意书版本和日期。"),
    "contract.other_institution": _("课程备案不是本机构的。"),
    "contract.lessons_unreadable": _("课时数应是1到%(most)s之间的整数。"),
    "sale.class_not_approved": _("这个班的课程备案没有通过，不能招生收费。"),
    "sale.licence_not_in_force": _("收费当日办学许可证不在有效状态，不能招生收费。"),
    "sale.limit_missing": _("本区没有录入“%(limit)s”，无法判断是否超限，请联系教育局。"),
    "sale.span_too_long": _("一次收费不得超过 %(months)s 个月：最迟上到 %(last)s。"),
    "sale.too_many_lessons": _(
        "一次收费不得超过 %(most)s 课时：新购 %(new)s、赠课 %(gifts)s、"
        "同科未消 %(unused)s，合计 %(total)s。"
    ),
    "sale.too_dear": _("一次收费不得超过 %(most)s 元，这份合同是 %(price)s 元。"),
    "sale.charged_too_early": _("不得早于开课前一个月收费：%(first)s 起才能收。"),
    "sale.renewed_too_early": _(
        "同科还有 %(left)s 课时未消：剩 %(most)s 课时以内，或者 %(first)s 以后才能续费。"
    ),
    "sale.above_filed_price": _("价格 %(price)s 元高于备案单价，最多 %(most)s 元。"),
    "contract.money_held": _("合同还有没有结清的余额，不能删除个人信息。"),
    "contract.claim_open": _("机构停业没有足额退费，还有未受偿的债权，家长主张权利时要用。"),
    "contract.kept_until": _("个人信息保存到 %(day)s；监护人要求提前删除的，请写明。"),
}

LEDGER_EVENT_LABELS = {
    "contract.signed": _("登记培训合同"),
    "contract.personal_read": _("查看学员和监护人信息"),
    "contract.personal_erased": _("删除学员和监护人信息"),
    "lesson.notified": _("通知家长确认消课"),
    "lesson.confirm": _("家长确认消课"),
    "lesson.object": _("家长提出异议"),
    "ledger.settlement": _("结算退费"),
    "ledger.closure": _("停业按比例退费"),
    "ledger.release_run": _("批量拨付"),
}
