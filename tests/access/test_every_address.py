"""Every address, asked for by every role, at home and from another division or institution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from regulator.pages.services.seed import Sizes, seed_district
from tests.access.objects import Parts, own_objects, parts_of_addresses
from tests.access.table import ALL_ROLES, SIGNED_IN, WHO
from tests.committed import CopyDatabase
from tests.district import DIVISION, OTHER_DIVISION, appointed


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product by its full name."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from walk(pattern.url_patterns, inner)
            else:
                yield f"{prefix}{pattern.name}", pattern

    yield from walk(get_resolver().url_patterns, "")


PUBLIC_OBJECTS = (
    "rules:rule",
    "papers:verified",
    "inspections:public_draw",
    "inspections:public_plan",
    "inspections:public_bundle",
    "inspections:public_verify",
    "inspections:public_verifier",
    "pages:provider",
    "filings:public_class",
    "accounts:private_link",
    "staff:photo",
)
# Addresses whose parts name nothing that belongs to a division: a year, a setting of one's own.
OWN_WHEREVER = (
    "papers:office",
    "calendars:school_year",
    "calendars:holiday_year",
    "calendars:period_new",
    "calendars:holiday_new",
    "calendars:complete",
    "calendars:open_year",
    "calendars:history",
    "calendars:setting",
    "filings:return",
    "reference:table",
    "reference:history",
    "reference:open",
    "inspections:blank_form",
    "journeys:start_new",
    "exchange:upload",
    "exchange:template",
    "exchange:export",
    "inspections:own_safety_new",
)

# Here every object named is the district's own: who may open the address finds it.
FOUND_AT_HOME = ("journeys:", "waves:", "transfers:")


@pytest.fixture(scope="module")
def objects(copy_database: CopyDatabase, tmp_path_factory: Any) -> Iterator[dict[str, Any]]:
    """A small seeded district in a database of its own, and ids of its things."""
    current_app.loader.import_default_modules()
    with copy_database():
        seed_district(
            division=DIVISION,
            sizes=Sizes(institutions=24, filings=150, inspectors=24),
            seed=3,
            say=lambda _line: None,
        )
        yield own_objects()


def desk_client(role: str, *, division: str, institution: Any) -> Client:
    """A client signed in at a desk, or a visitor's."""
    client = Client()
    if role == "visitor":
        return client
    where = "510100" if role == "city_supervisor" else division
    needs = role in ("institution_manager", "parent")
    desk = appointed(role, division=where, institution=institution.public_id if needs else None)
    client.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def answer(client: Client, name: str, pattern: URLPattern, parts: Parts) -> str:
    """What a desk meets: open, closed (403 or the login page), or hidden (404)."""
    names = pattern.pattern.converters.keys()
    wanted = parts(name) if names else {}
    address = reverse(name, kwargs={part: wanted[part] for part in names})
    # A private link signs its holder in: it is tried by nobody in particular.
    response = (Client() if name == "accounts:private_link" else client).get(address)
    if response.status_code == 405 and name not in ("accounts:logout", "set_language"):
        response = client.post(address)
    if response.status_code == 404:
        return "hidden"
    to_login = response.status_code == 302 and response["Location"].startswith("/login/")
    return "closed" if response.status_code == 403 or to_login else "open"


@pytest.mark.parametrize("role", ALL_ROLES)
def test_at_home_a_role_opens_what_the_table_says_and_nothing_else(
    objects: dict[str, Any], role: str
) -> None:
    client = desk_client(role, division=DIVISION, institution=objects["shown"])
    parts, wrong = parts_of_addresses(objects), {}
    for name, pattern in addresses():
        may_open = role in WHO[name]
        met = answer(client, name, pattern, parts)
        missed = met == "closed" or (met == "hidden" and name.startswith(FOUND_AT_HOME))
        if (met == "open" and not may_open) or (missed and may_open):
            wrong[name] = met
    assert wrong == REFUSED_BY_THEIR_STATE.get(role, {})


# Opened by the desk but refused by the thing itself: nothing selected, no longer in that state.
REFUSED_BY_THEIR_STATE = {
    "filing_reviewer": {"filings:bulk_approve": "closed"},
    "institution_manager": {"filings:submit_ready": "closed"},
    # The round is drawn already, its papers are not printed, the item is published.
    "inspection_coordinator": dict.fromkeys(
        (
            "inspections:commit",
            "inspections:draw_now",
            "inspections:plan_visits",
            # the plan is published, the order approved, the tier notified
            "inspections:move_plan",
            "inspections:remove_plan_line",
            "inspections:move_order",
            "inspections:approve_tier",
            "inspections:paper",
            "inspections:publish_item",
            "inspections:sign_void",
        ),
        "closed",
    ),
    "district_leader": dict.fromkeys(
        (
            "inspections:commit",
            "inspections:draw_now",
            "inspections:move_order",
            "inspections:approve_tier",
        ),
        "closed",
    ),
    # The job has ended: there is nothing to cancel or to retry.
    "administrator": {"jobs:cancel": "closed", "jobs:retry": "closed"},
}


@pytest.mark.parametrize("role", sorted(SIGNED_IN - {"parent", "city_supervisor"}))
def test_from_elsewhere_nothing_of_this_district_opens(objects: dict[str, Any], role: str) -> None:
    client = desk_client(role, division=OTHER_DIVISION, institution=objects["institution"])
    parts = parts_of_addresses(objects)
    opened = [
        name
        for name, pattern in addresses()
        if pattern.pattern.converters
        and name not in (*PUBLIC_OBJECTS, *OWN_WHEREVER)
        and answer(client, name, pattern, parts) == "open"
    ]
    assert opened == []


def test_every_address_is_in_the_table_and_the_table_names_no_other() -> None:
    assert {name for name, _pattern in addresses()} == set(WHO)
