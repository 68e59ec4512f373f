"""The ceremony and after: readings, the draw itself, its reveal or its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.core.draw.bundles import Ceremony, draw_lots, void_bundle
from inspections.core.draw.frames import build_frame
from inspections.core.draw.reading import write_json
from inspections.core.draw.seeds import first_match
from inspections.core.draw_states import reading_refusals
from inspections.models import Draw, DrawAssignment, DrawInspector, DrawReading, DrawTeam
from inspections.services.draw_records import (
    ceremony_of,
    facts_of,
    lock_draw,
    record_draw_event,
    refuse_move,
    require_move,
    require_runner,
)
from inspections.services.results import publish_draw_results, refuse_draw_results
from institutions.models import Premises
from regulator.database.sealing import open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused


def record_reading(
    *,
    draw: Draw,
    reading: str,
    again: str,
    witnesses: Sequence[str],
    actor: Actor,
    at: datetime,
) -> DrawReading:
    """Record a reading of the public source, typed twice, exactly as it stands.

    None is left out; the first that fully matches the frame's format becomes the randomness.
    Raises Refused with every reason.
    """
    require_runner(draw, actor)
    names = tuple(name.strip() for name in witnesses if name.strip())
    with transaction.atomic():
        locked = lock_draw(draw)
        facts = facts_of(locked, actor=actor, at=at)
        reasons = reading_refusals(facts, reading=reading, again=again, witnesses=names)
        if reasons:
            raise Refused(reasons)
        row = DrawReading.objects.create(
            draw_of=locked,
            position=locked.readings.count() + 1,
            text=reading,
            witnesses=list(names),
            read_at=at,
            recorded_by_user=actor.user_id,
            recorded_by=actor.name,
        )
        matched = first_match([reading], locked.frame["entropy"])
        if matched is not None:
            locked.randomness = matched
            locked.save(update_fields=["randomness"])
        record_draw_event(
            locked,
            kind="reading",
            actor=actor,
            at=at,
            new={"position": row.position, "reading": reading, "matches": matched is not None},
        )
    return row


def run_draw(*, draw: Draw, actor: Actor, at: datetime) -> Draw:
    """Draw by DR1 with the approval of a second officer, who did not type the reading.

    The lists are kept sealed. Raises Refused with every reason.
    """
    require_move("draw", draw, actor)
    fresh = Draw.objects.get(pk=draw.pk)
    bundle = _bundle(fresh, ceremony_of(fresh, revealed_at=None)) if fresh.randomness else None
    with transaction.atomic():
        locked = lock_draw(draw)
        refuse_move("draw", facts_of(locked, actor=actor, at=at))
        if bundle is None or bundle["randomness"] != locked.randomness:
            raise InvariantError(f"抽查 {locked.number} 的随机数在抽取时变了。")
        sealed = seal_text(write_json(_outcome(bundle)), subject=locked.public_id)
        locked.draw(at=at, by=actor.name, outcome_text=sealed)
        locked.save(update_fields=["state", "drawn_at", "drawn_by", "outcome_text"])
        _write_outcome(locked, bundle)
        record_draw_event(
            locked,
            kind="draw",
            actor=actor,
            at=at,
            old={"state": "committed"},
            new={
                "state": locked.state,
                "randomness": locked.randomness,
                "drawn": len(bundle["assignments"]),
                "teams": len(bundle["teams"]),
                "unassigned": len(bundle["unassigned"]),
            },
        )
    return locked


_OUTCOME_KEYS = (
    *("drawn", "reserve", "teams", "inspector_reserve", "assignments", "unassigned"),
    "seed",
)


def _outcome(bundle: Mapping[str, Any]) -> dict[str, Any]:
    return {key: bundle[key] for key in _OUTCOME_KEYS}


def _bundle(draw: Draw, ceremony: Ceremony) -> dict[str, Any]:
    """The bundle as it stands; a draw without randomness has none of its picks."""
    readings = list(draw.readings.values_list("text", flat=True))
    key = open_text(draw.key)
    if not draw.randomness:
        frame = build_frame(draw.frame)
        return void_bundle(frame, draw.recusal_pairs, key=key, readings=readings, ceremony=ceremony)
    return draw_lots(draw.frame, draw.recusal_pairs, key=key, readings=readings, ceremony=ceremony)


def _write_outcome(draw: Draw, bundle: Mapping[str, Any]) -> None:
    objects = {row["id"]: row for row in bundle["frame"]["objects"]}
    premises = dict(
        Premises.objects.filter(register_id__in=list(bundle["assignments"])).values_list(
            "register_id", "pk"
        )
    )
    DrawTeam.objects.bulk_create(
        [DrawTeam(draw_of=draw, number=number) for number in bundle["teams"]]
    )
    DrawAssignment.objects.bulk_create(
        [
            DrawAssignment(
                draw_of=draw,
                premises_id=premises[name],
                register_id=name,
                stratum=objects[name]["stratum"],
                area=objects[name]["area"],
                team=team,
            )
            for name, team in bundle["assignments"].items()
        ],
        batch_size=500,
    )
    seats = {
        code: (team, position)
        for team, codes in bundle["teams"].items()
        for position, code in enumerate(codes, start=1)
    }
    members = list(draw.members.filter(code__in=list(seats)))
    for member in members:
        member.team, member.position = seats[member.code]
    DrawInspector.objects.bulk_update(members, ["team", "position"], batch_size=200)


def reveal_draw(
    *, draw: Draw, last_visit_ended_at: datetime | None, actor: Actor, at: datetime
) -> Draw:
    """Publish the whole bundle with its key and, at the same moment, the result of every premises.

    At the earliest when the last visit has ended and every failing answer was decided on. Raises
    Refused with every reason.
    """
    require_move("reveal", draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        facts = facts_of(locked, actor=actor, at=at, last_visit_ended_at=last_visit_ended_at)
        refuse_move("reveal", facts)
        refuse_draw_results(locked, stated=last_visit_ended_at, at=at)
        bundle = _bundle(locked, ceremony_of(locked, revealed_at=at))
        locked.last_visit_ended_at = last_visit_ended_at
        locked.reveal(at=at, bundle_text=write_json(bundle), digest=bundle["digest"])
        locked.save(
            update_fields=["state", "last_visit_ended_at", "revealed_at", "bundle_text", "digest"]
        )
        publish_draw_results(locked, actor=actor, at=at)
        record_draw_event(
            locked,
            kind="reveal",
            actor=actor,
            at=at,
            old={"state": "drawn"},
            new={"state": locked.state, "digest": locked.digest},
        )
    return locked


def request_void(*, draw: Draw, reason: str, actor: Actor, at: datetime) -> Draw:
    """Ask for a draw to be voided after its randomness; another department countersigns.

    Before the randomness `void_draw` does it at once. Raises Refused with every reason.
    """
    require_move("void", draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        facts = facts_of(locked, actor=actor, at=at, reason=reason, has_randomness=False)
        refuse_move("void", facts)
        if locked.void_requested_at is not None:
            raise Refused(Refusal("draw.void_requested"))
        locked.void_reason = reason.strip()
        locked.void_requested_at = at
        locked.void_requested_by_user = actor.user_id
        locked.void_requested_by = actor.name
        locked.void_requested_department = actor.department
        locked.save(
            update_fields=[
                *("void_reason", "void_requested_at", "void_requested_by_user"),
                *("void_requested_by", "void_requested_department"),
            ]
        )
        record_draw_event(
            locked, kind="void_requested", actor=actor, at=at, reason=locked.void_reason
        )
    return locked


def void_draw(*, draw: Draw, reason: str, actor: Actor, at: datetime) -> Draw:
    """End a draw: its whole bundle is published with the reason and the key, for good.

    After the randomness this is the countersignature of a request by another department, whose
    reason stands. Raises Refused with every reason.
    """
    require_move("void", draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        stated = locked.void_reason or reason.strip()
        refuse_move("void", facts_of(locked, actor=actor, at=at, reason=stated))
        old = locked.state
        bundle = _bundle(locked, ceremony_of(locked, revealed_at=at, void=stated))
        locked.void_signed_by = actor.name
        text = write_json(bundle)
        locked.void(at=at, reason=stated, bundle_text=text, digest=bundle["digest"])
        locked.save(
            update_fields=[
                *("state", "revealed_at", "void_reason", "bundle_text", "digest"),
                "void_signed_by",
            ]
        )
        record_draw_event(
            locked,
            kind="void",
            actor=actor,
            at=at,
            old={"state": old},
            new={"state": locked.state, "digest": locked.digest},
            reason=stated,
        )
    return locked
