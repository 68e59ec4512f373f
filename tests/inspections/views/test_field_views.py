"""What phones ask and are told, the page they keep, and the desk's pages of visits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from inspections.models import SyncReceipt, Visit, VisitAnswer, VisitPhoto
from inspections.selectors.visits import team_inspectors
from inspections.services.visit_planning import plan_visits
from regulator.accounts.models import User
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.web.holding import HOLDER_COOKIE, holder_key
from tests.district import PASSWORD, LoginAs, MakeActor
from tests.inspections.outing import ARRIVED_AT, JPEG, OUT_ON, PLANNED_AT, Outing

RECORDS = "/field/sync/v1/records/"
MODULES = Path(__file__).parents[3] / "inspections/static/inspections/field"


def signed_in(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id or 0)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The views' clock stands on the day of the outing."""
    monkeypatch.setattr("inspections.views.field_sync.timezone.localdate", lambda *_: OUT_ON)


def record(outing: Outing, **changes: Any) -> dict[str, Any]:
    item = outing.items()[0]
    body = {
        "item": item.code,
        "version": item.version,
        "answer": "fails",
        "made_at": ARRIVED_AT.isoformat(),
    }
    whole = {"id": str(uuid4()), "visit": str(outing.visit.public_id), "kind": "answers"}
    return {**whole, "body": body, **changes}


def post(client: Client, sent: dict[str, Any], *, holder: str) -> Any:
    return client.post(
        RECORDS,
        json.dumps(sent),
        content_type="application/json",
        headers={"X-Field-Holder": holder},
    )


def own_holder(actor: Actor) -> str:
    return holder_key(actor.user_id or 0)


def test_a_record_is_stored_once_and_answered_the_same_again(outing: Outing) -> None:
    outing.arrive()
    client, holder = signed_in(outing.member), own_holder(outing.member)
    sent = record(outing)
    first = post(client, sent, holder=holder)
    again = post(client, sent, holder=holder)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert VisitAnswer.objects.count() == 1
    sent["body"]["answer"] = "meets"
    other = post(client, sent, holder=holder)
    assert other.status_code == 409
    assert VisitAnswer.objects.get().answer == "fails"


def test_another_persons_store_a_stranger_and_a_visitor_are_turned_away(outing: Outing) -> None:
    outing.arrive()
    member, stranger = outing.member, outing.stranger
    foreign = post(signed_in(member), record(outing), holder=own_holder(stranger))
    assert (foreign.status_code, foreign.json()) == (409, {"status": "other"})
    outside = post(signed_in(stranger), record(outing), holder=own_holder(stranger))
    assert outside.status_code == 422
    assert [one["code"] for one in outside.json()["reasons"]] == ["sync.unknown_visit"]
    visitor = post(Client(), record(outing), holder=own_holder(member))
    assert (visitor.status_code, visitor.json()) == (403, {"status": "login"})
    assert (VisitAnswer.objects.count(), SyncReceipt.objects.count()) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"id": 1}', b"x" * 70_000])
def test_what_is_no_record_is_refused_in_words(outing: Outing, data: bytes) -> None:
    client = signed_in(outing.member)
    answer = client.post(
        RECORDS,
        data,
        content_type="application/json",
        headers={"X-Field-Holder": own_holder(outing.member)},
    )
    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["code"] == "sync.unreadable"


def test_a_photo_comes_as_bytes_and_is_shown_to_those_who_may_know(
    outing: Outing, make_actor: MakeActor
) -> None:
    outing.arrive()
    body = {"made_at": ARRIVED_AT.isoformat(), "place": None}
    sent = record(outing, kind="photo", body=body)
    client = signed_in(outing.member)
    answer = client.post(
        f"/field/sync/v1/pictures/?record={quote(json.dumps(sent))}",
        JPEG,
        content_type="application/octet-stream",
        headers={"X-Field-Holder": own_holder(outing.member)},
    )
    assert answer.status_code == 200, answer.content
    photo = VisitPhoto.objects.get()
    address = reverse("inspections:visit_photo", args=[outing.visit.public_id, photo.public_id])
    shown = signed_in(outing.town.coordinator).get(address)
    assert (shown.status_code, shown.content) == (200, JPEG)
    assert shown["Content-Type"] == "image/jpeg"
    assert Event.objects.filter(kind="visit.photo_opened").count() == 1
    for nobody in (make_actor("district_leader"), outing.stranger):
        assert signed_in(nobody).get(address).status_code == 404


