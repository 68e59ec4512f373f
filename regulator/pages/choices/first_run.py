"""The lines of a new bureau's checklist, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECTION_LABELS = {
    "calendar": _("校历与节假日"),
    "settings": _("本区设置"),
    "people": _("人员"),
    "register": _("机构"),
}

TITLES = {
    "holidays_this_year": _("今年的放假安排"),
    "holidays_next_year": _("明年的放假安排"),
    "school_year": _("本学年的校历"),
    "next_school_year": _("下学年的校历"),
    "editions": _("教材版本"),
    "price_group": _("政府指导价所属价区"),
    "school_time": _("教学时间和高中的口径"),
    "filing_terms": _("备案提前和审核的期限"),
    "desks": _("各岗位有人"),
    "institutions": _("机构名册"),
    "custody": _("预收费资金托管专户"),
}

WHY = {
    "holidays_this_year": _("没有录入时，节假日上课只能判“待定”，工作日期限都是“暂定”。"),
    "holidays_next_year": _("国务院办公厅通常在十一月发布；录入前，跨年的期限是“暂定”。"),
    "school_year": _("没有录入或待核实的日子，教学时间和寒暑假两条只能判“待定”。"),
    "next_school_year": _("市教育局发布后录入，秋季班的备案才能核对寒暑假。"),
    "editions": _("超前教学按选用的版本核对。现在用的是默认版本，请按本区实际确认。"),
    "price_group": _("决定义务教育学科类收费的上限。没有文件写明的，先按默认值。"),
    "school_time": _("这段时间内上课算占用教学时间；高中学科类是否参照义务教育执行。"),
    "filing_terms": _("国家文件没有写天数，现在用的是默认值，请按本区规定确认。"),
    "desks": _("没有人的岗位，送到那里的事不会有人办。"),
    "institutions": _("可以逐家登记，也可以从名册导入；缺项会列出来。"),
    "custody": _("办学的机构都应登记托管专户并公示，家长才查得到。"),
}

VACANT_DESKS = _("还没有人的岗位：%(roles)s。")
