"""Every address, asked for by every role, at home and from another division or institution."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from celery import current_app
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fees.models import Contract, EscrowAccount
from inspections.models import Draw, InspectionItem, Inspector
from institutions.models import (
    Filing,
    FilingRecheck,
    FilingUpload,
    Institution,
    Notice,
    Paper,
    ScreeningTrial,
    SettingStandard,
    StaffExclusion,
    StaffMember,
    TableRow,
    Wave,
)
from institutions.services.journey_transfer import TRANSFER_JOB
from institutions.services.waves import WaveDraft, create_wave, open_wave
from regulator.accounts.models import Appointment
from regulator.accounts.services import appoint_stand_in, create_private_link
from regulator.calendars.models import HolidaySpan, SchoolPeriod
from regulator.jobs.models import Job
from regulator.kernel.actors import SYSTEM
from regulator.pages.core.demo_words import TOWNSHIPS
from regulator.pages.services.seed import Sizes, seed_district
from regulator.pages.services.seed_register import moment
from tests.access.journeys import journey_kwargs, journey_objects
from tests.access.portal import portal_kwargs, portal_objects
from tests.access.review import review_kwargs, review_objects
from tests.access.table import ALL_ROLES, SIGNED_IN, WHO
from tests.committed import CopyDatabase
from tests.district import DIVISION, OTHER_DIVISION, appointed
from tests.institutions.exchange.made import platform_conflict

AT = moment(date(2026, 10, 1))


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


def own_objects() -> dict[str, Any]:
    """Ids of real things of the district, by the name that an address gives them."""
    filing = Filing.objects.filter(state="approved").first()
    licensed = Institution.objects.filter(licences__state="in_force").first()
    manager = Appointment.objects.get(
        role="institution_manager", user__username="institution_manager"
    )
    shown = Institution.objects.get(public_id=manager.institution)
    upload = FilingUpload.objects.filter(institution=shown).first()
    account = EscrowAccount.objects.first()
    assert filing
    assert licensed
    assert upload
    assert account
    row = upload.rows.first()
    assert row is not None
    paper = licensed.licences.first()
    place = licensed.premises.first()
    assert paper
    assert place
    return {
        "institution": licensed,
        "shown": shown,
        "told": Notice.objects.filter(recipient="institution", institution=shown).first(),
        "upload": upload,
        "row": row.row_number,
        "filing": filing,
        "staff": StaffMember.objects.filter(certificates__isnull=False).first(),
        "own_staff": StaffMember.objects.filter(
            institution=shown, certificates__isnull=False, ends_before__isnull=True
        ).first(),
        "exclusion": StaffExclusion.objects.first(),
        "own_filing": Filing.objects.filter(institution=shown).first(),
        "recheck": FilingRecheck.objects.filter(answered_at__isnull=False).first(),
        "trial": ScreeningTrial.objects.first(),
        "account": account,
        "contract": Contract.objects.first(),
        "without_account": Institution.objects.exclude(escrow_accounts__isnull=False).first(),
        "paper": paper,
        "place": place,
        "standard": SettingStandard.objects.first(),
        **review_objects(filing),
        "table_row": TableRow.objects.filter(version__state="draft").first(),
        "job": Job.objects.first(),
        "transfer_job": Job.objects.create(
            kind=TRANSFER_JOB,
            division=DIVISION,
            params={"institutions": []},
            state="done",
            total=0,
            occurred_at=AT,
            wake_at=AT,
        ),
        "wave": opened_wave(),
        **journey_objects(shown, manager, at=AT),
        **portal_objects(shown),
        "conflict": platform_conflict(shown),
        "issued": Paper.objects.filter(institution=shown).exclude(sha256="").first(),
        "period": SchoolPeriod.objects.first(),
        "holiday": HolidaySpan.objects.first(),
        **people_objects(),
        "draw": Draw.objects.get(state="drawn"),
        "inspector": Inspector.objects.first(),
        "item": InspectionItem.objects.first(),
    }


def people_objects() -> dict[str, Any]:
    """A desk with its stand-in and its person, and a parent's private link."""
    desk = Appointment.objects.get(user__username="inspector")
    deputy = Appointment.objects.get(user__username="expert")
    stand_in = appoint_stand_in(
        desk,
        deputy=deputy.user,
        starts_on=date(2026, 1, 1),
        ends_before=date(2026, 1, 5),
        reason="培训",
        actor=SYSTEM,
        at=AT,
    )
    parent = Appointment.objects.get(user__username="parent").user
    _link, token = create_private_link(parent, days=3650, actor=SYSTEM, at=AT)
    return {"desk": desk, "stand_in": stand_in, "person": desk.user, "token": token}


