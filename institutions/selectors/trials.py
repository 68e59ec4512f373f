"""Trials of a changed table: the terms to choose from, the filings, the results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from institutions.choices.findings import RULE_TEXTS, finding_message
from institutions.core.filing_states import FilingState
from institutions.core.reference_states import OPEN_STATES
from institutions.core.screening_changes import ChangeKind, RuleCount, Standing, counts_by_rule
from institutions.models import Filing, ScreeningTrial, TableVersion, TrialChange
from institutions.selectors.filings_screening import finding_from_json
from institutions.selectors.rechecks_screening import version_label
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.calendars.core.school import school_year_label
from regulator.calendars.models import SchoolPeriod
from regulator.calendars.selectors.changes import waiting_changes
from regulator.kernel.actors import Actor

AS_IN_FORCE = "in_force"
_LONGEST_TERM = timedelta(days=183)
_TRIED_STATES = (
    FilingState.SUBMITTED.value,
    FilingState.APPROVED.value,
    FilingState.RETURNED.value,
    FilingState.REVOKED.value,
)


@dataclass(frozen=True)
class TermChoice:
    """A term with the break after it: classes that start in it, half-open."""

    key: str
    label: str
    starts_from: date
    starts_before: date


def term_choices(division: str, today: date) -> list[TermChoice]:
    """The entered terms that have begun, the newest first; one query.

    A term reaches to the first day of the next one, so that classes of the break belong to it;
    where the next is not entered, half a year.
    """
    periods = SchoolPeriod.objects.filter(
        entry__calendar__division=division, kind="term", starts_on__lte=today
    )
    begun = list(
        periods.values("entry__year", "term")
        .annotate(begins_on=Min("starts_on"))
        .order_by("begins_on")
    )
    ends = [one["begins_on"] for one in begun[1:]]
    if begun:
        ends.append(begun[-1]["begins_on"] + _LONGEST_TERM)
    choices = [
        TermChoice(
            key=f"{one['entry__year']}-{one['term']}",
            label=_term_label(one["entry__year"], one["term"]),
            starts_from=one["begins_on"],
            starts_before=ends_before,
        )
        for one, ends_before in zip(begun, ends, strict=True)
    ]
    return choices[::-1]


def _term_label(year: int, term: int) -> str:
    which = _("第一学期") if term == 1 else _("第二学期")
    return _("%(year)s 学年%(term)s") % {"year": school_year_label(year), "term": which}


def last_term(choices: list[TermChoice], today: date) -> TermChoice | None:
    """The newest term that is over, else the newest."""
    over = [one for one in choices if one.starts_before <= today]
    return next(iter(over or choices), None)


def trial_filings(division: str, starts_from: date, starts_before: date) -> QuerySet[Filing]:
    """The filings a trial looks at: handed in, whatever became of them, but not taken back."""
    return Filing.objects.filter(
        division=division,
        state__in=_TRIED_STATES,
        amends__isnull=True,
        starts_on__gte=starts_from,
        starts_on__lt=starts_before,
    ).order_by("pk")


def trials_in(viewer: Actor) -> QuerySet[ScreeningTrial]:
    """The trials of the viewer's division, newest first."""
    trials = ScreeningTrial.objects.select_related("job")
    if not may(viewer, Action.FILING_READ, Target(division=viewer.division)):
        return trials.none()
    return trials.filter(division=viewer.division).order_by("-asked_at", "-pk")


def trial_for(viewer: Actor, public_id: UUID) -> ScreeningTrial | None:
    """One trial of the viewer's division."""
    return trials_in(viewer).filter(public_id=public_id).first()


def trial_by_id(public_id: str) -> ScreeningTrial | None:
    """The trial that a job names; for the system's own work."""
    return ScreeningTrial.objects.filter(public_id=public_id).first()


def trials_of_version(version_key: str) -> QuerySet[ScreeningTrial]:
    """The trials of one version of a table, newest first."""
    return ScreeningTrial.objects.filter(table_key=version_key).order_by("-asked_at", "-pk")


@dataclass(frozen=True)
class ChangeFilter:
    """What is asked of a trial's changes; empty parts are not looked at."""

    rule: str = ""
    kind: str = ""


def trial_changes(trial: ScreeningTrial, asked: ChangeFilter) -> QuerySet[TrialChange]:
    """The changes as filtered, new breaches first, with their filings."""
    changes = trial.changes.select_related("filing__institution")
    if asked.rule:
        changes = changes.filter(rule=asked.rule)
    if asked.kind:
        changes = changes.filter(kind=asked.kind)
    # By chance of the alphabet: newly_breach, newly_clear, newly_undetermined.
    return changes.order_by("kind", "rule", "pk")


@dataclass(frozen=True)
class TrialCounts:
    """A trial's result: whole classes by what they newly are, then rule by rule."""

    filings: int
    changed: int
    newly_failing: int
    newly_in_doubt: int
    newly_clear: int
    rules: tuple[RuleCount, ...]


def count_changes(trial: ScreeningTrial) -> TrialCounts:
    """The counts from the kept changes; two queries."""
    changed = ~Q(filing_before=F("filing_after"))
    whole = trial.changes.aggregate(
        changed=Count("filing", distinct=True),
        **{
            standing.value: Count(
                "filing", distinct=True, filter=changed & Q(filing_after=standing.value)
            )
            for standing in Standing
        },
    )
    pairs = trial.changes.values_list("rule", "kind")
    kinds = ((rule, ChangeKind(kind)) for rule, kind in pairs)
    return TrialCounts(
        filings=trial.filing_count,
        changed=whole["changed"],
        newly_failing=whole[Standing.BREACH],
        newly_in_doubt=whole[Standing.UNDETERMINED],
        newly_clear=whole[Standing.CLEAR],
        rules=counts_by_rule(kinds, filings=trial.filing_count),
    )


def version_choices(division: str) -> list[tuple[str, str]]:
    """What may be tried: versions and changes nobody signed yet, then what is in force as it is."""
    versions = TableVersion.objects.filter(
        table__division=division, state__in=[state.value for state in OPEN_STATES]
    )
    rows = versions.select_related("table").order_by("table__kind", "-number")
    own = [(str(one.public_id), version_label(one)) for one in rows]
    changes = [one for one in waiting_changes(division) if one.can_be_tried]
    own += [(str(one.public_id), f"{one.get_kind_display()}：{one.title}") for one in changes]
    return [*own, (AS_IN_FORCE, _("现行的表和规则，与备案时的核对结果比较"))]


@dataclass(frozen=True)
class ChangeLine:
    """A change in words: the rule, what was found where, on which basis."""

    change: TrialChange
    title: str | Promise
    evidence: str
    message: str
    basis: str


def change_line(change: TrialChange) -> ChangeLine:
    """One change; where nothing is found any more, in the words of what was found before."""
    finding = finding_from_json(change.finding)
    return ChangeLine(
        change=change,
        title=RULE_TEXTS[change.rule].title,
        evidence=finding.evidence,
        message=finding_message(finding),
        basis=finding.basis,
    )


def change_lines(changes: Iterable[TrialChange]) -> list[ChangeLine]:
    """Several changes in words."""
    return [change_line(change) for change in changes]
