"""Somebody steps in after the papers were printed: the next print names who goes now, and why."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from inspections.models import Checklist, Draw, InspectionOrder
from inspections.selectors.checklists import checklist_named, latest_checklists
from inspections.services.checklists import issue_checklists
from inspections.services.draw_field import replace_inspector, replace_object
from inspections.services.items import load_items
from inspections.services.order_replacements import approve_replacement, decline_replacement
from regulator.adapters.sealed_storage import read_sealed
from regulator.adapters.storage import path_below
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.canonical import sha256_hex
from tests.audited import unaudited
from tests.district import LoginAs
from tests.inspections.outing import ARRIVED_AT, Outing
from tests.inspections.services.test_order_replacements import MORNING, ask, people
from tests.inspections.services.test_order_replacements import order as order
from tests.inspections.town import AT, DRAWN_AT, Town, drawn

Source = Draw | InspectionOrder


def printed(town: Town, source: Source) -> dict[str, Checklist]:
    job = issue_checklists(source=source, actor=town.coordinator, at=MORNING)
    if job is not None:
        assert run_here(job).state == "done"
    return {row.name: row for row in latest_checklists(source)}


def rendered(source: Source) -> dict[str, Checklist]:
    """What the replacement itself had rendered: nobody printed anything."""
    job = Job.objects.filter(kind="inspections.render_checklists").latest("pk")
    assert run_here(job).state == "done"
    return {row.name: row for row in latest_checklists(source)}


def text_of(row: Checklist) -> str:
    pages = PdfReader(io.BytesIO(read_sealed(row.sha256))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def replaced(town: Town, order: InspectionOrder) -> None:
    row = ask(town, order, people(town)[2])
    approve_replacement(replacement=row, actor=town.second, at=MORNING)  # type: ignore[arg-type]


@pytest.fixture
def draw(town: Town) -> Draw:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)
    return drawn(town)


def test_a_replaced_member_is_renewed_on_every_paper_of_the_team(
    town: Town, order: InspectionOrder
) -> None:
    out, stays, into = people(town)[:3]
    place = town.register_ids[0]
    before = printed(town, order)
    assert out.name in text_of(before["team-1"])
    replaced(town, order)
    after = rendered(order)
    line = f"2026-03-1009:00{out.department.name}{out.name}{out.certificate_number}"
    for name in ("team-1", place):
        assert after[name].version == 2
        shown = text_of(after[name])
        assert stays.name in shown
        assert into.name in shown
        assert "发烧" in shown
        assert "统筹甲、统筹乙" in shown
    assert line in text_of(after["team-1"])
    assert [one["name"] for one in after[place].facts["members"]] == [into.name, stays.name]
    assert f"{into.name}{into.certificate_number}替换{out.name}" in text_of(after[place])
    again = printed(town, order)
    assert {row.sha256 for row in again.values()} == {row.sha256 for row in after.values()}


def test_what_was_printed_before_keeps_its_bytes_and_its_digest_on_record(
    town: Town, order: InspectionOrder, client: Client, login_as: LoginAs
) -> None:
    before = {name: row.sha256 for name, row in printed(town, order).items()}
    replaced(town, order)
    kept = {row.name: row.sha256 for row in Checklist.objects.filter(version=1)}
    assert kept == before
    event = Event.objects.filter(kind="order.checklists_issued").latest("sequence")
    assert event.new == {"count": 2, "superseded": sorted(before.values())}
    rendered(order)
    login_as(client, "inspection_coordinator")
    page = client.get(reverse("inspections:source_papers", args=[order.number])).text
    assert all(sha256 in page for sha256 in before.values())
    address = reverse("inspections:source_paper", args=[order.number, "team-1"])
    assert sha256_hex(client.get(address, {"version": 1}).content) == before["team-1"]
    assert sha256_hex(client.get(address).content) != before["team-1"]
    for wrong in ("9", "x", "-1"):
        assert client.get(address, {"version": wrong}).status_code == 404


def test_what_is_declined_or_only_asked_for_changes_no_paper(
    town: Town, order: InspectionOrder
) -> None:
    before = {row.name: row.sha256 for row in printed(town, order).values()}
    row = ask(town, order, people(town)[2])
    assert {one.name: one.sha256 for one in printed(town, order).values()} == before
    decline_replacement(
        replacement=row,  # type: ignore[arg-type]
        answer="改期再查",
        actor=town.second,
        at=MORNING,
    )
    assert {one.name: one.sha256 for one in printed(town, order).values()} == before


def test_nothing_is_issued_where_nothing_was_printed_yet(
    town: Town, order: InspectionOrder
) -> None:
    replaced(town, order)
    assert not Checklist.objects.exists()
    first = printed(town, order)
    assert {row.version for row in first.values()} == {1}
    assert people(town)[2].name in text_of(first["team-1"])
    assert "名单变动" in text_of(first["team-1"])


def test_the_paper_of_a_premises_where_the_team_was_keeps_who_was_there(outing: Outing) -> None:
    town, draw = outing.town, outing.draw
    before = printed(town, draw)
    visit = outing.arrive()
    met, team = visit.register_id, before[visit.register_id].team
    seat = draw.members.filter(team=team).order_by("code")[0]
    replace_inspector(
        draw=draw, team=team, out=seat.code, reason="扭伤", actor=town.coordinator, at=ARRIVED_AT
    )
    after = rendered(draw)
    assert (after[met].version, after[met].sha256) == (1, before[met].sha256)
    assert after[f"team-{team}"].version == 2
    others = [row for row in after.values() if row.team == team and row.name != met]
    assert {row.version for row in others} == {2}


def test_a_drawn_inspector_is_renewed_and_the_chain_names_nobody(town: Town, draw: Draw) -> None:
    before = printed(town, draw)
    seat = draw.members.filter(team="1").select_related("inspector").order_by("code")[0]
    out = seat.inspector
    row = replace_inspector(
        draw=draw, team="1", out=seat.code, reason="临时住院", actor=town.coordinator, at=DRAWN_AT
    )
    into = draw.members.get(code=row.into).inspector
    after = rendered(draw)
    team = after["team-1"]
    assert (team.version, before["team-1"].version) == (2, 1)
    shown = text_of(team)
    assert (
        f"{out.name}{out.certificate_number}{into.name}{into.certificate_number}临时住院" in shown
    )
    assert [one["name"] for one in team.facts["members"]].count(into.name) == 1
    assert out.name not in {one["name"] for one in team.facts["members"]}
    for name, paper in after.items():
        assert paper.version == (2 if paper.team == "1" else 1), name
        if paper.team != "1":
            assert paper.sha256 == before[name].sha256
    events = Event.objects.filter(subject_key=str(draw.public_id), sequence__gt=0)
    told = "".join(f"{one.new}{one.reason}" for one in events)
    assert out.name not in told
    assert into.name not in told
    assert not path_below("files", team.sha256).exists(), "kept in the clear"
    sealed = path_below("files/sealed", team.sha256).read_bytes()
    assert sealed.startswith(b"s1." + draw.public_id.hex.encode() + b".")


def test_a_replaced_premises_leaves_the_teams_file_and_is_named_on_its_cover(
    town: Town, draw: Draw
) -> None:
    printed(town, draw)
    out = draw.outcome["drawn"]["B"][0]
    gone = draw.assignments.select_related("premises__institution").get(register_id=out)
    row = replace_object(draw=draw, out=out, reason="已搬离", actor=town.coordinator, at=DRAWN_AT)
    after = rendered(draw)
    cover = after[f"team-{row.team}"]
    shown = text_of(cover)
    assert f"{out}{gone.premises.institution.name}" in shown
    assert "已搬离" in shown
    route = [one["register_id"] for one in cover.facts["route"]]
    assert row.into in route
    assert out not in route
    pages = sum(after[name].page_count for name in route)
    assert len(PdfReader(io.BytesIO(read_sealed(cover.sha256))).pages) == pages + 1
    own = checklist_named(draw, row.into)
    assert own is not None
    assert f"替换{out}" in text_of(own)


@pytest.mark.parametrize("role", ["district_leader", "inspector"])
def test_a_former_print_of_a_sealed_draw_is_as_sealed_as_the_present_one(
    town: Town, draw: Draw, client: Client, login_as: LoginAs, role: str
) -> None:
    printed(town, draw)
    seat = draw.members.filter(team="1").order_by("code")[0]
    replace_inspector(
        draw=draw, team="1", out=seat.code, reason="扭伤", actor=town.coordinator, at=DRAWN_AT
    )
    address = reverse("inspections:source_paper", args=[draw.number, "team-1"])
    login_as(client, role)
    assert client.get(address, {"version": 1}).status_code in (403, 404)
    assert client.get(address).status_code in (403, 404)


def test_a_team_whose_last_premises_went_to_another_has_a_cover_that_says_so(
    town: Town, draw: Draw
) -> None:
    printed(town, draw)
    gone = draw.assignments.order_by("register_id")[0]
    with unaudited():
        # Recusals may give the one that steps in to another team.
        others = draw.assignments.filter(team=gone.team).exclude(pk=gone.pk)
        others.update(team="2" if gone.team == "1" else "1")
    row = replace_object(
        draw=draw, out=gone.register_id, reason="停业", actor=town.coordinator, at=DRAWN_AT
    )
    with unaudited():
        draw.assignments.filter(register_id=row.into).update(team="2" if gone.team == "1" else "1")
    cover = printed(town, draw)[f"team-{gone.team}"]
    assert cover.facts["route"] == []
    assert "没有要去的场所" in text_of(cover)
    assert len(PdfReader(io.BytesIO(read_sealed(cover.sha256))).pages) == 1
