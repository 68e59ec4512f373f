"""Many journeys moved or countersigned together: each is its own move, event and reasons.

A job takes them one by one, each in its own transaction; one that refuses is listed with every
reason and does not stop the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from institutions.core.journeys.shape import Move
from institutions.models import Journey, JourneyProposal
from institutions.services.journey_policy import require_party
from institutions.services.journey_records import as_kept, as_stated
from institutions.services.journeys import confirm_proposal, take_move
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.database.sealing import open_text, seal_text
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

MOVING_JOB = "institutions.move_journeys"
CONFIRMING_JOB = "institutions.confirm_journeys"
_MOVING = gettext_noop("一起办理办件")
_CONFIRMING = gettext_noop("一起会签")


def ask_to_move(
    *,
    journeys: Sequence[Journey],
    move: str,
    stated: Mapping[str, Any],
    page: str,
    actor: Actor,
    at: datetime,
) -> Job:
    """Have one move made of each journey, as the person saw it; `stated` holds for every one.

    Raises Refused where nothing is chosen, they stand at different steps, or the desk may not.
    What was stated may name persons, so the job's row holds it sealed.
    """
    row = _common_move(journeys, move)
    for journey in journeys:
        require_party(actor, row, journey)
    first = journeys[0]
    kept = json.dumps(as_kept(row.asks, stated), ensure_ascii=False)
    return enqueue(
        kind=MOVING_JOB,
        division=first.division_id,
        params={
            "journeys": [[str(one.public_id), one.revision] for one in journeys],
            "move": move,
            "stated": seal_text(kept, subject=first.public_id),
        },
        actor=actor,
        at=at,
        total=len(journeys),
        title=_MOVING,
        page=page,
    )


def ask_to_confirm(
    *, proposals: Sequence[JourneyProposal], page: str, actor: Actor, at: datetime
) -> Job:
    """Have many proposals countersigned by the leader who asks. Raises Refused."""
    if not proposals:
        raise Refused(Refusal("wave.nothing_chosen"))
    division = proposals[0].journey.division_id
    require(actor, Action.JOURNEY_COUNTERSIGN, Target(division=division))
    return enqueue(
        kind=CONFIRMING_JOB,
        division=division,
        params={"proposals": [str(one.public_id) for one in proposals]},
        actor=actor,
        at=at,
        total=len(proposals),
        title=_CONFIRMING,
        page=page,
    )


def move_one(job: Job, index: int, *, actor: Actor) -> None:
    """Make the move of the journey at `index`, inside the caller's transaction; may refuse."""
    public_id, revision = job.params["journeys"][index]
    journey = Journey.objects.select_related("institution").get(public_id=public_id)
    row = journey.table.by_name[job.params["move"]]
    stated = as_stated(row.asks, json.loads(open_text(job.params["stated"]) or "{}"))
    take_move(
        journey=journey,
        move=row.name,
        stated=stated,
        revision=revision,
        actor=actor,
        at=job.occurred_at,
    )


def confirm_one(job: Job, index: int, *, actor: Actor) -> None:
    """Countersign the proposal at `index`, inside the caller's transaction; may refuse."""
    rows = JourneyProposal.objects.select_related("journey", "journey__institution")
    proposal = rows.get(public_id=job.params["proposals"][index])
    confirm_proposal(proposal=proposal, actor=actor, at=job.occurred_at)


def name_of(job: Job, index: int) -> str:
    """Which journey is meant, for a list of those that refused: its number and its institution."""
    if "journeys" in job.params:
        rows = Journey.objects.filter(public_id=job.params["journeys"][index][0])
    else:
        rows = Journey.objects.filter(proposals__public_id=job.params["proposals"][index])
    found = rows.values_list("number", "applicant_name").first()
    return "" if found is None else " ".join(found)


def _common_move(journeys: Sequence[Journey], move: str) -> Move:
    if not journeys:
        raise Refused(Refusal("wave.nothing_chosen"))
    kinds = {(one.kind, one.state, one.division_id) for one in journeys}
    row = journeys[0].table.by_name.get(move)
    if len(kinds) != 1 or row is None or journeys[0].state not in row.sources:
        raise Refused(Refusal("wave.moves_mixed"))
    return row
