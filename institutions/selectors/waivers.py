"""Reads of waivers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from institutions.models import Filing, FilingWaiver
from institutions.selectors.filings import visible_filings
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.kernel.actors import Actor

ENDING_DAYS = 14
_OPEN = ("proposed", "in_force")


def waived_rules(filing: Filing, on: date) -> frozenset[str]:
    """The rules whose breach may stand on a day in the filing's present version."""
    held = filing.waivers.filter(state="in_force", version=filing.version, until_on__gte=on)
    return frozenset(held.values_list("rule", flat=True))


def waivers_of(filing: Filing) -> QuerySet[FilingWaiver]:
    """All waivers of a filing, newest first."""
    return filing.waivers.select_related("department")


def published_waivers(filing: Filing, on: date) -> list[FilingWaiver]:
    """What the public page of an approved class says is waived."""
    held = waivers_of(filing).filter(state="in_force", version=filing.version, until_on__gte=on)
    return list(held.order_by("until_on", "pk"))


def open_waiver(filing: Filing, rule: str) -> FilingWaiver | None:
    """A waiver of this rule that is proposed or in force."""
    return filing.waivers.filter(version=filing.version, rule=rule, state__in=_OPEN).first()


def visible_waivers(viewer: Actor) -> QuerySet[FilingWaiver]:
    """The waivers of the filings that the viewer may read."""
    readable = visible_filings(viewer).values("pk")
    found = FilingWaiver.objects.filter(filing__in=readable)
    return found.select_related("filing__institution", "department")


def visible_waiver(viewer: Actor, public_id: UUID) -> FilingWaiver | None:
    """A waiver that the viewer may read."""
    return visible_waivers(viewer).filter(public_id=public_id).first()


def listed_waivers(viewer: Actor, part: str, today: date) -> QuerySet[FilingWaiver]:
    """For the list: `waiting` for the second person, `ending` soon, `in_force`, or all."""
    found = visible_waivers(viewer)
    if part == "waiting":
        return found.filter(state="proposed").order_by("pk")
    if part == "ending":
        return ending_waivers(found, today)
    if part:
        found = found.filter(state=part)
    return found.order_by("-pk")


def waivers_to_approve(actor: Actor) -> QuerySet[FilingWaiver]:
    """What waits for this person as the second one."""
    if not may(actor, Action.WAIVER_APPROVE, Target(actor.division)):
        return FilingWaiver.objects.none()
    waiting = FilingWaiver.objects.filter(state="proposed", division=actor.division)
    if reach_of(actor, Action.WAIVER_APPROVE) is Reach.DEPARTMENT:
        waiting = waiting.filter(department=actor.department)
    return waiting.exclude(proposed_by_user=actor.user_id or 0).order_by("pk")


def ending_waivers(waivers: QuerySet[FilingWaiver], today: date) -> QuerySet[FilingWaiver]:
    """Those in force that end within a fortnight, the nearest first."""
    last = today + timedelta(days=ENDING_DAYS)
    held = waivers.filter(state="in_force", until_on__lte=last)
    return held.order_by("until_on", "pk")


def over_waivers(today: date) -> QuerySet[FilingWaiver]:
    """Those still marked in force whose last day has passed; for the nightly job."""
    return FilingWaiver.objects.filter(state="in_force", until_on__lt=today).order_by("pk")


def expired_waivers(division: str) -> QuerySet[FilingWaiver]:
    """Waivers that ended while the class they belong to is still approved: to be screened again."""
    over = FilingWaiver.objects.filter(
        division=division, state__in=("expired", "revoked"), filing__state="approved"
    )
    return over.select_related("filing__institution").order_by("-ended_at")
