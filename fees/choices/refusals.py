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
    "escrow.hold_without_agreement": _("没有三方监管协议，没有可以据以暂停拨付的条款。"),
    "escrow.clause_missing": _("请写明依据三方监管协议的哪一条。教育局不能冻结存款。"),
    "escrow.remedy_clause": _("需要冻结存款的，由法院、公安等有权机关办理，再把文书登记在这里。"),
    "escrow.money_left": _("账上还有 %(amount)s 元，不能销户。"),
    "escrow.remedy_money_left": _("先退给家长、付给机构，或者变更银行时转入新的专户。"),
    "escrow.held": _(
        "监管账户从 %(day)s 起暂停拨付（%(clause)s），不能付给机构；家长退费照常办理。"
    ),
    "escrow.remedy_held": _("整改到位后，由资金监管员写明理由恢复拨付。"),
    "escrow.frozen": _(
        "有权机关冻结了 %(frozen)s 元，专户余额 %(balance)s 元，能付给机构的只有 %(free)s 元。"
    ),
    "escrow.remedy_frozen": _("冻结解除后登记解除文书，再办理付款。"),
    "escrow.file_empty": _("文件是空的，请重新选择。"),
    "escrow.file_too_large": _("文件 %(size)s MB，超过 %(limit)s MB。请压缩或分开上传。"),
    "escrow.file_unreadable": _("只收 PDF、JPG 和 PNG 文件。请另存后再上传。"),
    "escrow.document_unknown": _("请选择材料的种类。"),
    "escrow.authority_missing": _("请写明冻结的机关：法院、检察院、公安等。"),
    "escrow.order_missing": _("请填写协助冻结法律文书的编号。"),
    "escrow.freeze_dates": _("冻结的截止日期应在开始日期之后。"),
    "escrow.freeze_amount": _("冻结金额不能小于 0；整户冻结的填 0。"),
    "escrow.freeze_ended_already": _("这项冻结已经登记解除。"),
    "escrow.change_source": _("账户现在是“%(escrow_state)s”，不需要变更银行。"),
    "escrow.change_under_way": _("已经在变更银行，新账户是 %(account)s。"),
    "escrow.change_not_incoming": _("这个账户不是变更银行时新开的账户。"),
    "escrow.change_held": _("原账户暂停拨付期间不变更银行。"),
    "statement.month_to_come": _("这个月还没有到，没有月结单。"),
    "statement.nothing_moved": _("这个月以前没有记过账，没有月结单。"),
    "escrow.closed_account": _("账户已经销户，不能再更正。"),
    "escrow.no_change": _("内容没有变化，不需要保存。"),
    "journey.owed_parents_unrefunded": _("还有 %(count)s 笔家长预付款共 %(amount)s 元没有结清。"),
    "journey.owed_escrow_account_open": _("“%(escrow_kind)s”（%(account)s）还没有销户。"),
}
