"""What waits for a second person in the fictional bureau's calendar and settings."""

from __future__ import annotations

from datetime import date

from regulator.calendars.services import propose_change, send_back_change, setting_change
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_NOTICE = "演示区教育局关于调整中小学作息的通知（虚构）"


def seed_changes(staff: Staff, *, today: date) -> None:
    """Later school hours wait for a signature; a change without its paper was sent back."""
    administrator, leader = staff.actor("administrator"), staff.actor("district_leader")
    at, spring = moment(today), date(today.year + 1, 3, 1)
    review = setting_change(
        division=staff.division, code="review_workdays", text="15", starts_on=spring, basis="口头"
    )
    returned = propose_change(review, reason="想缩短审核时间", actor=administrator, at=at)
    send_back_change(returned, because="没有文件依据，先报局务会。", actor=leader, at=at)
    hours = setting_change(
        division=staff.division,
        code="school_hours",
        text="08:00-17:00",
        starts_on=spring,
        basis=_NOTICE,
    )
    propose_change(hours, reason="下学期起课后延时到17:00", actor=administrator, at=at)
