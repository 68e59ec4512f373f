"""Filters of course filings: `{% load filings %}`."""

from __future__ import annotations

from functools import cache

from django import template
from django.urls import Resolver404, resolve

register = template.Library()


@register.filter
def rule_page(code: str) -> str:
    """The address of a rule in plain language, or nothing where no such page is served."""
    return _page_of(code) if code else ""


@cache
def _page_of(code: str) -> str:
    path = f"/rules/{code}/"
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
