"""Waves: created, previewed, opened with their members fixed, added to, excused from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from institutions.core.journeys.waves import wave_refusals
from institutions.models import Institution, Wave, WaveMember
from institutions.selectors.waves import candidates
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

TELLING_JOB = "institutions.tell_wave"
_TELLING = gettext_noop("通知批次机构")


@dataclass(frozen=True)
class WaveDraft:
    """What a wave is created with. `criteria` are codes of the register's columns, by column."""

    name: str
    criteria: Mapping[str, list[str]]
    ways_out: tuple[str, ...]
    deadline_on: date
    consequence: str
    basis: str


def create_wave(*, division: str, draft: WaveDraft, actor: Actor, at: datetime) -> Wave:
    """Keep a wave that is not open yet. Raises Refused with every reason."""
    require(actor, Action.WAVE_MANAGE, Target(division=division))
    found = wave_refusals(
        name=draft.name, basis=draft.basis, ways_out=draft.ways_out, criteria=draft.criteria
    )
    if found:
        raise Refused(found)
    criteria = {name: list(values) for name, values in draft.criteria.items() if values}
    with transaction.atomic():
        wave = Wave.objects.create(
            division_id=division,
            name=draft.name.strip(),
            criteria=criteria,
            ways_out=list(draft.ways_out),
            deadline_on=draft.deadline_on,
            consequence=draft.consequence,
            basis=draft.basis.strip(),
        )
        new = {"criteria": criteria, "ways_out": wave.ways_out}
        new["deadline_on"] = draft.deadline_on.isoformat()
        record_wave_event(wave, kind="wave.created", actor=actor, at=at, new=new)
    return wave


def open_wave(*, wave: Wave, actor: Actor, at: datetime) -> Wave:
    """Fix the members by the criteria as the register stands, and have every one told.

    Raises Refused where it is open already or nobody is in it.
    """
    _require(wave, actor)
    with transaction.atomic():
        locked = lock_wave(wave)
        if locked.opened_at is not None:
            raise Refused(Refusal("wave.opened_already"))
        chosen = candidates(locked.division_id, locked.criteria)
        if not chosen:
            raise Refused(Refusal("wave.nobody"))
        WaveMember.objects.bulk_create(
            [WaveMember(wave=locked, institution=one) for one in chosen], batch_size=500
        )
        locked.opened_at, locked.opened_by = at, actor.name
        locked.save(update_fields=["opened_at", "opened_by"])
        keys = [str(one.public_id) for one in chosen]
        ask_to_tell(locked, kind="wave_opened", actor=actor, at=at)
        record_wave_event(
            locked,
            kind="wave.opened",
            actor=actor,
            at=at,
            new={"members": len(keys)},
            row_count=len(keys),
            rows_digest=canonical_digest(keys),
        )
    return locked


def add_member(
    *, wave: Wave, institution: Institution, reason: str, actor: Actor, at: datetime
) -> WaveMember:
    """Take one more institution in, with the reason. Raises Refused."""
    _require(wave, actor)
    with transaction.atomic():
        found = _member_refusals(wave, reason)
        if institution.division_id != wave.division_id:
            found.append(Refusal("wave.other_division"))
        if wave.members.filter(institution=institution).exists():
            found.append(Refusal("wave.member_already"))
        if found:
            raise Refused(found)
        member = WaveMember.objects.create(
            wave=wave, institution=institution, added_because=reason.strip()[:200]
        )
        _record_member(member, "wave.member_added", reason, actor, at)
    return member


def excuse_member(*, member: WaveMember, reason: str, actor: Actor, at: datetime) -> WaveMember:
    """Take one out of the consequence, with the reason; it stays on the list as excused."""
    _require(member.wave, actor)
    with transaction.atomic():
        locked = WaveMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
        found = _member_refusals(locked.wave, reason)
        if locked.standing in ("excused", "proposed"):
            found.append(Refusal("wave.member_settled", {"member_standing": locked.standing}))
        if found:
            raise Refused(found)
        locked.standing, locked.spared_because = "excused", reason.strip()[:200]
        locked.save(update_fields=["standing", "spared_because"])
        _record_member(locked, "wave.member_excused", reason, actor, at)
    return locked


def lock_wave(wave: Wave) -> Wave:
    """The wave's row, locked."""
    return Wave.objects.select_for_update().get(pk=wave.pk)


def ask_to_tell(wave: Wave, *, kind: str, actor: Actor, at: datetime) -> None:
    """Have the members told by a job, each once."""
    enqueue(
        kind=TELLING_JOB,
        division=wave.division_id,
        params={"wave": str(wave.public_id), "notice": kind},
        actor=actor,
        at=at,
        title=_TELLING,
        page=wave_page(wave),
    )


def wave_page(wave: Wave) -> str:
    """The path of a wave's page at the desk."""
    return f"/desk/waves/{wave.public_id}/"


def record_wave_event(
    wave: Wave,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any],
    reason: str = "",
    row_count: int = 1,
    rows_digest: str = "",
) -> None:
    """Append an event about a wave."""
    append_event(
        division=wave.division_id,
        actor=actor,
        kind=kind,
        subject=Subject("wave", str(wave.public_id), wave.name),
        new=new,
        reason=reason[:500],
        occurred_at=at,
        row_count=row_count,
        rows_digest=rows_digest,
    )


def _require(wave: Wave, actor: Actor) -> None:
    require(actor, Action.WAVE_MANAGE, Target(division=wave.division_id))


def _member_refusals(wave: Wave, reason: str) -> list[Refusal]:
    found = []
    if wave.opened_at is None:
        found.append(Refusal("wave.not_open"))
    if not reason.strip():
        found.append(Refusal("wave.reason_missing"))
    return found


def _record_member(member: WaveMember, kind: str, reason: str, actor: Actor, at: datetime) -> None:
    new = {
        "institution": str(member.institution.public_id),
        "institution_name": member.institution.name,
        "standing": member.standing,
    }
    record_wave_event(member.wave, kind=kind, actor=actor, at=at, new=new, reason=reason)
