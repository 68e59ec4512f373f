"""Filters of course filings: `{% load filings %}`."""

from __future__ import annotations

from functools import cache

from django import template
from django.urls import Resolver404, resolve

from institutions.models import Filing
from institutions.selectors.materials import NamedMaterials, materials_of_class

register = template.Library()


@register.filter
def rule_page(code: str) -> str:
    """The address of a rule in plain language, or nothing where no such page is served."""
    return _page_of(code) if code else ""


@register.simple_tag
def named_materials(filing: Filing) -> NamedMaterials:
    """The entered materials that a class names: `{% named_materials filing as named %}`."""
    return materials_of_class(filing)


@register.simple_tag
def filed_materials(filing: Filing) -> NamedMaterials:
    """Those of them that are filed with the bureau, for anyone to see."""
    return materials_of_class(filing, ("filed",))


@cache
def _page_of(code: str) -> str:
    path = f"/rules/{code}/"
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
