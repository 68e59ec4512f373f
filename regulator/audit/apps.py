from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """留痕: the event chain, one per division."""

    name = "regulator.audit"
    label = "audit"
    verbose_name = "留痕"
