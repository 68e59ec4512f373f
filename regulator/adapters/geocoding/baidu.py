"""Baidu's geocoding service, version 3, as its documentation describes it.

The position is BD-09. `precise` 1 is an exact hit; `confidence` runs from 0 to 100.
A status of its own stands in every answer; one that geopy does not know is a failure.
"""

from __future__ import annotations

from typing import Any

from geopy.exc import GeocoderQuotaExceeded, GeocoderRateLimited
from geopy.geocoders import BaiduV3
from geopy.location import Location

from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.kernel.coordinates import CoordinateSystem, Position

_QUOTA_OVER = frozenset((4, 301, 302))
_TOO_FAST = frozenset((401, 402))
_UNREADABLE = 2
_KEY_WRONG = 5
_NO_AUTHORITY = 101
_NOTHING_FOUND = "无相关结果"
_LONGEST_BYTES = 84
_GOOD_CONFIDENCE = 60


class BaiduGeocoder(BaiduV3):
    """geopy's Baidu v3 with an address of its own server, and its finer answers kept."""

    source = "baidu"
    is_remote = True

    def __init__(self, api_key: str, *, url: str = "", **options: Any) -> None:
        super().__init__(api_key, **options)
        if url:
            self.api = url.rstrip("/") + self.api_path

    def geocode(self, query: str, **options: Any) -> Location | None:
        """The point of an address; what is longer than Baidu reads is cut at the end."""
        address = query.encode("gb18030")[:_LONGEST_BYTES].decode("gb18030", "ignore")
        return super().geocode(address, **options)

    def found(self, location: Location) -> Found:
        """An answer in our words."""
        raw = location.raw
        position = Position(location.longitude, location.latitude, CoordinateSystem.BD09)
        if raw.get("precise") == 1:
            confidence = Confidence.HIGH
        elif int(raw.get("confidence", 0)) >= _GOOD_CONFIDENCE:
            confidence = Confidence.MEDIUM
        else:
            confidence = Confidence.LOW
        return Found(position, confidence, str(raw.get("level", "")))

    def _parse_json(self, page: dict[str, Any], exactly_one: bool = True) -> Any:  # noqa: FBT001, FBT002
        status = page.get("status")
        words = str(page.get("msg", "") or page.get("message", ""))
        if status == _UNREADABLE or (status == 1 and _NOTHING_FOUND in words):
            return None
        if status in _QUOTA_OVER:
            raise GeocoderQuotaExceeded(f"status {status}")
        if status in _TOO_FAST:
            raise GeocoderRateLimited(f"status {status}")
        if status == _KEY_WRONG:
            self._check_status(_NO_AUTHORITY)  # geopy calls a wrong key a wrong query
        return super()._parse_json(page, exactly_one)
