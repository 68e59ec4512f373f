"""The pages of draws: who sees what in which state, and the whole way by forms."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inspections.core.draw.bundles import COMMITTED_KEYS, DRAWN_KEYS
from inspections.core.draw.verification import verify_bundle
from inspections.models import Draw, Inspector, Recusal
from inspections.services.draw_ceremony import reveal_draw
from inspections.services.draw_field import schedule_team
from inspections.services.inspectors import record_inspector
from inspections.services.items import load_items
from regulator.accounts.models import User
from regulator.kernel.actors import SYSTEM
from tests.district import LoginAs, MakeActor
from tests.inspections.town import AT, DRAWN_AT, Town, committed, drawn, frozen

STRANGE = "510116-2026-999"
DRAW_LIST_QUERIES = 10  # session, desk and unread notices included


def url(name: str, *args: Any) -> str:
    return reverse(f"inspections:{name}", args=args)


def revealed(town: Town) -> Draw:
    at = DRAWN_AT + timedelta(days=3)
    return reveal_draw(draw=drawn(town), last_visit_ended_at=at, actor=town.coordinator, at=at)


def test_the_public_list_shows_no_draw_before_its_commitment(client: Client, town: Town) -> None:
    draw = frozen(town)
    assert draw.number not in client.get(url("public_draws")).text
    assert client.get(url("public_draw", draw.number)).status_code == 404
    assert client.get(url("public_bundle", draw.number)).status_code == 404
    other = committed(town)
    assert other.number in client.get(url("public_draws")).text


def test_each_state_makes_public_exactly_its_part(client: Client, town: Town) -> None:
    draw = committed(town)
    part = json.loads(client.get(url("public_bundle", draw.number)).content)
    assert tuple(part) == COMMITTED_KEYS
    sealed = drawn(town)
    part = json.loads(client.get(url("public_bundle", sealed.number)).content)
    assert tuple(part) == DRAWN_KEYS
    assert verify_bundle(part).agrees
    open_draw = revealed(town)
    response = client.get(url("public_bundle", open_draw.number))
    assert response.content.decode() == open_draw.bundle_text
    assert verify_bundle(json.loads(response.content)).agrees


def test_a_sealed_draw_leaks_nothing_to_the_public(client: Client, town: Town) -> None:
    draw = drawn(town)
    text = client.get(url("public_draw", draw.number)).text
    assert draw.outcome["seed"] not in text
    assert draw.key not in text
    for institution in town.institutions:
        assert institution.name not in text
    assert "已公布的部分一致" in text


def test_a_revealed_draw_shows_its_results_and_that_they_verify(client: Client, town: Town) -> None:
    draw = revealed(town)
    text = client.get(url("public_draw", draw.number)).text
    assert "全部重算一致" in text
    for name in draw.outcome["assignments"]:
        assert name in text
    assert json.loads(draw.bundle_text)["key"] in text


def test_an_altered_record_is_said_on_the_public_page(client: Client, town: Town) -> None:
    draw = revealed(town)
    bundle = json.loads(draw.bundle_text)
    bundle["drawn"]["A"][0] = "P999999"
    Draw.objects.filter(pk=draw.pk).update(bundle_text=json.dumps(bundle))
    text = client.get(url("public_draw", draw.number)).text
    assert "有对不上的地方" in text
    assert "drawn.A[0]" in text


@pytest.mark.parametrize("role", ["district_leader", "city_supervisor", "inspector"])
def test_sealed_lists_are_for_coordinators_alone(
    client: Client, town: Town, login_as: LoginAs, role: str
) -> None:
    draw = drawn(town)
    login_as(client, role)
    response = client.get(url("lists", draw.number))
    assert response.status_code == 403
    assert "还在封存" in response.text
    page = client.get(url("draw", draw.number)).text
    assert draw.outcome["seed"] not in page
    open_draw = revealed(town)
    assert client.get(url("lists", open_draw.number)).status_code == 200


def test_a_coordinator_sees_the_lists_and_another_division_sees_nothing(
    client: Client, town: Town, login_as: LoginAs
) -> None:
    draw = drawn(town)
    login_as(client, "inspection_coordinator")
    text = client.get(url("lists", draw.number)).text
    for name in draw.outcome["assignments"]:
        assert name in text
    login_as(client, "inspection_coordinator", division="510107")
    for name in ("draw", "lists", "ceremony"):
        assert client.get(url(name, draw.number)).status_code == 404


def test_the_ceremony_page_never_shows_a_sealed_list(
    client: Client, town: Town, login_as: LoginAs
) -> None:
    draw = drawn(town)
    login_as(client, "inspection_coordinator")
    text = client.get(url("ceremony", draw.number)).text
    assert "抽取完成" in text
    for name in draw.outcome["assignments"]:
        assert name not in text
    assert draw.outcome["seed"] not in text


def plan_fields(due: datetime) -> dict[str, Any]:
    return {
        "campaign": "夏季双随机抽查",
        "scope_on": timezone.localdate().isoformat(),
        "team_count": 2,
        "quota_A": 1,
        "quota_B": 2,
        "seats_education": 2,
        "seats_market_regulation": 2,
        "entropy_kind": "dice",
        "entropy_source": "大厅十个十面骰",
        "entropy_format": "[0-9]{10}",
        "entropy_fallback": "次日再掷",
        "due": timezone.localtime(due).strftime("%Y-%m-%dT%H:%M"),
        "reveal_by": timezone.localtime(due + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M"),
        "exclusions": "",
    }


def test_a_whole_draw_goes_by_the_forms(client: Client, town: Town, login_as: LoginAs) -> None:
    now = timezone.now()
    fields = plan_fields(now + timedelta(hours=2))
    login_as(client, "inspection_coordinator", name="统筹丙")
    preview = client.post(url("new_draw"), {**fields, "step": "preview"}).text
    assert "共 8 家，抽 3 家，占 37.5%" in preview
    assert Draw.objects.count() == 0
    excluded = f"{town.register_ids[0]} 停业 2026-02-20 来函"
    fields["exclusions"] = excluded
    response = client.post(url("new_draw"), {**fields, "step": "freeze"})
    draw = Draw.objects.get()
    assert response["Location"] == url("draw", draw.number)
    page = client.get(url("draw", draw.number)).text
    assert "抽查框是您固定的" in page
    assert client.post(url("commit", draw.number)).status_code == 403
    login_as(client, "inspection_coordinator", name="统筹丁")
    assert client.post(url("commit", draw.number)).status_code == 403
    assert client.post(url("approve_exclusions", draw.number)).status_code == 302
    assert client.post(url("commit", draw.number)).status_code == 302
    assert Draw.objects.get().state == "committed"
    early = {"reading": "3141592653", "again": "3141592653", "witnesses": "王某"}
    text = client.post(url("ceremony", draw.number), early).text
    assert "还没有到" in text
    Draw.objects.update(due_at=now - timedelta(minutes=1))
    wrong = client.post(url("ceremony", draw.number), {**early, "again": "3141592654"}).text
    assert "两次输入的读数不一样" in wrong
    assert client.post(url("ceremony", draw.number), early).status_code == 302
    Draw.objects.update(due_at=now - timedelta(minutes=1))
    assert "3141592653" in client.get(url("ceremony", draw.number)).text


def test_a_plan_that_is_refused_says_why_on_the_form(
    client: Client, town: Town, login_as: LoginAs
) -> None:
    login_as(client, "inspection_coordinator")
    fields = plan_fields(timezone.now() + timedelta(hours=2))
    fields |= {"quota_A": 40, "exclusions": "P1 没有这个原因"}
    text = client.post(url("new_draw"), {**fields, "step": "freeze"}).text
    assert "这一行读不懂" in text
    fields["exclusions"] = ""
    text = client.post(url("new_draw"), {**fields, "step": "freeze"}).text
    assert "层 A 要抽 40 家，只有 4 家" in text
    assert Draw.objects.count() == 0


def test_reveal_and_void_by_their_forms(client: Client, town: Town, login_as: LoginAs) -> None:
    draw = drawn(town)
    login_as(client, "inspection_coordinator")
    ahead = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    text = client.post(url("reveal", draw.number), {"last_visit_ended_at": ahead}).text
    assert "还没有到" in text
    ended = client.post(url("reveal", draw.number), {"last_visit_ended_at": "2026-03-10T18:00"})
    assert ended.status_code == 302
    assert Draw.objects.get().state == "revealed"
    other = committed(town)
    assert client.post(url("void", other.number), {"reason": ""}).status_code == 200
    assert client.post(url("void", other.number), {"reason": "名单有误"}).status_code == 302
    assert Draw.objects.get(number=other.number).state == "void"


def test_the_directories_and_items_by_their_forms(
    client: Client, town: Town, login_as: LoginAs
) -> None:
    login_as(client, "inspection_coordinator")
    for name in ("draws", "objects", "inspectors", "items", "new_draw", "new_inspector"):
        assert client.get(url(name)).status_code == 200
    fields = {
        "name": "周某",
        "department": "education",
        "certificate_number": "川A7777",
        "valid_from": "2026-01-01",
        "valid_until": "2028-12-31",
    }
    assert client.post(url("new_inspector"), fields).status_code == 302
    one = Inspector.objects.get(certificate_number="川A7777")
    assert one.valid_before == date(2029, 1, 1)
    assert "已经登记在" in client.post(url("new_inspector"), fields).text
    assert client.get(url("edit_inspector", one.public_id)).status_code == 200
    off = {**fields, "inactive_reason": "调离"}
    assert client.post(url("edit_inspector", one.public_id), off).status_code == 302
    assert not Inspector.objects.get(pk=one.pk).is_active
    recusal = {"institution": town.institutions[0].pk, "reason": "亲属举办"}
    assert client.post(url("new_recusal", one.public_id), recusal).status_code == 302
    assert "亲属举办" in client.get(url("inspector", one.public_id)).text
    declared = Recusal.objects.get()
    lift = url("lift_recusal", one.public_id, declared.public_id)
    assert client.post(lift).status_code == 302
    assert client.post(url("load_items")).status_code == 302
    assert "依据不足" in client.get(url("items"), {"published": "no"}).text


def test_the_published_list_is_public(client: Client, town: Town) -> None:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)
    text = client.get(url("public_items")).text
    assert "办学许可证在有效期内" in text
    assert "视频保存≥90天" not in text


def test_a_team_sees_its_list_on_its_day_alone(
    client: Client, town: Town, login_as: LoginAs, make_actor: MakeActor
) -> None:
    user: User = login_as(client, "inspector")
    for one in town.inspectors:
        one.is_active = False
        one.save(update_fields=["is_active"])
    for number in range(2):
        record_inspector(
            division=town.division,
            name=f"组员{number}",
            department="education",
            certificate_number=f"川X{number}",
            valid_from=date(2024, 1, 1),
            valid_before=date(2028, 1, 1),
            user=user if number == 0 else None,
            actor=town.coordinator,
            at=AT,
        )
    draw = drawn(town, team_count=1, seats={"education": 2})
    assert "今天没有检查任务" in client.get(url("my_teams")).text
    assert client.get(url("my_team", draw.number)).status_code == 404
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    for day, status in ((tomorrow, 404), (today, 200)):
        schedule_team(
            draw=draw, team="1", starts_on=day, ends_on=day, actor=town.coordinator, at=DRAWN_AT
        )
        assert client.get(url("my_team", draw.number)).status_code == status
    text = client.get(url("my_team", draw.number)).text
    assert town.institutions[0].name.startswith("第")
    for row in draw.assignments.select_related("premises__institution"):
        assert row.premises.institution.name in text
    assert client.get(url("lists", draw.number)).status_code == 403
    login_as(client, "inspector")
    assert client.get(url("my_team", draw.number)).status_code == 404


def test_visitors_are_sent_to_log_in(client: Client, town: Town) -> None:
    draw = drawn(town)
    for name in ("draw", "lists", "ceremony"):
        assert client.get(url(name, draw.number)).status_code == 302
    assert client.get(url("draws")).status_code == 302


@pytest.mark.parametrize("name", ["draw", "lists", "ceremony", "public_draw", "public_bundle"])
def test_an_unknown_number_is_not_found(
    client: Client, town: Town, login_as: LoginAs, name: str
) -> None:
    login_as(client, "inspection_coordinator")
    assert client.get(url(name, STRANGE)).status_code == 404


def test_lists_ask_the_database_no_more_for_more_rows(
    client: Client, town: Town, login_as: LoginAs, django_assert_num_queries: Any
) -> None:
    login_as(client, "inspection_coordinator")
    frozen(town)
    client.get(url("draws"))
    for count in (1, 3):
        while Draw.objects.count() < count:
            frozen(town)
        with django_assert_num_queries(DRAW_LIST_QUERIES):
            client.get(url("draws"))
