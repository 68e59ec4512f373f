"""Waves in the pages: created, opened, proposed, decided and countersigned, many together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Institution, Journey, Wave
from institutions.services.journeys import take_move
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.jobs.models import Job
from regulator.jobs.services import run_waiting_jobs
from tests.audited import unaudited
from tests.district import LoginAs, MakeActor
from tests.institutions.journeys.parts import licensed_institution

TODAY = timezone.localdate()
FORM = {
    "name": "营转非",
    "basis": "成都市双减实施方案第19项",
    "deadline_on": (TODAY - timedelta(days=1)).isoformat(),
    "category": ["subject"],
    "legal_form": ["for_profit"],
    "ways_out": ["reregistration", "conversion", "closure"],
    "consequence": "failed_check_no_training",
}


@pytest.fixture
def schools(make_actor: MakeActor) -> list[Institution]:
    names = ("明德培训学校", "明理培训学校", "明志培训学校")
    return [
        licensed_institution(name, legal_form="for_profit", number=f"15101167000013{at}")
        for at, name in enumerate(names)
    ]


def opened(client: Client) -> Wave:
    """A wave created and opened in the pages."""
    answer = client.post("/desk/waves/new/", FORM)
    assert answer.status_code == 302
    wave = Wave.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert all(name in page for name in ("明德培训学校", "明理培训学校", "明志培训学校"))
    assert client.post(f"/desk/waves/{wave.public_id}/open/").status_code == 302
    return wave


def test_a_wave_goes_from_its_template_to_served_decisions_in_the_pages(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    filled = client.get("/desk/waves/new/?template=chengdu_2021").content.decode()
    assert 'value="2021-12-31"' in filled
    wave = opened(client)
    base = f"/desk/waves/{wave.public_id}/"
    page = client.get(base).content.decode()
    assert "期限已过，还有 3 家没有办完" in page
    assert "0 / 3" in page
    assert client.post(f"{base}propose/").status_code == 302
    run_waiting_jobs()
    assert Journey.objects.filter(kind="missed_deadline", state="proposed").count() == 3
    page = client.get(f"{base}decisions/").content.decode()
    assert "到 " in page
    assert client.post(f"{base}decisions/?state=proposed", {}).status_code == 200
    answer = client.post(f"{base}decisions/?state=proposed", {"everyone": "1"})
    assert answer.status_code == 302
    run_waiting_jobs()
    assert Journey.objects.filter(state="noticed").count() == 3
    chosen = [str(one.public_id) for one in Journey.objects.order_by("pk")[:2]]
    served = {
        "selected": chosen,
        "notice_served_on": TODAY.isoformat(),
        "notice_served_how": "direct",
        "notice_served_to": "李某某",
    }
    assert client.post(f"{base}decisions/?state=noticed", served).status_code == 302
    job = Job.objects.order_by("-pk")[0]
    assert "李某某" not in str(job.params)
    run_waiting_jobs()
    assert Journey.objects.filter(state="notified").count() == 2


def test_one_that_refuses_is_listed_and_does_not_stop_the_others(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    wave = opened(client)
    base = f"/desk/waves/{wave.public_id}/"
    client.post(f"{base}propose/")
    run_waiting_jobs()
    first = Journey.objects.order_by("pk")[0]
    answer = client.post(f"{base}decisions/?state=proposed", {"everyone": "1"})
    moved_meanwhile(first)
    run_waiting_jobs()
    job = Job.objects.get(kind="institutions.move_journeys")
    assert (job.state, job.error_count) == ("done", 1)
    assert "已经有别的进展" in job.errors.get().message
    assert Journey.objects.filter(state="noticed").count() == 2
    assert answer["Location"] == f"/desk/jobs/{job.public_id}/"


def moved_meanwhile(journey: Journey) -> None:
    """Somebody else gave the proposal up in between."""
    officer = next(
        actor_at(desk, desk.user) for desk in Appointment.objects.filter(role="licensing_officer")
    )
    take_move(
        journey=journey,
        move="drop",
        stated={"reason": "登记有误。"},
        actor=officer,
        at=timezone.now(),
    )


def test_the_leader_countersigns_many_together(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    wave = opened(client)
    base = f"/desk/waves/{wave.public_id}/"
    client.post(f"{base}propose/")
    run_waiting_jobs()
    with unaudited():
        Journey.objects.update(state="heard")
    client.post(f"{base}decisions/?state=heard", {"everyone": "1"})
    run_waiting_jobs()
    assert client.get(f"{base}countersign/").status_code == 403
    login_as(client, "district_leader")
    page = client.get(f"{base}countersign/").content.decode()
    assert "等会签的全部 3 家" in page
    assert client.post(f"{base}countersign/", {"everyone": "1"}).status_code == 302
    run_waiting_jobs()
    assert Journey.objects.filter(state="decided").count() == 3
    assert Institution.objects.filter(status="paused").count() == 0


def test_the_list_is_filtered_and_exported(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    wave = opened(client)
    base = f"/desk/waves/{wave.public_id}/"
    assert len(client.get(base, {"q": "明德"}).context["lines"]) == 1
    assert len(client.get(base, {"standing": "through"}).context["lines"]) == 0
    sheet = client.get(base, {"export": "csv"}).content.decode("utf-8-sig")
    assert sheet.splitlines()[0].startswith("机构名称,许可证号")
    assert len(sheet.splitlines()) == 4
    member = wave.members.first()
    assert member is not None
    excuse = f"{base}excuse/{member.institution.public_id}/"
    assert client.post(excuse, {"reason": ""}).status_code == 200
    assert client.post(excuse, {"reason": "市局批准"}).status_code == 302
    assert "0 / 2" in client.get(base).content.decode()
