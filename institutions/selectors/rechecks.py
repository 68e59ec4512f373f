"""Approved classes that are looked at again: lists, one case, its clock, what its guards ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from institutions.core.filing_states import FilingState
from institutions.core.recheck_states import RecheckFacts, RecheckState, was_heard
from institutions.models import Filing, FilingRecheck, FilingWaiver
from institutions.selectors.filings import visible_filings
from institutions.selectors.filings_screening import local_day
from regulator.calendars.core.settings import SettingEntry, SettingSpec, settings_on
from regulator.calendars.selectors import workday_table
from regulator.calendars.selectors.settings import entered_settings, setting_specs
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import Deadline, WorkdayTable, add_workdays, workdays_between

STATEMENT_WORKDAYS = "statement_workdays"
_WITH = ("filing__institution", "department", "notice")
# What no list shows, and what makes a row of the table long.
_LONG = ("old_findings", "new_findings", "notice_text", "answer", "reasons")
_LONG_OF_FILING = tuple(f"filing__{one}" for one in ("cells", "certificate", "findings"))


@dataclass(frozen=True)
class RecheckFilter:
    """What is asked of the list; empty parts are not looked at."""

    part: str = ""
    cause: str = ""
    words: str = ""


_PARTS: Mapping[str, Q] = {
    "": Q(decided_at__isnull=True),
    "open": Q(state=RecheckState.OPEN.value),
    "noticed": Q(state=RecheckState.NOTICED.value),
    "answered": Q(state=RecheckState.ANSWERED.value),
    "closed": Q(decided_at__isnull=False),
}

# Whose turn it is: answered ones are the desk's, then those that nobody has begun.
_TURN = Case(
    When(state=RecheckState.ANSWERED.value, then=Value(0)),
    When(state=RecheckState.OPEN.value, then=Value(1)),
    default=Value(2),
)


def visible_rechecks(viewer: Actor) -> QuerySet[FilingRecheck]:
    """The rechecks of those filings that the viewer may read."""
    known = visible_filings(viewer).order_by().values("pk")
    return FilingRecheck.objects.select_related(*_WITH).filter(filing__in=known)


def filtered_rechecks(viewer: Actor, asked: RecheckFilter) -> QuerySet[FilingRecheck]:
    """The list as filtered: answered ones first, then those not yet begun, the oldest first."""
    rechecks = visible_rechecks(viewer).defer(*_LONG, *_LONG_OF_FILING)
    rechecks = rechecks.filter(_PARTS.get(asked.part, _PARTS[""]))
    if asked.cause:
        rechecks = rechecks.filter(cause_kind=asked.cause)
    for word in asked.words.split():
        rechecks = rechecks.filter(
            Q(filing__class_name__icontains=word)
            | Q(filing__institution__name__icontains=word)
            | Q(filing__number__icontains=word)
        )
    if asked.part == "closed":
        return rechecks.order_by("-decided_at", "-pk")
    return rechecks.order_by(_TURN, "opened_at", "pk")


def recheck_for(viewer: Actor, public_id: UUID) -> FilingRecheck | None:
    """One recheck of a filing that the viewer may read."""
    found = visible_rechecks(viewer).select_related("filing__division", "filing__department")
    return found.filter(public_id=public_id).first()


def own_rechecks(actor: Actor) -> QuerySet[FilingRecheck]:
    """What the actor's institution was told of, the newest first; not what nobody told it yet."""
    if not actor.institution:
        return FilingRecheck.objects.none()
    rechecks = FilingRecheck.objects.select_related(*_WITH).filter(
        filing__institution__public_id=actor.institution, noticed_at__isnull=False
    )
    return rechecks.order_by("-noticed_at", "-pk")


def own_recheck(actor: Actor, public_id: UUID) -> FilingRecheck | None:
    """One of the actor's institution's rechecks that it was told of."""
    found = own_rechecks(actor).select_related("filing__division", "filing__department")
    return found.filter(public_id=public_id).first()


