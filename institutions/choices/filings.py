"""Words of the filing workbook and of a filing's states, as people read them."""

from __future__ import annotations

# As printed in the workbook's cells (contract, table of columns); they are data, not messages.
CATEGORY_WORDS = ("学科类", "非学科类")
DELIVERY_WORDS = ("线下", "线上直播", "线上录播")
TEACHER_STATUS_WORDS = ("专职", "兼职", "在职中小学教师", "外籍(境内)", "外籍(境外)")
FEE_WAY_WORDS = ("按课时", "按周期")
GRADE_WORDS = (
    "学龄前",
    "一年级",
    "二年级",
    "三年级",
    "四年级",
    "五年级",
    "六年级",
    "七年级",
    "八年级",
    "九年级",
    "高一",
    "高二",
    "高三",
)
