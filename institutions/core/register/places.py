"""Whether a row's city and district are the division that is being imported for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.register.text import clean_value, match_key

_SUFFIX = re.compile(r"(?:自治县|自治州|新区|地区|市|区|县|旗|盟)$")
_CITY_SEAT = frozenset(("市管", "市直", "市属", "市本级", "市级"))
_LEADING_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:(?P<city>[\u4e00-\u9fff]{2,8}?市))?"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?(?:区|县|旗))"
)


class PlaceMatch(StrEnum):
    """How a row's printed place stands to the division."""

    SAME = "same"
    OTHER = "other"
    NOT_STATED = "not_stated"


@dataclass(frozen=True)
class DivisionPlace:
    """A division as places are compared with it; `is_zone` has its streets coded elsewhere."""

    code: str
    name: str
    city_name: str
    is_city: bool = False
    is_zone: bool = False


def match_place(*, city: str, district: str, address: str, division: DivisionPlace) -> PlaceMatch:
    """Compares the printed city and district with the division; the address where both are blank.

    An address decides nothing for a zone without streets of its own: its addresses name the
    district next door, and a licence's division need not be its address's.
    """
    stated_city, stated_district = clean_value(city), clean_value(district)
    if stated_district:
        return _by_district(stated_city, stated_district, division)
    if stated_city:
        same = _is_named(stated_city, division) or _is_city(stated_city, division)
        return PlaceMatch.SAME if same else PlaceMatch.OTHER
    return PlaceMatch.NOT_STATED if division.is_zone else _by_address(address, division)


def place_key(*, city: str, district: str) -> str:
    """The key of a place printed in a list, as it tells two institutions of one name apart."""
    return f"{match_key(clean_value(city))}/{match_key(clean_value(district))}"


def _by_district(city: str, district: str, division: DivisionPlace) -> PlaceMatch:
    if district in _CITY_SEAT:
        same = division.is_city and (not city or _is_named(city, division))
    else:
        named_city = not city or _is_city(city, division) or _is_named(city, division)
        same = named_city and _is_named(district, division)
    return PlaceMatch.SAME if same else PlaceMatch.OTHER


def _by_address(address: str, division: DivisionPlace) -> PlaceMatch:
    match = _LEADING_PLACE.match(clean_value(address))
    if match is None or match["city"] is None:
        return PlaceMatch.NOT_STATED
    same = _is_named(match["district"], division) and _is_city(match["city"], division)
    whole_city = division.is_city and _is_named(match["city"], division)
    return PlaceMatch.SAME if same or whole_city else PlaceMatch.OTHER


def _is_city(stated: str, division: DivisionPlace) -> bool:
    return _bare(stated) == _bare(division.city_name)


def _is_named(stated: str, division: DivisionPlace) -> bool:
    if _bare(stated) == _bare(division.name):
        return True
    return len(stated) >= 3 and division.name.endswith(stated)


def _bare(place: str) -> str:
    text = clean_value(place)
    return _SUFFIX.sub("", text) if len(text) > 2 else text
