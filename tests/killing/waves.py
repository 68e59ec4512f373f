"""A wave with many members, some of which applied in time, for the runs that are killed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, uuid5

from institutions.models import Institution, Journey
from institutions.services.wave_proposals import ask_to_propose
from institutions.services.waves import WaveDraft, create_wave, open_wave
from regulator.jobs.models import Job
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.district import AT, DIVISION
from tests.killing.harness import lose_messages

AFTER = datetime(2026, 3, 11, 1, tzinfo=UTC)


def wave_job(members: int) -> Job:
    """The job that proposes for a wave of so many members; every tenth applied in time."""
    with unaudited():
        Institution.objects.bulk_create(_institution(number) for number in range(members))
        chosen = Institution.objects.order_by("pk")[::10]
        Journey.objects.bulk_create(_closure(one, at) for at, one in enumerate(chosen))
    draft = WaveDraft(
        name="营转非",
        criteria={"legal_form": ["for_profit"]},
        ways_out=("closure",),
        deadline_on=date(2026, 3, 10),
        consequence="failed_check_no_training",
        basis="成都市双减实施方案第19项",
    )
    wave = create_wave(division=DIVISION, draft=draft, actor=SYSTEM, at=AT)
    wave = open_wave(wave=wave, actor=SYSTEM, at=AT)
    Job.objects.all().delete()  # the members are told elsewhere
    lose_messages()
    return ask_to_propose(wave=wave, actor=SYSTEM, at=AFTER)


def _institution(number: int) -> Institution:
    name = f"双流区测试{number:05d}号培训学校"
    return Institution(
        public_id=uuid5(NAMESPACE_OID, name),  # digests of a batch cover it
        division_id=DIVISION,
        name=name,
        name_key=name,
        sort_key=name,
        legal_form="for_profit",
        category="subject",
        registered_on=date(2020, 1, 1),
    )


def _closure(institution: Institution, number: int) -> Journey:
    return Journey(
        division_id=DIVISION,
        institution=institution,
        kind="closure",
        number=f"BJ-{number}",
        applicant_name=institution.name,
        state="applied",
        state_since=date(2026, 3, 5),
        department_id="education",
        details={"submit_on": "2026-03-05"},
        started_at=AT,
        started_by="系统",
    )