def opened_wave() -> Wave:
    """A wave of the district whose deadline is over."""
    draft = WaveDraft(
        name="营转非",
        criteria={"category": ["subject", "non_subject"]},
        ways_out=("closure",),
        deadline_on=date(2026, 1, 31),
        consequence="failed_check_no_training",
        basis="第19项",
    )
    made = create_wave(division=DIVISION, draft=draft, actor=SYSTEM, at=AT)
    return open_wave(wave=made, actor=SYSTEM, at=AT)


def kwargs_of(name: str, objects: dict[str, Any]) -> dict[str, Any]:
    """The parts of an address, filled with the district's own things."""
    room = name.split(":", maxsplit=1)[0]
    return kwargs_by_name(objects).get(name) or kwargs_by_room(name, objects).get(room, {})


def kwargs_by_name(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Addresses whose parts differ from those of their room."""
    conflict = objects["conflict"]
    return {
        **portal_kwargs(objects),
        "exchange:conflict": {"public_id": conflict.public_id},
        "exchange:mapping": {"public_id": conflict.table_import.mapping.public_id},
        "pages:provider": {"public_id": objects["institution"].public_id},
        "papers:office": {"department": "education"},
        "papers:licence": {
            "public_id": objects["institution"].public_id,
            "licence_id": objects["paper"].public_id,
        },
        "filings:public_class": {"public_id": objects["filing"].public_id},
        "filings:own": {"public_id": objects["own_filing"].public_id},
        "filings:correct": {"public_id": objects["own_filing"].public_id},
        "filings:correct_check": {"public_id": objects["own_filing"].public_id},
        "filings:withdraw": {"public_id": objects["own_filing"].public_id},
        "notices:portal_notice": {"public_id": objects["told"].public_id},
        "notices:desk_notice": {"public_id": objects["told"].public_id},
        "fees:contract": {"public_id": objects["contract"].public_id},
        "fees:escrow_new": {"institution_id": objects["without_account"].public_id},
        "accounts:private_link": {"token": objects["token"]},
        "accounts:stand_in_end": {"public_id": objects["stand_in"].public_id},
        "accounts:stand_in": {"public_id": objects["desk"].public_id},
        "accounts:hand_over": {"public_id": objects["desk"].public_id},
        "inspections:inspector": {"public_id": objects["inspector"].public_id},
        "inspections:edit_inspector": {"public_id": objects["inspector"].public_id},
        "inspections:new_recusal": {"public_id": objects["inspector"].public_id},
        "inspections:lift_recusal": {
            "public_id": objects["inspector"].public_id,
            "recusal_id": objects["person"].public_id,
        },
        "inspections:publish_item": {"public_id": objects["item"].public_id},
        "inspections:withdraw_item": {"public_id": objects["item"].public_id},
        "calendars:setting": {"code": "school_hours"},
        "calendars:period_edit": {"public_id": objects["period"].public_id},
        "calendars:period_remove": {"public_id": objects["period"].public_id},
        "calendars:holiday_remove": {"public_id": objects["holiday"].public_id},
    }


def kwargs_by_room(name: str, objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The parts of the addresses of each room."""
    of_upload = name.startswith(("filings:upload", "filings:row", "filings:submit", "filings:ret"))
    member = objects["own_staff" if "portal" in name or name == "staff:photo" else "staff"]
    conflict = objects["conflict"]
    return {
        "exchange": {"public_id": conflict.table_import.public_id, "target": "premises"},
        "staff": {
            "public_id": objects["institution"].public_id,
            "staff_id": member.public_id,
            "paper_id": member.certificates.first().public_id,
            "exclusion_id": objects["exclusion"].public_id,
            "step": "change",
        },
        "register": {
            "public_id": objects["institution"].public_id,
            "paper_id": objects["paper"].public_id,
            "place_id": objects["place"].public_id,
            "what": "name",
            "move": "resume",
        },
        "notices": {"public_id": objects["institution"].public_id},
        "places": {"place_id": objects["place"].public_id, "code": TOWNSHIPS[0][0]},
        "standards": {"public_id": objects["standard"].public_id},
        **review_kwargs(objects),
        "reference": {
            "kind": "activities",
            "public_id": objects["table_row"].version.public_id,
            "row_id": objects["table_row"].pk,
            "move": "propose",
        },
        "rechecks": {
            "public_id": objects["trial" if "trial" in name else "recheck"].public_id,
        },
        "filings": {
            "public_id": (objects["upload"] if of_upload else objects["filing"]).public_id,
            "number": objects["row"],
        },
        "fees": {"public_id": objects["account"].public_id},
        "journeys": journey_kwargs(name, objects),
        "waves": {
            "public_id": objects["wave"].public_id,
            "institution_id": objects["wave"].members.first().institution.public_id,
        },
        "papers": {"public_id": objects["issued"].public_id},
        "jobs": {"public_id": objects["job"].public_id, "file_id": 1},
        "transfers": {"job_id": objects["transfer_job"].public_id},
        "calendars": {"year": 2025, "kind": "school"},
        "accounts": {"public_id": objects["person"].public_id},
        "inspections": {
            "number": objects["draw"].number,
            "team": "1",
            "code": objects["draw"].frame["inspectors"][0]["id"],
            "register_id": objects["draw"].frame["objects"][0]["id"],
            "name": "team-1",
        },
    }


PUBLIC_OBJECTS = (
    "rules:rule",
    "papers:verified",
    "inspections:public_draw",
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
    "journeys:start_new",
    "exchange:upload",
    "exchange:template",
    "exchange:export",
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


def answer(client: Client, name: str, pattern: URLPattern, objects: dict[str, Any]) -> str:
    """What a desk meets: open, closed (403 or the login page), or hidden (404)."""
    wanted = kwargs_of(name, objects)
    names = pattern.pattern.converters.keys()
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
    wrong = {}
    for name, pattern in addresses():
        may_open = role in WHO[name]
        met = answer(client, name, pattern, objects)
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
            "inspections:paper",
            "inspections:publish_item",
            "inspections:sign_void",
        ),
        "closed",
    ),
    "district_leader": {"inspections:commit": "closed"},
    # The job has ended: there is nothing to cancel or to retry.
    "administrator": {"jobs:cancel": "closed", "jobs:retry": "closed"},
}


@pytest.mark.parametrize("role", sorted(SIGNED_IN - {"parent", "city_supervisor"}))
def test_from_elsewhere_nothing_of_this_district_opens(objects: dict[str, Any], role: str) -> None:
    client = desk_client(role, division=OTHER_DIVISION, institution=objects["institution"])
    opened = [
        name
        for name, pattern in addresses()
        if pattern.pattern.converters
        and name not in (*PUBLIC_OBJECTS, *OWN_WHEREVER)
        and answer(client, name, pattern, objects) == "open"
    ]
    assert opened == []


def test_every_address_is_in_the_table_and_the_table_names_no_other() -> None:
    assert {name for name, _pattern in addresses()} == set(WHO)
