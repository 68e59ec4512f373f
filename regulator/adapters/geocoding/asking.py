"""Choosing a geocoder by setting, and asking it; every failure is an AdapterError in plain words.

GEOCODER      gazetteer (default), baidu or tianditu
GEOCODER_KEY  the key that the map service gave the bureau; only for the last two
GEOCODER_URL  another server that answers the same way (a proxy in the intranet)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.conf import settings
from geopy.adapters import URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.extra.rate_limiter import RateLimiter

from regulator.adapters.geocoding.answers import Found
from regulator.adapters.geocoding.baidu import BaiduGeocoder
from regulator.adapters.geocoding.gazetteer import GazetteerEntry, GazetteerGeocoder
from regulator.adapters.geocoding.tianditu import TiandituGeocoder
from regulator.kernel.outcomes import AdapterError

AnyGeocoder = BaiduGeocoder | TiandituGeocoder | GazetteerGeocoder

_REMOTE: Mapping[str, type[BaiduGeocoder] | type[TiandituGeocoder]] = {
    BaiduGeocoder.source: BaiduGeocoder,
    TiandituGeocoder.source: TiandituGeocoder,
}
# Checked in this order: a quota is a kind of service error. (words, whether to try again)
_FAILURES: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
    (
        (GeocoderRateLimited,),
        "地图服务说问得太快，过一会儿再继续。",
        True,
    ),
    (
        (GeocoderQuotaExceeded,),
        "地图服务今天的查询次数已用完。请明天再继续，或向服务方增加配额。",
        False,
    ),
    (
        (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges),
        "地图服务不认这个密钥。请系统管理员核对 GEOCODER_KEY，以及服务方的白名单。",
        False,
    ),
    ((GeocoderTimedOut,), "地图服务没有在时限内回答，过一会儿再继续。", True),
    ((ConfigurationError,), "地图服务的设置不对。请系统管理员核对 GEOCODER_URL。", False),
    ((GeocoderServiceError,), "地图服务出错或者连不上，过一会儿再继续。", True),
    ((ValueError, KeyError, TypeError), "地图服务的回答读不懂，过一会儿再继续。", True),
)


def geocoder_source() -> str:
    """The chosen geocoder's name, as it is recorded beside every point."""
    return str(settings.GEOCODER)


def geocoder_of_settings(entries: Iterable[GazetteerEntry]) -> AnyGeocoder:
    """The geocoder that the settings choose; `entries` are the gazetteer's.

    Raises AdapterError for an unknown name or a missing key.
    """
    chosen = geocoder_source()
    if chosen == GazetteerGeocoder.source:
        return GazetteerGeocoder(entries)
    kind = _REMOTE.get(chosen)
    if kind is None:
        raise AdapterError(
            f"没有名为“{chosen}”的地理编码服务；GEOCODER 可选 gazetteer、baidu、tianditu。",
            retryable=False,
        )
    if not settings.GEOCODER_KEY:
        raise AdapterError(f"{chosen} 要有密钥。请系统管理员填写 GEOCODER_KEY。", retryable=False)
    return kind(
        settings.GEOCODER_KEY,
        url=settings.GEOCODER_URL,
        timeout=settings.GEOCODER_TIMEOUT_SECONDS,
        adapter_factory=URLLibAdapter,
        user_agent="off-campus-training-regulator",
    )


class Asking:
    """A geocoder that is asked no faster than its service allows; the gazetteer as fast as it can.

    Call it with an address; see `ask_geocoder` for what it gives and raises.
    """

    def __init__(self, geocoder: AnyGeocoder) -> None:
        self.source, self.is_remote = geocoder.source, geocoder.is_remote
        self._ask: Callable[[str], Found | None] = partial(ask_geocoder, geocoder)
        if geocoder.is_remote:
            self._ask = RateLimiter(
                self._ask,
                min_delay_seconds=1.0 / settings.GEOCODER_PER_SECOND,
                max_retries=0,
                swallow_exceptions=False,
            )

    def __call__(self, address: str) -> Found | None:
        return self._ask(address)


def ask_geocoder(geocoder: AnyGeocoder, address: str) -> Found | None:
    """The point of an address, or None where the geocoder knows none; raises AdapterError.

    A failure's words never quote the address asked for, which holds the key.
    """
    try:
        location = geocoder.geocode(address)
        return None if location is None else geocoder.found(location)
    except Exception as error:
        for kinds, words, is_retryable in _FAILURES:
            if isinstance(error, kinds):
                raise AdapterError(words, retryable=is_retryable) from None
        raise
