"""What a new bureau has still to enter or to confirm, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fees.selectors.accounts import institutions_without_account
from institutions.selectors.register import institutions_in
from regulator.accounts.core.roles import OFFICERS, Role
from regulator.accounts.models import Appointment
from regulator.calendars.core.coverage import CoverageState
from regulator.calendars.core.school import usual_school_year
from regulator.calendars.core.settings import (
    EDITION_CODES,
    FILING_LEAD_WORKDAYS,
    PRICE_GROUP,
    REVIEW_WORKDAYS,
    SCHOOL_HOURS,
    SENIOR_HIGH_ALIKE,
    DivisionSettings,
    Standing,
)
from regulator.calendars.selectors import division_settings
from regulator.calendars.selectors.calendars import holiday_year_rows, school_year_rows
from regulator.kernel.actors import Actor

DONE, OPEN = "done", "todo"
# The city's desk is held elsewhere, and a bureau may well have no expert group of its own.
_NEEDED_ROLES = OFFICERS - {Role.CITY_SUPERVISOR, Role.EXPERT}
_SETTINGS = (
    ("editions", tuple(EDITION_CODES.values())),
    ("price_group", (PRICE_GROUP,)),
    ("school_time", (SCHOOL_HOURS, SENIOR_HIGH_ALIKE)),
    ("filing_terms", (FILING_LEAD_WORKDAYS, REVIEW_WORKDAYS)),
)


@dataclass(frozen=True)
class CheckItem:
    """One line: `missing` counts what is open (None: there is nothing to count).

    `url_name` with `url_args` is where it is entered; `roles` the desks that nobody holds.
    """

    code: str
    section: str
    state: str
    url_name: str
    url_args: tuple[int | str, ...] = ()
    missing: int | None = None
    roles: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is open."""
        return self.state == DONE


def first_run_items(actor: Actor, today: date) -> list[CheckItem]:
    """Every line of the checklist of the actor's division on a day."""
    settings = division_settings(actor.division, today)
    return [
        *_calendar_items(actor.division, today),
        *_setting_items(settings),
        _desks_item(actor.division, today),
        *_register_items(actor),
    ]


def _calendar_items(division: str, today: date) -> Iterable[CheckItem]:
    school_year = usual_school_year(today)
    holidays = holiday_year_rows(division, first=today.year, last=today.year + 1)
    schools = school_year_rows(division, first=school_year, last=school_year + 1)
    entered = {(row.kind, row.year): row.state == CoverageState.ENTERED for row in holidays}
    entered |= {(row.kind, row.year): row.state == CoverageState.ENTERED for row in schools}
    for code, kind, year in (
        ("holidays_this_year", "holiday", today.year),
        ("holidays_next_year", "holiday", today.year + 1),
        ("school_year", "school", school_year),
        ("next_school_year", "school", school_year + 1),
    ):
        name = "calendars:school_year" if kind == "school" else "calendars:holiday_year"
        yield CheckItem(code, "calendar", _state(entered[kind, year]), name, (year,))


def _setting_items(settings: DivisionSettings) -> Iterable[CheckItem]:
    for code, names in _SETTINGS:
        assumed = [name for name in names if settings[name].standing == Standing.ASSUMED]
        is_one = len(names) == 1
        yield CheckItem(
            code,
            "settings",
            _state(not assumed),
            "calendars:setting" if is_one else "calendars:settings",
            names if is_one else (),
            missing=None if is_one else len(assumed),
        )


def _desks_item(division: str, today: date) -> CheckItem:
    held = Appointment.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=today),
        division=division,
        starts_on__lte=today,
    )
    roles = set(held.values_list("role", flat=True))
    vacant = tuple(sorted(str(role) for role in _NEEDED_ROLES if role not in roles))
    state = _state(not vacant)
    return CheckItem("desks", "people", state, "accounts:people", missing=len(vacant), roles=vacant)


def _register_items(actor: Actor) -> Iterable[CheckItem]:
    has_any = institutions_in(actor).exists()
    without = institutions_without_account(actor).count()
    yield CheckItem("institutions", "register", _state(has_any), "register:list")
    state = _state(has_any and not without)
    yield CheckItem("custody", "register", state, "fees:escrow_missing", missing=without)


def _state(is_done: object) -> str:
    return DONE if is_done else OPEN
