"""An abnormal closure in words: states of a plan and of a share, and why it does not go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

CLOSURE_STATE_LABELS = {
    "prepared": _("待另一人签批"),
    "signed": _("正在清退"),
    "done": _("已清退"),
    "stopped": _("因破产受理中止"),
    "discarded": _("已作废"),
}
CLOSURE_STATE_CHOICES = list(CLOSURE_STATE_LABELS.items())
CLOSURE_STATE_BADGES = {
    "prepared": Badge(ATTENTION, CLOSURE_STATE_LABELS["prepared"]),
    "signed": Badge(ATTENTION, CLOSURE_STATE_LABELS["signed"]),
    "done": Badge(OK, CLOSURE_STATE_LABELS["done"]),
    "stopped": Badge(BREACH, CLOSURE_STATE_LABELS["stopped"]),
    "discarded": Badge(NEUTRAL, CLOSURE_STATE_LABELS["discarded"]),
}

SHARE_STATE_LABELS = {
    "waiting": _("待付"),
    "paid": _("已付"),
    "changed": _("余额有变，未付"),
}
SHARE_STATE_CHOICES = list(SHARE_STATE_LABELS.items())
SHARE_STATE_BADGES = {
    "waiting": Badge(ATTENTION, SHARE_STATE_LABELS["waiting"]),
    "paid": Badge(OK, SHARE_STATE_LABELS["paid"]),
    "changed": Badge(UNKNOWN, SHARE_STATE_LABELS["changed"]),
}

CLOSURE_EVENT_LABELS = {
    "closure.prepared": _("拟定停业清退方案"),
    "closure.signed": _("签批停业清退方案"),
    "closure.discarded": _("作废停业清退方案"),
    "closure.paid": _("停业清退付款"),
    "closure.done": _("停业清退完成"),
    "closure.stopped": _("停业清退因破产受理中止"),
    "insolvency.recorded": _("登记破产受理"),
}

CLOSURE_REFUSAL_TEXTS = {
    "closure.bankruptcy_accepted": _(
        "%(court)s已于 %(day)s 受理破产申请（%(document)s），不能再向个别家长清偿。"
    ),
    "closure.remedy_bankruptcy": _("请把名册交给管理人，由家长向管理人申报债权。"),
    "closure.nobody_owed": _("这个账户下没有尚未退还的预付款。"),
    "closure.open_already": _("这个账户已经有一份清退方案在办理。"),
    "closure.wrong_state": _("方案现在是“%(closure_state)s”，不能办理。"),
    "closure.same_person": _("拟定人不能签批自己的方案，须由另一人签批。"),
    "closure.changed_since": _("拟定以后账上有变动，方案里的金额已经不对。"),
    "closure.remedy_changed_since": _("请作废这份方案，按现在的账重新拟定。"),
    "insolvency.court_missing": _("请填写受理法院。"),
    "insolvency.document_missing": _("请填写受理裁定书的文号。"),
    "insolvency.in_future": _("裁定日期 %(day)s 还没有到，请核对。"),
    "insolvency.recorded_already": _("这家机构的破产受理已经登记过。"),
}
CLOSURE_PARAM_LABELS = {"closure_state": CLOSURE_STATE_LABELS}
