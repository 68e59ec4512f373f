"""Chinese words of kinds, states, moves and events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fees.choices.ledger import LEDGER_KIND_LABELS, LESSON_STATE_LABELS, RULE_LABELS
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

KIND_LABELS = {
    "custody": _("预收费资金托管专户"),
    "performance_deposit": _("协议履行风险保证金专户"),
    "lesson_deposit": _("未消课风险保证金专户"),
}
KIND_CHOICES = list(KIND_LABELS.items())

STATE_LABELS = {
    "applied": _("已登记"),
    "agreed": _("已签协议"),
    "active": _("监管中"),
    "held": _("暂停拨付"),
    "closed": _("已销户"),
}
STATE_CHOICES = list(STATE_LABELS.items())
STATE_BADGES = {
    "applied": Badge(ATTENTION, STATE_LABELS["applied"]),
    "agreed": Badge(ATTENTION, STATE_LABELS["agreed"]),
    "active": Badge(OK, STATE_LABELS["active"]),
    "held": Badge(BREACH, STATE_LABELS["held"]),
    "closed": Badge(NEUTRAL, STATE_LABELS["closed"]),
}
PUBLISHED_BADGE = Badge(OK, _("已公示"), "globe")
UNPUBLISHED_BADGE = Badge(ATTENTION, _("未公示"), "eye")

MOVE_LABELS = {
    "agree": _("登记三方协议"),
    "activate": _("启用监管"),
    "publish": _("公示"),
    "hold": _("暂停拨付"),
    "lift": _("恢复拨付"),
    "close": _("销户"),
}

DOCUMENT_LABELS = {
    "tripartite_agreement": _("机构、教育局、银行三方监管协议"),
    "bank_confirmation": _("银行开户确认"),
    "bank_change": _("变更开户银行的材料"),
    "hold_notice": _("暂停拨付通知"),
    "freeze_order": _("协助冻结法律文书"),
    "other": _("其他材料"),
}
DOCUMENT_CHOICES = list(DOCUMENT_LABELS.items())

SCHEME_LABELS = {
    "custody": _("全额托管：预收费全部进入托管专户"),
    "deposit": _("风险保证金：交存保证金，预收费不进专户"),
}

WHO_ACTS = {
    "agree": _("机构、教育局、银行三方签订，资金监管员登记"),
    "activate": _("银行确认开户后，由资金监管员启用"),
    "publish": _("资金监管员公示，家长可以查到"),
}

PARAM_LABELS = {
    "escrow_state": STATE_LABELS,
    "escrow_move": MOVE_LABELS,
    "escrow_kind": KIND_LABELS,
    "ledger_kind": LEDGER_KIND_LABELS,
    "ledger_rule": RULE_LABELS,
    "lesson_state": LESSON_STATE_LABELS,
}

EVENT_LABELS = {
    "escrow.opened": _("登记监管账户"),
    "escrow.corrected": _("更正监管账户"),
    "escrow.agreed": _("登记三方协议"),
    "escrow.activated": _("启用监管账户"),
    "escrow.published": _("公示监管账户"),
    "escrow.unpublished": _("撤下监管账户公示"),
    "escrow.closed": _("监管账户销户"),
    "escrow.number_read": _("查看完整账号"),
    "escrow.held": _("暂停向机构拨付"),
    "escrow.lifted": _("恢复向机构拨付"),
    "escrow.document_kept": _("存入监管账户材料"),
    "escrow.document_read": _("查看监管账户材料"),
    "escrow.freeze_recorded": _("登记司法冻结"),
    "escrow.freeze_ended": _("登记解除冻结"),
    "escrow.change_begun": _("开始变更开户银行"),
    "month_statement.issued": _("开出月结单"),
    "month_statement.rendered": _("月结单生成完毕"),
    "escrow.change_completed": _("完成变更开户银行"),
}

FIELD_LABELS = {
    "kind": _("账户种类"),
    "bank_name": _("银行"),
    "branch_name": _("开户网点"),
    "account_number": _("账号"),
    "agreement_number": _("协议编号"),
    "agreed_on": _("签订日期"),
    "state": _("状态"),
    "opened_on": _("登记日期"),
    "active_on": _("启用日期"),
    "published_on": _("公示日期"),
    "closed_on": _("销户日期"),
    "held_on": _("暂停拨付日期"),
    "hold_clause": _("依据的协议条款"),
    "replaces": _("替换的账户"),
    "document": _("材料"),
    "file": _("文件名"),
    "sha256": "SHA-256",
    "authority": _("冻结机关"),
    "document_number": _("法律文书编号"),
    "amount_fen": _("金额（分）"),
    "starts_on": _("起"),
    "ends_before": _("止（不含）"),
    "ended_on": _("解除日期"),
    "number": _("编号"),
    "month": _("月份"),
    "facts_sha256": _("内容的 SHA-256"),
}
VALUE_LABELS = {"kind": KIND_LABELS, "state": STATE_LABELS, "document": DOCUMENT_LABELS}
