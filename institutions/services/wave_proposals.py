"""The day after a wave's deadline: one proposed decision per member that is not through.

Nothing takes effect here. Members are dealt with in chunks, each in one transaction with one batch
event that names its rows, so that a run that dies resumes where it was, and a second run finds
nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from institutions.choices.wave_texts import frozen_consequences, frozen_reasons
from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.waves import judge, proposing_refusals
from institutions.models import Institution, Journey, Wave, WaveMember
from institutions.selectors.waves import (
    MISSED,
    MemberLine,
    member_lines,
    standing_counts,
    wave_facts,
    waves_due,
)
from institutions.services.journey_records import take_journey_numbers
from institutions.services.register_records import day_of
from institutions.services.waves import record_wave_event, wave_page
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refused

PROPOSING_JOB = "institutions.propose_overdue"
_TITLE = gettext_noop("拟认定逾期")
_FALLBACK_DEPARTMENT = "education"
_OF_INSTITUTION = (
    "public_id",
    "name",
    "status",
    "category",
    "legal_form",
    "credit_code",
    "competent_department",
)
_MEMBER_COLUMNS = (
    "wave",
    "institution",
    "standing",
    "spared_because",
    *(f"institution__{name}" for name in _OF_INSTITUTION),
)
_SETTLED = ("proposed", "excused", "through")


@dataclass(frozen=True)
class Chunked:
    """What one chunk came to: how many members were looked at, and every line that changed."""

    seen: int
    lines: tuple[MemberLine, ...]


def ask_to_propose(*, wave: Wave, actor: Actor, at: datetime) -> Job:
    """Have the proposals prepared by a job. Raises Refused before the day after the deadline."""
    if actor.is_person:
        require(actor, Action.WAVE_MANAGE, Target(division=wave.division_id))
    _refuse_early(wave, day_of(at))
    return enqueue(
        kind=PROPOSING_JOB,
        division=wave.division_id,
        params={"wave": str(wave.public_id)},
        actor=actor,
        at=at,
        title=_TITLE,
        page=wave_page(wave),
    )


def ask_for_due_waves(*, actor: Actor, at: datetime) -> list[Job]:
    """A job for every wave whose deadline is over and where something would change."""
    return [
        ask_to_propose(wave=wave, actor=actor, at=at)
        for wave in waves_due(day_of(at))
        if overdue_lines(wave, on=day_of(at))
    ]


def overdue_lines(wave: Wave, *, on: date) -> list[MemberLine]:
    """Exactly what a run on that day would change: proposed, spared, found through.

    Raises Refused before the day after the deadline.
    """
    _refuse_early(wave, on)
    return [line for line in member_lines(wave) if changes(line)]


def changes(line: MemberLine) -> bool:
    """Whether a run changes this member: it would be proposed, or its standing is another now."""
    if line.member.standing in _SETTLED:
        return False
    kept = (line.member.standing, line.member.spared_because)
    return line.judged.standing == "open" or kept != (line.judged.standing, line.judged.because)


def propose_chunk(
    *, wave: Wave, offset: int, size: int, on: date, actor: Actor, at: datetime
) -> Chunked:
    """Deal with `size` members from `offset` on, inside the caller's transaction.

    Locks the institutions first, by their id, then members, the number counter, the audit head.
    """
    _refuse_early(wave, on)
    pairs = wave.members.order_by("pk").values_list("pk", "institution_id")
    rows = list(pairs[offset : offset + size])
    locked = Institution.objects.select_for_update().filter(pk__in=[pair[1] for pair in rows])
    list(locked.order_by("pk").values_list("pk", flat=True))
    held = WaveMember.objects.select_for_update(of=("self",)).select_related("institution")
    chosen = held.filter(pk__in=[pair[0] for pair in rows]).only(*_MEMBER_COLUMNS)
    members = list(chosen.order_by("pk"))
    lines = [line for line in member_lines(wave, members) if changes(line)]
    if lines:
        _write(wave, lines, on, actor, at)
    return Chunked(len(rows), tuple(lines))


def _write(wave: Wave, lines: Sequence[MemberLine], on: date, actor: Actor, at: datetime) -> None:
    pursued = [line for line in lines if line.judged.standing == "open"]
    numbers = take_journey_numbers(division=wave.division_id, count=len(pursued), at=at)
    journeys = [
        _journey(wave, line, number, on, actor, at)
        for line, number in zip(pursued, numbers, strict=True)
    ]
    Journey.objects.bulk_create(journeys)
    _settle_members(lines)
    record_wave_event(
        wave,
        kind="journey.batch_proposed",
        actor=actor,
        at=at,
        new=_told(journeys, lines),
        row_count=len(lines),
        rows_digest=canonical_digest([[one.number, one.details["reasons"]] for one in journeys]),
    )


def _settle_members(lines: Sequence[MemberLine]) -> None:
    """Keep the standings: one statement for the many that are proposed, a row each for others."""
    pursued = [line.member.pk for line in lines if line.judged.standing == "open"]
    WaveMember.objects.filter(pk__in=pursued).update(standing="proposed", spared_because="")
    others = [line for line in lines if line.judged.standing != "open"]
    for line in others:
        line.member.standing = line.judged.standing
        line.member.spared_because = line.judged.because
    WaveMember.objects.bulk_update([line.member for line in others], ["standing", "spared_because"])


def _journey(
    wave: Wave, line: MemberLine, number: str, on: date, actor: Actor, at: datetime
) -> Journey:
    institution, table = line.institution, JOURNEYS[MISSED]
    return Journey(
        division_id=wave.division_id,
        institution=institution,
        kind=MISSED,
        number=number,
        applicant_name=institution.name,
        state=table.initial,
        state_since=on,
        department_id=_deciding(line),
        wave=wave,
        licence=line.licence,
        details=frozen_details(wave, line),
        started_at=at,
        started_by=actor.name,
    )


def frozen_details(wave: Wave, line: MemberLine) -> dict[str, Any]:
    """What the proposed decision rests on, as it stood when it was proposed."""
    return {
        "wave": wave.name,
        "wave_basis": wave.basis,
        "deadline_on": wave.deadline_on.isoformat(),
        "opened_on": wave_facts(wave).opened_on.isoformat(),
        "ways_out": list(wave.ways_out),
        "consequence": wave.consequence,
        "consequences": list(frozen_consequences(wave.consequence)),
        "check_year": wave.deadline_on.year,
        "reasons": frozen_reasons(line.judged.reasons),
    }


def _deciding(line: MemberLine) -> str:
    issued_by = None if line.licence is None else line.licence.issuing_department_id
    return issued_by or line.institution.competent_department_id or _FALLBACK_DEPARTMENT


def _told(journeys: Sequence[Journey], lines: Sequence[MemberLine]) -> dict[str, Any]:
    """The batch event's words: which journeys now are `proposed`, who was spared or through."""
    others = [line for line in lines if line.judged.standing != "open"]
    return {
        "state": JOURNEYS[MISSED].initial,
        "journey_kind": MISSED,
        "rows": [str(one.public_id) for one in journeys],
        "spared": {
            str(one.institution.public_id): one.judged.because
            for one in others
            if one.judged.standing == "spared"
        },
        "through": {
            str(one.institution.public_id): one.judged.because
            for one in others
            if one.judged.standing == "through"
        },
    }


