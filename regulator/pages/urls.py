"""Pages that stand above the apps."""

from __future__ import annotations

from django.urls import path

from regulator.pages.views import audit, desk_home, health, portal_home, preferences, styleguide

app_name = "pages"

urlpatterns = [
    path("preferences/", preferences.preferences, name="preferences"),
    path("desk/styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz/", health.healthz, name="healthz"),
    path("desk/", desk_home.desk_home, name="desk"),
    path("portal/", portal_home.portal_home, name="portal"),
    path("parent/", desk_home.parent_home, name="parent_home"),
    path("desk/audit/", audit.audit_page, name="audit"),
    path("desk/audit/head/", audit.audit_head_page, name="audit_head"),
]
