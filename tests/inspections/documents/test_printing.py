"""Issued once, rendered by a job, kept by digest: printing again gives the same bytes."""

from __future__ import annotations

import io
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from inspections.models import Checklist, Draw
from inspections.selectors.checklists import latest_checklists
from inspections.services.checklists import issue_checklists
from inspections.services.draw_field import replace_object, schedule_team
from inspections.services.items import load_items
from regulator.adapters.sealed_storage import read_sealed
from regulator.adapters.storage import path_below
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refused
from tests.district import LoginAs, MakeActor
from tests.inspections.town import AT, DRAWN_AT, Town, drawn


@pytest.fixture
def listed(town: Town) -> Town:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=SYSTEM, at=AT)
    return town


def printed(town: Town, draw: Draw) -> list[Checklist]:
    job = issue_checklists(source=draw, actor=town.coordinator, at=DRAWN_AT)
    assert job is not None
    done = run_here(job)
    assert (done.state, done.done_count) == ("done", done.total)
    return latest_checklists(draw)


def print_to(folder: Path, number: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(
            "print_checklists", "--draw", number, "--out", str(folder), stdout=out, stderr=err
        )
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    return code, out.getvalue(), err.getvalue()


def test_every_paper_is_rendered_and_kept_by_its_digest(listed: Town) -> None:
    draw = drawn(listed)
    rows = printed(listed, draw)
    assert {row.name for row in rows if row.kind == "premises"} == set(draw.outcome["assignments"])
    teams = set(draw.outcome["assignments"].values())
    assert {row.name for row in rows if row.kind == "team"} == {f"team-{team}" for team in teams}
    for row in rows:
        pdf = read_sealed(row.sha256)
        assert sha256_hex(pdf) == row.sha256
        assert not path_below("files", row.sha256).exists(), "kept in the clear"
        kept = path_below("files/sealed", row.sha256).read_bytes()
        assert kept.startswith(b"s1." + draw.public_id.hex.encode() + b".")
        assert b"%PDF" not in kept
        assert len(PdfReader(io.BytesIO(pdf)).pages) == row.page_count
    assert Event.objects.filter(kind="checklist.rendered").count() == len(rows)


def test_printing_again_makes_no_job_and_keeps_the_bytes(listed: Town) -> None:
    draw = drawn(listed)
    before = {row.name: row.sha256 for row in printed(listed, draw)}
    assert issue_checklists(source=draw, actor=listed.coordinator, at=DRAWN_AT) is None
    assert {row.name: row.sha256 for row in latest_checklists(draw)} == before


def test_a_replacement_adds_its_paper_and_a_new_version_of_the_teams_file(listed: Town) -> None:
    draw = drawn(listed)
    before = {row.name: row.sha256 for row in printed(listed, draw)}
    out = draw.outcome["drawn"]["B"][0]
    row = replace_object(draw=draw, out=out, reason="已搬离", actor=listed.coordinator, at=DRAWN_AT)
    after = {one.name: one for one in printed(listed, draw)}
    assert after[row.into].facts["stands_in_for"] == out
    team = after[f"team-{row.team}"]
    assert team.version == 2
    assert team.sha256 != before[team.name]
    assert after[out].sha256 == before[out]


def test_the_command_writes_every_premises_and_every_team(listed: Town, tmp_path: Path) -> None:
    draw = drawn(listed)
    code, out, err = print_to(tmp_path / "first", draw.number)
    assert (code, err) == (0, "")
    assert out.startswith("3 份清单，")
    wanted = {f"{name}.pdf" for name in draw.outcome["assignments"]}
    wanted |= {f"team-{team}.pdf" for team in draw.outcome["assignments"].values()}
    assert {path.name for path in (tmp_path / "first").iterdir()} == wanted
    for name in draw.outcome["assignments"]:
        reader = PdfReader(tmp_path / "first" / f"{name}.pdf")
        for number, page in enumerate(reader.pages, start=1):
            assert f"{draw.number}/{name}/{number}" in page.extract_text()
    assert print_to(tmp_path / "again", draw.number)[0] == 0
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_the_command_says_what_it_cannot_do(listed: Town, tmp_path: Path) -> None:
    code, _, err = print_to(tmp_path, "510116-2026-999")
    assert (code, err) == (2, "没有编号为 510116-2026-999 的抽查。\n")
    (tmp_path / "file").write_text("")
    draw = drawn(listed)
    assert print_to(tmp_path / "file" / "in", draw.number)[0] == 2


@pytest.mark.parametrize("role", ["inspector", "district_leader"])
def test_only_a_coordinator_prints(listed: Town, make_actor: MakeActor, role: str) -> None:
    draw = drawn(listed)
    with pytest.raises(Refused):
        issue_checklists(source=draw, actor=make_actor(role), at=DRAWN_AT)
    assert not Checklist.objects.exists()


def test_a_paper_is_served_to_those_who_may_see_the_list(
    listed: Town, client: Client, login_as: LoginAs
) -> None:
    draw = drawn(listed)
    row = printed(listed, draw)[0]
    address = reverse("inspections:paper", args=[draw.number, row.name])
    login_as(client, "inspection_coordinator")
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert sha256_hex(response.content) == row.sha256
    login_as(client, "district_leader")
    assert client.get(address).status_code == 403


def test_a_member_gets_the_papers_of_the_own_team_alone(
    listed: Town, client: Client, login_as: LoginAs
) -> None:
    draw = drawn(listed)
    rows = printed(listed, draw)
    user = login_as(client, "inspector")
    seat = draw.members.filter(team="1").select_related("inspector").first()
    assert seat is not None
    seat.inspector.user = user
    seat.inspector.save(update_fields=["user"])
    today = timezone.localdate()
    schedule_team(
        draw=draw, team="1", starts_on=today, ends_on=today, actor=listed.coordinator, at=DRAWN_AT
    )
    for row in rows:
        address = reverse("inspections:my_paper", args=[draw.number, row.name])
        assert client.get(address).status_code == (200 if row.team == "1" else 404)
    page = client.get(reverse("inspections:my_team", args=[draw.number])).text
    assert "检查清单 PDF" in page
