"""The fictional bureau's reference tables: one in force, one coming, one to approve, one draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from institutions.core.reference_tables.columns import Kind
from institutions.core.reference_tables.rows import Cells
from institutions.models import TableVersion
from institutions.selectors.reference_rows import shipped_rows
from institutions.selectors.shipped_tables import shipped_editions
from institutions.services.reference_import import FileLine, import_rows
from institutions.services.reference_moves import MoveDetails, approve_version, propose_version
from institutions.services.reference_rows import open_draft, set_row
from institutions.services.rescreening import RESCREENING_JOB
from regulator.accounts.core.roles import Role
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_LAST_GRADE = 9
_FIRST_GRADE_OF = {"外语": 3, "物理": 8, "化学": 9, "生物": 7, "历史": 7, "地理": 7}
_WEEKS_APART = 2
_LAST_WEEK = 20
_WEEK_GRADES = ("3", "4", "5", "6")
_NOTICE = "演示数据：虚构的区教育局通知"


def seed_editions(staff: Staff, *, today: date) -> None:
    """Editions by grade, in force since the autumn term and before any class was filed."""
    _approved(
        staff,
        Kind.EDITIONS,
        _editions(),
        asked=date(today.year, 6, 8),
        on=date(today.year, 9, 1),
        reason="按本区教材选用结果录入各年级版本",
    )
    for job in Job.objects.filter(kind=RESCREENING_JOB, state="queued").order_by("pk"):
        run_here(job)


def seed_reference(staff: Staff, *, today: date) -> int:
    """The weeks of mathematics, a guide price to approve, a draft; how many tables there are."""
    _approved(
        staff,
        Kind.WEEKS,
        _weeks(today.year),
        asked=date(today.year, 10, 12),
        on=date(today.year, 12, 14),
        reason="教研室排定的教学进度",
    )
    _propose_prices(staff, today)
    _draft_activities(staff, today)
    return 4


def _editions() -> list[Cells]:
    editions = shipped_editions()
    return [
        {"subject": subject, "grade": str(grade), "edition": edition}
        for subject, edition in editions.items()
        for grade in range(_FIRST_GRADE_OF.get(subject, 1), _LAST_GRADE + 1)
    ]


def _weeks(year: int) -> list[Cells]:
    """Each unit of mathematics some weeks after the one before it, from the first week on."""
    rows: list[Cells] = []
    seen: dict[tuple[str, str], int] = {}
    for unit in shipped_rows(Kind.UNITS).values():
        if unit["subject"] != "数学" or unit["edition"] != shipped_editions()["数学"]:
            continue
        ended = unit["last_school_year"] and int(unit["last_school_year"]) < year
        if unit["grade"] not in _WEEK_GRADES or ended:
            continue
        book = (unit["grade"], unit["term"])
        seen[book] = seen.get(book, 1 - _WEEKS_APART) + _WEEKS_APART
        names = ("subject", "edition", "revision", "grade", "term")
        week = str(min(seen[book], _LAST_WEEK))
        rows.append(
            {name: unit[name] for name in names} | {"unit": unit["unit_title"], "week": week}
        )
    return rows


def _approved(
    staff: Staff, kind: Kind, rows: Sequence[Cells], *, asked: date, on: date, reason: str
) -> TableVersion:
    editor, leader = staff.actor(Role.FILING_REVIEWER), staff.actor(Role.DISTRICT_LEADER)
    at = moment(asked)
    draft = open_draft(division=staff.division, kind=kind.value, actor=editor, at=at)
    import_rows(version=draft, lines=list(_lines(rows)), replace_all=False, actor=editor, at=at)
    details = MoveDetails(on=on, basis=_NOTICE, reason=reason)
    propose_version(version=draft, details=details, actor=editor, at=at)
    return approve_version(version=draft, actor=leader, at=moment(asked, hour=11))


def _lines(rows: Iterable[Cells]) -> Iterable[FileLine]:
    return (FileLine(number, cells) for number, cells in enumerate(rows, start=2))


def _propose_prices(staff: Staff, today: date) -> None:
    """Small classes dearer from March on: the old price ends the day before."""
    editor, at = staff.actor(Role.FILING_REVIEWER), moment(today, hour=9)
    draft = open_draft(division=staff.division, kind=Kind.PRICES.value, actor=editor, at=at)
    key, old = next(
        (key, cells)
        for key, cells in shipped_rows(Kind.PRICES).items()
        if cells["division_group"] == "other"
    )
    first = date(today.year + 1, 3, 1)
    ended = {**old, "valid_to": date(today.year + 1, 2, 28).isoformat()}
    dearer = str(int(old["base_yuan"]) + 2)
    later = {**old, "base_yuan": dearer, "valid_from": first.isoformat(), "source": _NOTICE}
    for row_key, cells in ((key, ended), ("", later)):
        set_row(version=draft, key=row_key, texts=cells, actor=editor, at=at)
    details = MoveDetails(on=first, basis=_NOTICE, reason="小班基准价调整")
    propose_version(version=draft, details=details, actor=editor, at=at)


def _draft_activities(staff: Staff, today: date) -> None:
    """A word more that only experts can place, not proposed yet."""
    editor, at = staff.actor(Role.ADMINISTRATOR), moment(today, hour=9)
    draft = open_draft(division=staff.division, kind=Kind.ACTIVITIES.value, actor=editor, at=at)
    cells = {"word": "全脑速读", "treatment": "appraise", "note": "两起投诉都说讲的是课本"}
    set_row(version=draft, key="", texts=cells, actor=editor, at=at)
