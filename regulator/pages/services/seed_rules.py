"""What the fictional bureau entered for filings: how early to file, and how much room to have."""

from __future__ import annotations

from datetime import date

from institutions.services.standards import StandardDraft, enter_standard
from regulator.calendars.services.settings import set_setting
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_FROM = date(2022, 1, 1)
_LEAD = "演示区校外培训班备案办法（虚构）第三条"
_STANDARD = "演示区校外培训机构设置标准（虚构）"
_AREAS_M2 = {"": "3", "movement": "6"}


def seed_rules(staff: Staff) -> None:
    """Enter the lead time of filings and the area per pupil, before anybody files."""
    administrator = staff.actor("administrator", "education")
    set_setting(
        division=staff.division,
        code="filing_lead_workdays",
        text="5",
        starts_on=_FROM,
        basis=_LEAD,
        reason="演示",
        actor=administrator,
        at=moment(_FROM),
    )
    for room_use, area_m2 in _AREAS_M2.items():
        enter_standard(
            division=staff.division,
            draft=StandardDraft(
                "pupil_area_m2_min",
                area_m2,
                _STANDARD,
                _FROM,
                room_use=room_use,
                article="第四条",
            ),
            reason="演示",
            actor=administrator,
            at=moment(_FROM),
        )
