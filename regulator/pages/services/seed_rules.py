"""What the fictional bureau entered for filings: how early to file, and how much room to have."""

from __future__ import annotations

from datetime import date, datetime

from institutions.services.standard_changes import STANDARD_CARRIERS, standard_entry
from institutions.services.standards import StandardDraft
from regulator.calendars.services import propose_change, setting_change
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment
from regulator.processes.calendar_signing import sign_calendar_change

_FROM = date(2022, 1, 1)
_LEAD = "演示区校外培训班备案办法（虚构）第三条"
_STANDARD = "演示区校外培训机构设置标准（虚构）"
_AREAS_M2 = {"": "3", "movement": "6"}


def seed_rules(staff: Staff) -> None:
    """Enter the lead time of filings and the area per pupil, before anybody files."""
    administrator = staff.actor("administrator", "education")
    change = propose_change(
        setting_change(
            division=staff.division,
            code="filing_lead_workdays",
            text="5",
            starts_on=_FROM,
            basis=_LEAD,
        ),
        reason="演示",
        actor=administrator,
        at=moment(_FROM),
    )
    sign_calendar_change(change, actor=staff.actor("district_leader"), at=moment(_FROM))
    for room_use, area_m2 in _AREAS_M2.items():
        draft = StandardDraft(
            "pupil_area_m2_min", area_m2, _STANDARD, _FROM, room_use=room_use, article="第四条"
        )
        seed_standard(staff, draft, moment(_FROM))


def seed_standard(staff: Staff, draft: StandardDraft, at: datetime) -> None:
    """The administrator proposes a standard, the leader signs."""
    change = propose_change(
        standard_entry(division=staff.division, draft=draft),
        reason="演示",
        actor=staff.actor("administrator", "education"),
        at=at,
        carriers=STANDARD_CARRIERS,
    )
    sign_calendar_change(change, actor=staff.actor("district_leader"), at=at)
