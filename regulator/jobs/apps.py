from __future__ import annotations

from django.apps import AppConfig

import regulator.celery  # noqa: F401  the app that shared tasks and wake-ups belong to


class JobsConfig(AppConfig):
    """后台任务: every long task, with its progress, errors and result files."""

    name = "regulator.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Make the texts of refusals known."""
        from regulator.jobs.choices.states import STATE_BADGES
        from regulator.jobs.choices.texts import REFUSAL_TEXTS
        from regulator.web.refusals import register_param_labels, register_refusal_texts

        register_refusal_texts(REFUSAL_TEXTS)
        register_param_labels(
            {"job_state": {state: badge.label for state, badge in STATE_BADGES.items()}}
        )
