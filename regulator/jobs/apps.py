from __future__ import annotations

from django.apps import AppConfig

import regulator.celery  # noqa: F401  the app that shared tasks and wake-ups belong to


class JobsConfig(AppConfig):
    """后台任务: every long task, with its progress, errors and result files."""

    name = "regulator.jobs"
    label = "jobs"
    verbose_name = "后台任务"
