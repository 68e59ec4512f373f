"""The words of importing contracts: states, outcomes, events, refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fees.core import contract_rows as rows
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

CONTRACT_UPLOAD_LABELS = {
    "columns": _("等您指明每一列是什么"),
    "reading": _("逐行登记中"),
    "done": _("已读完"),
}
CONTRACT_UPLOAD_CHOICES = list(CONTRACT_UPLOAD_LABELS.items())
CONTRACT_UPLOAD_BADGES = {
    "columns": Badge(ATTENTION, CONTRACT_UPLOAD_LABELS["columns"]),
    "reading": Badge(ATTENTION, CONTRACT_UPLOAD_LABELS["reading"]),
    "done": Badge(OK, CONTRACT_UPLOAD_LABELS["done"]),
}
ROW_OUTCOME_LABELS = {
    "added": _("已登记"),
    "kept": _("以前登记过，内容相同"),
    "conflict": _("与已登记的合同不一致"),
    "refused": _("不能登记"),
}
ROW_OUTCOME_CHOICES = list(ROW_OUTCOME_LABELS.items())
ROW_OUTCOME_BADGES = {
    "added": Badge(OK, ROW_OUTCOME_LABELS["added"]),
    "kept": Badge(NEUTRAL, ROW_OUTCOME_LABELS["kept"]),
    "conflict": Badge(ATTENTION, ROW_OUTCOME_LABELS["conflict"]),
    "refused": Badge(BREACH, ROW_OUTCOME_LABELS["refused"]),
}
CONTRACT_COLUMN_LABELS = {
    rows.NUMBER: _("合同编号"),
    rows.CLASS: _("班级备案号"),
    rows.SIGNED_ON: _("签订日期"),
    rows.PUPIL: _("学员姓名"),
    rows.GUARDIAN: _("监护人姓名"),
    rows.PHONE: _("监护人手机"),
    rows.CONSENT: _("同意书版本"),
    rows.CONSENTED_ON: _("同意日期"),
    rows.LESSONS: _("购买课时"),
    rows.GIFTS: _("赠课"),
    rows.PRICE: _("总价"),
    rows.LIST_PRICE: _("每课原价"),
    rows.GIFT_TERMS: _("赠课约定"),
    rows.CHARGING: _("收费方式"),
    rows.MEANS: _("缴费方式"),
    rows.COOLING_OFF: _("无理由退款天数"),
}
CONTRACT_UPLOAD_PARAM_LABELS = {"contract_column": CONTRACT_COLUMN_LABELS}
CONTRACT_ROW_REFUSAL_TEXTS = {
    "contract_row.missing": _("没有填“%(contract_column)s”。"),
    "contract_row.long": _("“%(contract_column)s”最多 %(limit)s 个字，请缩短。"),
    "contract_row.digits_lost": _(
        "“%(contract_column)s”变成了科学记数法，末尾几位已经丢失。请把这一列设成文本，重新填写。"
    ),
    "contract_row.day": _("“%(contract_column)s”不是日期。请写成 2026-09-01 的样子。"),
    "contract_row.whole": _("“%(contract_column)s”应是不小于 0 的整数。"),
    "contract_row.money": _("“%(contract_column)s”应是金额，单位元，最多两位小数。"),
    "contract_row.word": _("“%(contract_column)s”不在可选的范围内。可以填：%(words)s。"),
    "contract_row.cooling_off": _("无理由退款天数应在 %(least)s 至 %(most)s 之间。"),
    "contract_row.class_unknown": _(
        "本机构没有这个备案号或名称的班级。请照备案通过的班级填写备案号。"
    ),
    "contract_row.class_ambiguous": _("本机构有 %(count)s 个班叫这个名称。请改填班级备案号。"),
    "contract_row.differs": _(
        "合同“%(number)s”已经登记，内容不一致（已登记 → 本表）：%(differences)s。"
        "没有改动已登记的合同。"
    ),
    "contract_row.other_people": _(
        "合同“%(number)s”已经登记，学员或监护人与本表不是同样的人或手机。没有改动已登记的合同。"
    ),
    "contract_row.remedy_differs": _("请核对：填错的改正后再传；确实变更的，在合同页面办理。"),
    "contract_upload.ended": _("这份表已经读完，不能再改每一列的意思。请重新上传。"),
    "contract_upload.running": _("这份表正在逐行登记，请等它读完。"),
    "contract_upload.nothing_left": _("这份表没有退回的行，不需要再试。"),
    "contract_upload.erased": _("原表已按期删除。请重新上传要登记的行。"),
    "contract_upload.no_account": _("监管账户启用以后才能登记合同。"),
}
CONTRACT_UPLOAD_EVENT_LABELS = {
    "contracts.uploaded": _("上传培训合同表"),
    "contracts.rows_imported": _("登记一批培训合同"),
    "contracts.imported": _("培训合同表登记完毕"),
    "contracts.tried_again": _("再试合同表退回的行"),
    "contracts.rows_handed_back": _("下载合同表退回的行"),
    "contracts.upload_erased": _("删除合同原表"),
}
