"""An appraisal as pages show it: chairs by number, the tally, the reasons without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from institutions.choices.appraisals import (
    DIMENSION_LABELS,
    LEANING_LABELS,
    LEAVE_GROUND_LABELS,
    verdict_labels,
)
from institutions.models import Appraisal, AppraisalSeat, Filing
from institutions.selectors.appraisals import seats_of
from institutions.selectors.filings_findings import CellView, cell_views
from institutions.selectors.filings_journey import Step
from institutions.selectors.filings_screening import local_day
from regulator.calendars.selectors import workday_table
from regulator.kernel.workdays import WorkdayTable, workdays_between

# What tells the institution or its people apart is not for the experts.
_KEPT_BACK = ("机构许可证号", "授课地点", "授课教师", "资格证书号")
_HIDDEN = "○"
_LEAST_NAME = 3


@dataclass(frozen=True)
class SeatView:
    """A chair as everybody sees it: 专家2 has voted, or has left and why."""

    label: str
    has_voted: bool
    left: str | Promise


@dataclass(frozen=True)
class ReasonView:
    """One member's reasons, under the number of the chair; shown once there is a result."""

    label: str
    verdict: str | Promise
    reasons: str


@dataclass(frozen=True)
class DimensionView:
    """How the chairs read one dimension."""

    label: str | Promise
    counts: tuple[tuple[str | Promise, int], ...]


@dataclass(frozen=True)
class CaseView:
    """What may be known of an appraisal; before the result neither votes nor reasons are in it."""

    seats: tuple[SeatView, ...]
    voted: int
    wanted: int
    dimensions: tuple[DimensionView, ...]
    reasons: tuple[ReasonView, ...]


def case_view(appraisal: Appraisal) -> CaseView:
    """The chairs, and once all have voted the tally and the reasons. One query."""
    seats = seats_of(appraisal)
    counted = [seat for seat in seats if seat.counts]
    is_open = bool(appraisal.concluded_at)
    return CaseView(
        seats=tuple(_seat_view(seat) for seat in seats),
        voted=sum(hasattr(seat, "vote") for seat in counted),
        wanted=len(counted) + sum(not seat.counts and not seat.is_replaced for seat in seats),
        dimensions=_dimensions(counted) if is_open else (),
        reasons=_reasons(appraisal, counted) if is_open else (),
    )


def _seat_view(seat: AppraisalSeat) -> SeatView:
    left = LEAVE_GROUND_LABELS[seat.left_ground] if seat.left_ground else ""
    return SeatView(_named(seat), hasattr(seat, "vote"), left)


def _named(seat: AppraisalSeat) -> str:
    return _("专家%(number)d") % {"number": seat.number}


def _dimensions(seats: Sequence[AppraisalSeat]) -> tuple[DimensionView, ...]:
    views = []
    for code, label in DIMENSION_LABELS.items():
        found = Counter(seat.vote.leanings.get(code, "nothing") for seat in seats)
        counts = tuple((LEANING_LABELS[one], found[one]) for one in LEANING_LABELS if found[one])
        views.append(DimensionView(label, counts))
    return tuple(views)


def _reasons(appraisal: Appraisal, seats: Sequence[AppraisalSeat]) -> tuple[ReasonView, ...]:
    words = verdict_labels(appraisal.rule)
    return tuple(
        ReasonView(_named(seat), words[seat.vote.verdict], seat.vote.reasons) for seat in seats
    )


def expert_cells(filing: Filing) -> list[CellView]:
    """The class as an expert reads it: with what was found marked, without who files it.

    The institution's name is covered character by character, so that the marks stay in place.
    """
    name = filing.institution.name
    covered = [one for one in (name, _short(name)) if len(one) >= _LEAST_NAME]
    cells = []
    for cell in cell_views(filing):
        if cell.header in _KEPT_BACK:
            continue
        text = cell.text
        for one in covered:
            text = text.replace(one, _HIDDEN * len(one))
        cells.append(CellView(cell.header, text, cell.spans, (), cell.is_long))
    return cells


