"""Why something may not be entered, in the words of the counter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSAL_TEXTS = {
    "calendar.dates_reversed": _("最后一天早于第一天。请核对两个日期。"),
    "calendar.period_too_long": _("一个学期或假期不会超过%(days)s天。请核对年份。"),
    "calendar.stages_missing": _("请至少勾选一个学段。"),
    "calendar.grades_outside_stages": _("勾选的年级不属于勾选的学段。请补选学段，或去掉这些年级。"),
    "calendar.term_number_missing": _("请说明是第一学期还是第二学期。"),
    "calendar.period_outside_year": _(
        "日期不在%(year)s年秋季开始的学年里。请核对年份，或到对应的学年录入。"
    ),
    "calendar.period_overlaps": _(
        "与已录入的“%(title)s”（%(starts_on)s 至 %(ends_on)s）重叠。请先修改那一项；"
        "如果是临时提前放假或春秋假，请勾选“覆盖校历”。"
    ),
    "calendar.holiday_too_long": _("一个节日的放假不会超过%(days)s天。请核对日期。"),
    "calendar.holiday_outside_year": _("“%(title)s”（%(day)s）不在%(year)s年的放假安排里。"),
    "calendar.makeup_on_weekday": _("%(day)s不是周六或周日，不会是调休上班日。请核对日期。"),
    "calendar.holiday_overlaps": _(
        "与已录入的“%(title)s”（%(starts_on)s 至 %(ends_on)s）重叠。请先删除那一项再录入。"
    ),
    "calendar.year_exists": _("这个年度已经录入过，请直接打开它修改。"),
    "calendar.year_out_of_range": _("年度应在%(first)s至%(last)s之间。"),
    "calendar.year_empty": _("这个年度还没有录入任何节假日，不能确认录入完毕。"),
    "calendar.year_not_holiday": _("学年校历逐项生效，不需要整年确认。"),
    "calendar.year_complete": _("这个年度已经确认录入完毕。"),
    "calendar.source_missing": _("请写明依据：哪个机关的哪份通知。"),
    "calendar.reason_missing": _("请写明为什么修改，以后查历史时要看。"),
    "calendar.no_change": _("内容没有变化，不需要保存。"),
    "setting.not_allowed": _("请从列出的选项里选择。"),
    "setting.workdays_unreadable": _("请填写0到%(most)s之间的整数，单位是工作日。"),
    "setting.percent_unreadable": _("请填写%(least)s到%(most)s之间的整数，单位是百分之一。"),
    "setting.keeping_unreadable": _("请填写%(least)s到%(most)s之间的整数，单位是月。"),
    "setting.months_unreadable": _("请填写%(least)s到%(most)s之间的整数，单位是月。"),
    "setting.days_unreadable": _("请填写%(least)s到%(most)s之间的整数，单位是日。"),
    "setting.count_unreadable": _("请填写%(least)s到%(most)s之间的整数，是次数。"),
    "setting.points_unreadable": _("请填写%(least)s到%(most)s之间的整数，是分数。"),
    "setting.tiers_unreadable": _(
        "请依次写黄、橙、红三级的界限，都是%(least)s到%(most)s之间的整数，例如 20/35/60。"
    ),
    "setting.tiers_rising": _("数字越大越严重：黄、橙、红三级的界限要一级比一级大。"),
    "setting.tiers_falling": _("数字越小越严重：黄、橙、红三级的界限要一级比一级小。"),
    "setting.digit_unreadable": _("请填写%(least)s到%(most)s之间的整数，是从左数的第几位。"),
    "setting.clock_range_unreadable": _("请写成“08:00-16:30”的样子，结束要晚于开始。"),
    "setting.edition_unreadable": _("请写教材版本的名称，例如“人教版”，不超过%(length)s个字。"),
    "setting.basis_missing": _("请写明依据，例如哪份文件或谁在什么时候确认的。"),
    "setting.reason_missing": _("请写明为什么修改，以后查历史时要看。"),
    "setting.no_change": _("这一天起已经是这个值，不需要保存。"),
}
