"""The geocoding service of Tianditu, the state's own map, as its documentation describes it.

The position is CGCS2000, which is WGS-84 but for centimetres. `score` runs from 0 to 100.
A wrong key answers with HTTP 403 or with a JSON `code`; nothing found is status 101 or 404.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
)
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.kernel.coordinates import CoordinateSystem, Position

_SERVER = "https://api.tianditu.gov.cn"
_PATH = "/geocoder"
_NOTHING_FOUND = frozenset(("101", "404"))
_QUOTA_WORDS = ("配额", "上限", "超限", "次数")
_DOOR, _STREET = 90, 70


class TiandituGeocoder(Geocoder):
    """A geopy geocoder for Tianditu, which geopy does not bring."""

    source = "tianditu"
    is_remote = True

    def __init__(self, api_key: str, *, url: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.api_key = api_key
        self.api = (url.rstrip("/") or _SERVER) + _PATH

    def geocode(self, query: str, *, timeout: Any = DEFAULT_SENTINEL) -> Location | None:
        """The point of an address, or None."""
        asked = {"ds": json.dumps({"keyWord": query}, ensure_ascii=False), "tk": self.api_key}
        url = f"{self.api}?{urlencode(asked)}"
        location: Location | None = self._call_geocoder(url, self._read, timeout=timeout)
        return location

    def found(self, location: Location) -> Found:
        """An answer in our words."""
        raw, score = location.raw, int(float(location.raw.get("score") or 0))
        confidence = (
            Confidence.HIGH
            if score >= _DOOR
            else Confidence.MEDIUM
            if score >= _STREET
            else Confidence.LOW
        )
        position = Position(location.longitude, location.latitude, CoordinateSystem.WGS84)
        return Found(position, confidence, str(raw.get("level", "")))

    def _read(self, page: dict[str, Any]) -> Location | None:
        if "code" in page:
            words = f"{page.get('msg', '')}{page.get('resolve', '')}"
            is_quota = any(word in words for word in _QUOTA_WORDS)
            error = GeocoderQuotaExceeded if is_quota else GeocoderAuthenticationFailure
            raise error(f"code {page['code']}")
        status = str(page.get("status", ""))
        place = page.get("location")
        if status in _NOTHING_FOUND or (status == "0" and not place):
            return None
        if status != "0" or place is None:
            raise GeocoderServiceError(f"status {status}")
        point = (float(place["lat"]), float(place["lon"]))
        return Location(str(place.get("keyWord", "")), point, place)
