"""Importing and exporting tables at the desk."""

from __future__ import annotations

from django.urls import path

from institutions.views import exchange, exchange_conflicts, exchange_mapping

app_name = "exchange"

_TABLES = "desk/register/tables/"
_MAPPINGS = "desk/register/mappings/"

urlpatterns = [
    path(_TABLES, exchange.home, name="home"),
    path(f"{_TABLES}<uuid:public_id>/", exchange.detail, name="detail"),
    path(f"{_TABLES}<uuid:public_id>/write/", exchange.confirm, name="confirm"),
    path(f"{_TABLES}<slug:target>/upload/", exchange.upload, name="upload"),
    path(f"{_TABLES}<slug:target>/template/", exchange.empty_table, name="template"),
    path(f"{_TABLES}<slug:target>/export/", exchange.give_out, name="export"),
    path(_MAPPINGS, exchange_mapping.mappings, name="mappings"),
    path(f"{_MAPPINGS}upload/", exchange_mapping.upload, name="mapped_upload"),
    path(f"{_MAPPINGS}columns/", exchange_mapping.columns, name="columns"),
    path(f"{_MAPPINGS}<uuid:public_id>/", exchange_mapping.mapping, name="mapping"),
    path("desk/register/conflicts/", exchange_conflicts.conflicts, name="conflicts"),
    path("desk/register/conflicts/<uuid:public_id>/", exchange_conflicts.conflict, name="conflict"),
]
