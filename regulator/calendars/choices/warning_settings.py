"""The words of the settings from which the warnings of prepaid fees are raised."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WARNING_SETTING_LABELS = {
    "warning_coverage": _("预警界限：专户余额占应付家长的百分比"),
    "warning_sales_surge": _("预警界限：30 天收费占一年前同期的百分比"),
    "warning_refund_age": _("预警界限：最久没有退的申请（工作日）"),
    "warning_refund_rate": _("预警界限：30 天申请退费的合同百分比"),
    "warning_unattended": _("预警界限：没有考勤的消课百分比"),
    "warning_teachers_left": _("预警界限：60 天离职教师的百分比"),
    "warning_complaints": _("预警界限：90 天查实的投诉（件）"),
    "warning_premises_events": _("预警界限：180 天欠租、欠薪、搬离（件）"),
    "warning_licence_events": _("预警界限：180 天许可异常（次）"),
}
_EFFECT = _("从这一天的夜间起按新界限发出或解除预警；以前的预警保留当时的界限。")
WARNING_SETTING_EFFECTS = dict.fromkeys(WARNING_SETTING_LABELS, _EFFECT)
