"""What each column of the contract workbook asks for: the template and its guide.

Headers, options and examples are the workbook's own Chinese.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fees.core import contract_rows as rows
from institutions.choices.filing_columns import DAY, MONEY, TEXT, WHOLE, Column

_OPTIONAL = _("选填")
_CHOOSE = _("从下拉框选。")
_CHOOSE_ONLY = _("只能从下拉框选")

COLUMNS: tuple[Column, ...] = (
    Column(rows.NUMBER, 20, TEXT, _("本机构自己的编号，一份合同一个，不能重复。"), "HT-2026-0001"),
    Column(
        rows.CLASS,
        24,
        TEXT,
        _("备案通过的班级的备案号，见“班级”表；名称不重复的，也可以填班级名称。"),
        "BA510116-2026-00001",
    ),
    Column(rows.SIGNED_ON, 13, DAY, _("签订并收费的日期。"), "2026-09-01"),
    Column(rows.PUPIL, 12, TEXT, _("加密保存，列表里只显示一部分。"), "李某某"),
    Column(rows.GUARDIAN, 12, TEXT, _("签合同的监护人，加密保存。"), "李某"),
    Column(rows.PHONE, 15, TEXT, _("11 位手机号，加密保存；用来发消课通知。"), "13800000000"),
    Column(rows.CONSENT, 14, TEXT, _("监护人同意收集学员信息的同意书版本。"), "2026-1"),
    Column(rows.CONSENTED_ON, 13, DAY, _("监护人同意的日期。没有同意不能登记。"), "2026-08-30"),
    Column(rows.LESSONS, 10, WHOLE, _("购买的课时，不含赠课。"), "40"),
    Column(rows.GIFTS, 8, WHOLE, _("没有赠课的留空。"), "0", _OPTIONAL),
    Column(rows.PRICE, 12, MONEY, _("合同总价，单位元。"), "3200.00"),
    Column(rows.LIST_PRICE, 12, MONEY, _("没有打折的留空。"), "100.00", _OPTIONAL),
    Column(
        rows.GIFT_TERMS,
        14,
        TEXT,
        _("消费者原因退费时，用掉的赠课怎么算；留空是不折算。"),
        "不折算",
        _OPTIONAL,
        options=tuple(rows.GIFT_WORDS),
        closed=_CHOOSE_ONLY,
    ),
    Column(
        rows.CHARGING,
        12,
        TEXT,
        _CHOOSE,
        "按课时",
        options=tuple(rows.CHARGING_WORDS),
        closed=_CHOOSE_ONLY,
    ),
    Column(
        rows.MEANS,
        14,
        TEXT,
        _("家长怎么付，如实填写。不得使用培训贷；先学后付的不预收。"),
        "扫码支付",
        options=tuple(rows.MEANS_WORDS),
        closed=_CHOOSE_ONLY,
    ),
    Column(rows.COOLING_OFF, 12, WHOLE, _("7 至 90 天；留空是 7 天。"), "7", _OPTIONAL),
)
COLUMN_BY_HEADER = {column.header: column for column in COLUMNS}
