"""The members of a wave are told: when it opens, and when its deadline comes near."""

from __future__ import annotations

from datetime import datetime, timedelta

from institutions.models import Wave
from institutions.selectors.waves import member_lines, member_rows, waves_near
from institutions.services.notices import notify_institution
from institutions.services.register_records import day_of
from institutions.services.waves import ask_to_tell
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor

TELLING_CHUNK = 20
NEAR_DAYS = 14
NEAR = "wave_deadline_near"


def tell_chunk(*, wave: Wave, kind: str, offset: int, actor: Actor, at: datetime) -> int:
    """Tell the members from `offset` on, each once; how many were looked at.

    As the deadline comes near, only those who have not applied are told.
    """
    members = list(member_rows(wave)[offset : offset + TELLING_CHUNK])
    lines = member_lines(wave, members)
    for line in lines:
        if kind == NEAR and line.judged.standing != "open":
            continue
        notify_institution(
            institution=line.institution,
            kind=kind,
            params={"wave": wave.name, "deadline_on": wave.deadline_on.isoformat()},
            cause=f"wave:{wave.public_id}:{kind}",
            page="/portal/journeys/",
            about=Subject("wave", str(wave.public_id), wave.name),
            actor=actor,
            at=at,
        )
    return len(members)


def tell_near_waves(*, actor: Actor, at: datetime) -> int:
    """On the day from which a deadline is near, have the members told; how many waves it is."""
    today = day_of(at)
    found = [
        wave
        for wave in waves_near(today, before=today + timedelta(days=NEAR_DAYS + 1))
        if wave.deadline_on == today + timedelta(days=NEAR_DAYS)
    ]
    for wave in found:
        ask_to_tell(wave, kind=NEAR, actor=actor, at=at)
    return len(found)