def own_waiting_count(actor: Actor) -> int:
    """How many notices the actor's institution has still to answer."""
    return own_rechecks(actor).filter(state=RecheckState.NOTICED.value).count()


@dataclass(frozen=True)
class AnswerClock:
    """By when the institution may answer; `left_workdays` is negative when that has passed."""

    delivered_on: date
    deadline: Deadline
    left_workdays: int

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.left_workdays < 0


@dataclass(frozen=True)
class AnswerTerm:
    """The division's dated term for statements in working days, with its calendar."""

    specs: Mapping[str, SettingSpec]
    entries: tuple[SettingEntry, ...]
    table: WorkdayTable

    def workdays_on(self, day: date) -> int:
        """The term that held on a day."""
        return int(settings_on(self.specs, self.entries, day)[STATEMENT_WORKDAYS].value)

    def clock(self, recheck: FilingRecheck, today: date) -> AnswerClock | None:
        """The clock as it stands today, None before the notice was delivered.

        It runs from the day after delivery, by the term in force on that day.
        """
        delivered_on = delivery_day(recheck)
        if delivered_on is None:
            return None
        deadline = add_workdays(delivered_on, self.workdays_on(delivered_on), self.table)
        left = workdays_between(today, deadline.due_on, self.table)
        has_passed = today > deadline.due_on
        return AnswerClock(delivered_on, deadline, min(left, -1) if has_passed else left)


def answer_term(division: str) -> AnswerTerm:
    """The term for answers of a division; three queries, build it once for a list."""
    return AnswerTerm(setting_specs(division), entered_settings(division), workday_table(division))


def delivery_day(recheck: FilingRecheck) -> date | None:
    """The day the notice reached the institution: opened in the portal or served otherwise."""
    notice = recheck.notice
    opened_on = local_day(notice.read_at) if notice and notice.read_at else None
    days = [day for day in (opened_on, recheck.served_on) if day is not None]
    return min(days, default=None)


def recheck_facts(
    recheck: FilingRecheck,
    *,
    term: AnswerTerm,
    today: date,
    words: str = "",
    served_on: date | None = None,
    actor: Actor | None = None,
) -> RecheckFacts:
    """What the table's guards are told of a recheck."""
    clock = term.clock(recheck, today)
    return RecheckFacts(
        state=RecheckState(recheck.state),
        today=today,
        words=words,
        noticed_on=local_day(recheck.noticed_at) if recheck.noticed_at else None,
        delivered_on=None if clock is None else clock.delivered_on,
        answer_due_on=None if clock is None else clock.deadline.due_on,
        served_on=served_on,
        is_named_officer=actor is None or actor.is_person,
        is_approved=recheck.filing.state == FilingState.APPROVED.value,
    )


def is_ripe(recheck: FilingRecheck, term: AnswerTerm, today: date) -> bool:
    """Whether the desk has to act: begin it, or decide after the answer or the term's end."""
    if recheck.state == RecheckState.OPEN.value:
        return True
    return not recheck.is_over and was_heard(recheck_facts(recheck, term=term, today=today))


@dataclass(frozen=True)
class RecheckWork:
    """What waits at a reviewer's desk: how many, and since when the first of them."""

    count: int
    first_opened_on: date | None


def recheck_work(reviewer: Actor, today: date) -> RecheckWork:
    """The department's rechecks in which it is the desk's turn; four queries at most."""
    waiting = filtered_rechecks(reviewer, RecheckFilter()).filter(department=reviewer.department)
    rows = list(waiting)
    if not rows:
        return RecheckWork(0, None)
    term = answer_term(reviewer.division)
    ripe = [one for one in rows if is_ripe(one, term, today)]
    first = min((one.opened_at for one in ripe), default=None)
    return RecheckWork(len(ripe), None if first is None else local_day(first))


def next_recheck(reviewer: Actor, recheck: FilingRecheck) -> FilingRecheck | None:
    """Another running recheck of the reviewer's department that is theirs to begin or decide."""
    waiting = filtered_rechecks(reviewer, RecheckFilter()).exclude(pk=recheck.pk)
    theirs = waiting.filter(department=reviewer.department)
    return theirs.exclude(state=RecheckState.NOTICED.value).first()


