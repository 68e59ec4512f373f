"""The rules in plain language, open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.rule_families import RULE_FAMILY_LABELS
from institutions.selectors.rules_public import rule_view, rule_views


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule by family."""
    families: dict[str, list[object]] = {}
    for view in rule_views():
        families.setdefault(view.family, []).append(view)
    groups = [
        {"label": RULE_FAMILY_LABELS[family], "rules": rules} for family, rules in families.items()
    ]
    return render(request, "public/rules/list.html", {"groups": groups})


@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, where it stands in the law, what passes and what does not."""
    view = rule_view(code.upper())
    if view is None:
        raise Http404
    crumbs = [
        {"label": _("审核规则"), "url": reverse("rules:list")},
        {"label": view.title, "url": ""},
    ]
    return render(request, "public/rules/rule.html", {"rule": view, "crumbs": crumbs})
