"""The nightly check: a sound district is clean, and each damage past the services is named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection, transaction

from fees.models import EscrowAccount, RefundRequest
from inspections.models import Draw, Finding, Visit
from institutions.models import (
    CompetentDepartment,
    Filing,
    Institution,
    InstitutionCreditCode,
    InstitutionName,
    Licence,
    LicenceStatePeriod,
    OperatingStatus,
)
from regulator.accounts.models import Appointment
from regulator.audit.models import Event, Head
from regulator.audit.services.heads import export_heads
from regulator.calendars.models import DivisionSetting
from regulator.celery import SCHEDULE
from regulator.pages.choices.nightly import (
    REMEDIES,
    THING_LABELS,
    VIOLATION_TEXTS,
    violation_line,
)
from regulator.pages.core.invariants import Violation
from regulator.pages.selectors.invariants import PERIODS, STATED
from regulator.pages.selectors.nightly import latest_report
from regulator.pages.services.nightly import check_invariants, keep_report
from regulator.pages.services.seed import Sizes, seed_district
from tests.audited import unaudited
from tests.committed import CopyDatabase

DIVISION = "510116"
AT = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def _seeded(copy_database: CopyDatabase) -> Iterator[None]:
    current_app.loader.import_default_modules()
    with copy_database():
        seed_district(
            division=DIVISION,
            sizes=Sizes(institutions=14, filings=60, inspectors=16),
            seed=11,
            say=lambda _line: None,
        )
        yield


@pytest.fixture
def seeded(_seeded: None, settings: Any, tmp_path: Any) -> Iterator[None]:
    """The seeded district; what a test does to it is taken back."""
    settings.DATA_DIR = tmp_path
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def found() -> list[Violation]:
    return list(check_invariants(at=AT).violations)


def lines() -> list[str]:
    return [violation_line(one) for one in found()]


def test_a_seeded_district_is_clean_and_everything_in_it_was_looked_at(seeded: None) -> None:
    report = check_invariants(at=AT)
    assert list(report.violations) == []
    assert report.on == date(2026, 11, 3)
    assert report.counts["institution"] == Institution.objects.count()
    assert report.counts["filing"] == Filing.objects.count() > 40
    assert report.counts["event"] == Event.objects.count()
    assert set(report.counts) == {one.thing for one in (*STATED, *PERIODS)} | {"event", "ledger"}
    none = {one.thing for one in STATED if not report.counts[one.thing]}
    assert none <= {"appraisal", "waiver", "recheck", "case"}, "fourteen institutions may have none"


@pytest.mark.parametrize(
    ("thing", "rows", "change", "words"),
    [
        (
            "licence",
            lambda: Licence.objects.filter(state="in_force"),
            {"state": "revoked"},
            "现在是“已吊销”，而最后一条记录是“有效”",
        ),
        (
            "filing",
            lambda: Filing.objects.filter(state="submitted"),
            {"state": "approved"},
            "现在是“已通过”，而最后一条记录是“审核中”",
        ),
        (
            "draw",
            lambda: Draw.objects.filter(state="revealed"),
            {"state": "drawn"},
            "",
        ),
        (
            "escrow",
            lambda: EscrowAccount.objects.filter(state="active"),
            {"state": "agreed"},
            "",
        ),
        (
            "institution",
            lambda: Institution.objects.filter(status="operating"),
            {"status": "closed"},
            "",
        ),
        (
            "visit",
            lambda: Visit.objects.filter(state="ended"),
            {"state": "planned"},
            "现在是“待审批”，而最后一条记录是“已结束”",
        ),
        (
            "finding",
            lambda: Finding.objects.filter(state="open"),
            {"state": "withdrawn"},
            "而最后一条记录是“待处理”",
        ),
        (
            "refund",
            lambda: RefundRequest.objects.exclude(state="withdrawn"),
            {"state": "withdrawn"},
            "现在是“",
        ),
    ],
)
def test_a_state_written_past_its_service_is_named(
    seeded: None, thing: str, rows: Callable[[], Any], change: dict[str, str], words: str
) -> None:
    row = rows().first()
    assert row is not None
    with unaudited():
        rows().filter(pk=row.pk).update(**change)
    violations = found()
    assert [(one.kind, one.thing, one.key) for one in violations] == [
        ("state_differs", thing, str(row.public_id))
    ]
    assert words in violation_line(violations[0])
    assert violations[0].division == DIVISION


def test_a_filing_no_event_tells_of_and_one_that_is_gone_are_named(seeded: None) -> None:
    filing = Filing.objects.filter(state="submitted").order_by("-pk").first()
    assert filing is not None
    told_as = str(filing.public_id)
    with unaudited():
        Filing.objects.filter(pk=filing.pk).update(public_id="01990000-0000-7000-8000-000000000001")
    assert {(one.kind, one.key) for one in found()} == {
        ("state_untold", "01990000-0000-7000-8000-000000000001"),
        ("row_gone", told_as),
    }


def _copy(row: Any, **changes: Any) -> None:
    """The row once more, past every service."""
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("thing", "model"),
    [
        ("name", InstitutionName),
        ("credit_code", InstitutionCreditCode),
        ("licence_state", LicenceStatePeriod),
        ("department", CompetentDepartment),
        ("status", OperatingStatus),
    ],
)
def test_a_second_row_that_holds_at_the_same_time_is_named(
    seeded: None, thing: str, model: Any
) -> None:
    row = model.objects.filter(ends_before__isnull=True).first()
    with unaudited():
        _copy(row, starts_on=row.starts_on + timedelta(days=3))
    assert [(one.kind, one.thing, one.division) for one in found()] == [
        ("periods_overlap", thing, DIVISION)
    ]


def test_two_appointments_to_one_desk_at_once_are_named(seeded: None) -> None:
    held = Appointment.objects.filter(ends_before__isnull=True, division=DIVISION).first()
    assert held is not None
    name = held.user.name
    with unaudited():
        _copy(held, public_id="01990000-0000-7000-8000-000000000002")
    (violation,) = found()
    assert (violation.kind, violation.thing, violation.subject) == (
        "periods_overlap",
        "appointment",
        name,
    )


def test_two_values_of_a_setting_on_one_day_are_named(seeded: None) -> None:
    spans = ((date(2026, 1, 1), date(2026, 3, 2)), (date(2026, 3, 1), None))
    with unaudited():
        for starts_on, ends_before in spans:
            DivisionSetting.objects.create(
                division=DIVISION,
                code="school_hours",
                value="08:30-17:00",
                basis="通知",
                starts_on=starts_on,
                ends_before=ends_before,
            )
    (line,) = lines()
    assert line == (
        "510116 区划设置的有效期 中小学教学时间："
        "2026-01-01–2026-03-01 与 2026-03-01–… 两段时间重叠，同一天有两个值。"
        "（510116/school_hours）"
    )


def test_a_period_that_ends_before_it_begins_is_named(seeded: None) -> None:
    row = InstitutionName.objects.filter(ends_before__isnull=True).first()
    assert row is not None
    with unaudited():
        InstitutionName.objects.filter(pk=row.pk).update(ends_before=row.starts_on)
    assert [(one.kind, one.thing) for one in found()] == [("period_reversed", "name")]


def _drop_guards_of_events() -> list[str]:
    names = (
        ["guard_audit_event_update", "guard_audit_event_delete"]
        if connection.vendor == "sqlite"
        else ["guard_audit_event_row"]
    )
    on = "" if connection.vendor == "sqlite" else " ON audit_event"
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}{on}")
    return sorted(names)


def test_a_lost_guard_and_an_altered_event_are_named(seeded: None) -> None:
    lost = _drop_guards_of_events()
    event = Event.objects.filter(division=DIVISION).order_by("sequence")[4]
    Event.objects.filter(pk=event.pk).update(reason="改过的理由")
    violations = found()
    assert sorted(one.subject for one in violations if one.kind == "guard_missing") == lost
    assert [one.params for one in violations if one.kind == "chain_broken"] == [
        (("reason", "hash"), ("sequence", "5"))
    ]


def test_a_tail_that_is_cut_off_with_its_head_differs_from_the_head_exported(
    seeded: None,
) -> None:
    export_heads(on=date(2026, 11, 2))
    _drop_guards_of_events()
    last = Event.objects.filter(division=DIVISION).order_by("-sequence")[0]
    before = Event.objects.get(division=DIVISION, sequence=last.sequence - 1)
    Event.objects.filter(pk=last.pk).delete()
    Head.objects.filter(division=DIVISION).update(sequence=before.sequence, hash=before.hash)
    broken = [one for one in found() if one.kind == "chain_broken"]
    assert [(one.division, dict(one.params)) for one in broken] == [
        (DIVISION, {"reason": "outside_head", "sequence": str(last.sequence)})
    ]


def test_a_head_that_is_gone_is_named(seeded: None) -> None:
    Head.objects.filter(division=DIVISION).delete()
    assert [(one.kind, one.division) for one in found()] == [("head_gone", DIVISION)]


def test_the_command_says_one_line_a_finding_and_keeps_the_result(
    seeded: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_invariants")
    assert capsys.readouterr().out == ""
    filing = Filing.objects.filter(state="submitted").first()
    assert filing is not None
    with unaudited():
        Filing.objects.filter(pk=filing.pk).update(state="withdrawn")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_invariants")
    said = capsys.readouterr()
    assert stopped.value.code == 1
    assert said.out.startswith(f"510116 课程备案 {filing.number}：现在是")
    assert said.out.count("\n") == 1
    assert "发现 1 个问题。" in said.err
    report = latest_report()
    assert report is not None
    assert [one.key for one in report.violations] == [str(filing.public_id)]


def test_the_task_of_the_night_keeps_a_small_file(seeded: None, settings: Any) -> None:
    entry = next(one for one in SCHEDULE.values() if one["task"] == "pages.check_invariants")
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({2}, {30})
    current_app.tasks["pages.check_invariants"].run()
    (path,) = (settings.DATA_DIR / "nightly").iterdir()
    assert json.loads(path.read_bytes())["violations"] == []


def test_a_report_is_read_as_it_was_kept(seeded: None) -> None:
    with unaudited():
        Institution.objects.filter(status="operating").update(status="closed")
    report = check_invariants(at=AT)
    assert len(report.violations) > 3
    keep_report(report)
    assert latest_report() == report


def test_every_kind_and_thing_has_its_words() -> None:
    assert set(VIOLATION_TEXTS) == set(REMEDIES)
    assert {one.thing for one in (*STATED, *PERIODS)} <= set(THING_LABELS)
