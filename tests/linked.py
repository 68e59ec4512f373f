"""What the pages link to, one address of every kind; for those who walk by links alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

ROLES = (
    "",
    "administrator",
    "licensing_officer",
    "filing_reviewer",
    "expert",
    "fee_supervisor",
    "inspection_coordinator",
    "inspector",
    "enforcement_officer",
    "legal_reviewer",
    "complaints_clerk",
    "district_leader",
    "city_supervisor",
    "institution_manager",
    "parent",
)
# Of these a role has one or two; the others refuse it or do not know it.
ENTRANCES = ("/", "/account/", "/desk/", "/portal/", "/field/", "/parent/")
_PARTS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d-]*")
_DOWNLOAD = re.compile(
    r"export=|/(files|proofs|photos|template|admin)/|\.(json|xlsx|csv|pdf|py|html)$"
)


def shape(url: str) -> str:
    """An address with its ids and queries left out: one page of each kind is looked at."""
    return _PARTS.sub("*", urlsplit(url).path)


def is_page(url: str) -> bool:
    """Whether an address is a page and not a file to keep."""
    return _DOWNLOAD.search(url) is None