def _short(name: str) -> str:
    """The name without its place and its kind: 双流区雅集艺术培训中心 → 雅集艺术."""
    short = name
    for place in ("成都市", "双流区"):
        short = short.removeprefix(place)
    for kind in ("有限责任公司", "有限公司", "培训中心", "培训学校", "教育培训", "中心", "学校"):
        short = short.removesuffix(kind)
    return short


def appraisal_steps(appraisal: Appraisal, today: date) -> list[Step]:
    """Opened, seated, voted, decided: where it stands, who must act, until when."""
    table = workday_table(appraisal.division_id)
    opened = Step(_("送专家组鉴别"), "done", on=local_day(appraisal.opened_at))
    if appraisal.state == "cancelled":
        ended = local_day(appraisal.ended_at) if appraisal.ended_at else None
        return [opened, Step(_("鉴别已撤销"), "skipped", on=ended, note=appraisal.end_reason)]
    steps = [opened, _seating(appraisal, today, table), _voting(appraisal, today, table)]
    if appraisal.disputed_at:
        steps.append(_disputed(appraisal))
    return [*steps, _deciding(appraisal, today, table)]


def _seating(appraisal: Appraisal, today: date, table: WorkdayTable) -> Step:
    if appraisal.seated_at:
        how = _("由系统抽取") if appraisal.was_drawn else _("由秘书指定")
        return Step(_("组成专家组"), "done", on=local_day(appraisal.seated_at), note=how)
    return Step(
        _("组成专家组"),
        "current",
        who=_("专家组秘书"),
        until=appraisal.deadline.due_on,
        left=workdays_between(today, appraisal.deadline.due_on, table),
    )


def _voting(appraisal: Appraisal, today: date, table: WorkdayTable) -> Step:
    if appraisal.concluded_at:
        note = _("结论：%(result)s") % {"result": _panels_result(appraisal)}
        return Step(_("专家表决"), "done", on=local_day(appraisal.concluded_at), note=note)
    state = "current" if appraisal.state == "voting" else "todo"
    return Step(
        _("专家表决"),
        state,
        who=_("专家") if state == "current" else "",
        until=appraisal.deadline.due_on if state == "current" else None,
        left=workdays_between(today, appraisal.deadline.due_on, table),
        note=_("全部表决以前，谁也看不到票。") if state == "current" else "",
    )


def _panels_result(appraisal: Appraisal) -> str:
    won = "breach" if appraisal.breach_votes > appraisal.cleared_votes else "cleared"
    return str(verdict_labels(appraisal.rule)[won])


def _disputed(appraisal: Appraisal) -> Step:
    if appraisal.answered_at:
        note = _("答复：%(result)s（%(document)s）") % {
            "result": appraisal.result_label,
            "document": appraisal.city_document,
        }
        return Step(_("市级认定"), "done", on=local_day(appraisal.answered_at), note=note)
    if appraisal.escalated_at:
        return Step(_("市级认定"), "current", who=_("市级教育部门"))
    return Step(_("提请市级认定"), "current", who=_("教育部门的审核人员"))


def _deciding(appraisal: Appraisal, today: date, table: WorkdayTable) -> Step:
    if appraisal.state == "closed" and appraisal.ended_at:
        return Step(_("署名认定"), "done", on=local_day(appraisal.ended_at), who=appraisal.ended_by)
    is_next = appraisal.state == "concluded" and (
        appraisal.disputed_at is None or appraisal.answered_at is not None
    )
    waits = appraisal.dispute_deadline is not None and appraisal.disputed_at is None
    if not is_next:
        return Step(_("署名认定"), "todo")
    until = appraisal.dispute_deadline.due_on if waits and appraisal.dispute_deadline else None
    return Step(
        _("署名认定"),
        "current",
        who=_("教育部门的审核人员"),
        until=until,
        left=workdays_between(today, until, table) if until else None,
        note=_("机构可以在这一天以前提出异议。") if until else "",
    )
