"""Desk pages of calendars and settings."""

from __future__ import annotations

from django.urls import path

from regulator.calendars.views import changes, holidays, overview, school, settings, years

app_name = "calendars"

urlpatterns = [
    path("desk/calendars/", overview.terms_page, name="terms"),
    path("desk/calendars/load/", overview.load_shipped, name="load_shipped"),
    path("desk/calendars/school/<int:year>/", school.school_year_page, name="school_year"),
    path("desk/calendars/school/<int:year>/periods/", school.period_new, name="period_new"),
    path("desk/calendars/periods/<uuid:public_id>/", school.period_edit, name="period_edit"),
    path(
        "desk/calendars/periods/<uuid:public_id>/remove/",
        school.period_remove,
        name="period_remove",
    ),
    path("desk/calendars/holiday/<int:year>/", holidays.holiday_year_page, name="holiday_year"),
    path("desk/calendars/holiday/<int:year>/days/", holidays.holiday_new, name="holiday_new"),
    path("desk/calendars/holiday/<int:year>/complete/", holidays.year_complete, name="complete"),
    path(
        "desk/calendars/days/<uuid:public_id>/remove/",
        holidays.holiday_remove,
        name="holiday_remove",
    ),
    path("desk/calendars/<str:kind>/<int:year>/open/", years.open_year, name="open_year"),
    path("desk/calendars/<str:kind>/<int:year>/history/", years.year_history, name="history"),
    path("desk/calendars/changes/", changes.change_list, name="changes"),
    path("desk/calendars/changes/<uuid:public_id>/", changes.change_page, name="change"),
    path(
        "desk/calendars/changes/<uuid:public_id>/send-back/",
        changes.change_send_back,
        name="change_send_back",
    ),
    path(
        "desk/calendars/changes/<uuid:public_id>/withdraw/",
        changes.change_withdraw,
        name="change_withdraw",
    ),
    path("desk/settings/", settings.settings_page, name="settings"),
    path("desk/settings/<str:code>/", settings.setting_edit, name="setting"),
]
