"""How a draw and a visit stand against the clocks of visits and of publication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.core.findings.finding_states import FAILS
from inspections.core.findings.publication import (
    ClockReading,
    ClockState,
    CountedFrom,
    DrawResultsFacts,
    Moments,
    publication_clock,
    visits_clock,
)
from inspections.core.visits.answers import standing_answers
from inspections.models import Draw, Finding, Visit, VisitAnswer, WithholdingRequest
from regulator.calendars.selectors.calendars import workday_table
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.workdays import WorkdayTable

_NO_TEAM = "0"


@dataclass(frozen=True)
class PublicationTerms:
    """The division's own terms on a day, and the working days they are counted by."""

    visits_workdays: int
    workdays: int
    counted_from: CountedFrom
    table: WorkdayTable


def publication_terms(division: str, on: date) -> PublicationTerms:
    """The terms of a division as its settings stood on a day."""
    held = division_settings(division, on)
    return PublicationTerms(
        visits_workdays=int(held["visits_workdays"].value),
        workdays=int(held["publication_workdays"].value),
        counted_from=CountedFrom(str(held["publication_counted_from"].value)),
        table=workday_table(division),
    )


@dataclass(frozen=True)
class VisitStanding:
    """One visit: when it ended, and when its last failing answer was decided on."""

    visit: Visit
    unsettled: int
    settled_at: datetime | None


def visit_standings(visits: Iterable[Visit]) -> list[VisitStanding]:
    """How visits stand; a fixed number of queries for any number of them, given a queryset."""
    return [visit_standing(visit) for visit in visits]


def with_standing(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """A queryset of visits with all that `visit_standing` reads."""
    return rows.prefetch_related(
        Prefetch("answers", queryset=VisitAnswer.objects.order_by("entered_at", "client_id")),
        Prefetch("findings", queryset=Finding.objects.select_related("item", "department")),
    )


def visit_standing(visit: Visit) -> VisitStanding:
    """A visit's result is settled when it has ended and every failing answer was decided on."""
    decided: dict[int, datetime] = {}
    for finding in visit.findings.all():
        moment = finding.withdrawn_at or finding.confirmed_at
        decided[finding.item_id] = max(moment, decided.get(finding.item_id, moment))
    failing = [
        item for item, row in standing_answers(visit.answers.all()).items() if row.answer == FAILS
    ]
    unsettled = sum(item not in decided for item in failing)
    if visit.ended_at is None or unsettled:
        return VisitStanding(visit, unsettled, None)
    return VisitStanding(visit, 0, max([visit.ended_at, *decided.values()]))


@dataclass(frozen=True)
class DrawProgress:
    """How far a draw has come. `has_visits`: visits were planned in the system at all."""

    draw: Draw
    total: int
    unended: int
    unsettled: int
    has_visits: bool
    last_visit_ended_at: datetime | None
    settled_at: datetime | None
    visits: ClockReading
    publication: ClockReading
    undecided: int = 0

    def facts(self, stated: datetime | None = None) -> DrawResultsFacts:
        """The same as the guards of a reveal look at it."""
        last = self.last_visit_ended_at
        known = timezone.localtime(last) if last else None
        return DrawResultsFacts(self.unended, self.unsettled, known, stated, self.undecided)

    @property
    def is_late(self) -> bool:
        """Whether one of the two clocks has run out."""
        return ClockState.LATE in (self.visits.state, self.publication.state)

    @property
    def warns(self) -> bool:
        """Whether one of the two clocks is near its end, or past it."""
        near = (ClockState.SOON, ClockState.LATE)
        return self.visits.state in near or self.publication.state in near


def draw_progress(draw: Draw, *, today: date) -> DrawProgress:
    """How a drawn draw stands on a day: a premises without a team counts as not to be visited."""
    going = draw.assignments.filter(replaced=False).exclude(team=_NO_TEAM)
    total = going.count()
    visits = list(with_standing(Visit.objects.filter(assignment__in=going)))
    standings = visit_standings(visits)
    over = [one for one in standings if one.visit.is_over and one.visit.ended_at is not None]
    unended = total - len(over) if visits else 0
    ended = [one.visit.ended_at for one in over if one.visit.ended_at is not None]
    last = max(ended, default=None) if not unended else None
    if not visits:
        last = draw.last_visit_ended_at
    unsettled = sum(one.unsettled for one in standings)
    settled = [one.settled_at for one in standings if one.settled_at is not None]
    settled_at = max(settled, default=None) if last and not unsettled else None
    return DrawProgress(
        draw=draw,
        total=total,
        unended=unended,
        unsettled=unsettled,
        has_visits=bool(visits),
        last_visit_ended_at=last,
        settled_at=settled_at,
        undecided=WithholdingRequest.objects.filter(
            visit__assignment__in=going, is_granted__isnull=True
        ).count(),
        **_clocks(draw, last, settled_at, today),
    )


def _clocks(
    draw: Draw, last: datetime | None, settled: datetime | None, today: date
) -> dict[str, ClockReading]:
    if draw.drawn_at is None:
        nothing = ClockReading(ClockState.UNDETERMINED)
        return {"visits": nothing, "publication": nothing}
    drawn_on = timezone.localdate(draw.drawn_at)
    terms = publication_terms(draw.division_id, drawn_on)
    moments = Moments(
        visit_ended=_day(last),
        result_settled=_day(settled),
        last_visit_ended=_day(last),
        published=_day(draw.revealed_at),
    )
    return {
        "visits": visits_clock(
            drawn_on=drawn_on,
            last_visit_ended_on=_day(last),
            workdays=terms.visits_workdays,
            today=today,
            table=terms.table,
        ),
        "publication": publication_clock(
            moments,
            counted_from=terms.counted_from,
            workdays=terms.workdays,
            today=today,
            table=terms.table,
        ),
    }


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def drawn_progress(division: str, *, today: date) -> list[DrawProgress]:
    """Every draw of a division that is drawn and not yet revealed, the oldest first."""
    rows = Draw.objects.filter(division=division, state=DrawState.DRAWN.value).order_by("drawn_at")
    return [draw_progress(draw, today=today) for draw in rows]


@dataclass(frozen=True)
class OrderedResult:
    """A visit outside the draw whose result is not yet published, with its clock."""

    standing: VisitStanding
    clock: ClockReading


def ordered_results(division: str, *, today: date) -> list[OrderedResult]:
    """Visits outside the draw that ended and are not published, the oldest first."""
    rows = Visit.objects.filter(
        division=division,
        assignment__isnull=True,
        state__in=("ended", "not_possible"),
        result__isnull=True,
    ).select_related("premises__institution", "target__order")
    found = visit_standings(with_standing(rows.order_by("ended_at")))
    terms = publication_terms(division, today)
    return [OrderedResult(one, _ordered_clock(one, terms, today)) for one in found]


def _ordered_clock(one: VisitStanding, terms: PublicationTerms, today: date) -> ClockReading:
    """Outside the draw there is no batch: its own end stands where the batch's is asked for."""
    ended = _day(one.visit.ended_at)
    return publication_clock(
        Moments(ended, _day(one.settled_at), ended),
        counted_from=terms.counted_from,
        workdays=terms.workdays,
        today=today,
        table=terms.table,
    )
