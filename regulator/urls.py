"""Every address of the system, room by room."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

_ROOMS = (
    "regulator.pages.urls",
    "inspections.urls",
    "fees.urls",
    "institutions.urls.register",
    "institutions.urls.filings",
    "regulator.jobs.urls",
    "regulator.calendars.urls",
    "regulator.accounts.urls",
)


def _built(room: str) -> bool:
    # While the house is being built a room may not have its doors yet.
    return find_spec(room) is not None and hasattr(import_module(room), "urlpatterns")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    *[path("", include(room)) for room in _ROOMS if _built(room)],
]
