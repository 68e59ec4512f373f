"""The daily export of the heads finds a tail that was cut off."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from regulator.audit.models import Head
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.audit.services.heads import export_heads
from regulator.audit.tasks import export_heads_daily
from regulator.celery import SCHEDULE, app
from regulator.kernel.actors import SYSTEM
from tests.district import AT

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def append(count: int) -> None:
    drafts = [EventDraft("test.done", Subject("thing", str(n))) for n in range(count)]
    with transaction.atomic():
        append_events(division="510116", actor=SYSTEM, drafts=drafts, occurred_at=AT)


def test_an_export_names_every_head_and_stands_for_its_day() -> None:
    append(2)
    path = export_heads(on=DAY)
    exported = json.loads(path.read_bytes())
    head = Head.objects.get()
    assert exported == {
        "on": "2026-03-02",
        "heads": [{"division": "510116", "sequence": 2, "hash": head.hash}],
    }
    append(1)
    assert json.loads(export_heads(on=DAY).read_bytes()) == exported


def test_a_chain_that_grew_on_still_meets_its_exported_head(
    capsys: pytest.CaptureFixture[str],
) -> None:
    append(2)
    head = json.loads(export_heads(on=DAY).read_bytes())["heads"][0]
    append(3)
    call_command("verify_audit", division="510116", head=f"{head['sequence']}:{head['hash']}")
    assert capsys.readouterr().out == ""


def test_the_schedule_exports_daily_by_a_registered_task(tmp_path: Path) -> None:
    app.loader.import_default_modules()
    tasks = [entry["task"] for entry in SCHEDULE.values()]
    assert "audit.export_heads" in tasks
    assert set(tasks) <= set(app.tasks)
    export_heads_daily()
    assert len(list((tmp_path / "audit-heads").iterdir())) == 1
