"""A filing's journey as a line of steps: where it stands, who must act, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from institutions.models import Filing, Institution
from institutions.selectors.filings_queue import clock_of, clock_table
from institutions.selectors.filings_screening import local_day


@dataclass(frozen=True)
class Step:
    """One step for `components/journey.html`."""

    label: str | Promise
    state: str
    on: date | None = None
    who: str | Promise = ""
    until: date | None = None
    left: int | None = None
    provisional: bool = False
    note: str | Promise = ""


def filing_journey(filing: Filing, today: date) -> list[Step]:
    """Filed, reviewed, published; or returned, or taken back."""
    submitted_on = local_day(filing.submitted_at) if filing.submitted_at else None
    decided_on = local_day(filing.decided_at) if filing.decided_at else None
    first = Step(_("提交"), "done", on=submitted_on, note=_version(filing))
    if filing.state == "submitted":
        last = _("公示并可以招生") if filing.amends_id is None else _("改为变更后的内容")
        return [first, _reviewing(filing, today), Step(last, "todo")]
    if filing.state == "approved":
        reviewed = Step(_("审核通过"), "done", on=decided_on, who=_department(filing))
        return [first, reviewed, Step(_("已公示，可以招生"), "done", on=decided_on)]
    if filing.state == "returned":
        reviewed = Step(_("审核退回"), "done", on=decided_on, who=_department(filing))
        note = _("按退回理由改正后重新提交；改正前不得招生、上课。")
        return [
            first,
            reviewed,
            Step(_("机构改正"), "blocked", who=_named(filing.institution), note=note),
        ]
    if filing.state == "adopted":
        reviewed = Step(_("变更通过"), "done", on=decided_on, who=_department(filing))
        return [first, reviewed, Step(_("原备案已改为变更后的内容"), "done", on=decided_on)]
    if filing.state == "revoked":
        note = _("通过已被撤销，不得再招生、上课。")
        return [
            first,
            Step(_("撤销通过"), "done", on=decided_on, who=_department(filing), note=note),
        ]
    return [first, Step(_("已撤回"), "done", on=decided_on, who=_named(filing.institution))]


def _named(body: Institution) -> SafeString:
    """A name is Chinese data on every page."""
    return format_html('<span lang="zh">{}</span>', body.name)


def _department(filing: Filing) -> str:
    return str(filing.department.get_code_display())


def _version(filing: Filing) -> str:
    if filing.version == 1:
        return ""
    return _("第 %(version)d 次提交") % {"version": filing.version}


def _reviewing(filing: Filing, today: date) -> Step:
    clock = clock_of(filing, today, clock_table(filing.division_id))
    if clock is None:
        return Step(_("审核"), "current", who=_department(filing))
    note = _("审核通过之前不得招生、上课。")
    if filing.amends_id is not None:
        note = _("变更通过之前，仍按原备案上课。")
    if clock.is_stopped:
        note = _("专家组鉴别期间，审核期限暂停，不计入工作日。") + note
    return Step(
        _("审核"),
        "current",
        who=_department(filing),
        until=None if clock.is_stopped else clock.deadline.due_on,
        left=clock.left_workdays,
        provisional=clock.deadline.provisional,
        note=note,
    )
