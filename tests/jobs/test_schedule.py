"""The static schedule of celery.py."""

from __future__ import annotations

from celery import current_app

from regulator.celery import SCHEDULE, app


def test_every_scheduled_task_is_registered() -> None:
    app.autodiscover_tasks(force=True)
    assert sorted({entry["task"] for entry in SCHEDULE.values()} - set(current_app.tasks)) == []


def test_times_are_of_shanghai() -> None:
    assert str(app.timezone) == "Asia/Shanghai"