def standing_findings(filings: Iterable[Filing]) -> dict[int, list[dict[str, Any]]]:
    """By filing, what was last found and dealt with: a recheck's findings, else the filing's own.

    What an officer already keeps, or has before them, opens no second recheck. What only a waiver
    let stand counts as dealt with no longer once it has ended. Two queries.
    """
    by_id = {filing.pk: filing for filing in filings}
    found = {pk: filing.findings for pk, filing in by_id.items()}
    looked_at: dict[int, datetime] = {}
    rechecks = FilingRecheck.objects.filter(filing__in=by_id).order_by("pk")
    for recheck in rechecks.only("filing_id", "version", "new_findings", "opened_at"):
        if recheck.version == by_id[recheck.filing_id].version:
            found[recheck.filing_id] = recheck.new_findings
            looked_at[recheck.filing_id] = recheck.opened_at
    for pk, rules in _no_longer_waived(by_id, looked_at).items():
        found[pk] = [finding for finding in found[pk] if finding["rule"] not in rules]
    return found


def _no_longer_waived(
    by_id: Mapping[int, Filing], looked_at: Mapping[int, datetime]
) -> dict[int, set[str]]:
    """By filing, the rules whose waiver ended since it was last looked at, and none follows."""
    ended: dict[int, set[str]] = {}
    held: dict[int, set[str]] = {}
    let_stand = FilingWaiver.objects.filter(
        filing__in=by_id, state__in=("in_force", "expired", "revoked")
    )
    for waiver in let_stand:
        pk, since = waiver.filing_id, looked_at.get(waiver.filing_id)
        if waiver.version != by_id[pk].version:
            continue
        if waiver.state == "in_force":
            held.setdefault(pk, set()).add(waiver.rule)
        elif waiver.ended_at is not None and (since is None or since < waiver.ended_at):
            ended.setdefault(pk, set()).add(waiver.rule)
    return {pk: rules - held.get(pk, set()) for pk, rules in ended.items()}


def running_filings(
    *,
    division: str,
    institution: UUID | str | None = None,
    today: date,
    starts_from: date | None = None,
    starts_before: date | None = None,
    ends_from: date | None = None,
) -> QuerySet[Filing]:
    """Filings whose class has not ended, in whatever state, institution by institution.

    Of one institution, of classes that start from `starts_from` to before `starts_before`, or of
    those that still run on `ends_from`.
    """
    filings = Filing.objects.select_related("institution", "amends").filter(
        division=division, ends_on__gte=max(today, ends_from or today)
    )
    if institution is not None:
        filings = filings.filter(institution__public_id=institution)
    if starts_from is not None:
        filings = filings.filter(starts_on__gte=starts_from)
    if starts_before is not None:
        filings = filings.filter(starts_on__lt=starts_before)
    return filings.order_by("institution", "pk")


def has_running_approved(institution_id: int, today: date) -> bool:
    """Whether an institution has an approved class that has not ended."""
    return Filing.objects.filter(
        institution=institution_id, state=FilingState.APPROVED.value, ends_on__gte=today
    ).exists()


def division_has_running_approved(division: str, on: date) -> bool:
    """Whether a division has an approved class that still runs on a day."""
    return Filing.objects.filter(
        division=division, state=FilingState.APPROVED.value, ends_on__gte=on
    ).exists()


@dataclass(frozen=True)
class Revocation:
    """Why and when an approval was taken back, as anybody may read it."""

    on: date
    reasons: str


def revocation_of(filing: Filing) -> Revocation | None:
    """The revocation of a filing, None where its approval was not taken back."""
    if filing.state != FilingState.REVOKED.value:
        return None
    taken = filing.rechecks.filter(state=RecheckState.CLOSED_WITHDRAWN.value).first()
    if taken is None or taken.decided_at is None:
        return None
    return Revocation(local_day(taken.decided_at), taken.reasons)
