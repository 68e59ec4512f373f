"""Addresses of the rules in plain language."""

from __future__ import annotations

from django.urls import path

from institutions.views import rules

app_name = "rules"

urlpatterns = [
    path("rules/", rules.rule_list, name="list"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
]
