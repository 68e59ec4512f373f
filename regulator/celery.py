"""Celery: the application, its broker, and the schedule, which is static.

Calendars decide in the tasks whether a day counts; the schedule only asks every day.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init
from django.conf import settings

from regulator.adapters.broker import file_broker_options
from regulator.adapters.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulator.settings.local")

# Times are of Asia/Shanghai. A higher app's task stands here by its registered name only.
SCHEDULE: dict[str, dict[str, Any]] = {
    "audit heads, daily": {"task": "audit.export_heads", "schedule": crontab(hour=0, minute=10)},
    "what should never be, nightly": {
        "task": "pages.check_invariants",
        "schedule": crontab(hour=2, minute=30),
    },
    "journeys and licences, daily": {
        "task": "institutions.run_journeys_daily",
        "schedule": crontab(hour=0, minute=20),
    },
    "waves and their deadlines, daily": {
        "task": "institutions.watch_waves",
        "schedule": crontab(hour=0, minute=40),
    },
    "credit tiers, nightly": {
        "task": "pages.propose_credit_tiers",
        "schedule": crontab(hour=3, minute=10),
    },
    "waivers that end, daily": {
        "task": "institutions.end_waivers",
        "schedule": crontab(hour=0, minute=50),
    },
    "institutions with prepaid fees, nightly": {
        "task": "fees.watch_institutions",
        "schedule": crontab(hour=3, minute=20),
    },
    "refunds left unanswered, daily": {
        "task": "fees.watch_refunds",
        "schedule": crontab(hour=1, minute=10),
    },
    "parents to be asked, daily": {
        "task": "fees.notify_daily",
        "schedule": crontab(hour=10, minute=0),
    },
    "lessons whose money may go, nightly": {
        "task": "fees.release_daily",
        "schedule": crontab(hour=1, minute=30),
    },
    "personal data of contracts whose day has come, nightly": {
        "task": "fees.erase_due",
        "schedule": crontab(hour=1, minute=50),
    },
    "notices that wait, every minute": {
        "task": "institutions.send_notices",
        "schedule": crontab(minute="*"),
        "options": {"expires": 55},
    },
}

app = Celery("regulator")
app.set_default()
app.conf.update(
    broker_url=settings.BROKER_URL,
    timezone=settings.TIME_ZONE,
    enable_utc=True,
    beat_schedule=SCHEDULE,
    beat_schedule_filename=str(Path(settings.DATA_DIR) / "celerybeat-schedule"),
    task_ignore_result=True,
    task_default_queue=settings.JOB_QUEUE,
    # The row is the truth: a message is only a wake-up call, acknowledged on receipt.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings.WORKER_PROCESSES,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    # On a stop, tasks get so long to commit their chunk; the lease covers the rest.
    worker_soft_shutdown_timeout=3.0,
    broker_connection_retry_on_startup=True,
)
if settings.BROKER_URL.startswith("filesystem"):
    app.conf.update(
        broker_url="filesystem://localhost",  # kombu warns of an address without a host
        broker_transport_options=file_broker_options(Path(settings.BROKER_DIR)),
        # Its replies would pile up as files that nobody reads.
        worker_enable_remote_control=False,
    )
app.autodiscover_tasks()


@worker_process_init.connect
def _end_with_worker(**_kwargs: Any) -> None:
    """A pool process does not outlive its worker: its lease would, and block the job."""
    end_with_parent()
