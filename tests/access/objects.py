"""Real things of the seeded district, and the parts of every address filled with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

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
from regulator.pages.services.seed_register import moment
from tests.access.changes import change_kwargs
from tests.access.contracts import contracts_kwargs
from tests.access.field import field_kwargs
from tests.access.findings import findings_kwargs
from tests.access.journeys import journey_kwargs, journey_objects
from tests.access.paper import paper_kwargs
from tests.access.plans import plans_kwargs
from tests.access.portal import portal_kwargs, portal_objects
from tests.access.refunds import refunds_kwargs
from tests.access.review import review_kwargs, review_objects
from tests.district import DIVISION
from tests.institutions.exchange.made import platform_conflict

AT = moment(date(2026, 10, 1))


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


Parts = Callable[[str], dict[str, Any]]


def parts_of_addresses(objects: dict[str, Any]) -> Parts:
    """The parts of an address by its name, filled with the district's own things."""
    by_name = kwargs_by_name(objects)

    def parts(name: str) -> dict[str, Any]:
        room = name.split(":", maxsplit=1)[0]
        return by_name.get(name) or kwargs_by_room(name, objects).get(room, {})

    return parts


def kwargs_by_name(objects: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Addresses whose parts differ from those of their room."""
    conflict = objects["conflict"]
    return {
        **portal_kwargs(objects),
        **contracts_kwargs(objects),
        **refunds_kwargs(objects),
        **field_kwargs(),
        **paper_kwargs(),
        **findings_kwargs(),
        **change_kwargs(),
        **plans_kwargs(),
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
