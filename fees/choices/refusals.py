"""Why something may not be done with an escrow account, in the words of the counter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSAL_TEXTS = {
    "escrow.wrong_state": _("账户现在是“%(escrow_state)s”，不能办理“%(escrow_move)s”。"),
    "escrow.not_active": _("账户现在是“%(escrow_state)s”，启用监管以后才能公示。"),
    "escrow.published_already": _("账户已经公示，不需要再公示一次。"),
    "escrow.not_published": _("账户没有公示，不需要撤下。"),
    "escrow.number_missing": _("还没有登记账号，不能继续。"),
    "escrow.remedy_number": _("请先用“更正”补登银行给出的账号。"),
    "escrow.number_unreadable": _("账号应是8到32位数字。请照银行开户确认核对。"),
    "escrow.number_taken": _(
        "这个账号已经登记在另一个监管账户上。专户只能由一家机构作一种用途使用。"
    ),
    "escrow.bank_missing": _("请写明银行名称。"),
    "escrow.kind_open": _("该机构已有“%(escrow_kind)s”。要换银行，请先销户再登记新的。"),
    "escrow.institution_closed": _("该机构已经终止，不能再登记监管账户。"),
    "escrow.agreement_number_missing": _("请填写三方监管协议的编号。"),
    "escrow.agreement_day_missing": _("请填写三方监管协议的签订日期。"),
    "escrow.agreement_in_future": _("协议签订日期 %(day)s 还没有到。请核对日期。"),
    "escrow.reason_missing": _("请写明理由，以后查历史时要看。"),
    "escrow.closed_account": _("账户已经销户，不能再更正。"),
    "escrow.no_change": _("内容没有变化，不需要保存。"),
    "journey.owed_parents_unrefunded": _("还有 %(count)s 笔家长预付款共 %(amount)s 元没有结清。"),
    "journey.owed_escrow_account_open": _("“%(escrow_kind)s”（%(account)s）还没有销户。"),
}