def finish_proposing(*, wave: Wave, actor: Actor, at: datetime) -> None:
    """Note when the wave's members were last gone through, the first time only with an event."""
    if wave.proposed_at is not None:
        return
    wave.proposed_at = at
    wave.save(update_fields=["proposed_at"])
    counts = standing_counts(wave)
    record_wave_event(wave, kind="wave.proposed", actor=actor, at=at, new=counts)


def release_member(journey: Journey, reason: str) -> None:
    """A proposal was given up: the member is through, spared, or excused for the reason."""
    wave = journey.wave
    if wave is None:
        return
    rows = WaveMember.objects.select_for_update(of=("self",)).select_related("institution")
    member = rows.filter(wave=wave, institution=journey.institution_id).first()
    if member is None:
        return
    line = member_lines(wave, [member])[0]
    judged = judge(replace(line.facts, standing="open", is_pursued=False), wave_facts(wave))
    is_settled = judged.standing in ("through", "spared")
    member.standing = judged.standing if is_settled else "excused"
    member.spared_because = judged.because if is_settled else reason.strip()[:200]
    member.save(update_fields=["standing", "spared_because"])


def _refuse_early(wave: Wave, on: date) -> None:
    found = proposing_refusals(
        is_open=wave.opened_at is not None, deadline_on=wave.deadline_on, on=on
    )
    if found:
        raise Refused(found)