def test_the_day_holds_the_route_and_no_code_in_clear(outing: Outing, on_the_day: None) -> None:
    answer = signed_in(outing.member).get("/field/sync/v1/day/")
    day = answer.json()
    assert day["holder"] == answer.cookies[HOLDER_COOKIE].value == own_holder(outing.member)
    team = outing.visit.team
    expected = Visit.objects.filter(team=team).order_by("position").values_list("public_id")
    assert [one["id"] for one in day["visits"]] == [str(key) for (key,) in expected]
    first = day["visits"][0]
    assert len(first["items"]) == len(outing.items())
    assert [one["name"] for one in first["team_members"]] == [
        one.name for one in team_inspectors(outing.visit)
    ]
    assert signed_in(outing.stranger).get("/field/sync/v1/day/").json()["visits"] != day["visits"]


def test_the_kept_page_names_nobody_and_the_worker_keeps_what_it_needs(outing: Outing) -> None:
    client = signed_in(outing.member)
    page = client.get("/field/day/").content.decode()
    assert outing.member.name not in page
    worker = client.get("/field/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    shell = json.loads(worker.content.decode().splitlines()[0].removeprefix("const SHELL = ")[:-1])
    assert shell[0] == "/field/day/"
    styles = re.findall(r'href="(/static/[^"]+[.]css)"', page)
    modules = [f"/static/inspections/field/{one.name}" for one in MODULES.glob("*.js")]
    assert set(styles) <= set(shell)
    assert set(modules) - set(shell) == {"/static/inspections/field/worker.js"}
    assert all(finders.find(address.removeprefix("/static/")) for address in shell[1:])


def test_a_logout_anywhere_closes_the_store(outing: Outing) -> None:
    client = signed_in(outing.member)
    client.get("/field/day/")
    assert client.cookies[HOLDER_COOKIE].value
    client.post(reverse("accounts:logout"))
    assert client.cookies[HOLDER_COOKIE].value == ""


def test_a_login_does_not_open_the_store_of_whoever_held_the_device_before(
    outing: Outing,
) -> None:
    client = Client()
    client.cookies[HOLDER_COOKIE] = own_holder(outing.stranger)
    username = User.objects.get(pk=outing.member.user_id or 0).username
    answer = client.post("/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.cookies[HOLDER_COOKIE].value == ""


def test_the_leader_approves_a_sealed_round_by_its_number_alone(
    drawn_town: Any, make_actor: MakeActor
) -> None:
    town, draw, _actors = drawn_town
    visits = plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    client = signed_in(make_actor("district_leader"))
    page = client.get(reverse("inspections:visits")).content.decode()
    assert draw.number in page
    for visit in visits:
        assert visit.register_id not in page
    client.post(reverse("inspections:approve_visits", args=[draw.number]))
    assert set(Visit.objects.values_list("state", flat=True)) == {"approved"}


def test_the_list_asks_as_much_for_one_visit_as_for_three(
    outing: Outing, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(outing.town.coordinator)
    assert len(outing.visits) == 3
    with django_assert_max_num_queries(16):
        client.get(reverse("inspections:visits"))


def test_a_visit_shows_its_answers_and_the_one_that_was_corrected(
    outing: Outing, login_as: LoginAs
) -> None:
    outing.arrive()
    client, holder = signed_in(outing.member), own_holder(outing.member)
    sent = record(outing)
    post(client, sent, holder=holder)
    correction = record(outing)
    correction["body"] |= {"answer": "meets", "corrects": sent["id"]}
    post(client, correction, holder=holder)
    address = reverse("inspections:visit", args=[outing.visit.public_id])
    page = signed_in(outing.town.coordinator).get(address).content.decode()
    assert '<s class="quiet">不符合</s>' in page
    assert signed_in(outing.stranger).get(address).status_code == 404
