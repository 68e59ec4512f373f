"""A school year's months as the template draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulator.calendars.choices.texts import DAY_STATE_LABELS, STAGE_LABELS, TERM_LABELS
from regulator.calendars.core.picture import DayCell, MonthPicture
from regulator.calendars.core.school import DayState, Stage, StageDay

_MARK_OFF, _MARK_WORKED = "off", "worked"


@dataclass(frozen=True)
class DrawnDay:
    """A cell: `mark` is off, worked or empty, `lanes` one state a stage."""

    number: int
    day: date
    title: str
    mark: str
    rest: bool
    lanes: tuple[str, ...]


@dataclass(frozen=True)
class DrawnMonth:
    """A month with its heading and weeks; a None is a day of another month."""

    label: str
    weeks: tuple[tuple[DrawnDay | None, ...], ...]


def drawn_months(months: tuple[MonthPicture, ...]) -> list[DrawnMonth]:
    """Every month ready for the template."""
    return [_drawn_month(month) for month in months]


def _drawn_month(month: MonthPicture) -> DrawnMonth:
    label = date_format(date(month.year, month.month, 1), _("Y年n月"))
    weeks = tuple(
        tuple(None if cell is None else _drawn_day(cell) for cell in week) for week in month.weeks
    )
    return DrawnMonth(label, weeks)


def _drawn_day(cell: DayCell) -> DrawnDay:
    mark = _MARK_OFF if cell.holiday else _MARK_WORKED if cell.makeup else ""
    return DrawnDay(
        number=cell.day.day,
        day=cell.day,
        title=_title(cell),
        mark=mark,
        rest=not cell.workday,
        lanes=tuple(str(lane.day.state) for lane in cell.lanes),
    )


def _title(cell: DayCell) -> str:
    parts = [date_format(cell.day, _("Y年n月j日"))]
    if cell.holiday:
        parts.append(cell.holiday)
    if cell.makeup:
        parts.append(str(_("调休上班")))
    if not cell.notice_known:
        parts.append(str(_("放假安排未录入")))
    parts += [f"{STAGE_LABELS[lane.stage]} {_state(lane.day)}" for lane in cell.lanes]
    return " · ".join(parts)


def _state(day: StageDay) -> str:
    if day.state == DayState.TERM:
        return str(TERM_LABELS[day.term])
    return str(DAY_STATE_LABELS[day.state])


def stage_names() -> list[str]:
    """The stages in the order of the lanes."""
    return [str(STAGE_LABELS[stage]) for stage in Stage]
