"""The words of attendance, of its upload, and of the notices to parents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

MARK_LABELS = {
    "present": _("出勤"),
    "absent": _("缺勤"),
    "cancelled": _("停课"),
}
MARK_CHOICES = list(MARK_LABELS.items())

UPLOAD_STATE_LABELS = {
    "reading": _("读取中"),
    "done": _("已读完"),
    "unreadable": _("无法读取"),
}
UPLOAD_STATE_CHOICES = list(UPLOAD_STATE_LABELS.items())
UPLOAD_STATE_BADGES = {
    "reading": Badge(ATTENTION, UPLOAD_STATE_LABELS["reading"]),
    "done": Badge(OK, UPLOAD_STATE_LABELS["done"]),
    "unreadable": Badge(BREACH, UPLOAD_STATE_LABELS["unreadable"]),
}

NOTICE_STATE_LABELS = {
    "begun": _("发送中"),
    "sent": _("已发出"),
    "failed": _("没有发出"),
    "skipped": _("没有发送"),
}
NOTICE_STATE_CHOICES = list(NOTICE_STATE_LABELS.items())
NOTICE_STATE_BADGES = {
    "begun": Badge(ATTENTION, NOTICE_STATE_LABELS["begun"]),
    "sent": Badge(OK, NOTICE_STATE_LABELS["sent"]),
    "failed": Badge(BREACH, NOTICE_STATE_LABELS["failed"]),
    "skipped": Badge(NEUTRAL, NOTICE_STATE_LABELS["skipped"]),
}

ATTENDANCE_REFUSAL_TEXTS = {
    "attendance.no_marks": _("请至少填写一名学员的出勤情况。"),
    "attendance.in_future": _("上课日期 %(day)s 还没有到，不能登记考勤。"),
    "attendance.outside_class": _("这个班的上课日期是 %(starts)s 至 %(ends)s，不含 %(day)s。"),
    "attendance.not_of_class": _("合同“%(number)s”不是这个班的。"),
    "attendance.marked_already": _("合同“%(number)s”这一天这一次的考勤已经登记。"),
    "attendance.mark_unknown": _("出勤情况“%(mark)s”看不懂，应是出勤、缺勤或者停课。"),
    "attendance.nothing_left": _("合同“%(number)s”的课时已经全部消完。"),
    "attendance.class_not_approved": _("这个班的课程备案没有通过，不能消课。"),
}

ATTENDANCE_EVENT_LABELS = {
    "attendance.uploaded": _("上传考勤表"),
    "attendance.read": _("考勤表读取完成"),
    "attendance.unreadable": _("考勤表无法读取"),
    "ledger.attendance": _("考勤消课"),
    "lesson.notice_begun": _("向家长发消课通知"),
    "lesson.notice_ended": _("消课通知结果"),
}
