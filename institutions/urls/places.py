"""Addresses of points: the desk's, and the public search nearby."""

from __future__ import annotations

from django.urls import path

from institutions.views import nearby, places

app_name = "places"

urlpatterns = [
    path("nearby/", nearby.nearby, name="nearby"),
    path("desk/places/", places.places_map, name="map"),
    path("desk/places/locate/", places.locate, name="locate"),
    path("desk/places/townships/", places.centres_page, name="centres"),
    path("desk/places/townships/<slug:code>/", places.centre_page, name="centre"),
    path("desk/places/<uuid:place_id>/point/", places.point_page, name="point"),
]
