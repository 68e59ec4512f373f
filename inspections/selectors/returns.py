"""Paper that came back, as those may read it who keep it for the division."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

from inspections.core.paper.filing import PageFacts
from inspections.core.paper.page_codes import PageCode, ShortCode
from inspections.core.visits.states import VisitState
from inspections.models import Checklist, InspectionItem, ReturnedFile, ReturnedPage, Visit
from inspections.models.visit_record import VisitAnswer
from inspections.selectors.checklist_sources import source_for
from inspections.selectors.visits import listed_items, standing_of, visits_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor

_ANSWERABLE = (VisitState.ARRIVED.value, VisitState.ENDED.value)


def returned_files(actor: Actor) -> QuerySet[ReturnedFile]:
    """The files of the actor's division, the newest first, with counts of their pages."""
    if not may(actor, Action.VISIT_KEEP, Target(division=actor.division)):
        return ReturnedFile.objects.none()
    rows = ReturnedFile.objects.filter(division=actor.division).order_by("-id")
    return rows.annotate(
        filed=Count("pages", filter=Q(pages__state="filed")),
        waiting=Count("pages", filter=Q(pages__state="tray")),
        refused=Count("pages", filter=Q(pages__state="refused")),
    )


def returned_file(actor: Actor, public_id: UUID) -> ReturnedFile | None:
    """One of them by public id."""
    return returned_files(actor).filter(public_id=public_id).first()


def pages_of(file: ReturnedFile) -> list[ReturnedPage]:
    """The pages of a file with where they were filed."""
    return list(file.pages.select_related("checklist", "visit__premises__institution"))


def tray(actor: Actor) -> QuerySet[ReturnedPage]:
    """The pages that wait for a person, the oldest first."""
    return (
        ReturnedPage.objects.filter(file__in=returned_files(actor).values("pk"), state="tray")
        .select_related("file")
        .order_by("id")
    )


def returned_page(actor: Actor, public_id: UUID) -> ReturnedPage | None:
    """One page of the actor's division by public id."""
    rows = ReturnedPage.objects.filter(file__in=returned_files(actor).values("pk"))
    return rows.select_related("file").filter(public_id=public_id).first()


def checklist_of_code(code: PageCode | ShortCode) -> Checklist | None:
    """The paper that a page's code names, of whichever division."""
    rows = Checklist.objects.select_related("draw_of", "order")
    if isinstance(code, ShortCode):
        return rows.filter(serial=code.serial).first()
    of_source = Q(draw_of__number=code.source) | Q(order__number=code.source)
    return rows.filter(of_source, name__iexact=code.place, version=code.version).first()


def latest_version(checklist: Checklist) -> int:
    """The number of the latest version of a paper."""
    rows = Checklist.objects.filter(
        draw_of=checklist.draw_of_id, order=checklist.order_id, name=checklist.name
    )
    return rows.order_by("-version").values_list("version", flat=True).first() or 1


def visit_of_checklist(checklist: Checklist) -> Visit | None:
    """The visit that a paper was printed for."""
    rows = Visit.objects.filter(register_id=checklist.name)
    if checklist.draw_of_id is not None:
        return rows.filter(assignment__draw_of=checklist.draw_of_id).first()
    return rows.filter(target__order=checklist.order_id).first()


def page_facts(
    code: PageCode | ShortCode, checklist: Checklist | None, *, division: str, expected: str
) -> PageFacts:
    """What the guards of filing look at."""
    if checklist is None:
        return PageFacts(known=False, source=code.source if isinstance(code, PageCode) else "")
    visit = visit_of_checklist(checklist)
    return PageFacts(
        known=True,
        source=checklist.source_number,
        page=code.page,
        expected=expected,
        is_own_division=checklist.division_id == division,
        is_cover=checklist.kind == "team",
        version=checklist.version,
        latest_version=latest_version(checklist),
        page_count=checklist.page_count,
        is_replaced=bool(visit and visit.assignment and visit.assignment.replaced),
        has_visit=visit is not None,
    )


@dataclass(frozen=True)
class TypedLine:
    """An item of a visit's checklist with the answer that stands, as it is typed from paper."""

    item: InspectionItem
    answer: VisitAnswer | None


def typed_lines(visit: Visit) -> list[TypedLine]:
    """Every item of a visit's checklist, in the order of the paper."""
    standing = standing_of(visit)
    return [TypedLine(item, standing.get(item.pk)) for item in listed_items(visit)]


def answerable_visits(actor: Actor, *, number: str = "", words: str = "") -> QuerySet[Visit]:
    """Visits whose paper may be entered: the team was there, of one draw or order where named."""
    rows = visits_in(actor).filter(state__in=_ANSWERABLE)
    if number:
        rows = rows.filter(Q(assignment__draw_of__number=number) | Q(target__order__number=number))
    if words:
        rows = rows.filter(
            Q(register_id__iexact=words) | Q(premises__institution__name__icontains=words)
        )
    return rows.order_by("register_id")


def fileable_visits(actor: Actor, *, words: str) -> QuerySet[Visit]:
    """Visits that a page without a code may belong to, by place, institution, draw or order.

    None without words: nobody picks from the whole list by chance.
    """
    rows = visits_in(actor).filter(division=actor.division)
    if not words:
        return rows.none()
    wanted = (
        Q(register_id__iexact=words)
        | Q(premises__institution__name__icontains=words)
        | Q(assignment__draw_of__number=words)
        | Q(target__order__number=words)
    )
    open_rows = rows.filter(wanted).exclude(assignment__replaced=True)
    return open_rows.exclude(state=VisitState.PLANNED.value).order_by("register_id", "-pk")


def tray_page(actor: Actor, public_id: str) -> ReturnedPage | None:
    """The page that waits under this id, the oldest where there is none or none is named."""
    rows = tray(actor)
    try:
        named = rows.filter(public_id=public_id).first() if public_id else None
    except ValidationError:
        named = None
    return named or rows.first()


def page_after(actor: Actor, page: ReturnedPage) -> ReturnedPage | None:
    """The next page that waits, the oldest again after the last; None where it is the only one."""
    rows = tray(actor).exclude(pk=page.pk)
    return rows.filter(pk__gt=page.pk).first() or rows.first()


def knows_source(actor: Actor, number: str) -> bool:
    """Whether a number is that of a draw or an order whose papers the actor may see."""
    return source_for(actor, number) is not None
