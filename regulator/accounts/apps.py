from __future__ import annotations

from django.apps import AppConfig

from regulator.accounts.choices.texts import PARAM_LABELS, REFUSAL_TEXTS
from regulator.web.refusals import register_param_labels, register_refusal_texts


class AccountsConfig(AppConfig):
    """用户与岗位: users, departments, divisions, desks."""

    name = "regulator.accounts"
    label = "accounts"
    verbose_name = "用户与岗位"

    def ready(self) -> None:
        register_refusal_texts(REFUSAL_TEXTS)
        register_param_labels(PARAM_LABELS)
