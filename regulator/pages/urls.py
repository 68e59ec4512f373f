"""Pages that stand above the apps."""

from __future__ import annotations

from django.urls import path

from regulator.pages.views import audit, desk_home, health, portal_home, preferences, styleguide
from regulator.pages.views.calendar_signing import sign_change
from regulator.pages.views.credit import propose_tier_by_hand
from regulator.pages.views.first_run import first_run
from regulator.pages.views.nightly import nightly
from regulator.pages.views.provider import provider
from regulator.pages.views.public_home import public_home
from regulator.pages.views.search import desk_search_page, public_search_page

app_name = "pages"

urlpatterns = [
    path("", public_home, name="home"),
    path("search/", public_search_page, name="public_search"),
    path("desk/search/", desk_search_page, name="search"),
    path("providers/<uuid:public_id>/", provider, name="provider"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("desk/styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz/", health.healthz, name="healthz"),
    path("desk/", desk_home.desk_home, name="desk"),
    path("portal/", portal_home.portal_home, name="portal"),
    path("field/", desk_home.field_home, name="field"),
    path("parent/", desk_home.parent_home, name="parent_home"),
    path("desk/first-run/", first_run, name="first_run"),
    path("desk/audit/", audit.audit_page, name="audit"),
    path("desk/audit/head/", audit.audit_head_page, name="audit_head"),
    path("desk/calendars/changes/<uuid:public_id>/sign/", sign_change, name="sign_change"),
    path("desk/nightly/", nightly, name="nightly"),
    path("desk/credit-tiers/by-hand/", propose_tier_by_hand, name="tier_by_hand"),
]
