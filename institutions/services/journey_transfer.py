"""移交, one institution or many at once: each is a journey of its own with its own events.

What is refused for one leaves that one as it was and stops no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from institutions.core.journeys.bases import RE_REGISTERING
from institutions.models import Institution, Journey
from institutions.services.journeys import JourneyDraft, start_journey, take_move
from institutions.services.register_records import day_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

TRANSFER_JOB = "institutions.transfer_institutions"
_TITLE = gettext_noop("移交主管部门")


@dataclass(frozen=True)
class TransferOrder:
    """To which department, on which days, on what basis. `printed`: its full name on licences."""

    receiving: str
    handed_over_on: date
    acting_from: date
    basis: str
    printed: str = ""

    def as_params(self) -> dict[str, str]:
        """As a job keeps it."""
        return {
            "receiving": self.receiving,
            "handed_over_on": self.handed_over_on.isoformat(),
            "acting_from": self.acting_from.isoformat(),
            "basis": self.basis,
            "printed": self.printed,
        }

    @staticmethod
    def from_params(params: dict[str, Any]) -> TransferOrder:
        """The reverse."""
        return TransferOrder(
            receiving=params["receiving"],
            handed_over_on=date.fromisoformat(params["handed_over_on"]),
            acting_from=date.fromisoformat(params["acting_from"]),
            basis=params["basis"],
            printed=params["printed"],
        )


@dataclass(frozen=True)
class TransferOutcome:
    """What became of one: its journey, or why there is none."""

    institution: Institution
    journey: Journey | None
    refusals: tuple[Refusal, ...] = ()


def transfer_one(
    *, institution: Institution, order: TransferOrder, actor: Actor, at: datetime
) -> Journey:
    """Begin and, once the day of taking charge has come, complete a hand-over. All or nothing.

    Before that day the journey is planned and completed on its own page. Raises Refused.
    """
    stated = {
        "receiving": order.receiving,
        "handed_over_on": order.handed_over_on,
        "acting_from": order.acting_from,
        "basis": order.basis,
        "department_printed": order.printed,
    }
    draft = JourneyDraft(
        kind="transfer",
        division=institution.division_id,
        department=actor.department,
        institution=institution,
    )
    with transaction.atomic():
        journey = start_journey(draft=draft, stated=stated, actor=actor, at=at)
        if order.acting_from > day_of(at):
            return journey
        journey = take_move(journey=journey, move="hand_over", actor=actor, at=at).journey
        return take_move(journey=journey, move="reissue", actor=actor, at=at).journey


def transfer_many(
    *, institutions: Sequence[Institution], order: TransferOrder, actor: Actor, at: datetime
) -> list[TransferOutcome]:
    """Hand over each by itself; the outcomes in the given order."""
    return [_outcome(institution, order, actor, at) for institution in institutions]


def _outcome(
    institution: Institution, order: TransferOrder, actor: Actor, at: datetime
) -> TransferOutcome:
    try:
        journey = transfer_one(institution=institution, order=order, actor=actor, at=at)
    except Refused as refused:
        return TransferOutcome(institution, None, tuple(refused.refusals))
    return TransferOutcome(institution, journey)


def ask_transfer(
    *,
    division: str,
    institutions: Sequence[Institution],
    order: TransferOrder,
    actor: Actor,
    at: datetime,
) -> Job:
    """Have the chosen institutions handed over by a job. Raises Refused where none was chosen."""
    require(actor, Action.JOURNEY_HANDLE, Target(division=division, department=actor.department))
    if not institutions:
        raise Refused(Refusal("journey.nobody_to_transfer", {}, RE_REGISTERING))
    if order.acting_from < order.handed_over_on:
        params = {"handed": order.handed_over_on, "acting": order.acting_from}
        raise Refused(Refusal("journey.stated_acting_early", params, RE_REGISTERING))
    return enqueue(
        kind=TRANSFER_JOB,
        division=division,
        params={
            **order.as_params(),
            "institutions": [str(one.public_id) for one in institutions],
        },
        actor=actor,
        at=at,
        total=len(institutions),
        title=_TITLE,
        page="/desk/transfers/",
    )
