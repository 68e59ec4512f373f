"""A recheck as a page shows it: what changed rule by rule, the steps, the words to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from institutions.choices.findings import RULE_TEXTS
from institutions.choices.rechecks import standing_badge
from institutions.core.recheck_states import RecheckState
from institutions.core.screening_changes import Standing, standings
from institutions.models import FilingRecheck
from institutions.selectors.filings_findings import FindingView, Preview, finding_views
from institutions.selectors.filings_journey import Step
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks import AnswerClock, AnswerTerm
from regulator.web.choices import Badge


@dataclass(frozen=True)
class RuleLine:
    """One rule before and after; `is_new` when a person has to look at it."""

    rule: str
    title: str | Promise
    before: Badge
    after: Badge
    is_new: bool


@dataclass(frozen=True)
class RecheckView:
    """What stands beside the text: the lines of all rules, new findings, and those known before."""

    lines: list[RuleLine]
    new: list[FindingView]
    known: list[FindingView]
    shown: Preview


def recheck_view(recheck: FilingRecheck) -> RecheckView:
    """The comparison, from what was kept when the recheck was opened."""
    shown = Preview(recheck.filing.cells, "", recheck.new_findings)
    views = finding_views(shown)
    asked = set(recheck.rules)
    return RecheckView(
        lines=rule_lines(recheck),
        new=[one for one in views if one.code in asked],
        known=[one for one in views if one.code not in asked],
        shown=shown,
    )


def rule_lines(recheck: FilingRecheck) -> list[RuleLine]:
    """Every rule of which either screening says something; what is new first."""
    before, after = standings(recheck.old_findings), standings(recheck.new_findings)
    asked = list(dict.fromkeys(recheck.rules))
    rules = [*asked, *(rule for rule in {**after, **before} if rule not in asked)]
    return [_line(rule, before, after, is_new=rule in asked) for rule in rules]


def _line(
    rule: str, before: Mapping[str, Standing], after: Mapping[str, Standing], *, is_new: bool
) -> RuleLine:
    return RuleLine(
        rule=rule,
        title=RULE_TEXTS[rule].title,
        before=standing_badge(before.get(rule, Standing.CLEAR).value),
        after=standing_badge(after.get(rule, Standing.CLEAR).value),
        is_new=is_new,
    )


def first_words(view: RecheckView) -> str:
    """What a notice may begin with: each new finding in a sentence, for the officer to change."""
    lines = [
        _("%(number)d. %(title)s：%(message)s")
        % {"number": number, "title": one.title, "message": one.message}
        for number, one in enumerate(view.new, start=1)
    ]
    head = _("你机构这个已通过备案的班，经重新核对，有下列新的发现：")
    tail = _("请核实并书面答复；认为不属实的，写明理由并附材料。")
    return "\n".join((head, *lines, tail))


def recheck_steps(recheck: FilingRecheck, term: AnswerTerm, today: date) -> list[Step]:
    """Opened by the system, told, delivered, answered, decided: where it stands, who must act."""
    clock = term.clock(recheck, today)
    opened = Step(_("系统重新核对，有新的发现"), "done", on=local_day(recheck.opened_at))
    desk = str(recheck.department.get_code_display())
    return [opened, _told(recheck, desk), _heard(recheck, clock), _decided(recheck, clock, desk)]


def _told(recheck: FilingRecheck, desk: str) -> Step:
    if recheck.noticed_at is not None:
        return Step(_("告知机构"), "done", on=local_day(recheck.noticed_at), who=recheck.noticed_by)
    if recheck.is_over:
        return Step(_("没有告知机构，直接保留"), "skipped")
    note = _("先看清发现；成立的，告知机构并请其答复；不成立的，写明理由保留通过。")
    return Step(_("告知机构"), "current", who=desk, note=note)


def _heard(recheck: FilingRecheck, clock: AnswerClock | None) -> Step:
    name = recheck.filing.institution.name
    if recheck.answered_at is not None:
        return Step(_("机构答复"), "done", on=local_day(recheck.answered_at), who=name)
    if recheck.state != RecheckState.NOTICED.value:
        return Step(_("机构答复"), "skipped" if recheck.is_over else "todo")
    if clock is None:
        note = _("告知还没有送达：机构打开通知的那天算送达；没有打开的，用其他方式送达后登记。")
        return Step(_("机构答复"), "current", who=name, note=note)
    return Step(
        _("机构答复"),
        "skipped" if clock.is_over else "current",
        who=name,
        until=clock.deadline.due_on,
        left=clock.left_workdays,
        provisional=clock.deadline.provisional,
        note=_("告知已送达；期满没有答复的，可以作出决定。"),
    )


def _decided(recheck: FilingRecheck, clock: AnswerClock | None, desk: str) -> Step:
    if recheck.decided_at is not None:
        on = local_day(recheck.decided_at)
        return Step(recheck.badge.label, "done", on=on, who=recheck.decided_by)
    is_ripe = recheck.answered_at is not None or (clock is not None and clock.is_over)
    return Step(_("保留或者撤销通过"), "current" if is_ripe else "todo", who=desk)
