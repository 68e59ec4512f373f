"""The wake-up call: a message that says which job to look at, and nothing more."""

from __future__ import annotations

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import ChannelError

log = structlog.get_logger(__name__)


def wake_worker(*, job_id: int, kind: str, delay_s: int = 0) -> bool:
    """Send the task registered as `kind` for the job; False where the broker is unreachable.

    Losing this message loses only time: the sweep calls again.
    """
    try:
        current_app.send_task(
            kind, args=[job_id], countdown=delay_s or None, ignore_result=True, retry=False
        )
    except Exception as error:  # noqa: BLE001  kombu's transports raise what their libraries raise
        log.warning("broker_unreachable", job=job_id, kind=kind, error=type(error).__name__)
        return False
    return True


def calls_waiting() -> int:
    """How many messages the broker holds for the workers; 0 where it cannot say."""
    try:
        with current_app.connection_for_read() as connection:
            queue = current_app.conf.task_default_queue
            declared = connection.default_channel.queue_declare(queue=queue, passive=True)
            return int(declared.message_count)
    except ChannelError:  # Redis has no queue that is empty
        return 0
    except Exception as error:  # noqa: BLE001  kombu's transports raise what their libraries raise
        log.warning("broker_unreachable", error=type(error).__name__)
        return 0


def wake_on_commit(*, job_id: int, kind: str, delay_s: int = 0) -> None:
    """Send the wake-up once the surrounding transaction is committed."""

    def call() -> None:
        wake_worker(job_id=job_id, kind=kind, delay_s=delay_s)

    transaction.on_commit(call)


def call_on_commit(task: str) -> None:
    """Have a task without arguments run once the surrounding transaction is committed.

    Losing the call loses only time where the schedule asks for the same task anyway.
    """

    def call() -> None:
        try:
            current_app.send_task(task, ignore_result=True, retry=False)
        except Exception as error:  # noqa: BLE001  kombu's transports raise what their libraries raise
            log.warning("broker_unreachable", kind=task, error=type(error).__name__)

    transaction.on_commit(call)
