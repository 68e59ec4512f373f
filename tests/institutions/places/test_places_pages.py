"""The pages of points and standards, as officers and parents use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Institution, Premises, PremisesPoint, SettingStandard
from institutions.services.places import move_point, record_centre
from regulator.accounts.models import Township
from regulator.calendars.models import CalendarChange
from regulator.jobs.models import Job
from regulator.kernel.actors import Actor
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.processes.calendar_signing import sign_calendar_change
from tests.district import DIVISION, LoginAs
from tests.institutions.places.conftest import AT

HERE = Position(103.9234, 30.5678, CoordinateSystem.WGS84)
TYPED = {"longitude": "103.9234", "latitude": "30.5678", "system": "wgs84"}
Sign = Callable[[], None]
STANDARD = {
    "standard": "total_area_m2_min", "value": "200", "kind": "culture_arts",
    "instrument": "某区设置标准", "starts_on": "2026-01-01", "reason": "按文件录入",
}  # fmt: skip


@pytest.fixture
def sign(signer: Actor) -> Sign:
    """The leader signs what waits."""

    def signed() -> None:
        change = CalendarChange.objects.get(state="proposed")
        sign_calendar_change(change, actor=signer, at=timezone.now())

    return signed


@pytest.fixture
def pinned(place: Premises, officer: Actor, administrator: Actor) -> Premises:
    township = Township.objects.get(code="510116001")
    record_centre(township=township, position=HERE, source="量取", actor=administrator, at=AT)
    move_point(premises=place, position=HERE, reason="现场", actor=officer, at=AT)
    return place


def test_an_officer_moves_a_pin_in_the_page(
    client: Client, place: Premises, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    address = f"/desk/places/{place.public_id}/point/"
    assert "还没有位置" in client.get(address).content.decode()
    swapped = TYPED | {"longitude": "30.5678", "latitude": "103.9234", "reason": "现场"}
    assert "像是写反了" in client.post(address, swapped).content.decode()
    assert "必填" in client.post(address, TYPED).content.decode()
    assert not PremisesPoint.objects.exists()
    answer = client.post(address, TYPED | {"reason": "现场"}, follow=True)
    assert "位置已标定。" in answer.content.decode()
    assert PremisesPoint.objects.get().source == "person"
    assert "人工标定" in client.get(address).content.decode()


def test_the_desks_map_lists_points_and_has_the_rest_looked_up(
    client: Client, place: Premises, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    page = client.get("/desk/places/").content.decode()
    assert "查 1 处的位置" in page
    assert 'aria-label="本区办学场所的位置"' not in page
    answer = client.post("/desk/places/locate/")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"{Job.objects.get().public_id}/")
    again = client.post("/desk/places/locate/", follow=True)
    assert "正在进行" in again.content.decode()


def test_the_desks_map_shows_points_and_narrows(
    client: Client, pinned: Premises, login_as: LoginAs
) -> None:
    login_as(client, "district_leader")
    page = client.get("/desk/places/").content.decode()
    assert "准确到门牌" in page
    assert 'aria-label="本区办学场所的位置"' in page
    assert "标定 P" not in page
    assert pinned.register_id not in client.get("/desk/places/?show=none").content.decode()
    assert pinned.register_id in client.get("/desk/places/?show=high").content.decode()


def test_a_parent_finds_licensed_places_near_a_township_and_a_position(
    client: Client, school: Institution, pinned: Premises
) -> None:
    assert "公里以内有" not in client.get("/nearby/").content.decode()
    page = client.get("/nearby/", {"township": "第1街道", "radius": "1000"}).content.decode()
    assert "第1街道 1 公里以内有 1 处" in page
    assert school.name in page
    assert "<svg" in page
    page = client.get("/nearby/", {**TYPED, "radius": "2000"}).content.decode()
    assert "这个位置 2 公里以内有 1 处" in page
    page = client.get("/nearby/", {**TYPED, "latitude": "30.70"}).content.decode()
    assert "这个范围里没有" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"township": "", "radius": "1000"}, "请选一个镇街"),
        ({"longitude": "103.9"}, "经度和纬度要一起填写"),
        ({"longitude": "30", "latitude": "103", "system": "wgs84"}, "像是写反了"),
        ({"township": "没有的街道"}, "没有的街道"),
    ],
)
def test_what_cannot_be_searched_is_said(
    client: Client, pinned: Premises, query: dict[str, str], words: str
) -> None:
    page = client.get("/nearby/", query).content.decode()
    assert words in page
    assert "公里以内有" not in page


def test_a_place_of_which_only_the_township_is_known_has_no_distance(
    client: Client, school: Institution, pinned: Premises
) -> None:
    from tests.audited import unaudited  # noqa: PLC0415

    with unaudited():
        PremisesPoint.objects.update(confidence="low")
    page = client.get("/nearby/", {"township": "第1街道"}).content.decode()
    assert "只知道在哪个镇街的" in page
    assert " m</p>" not in page


def test_an_administrator_proposes_a_standard_and_its_end_and_another_signs(
    client: Client, school: Institution, place: Premises, login_as: LoginAs, sign: Sign
) -> None:
    login_as(client, "administrator")
    page = client.get("/desk/standards/").content.decode()
    assert "项标准没有数" in page
    assert "上海市" in page
    refused = client.post("/desk/standards/new/", STANDARD | {"value": "很大"}).content.decode()
    assert "不是一个数" in refused
    client.post("/desk/standards/new/", STANDARD)
    assert not SettingStandard.objects.exists()
    change = CalendarChange.objects.get()
    waiting = client.get("/desk/standards/").content.decode()
    assert f"/desk/calendars/changes/{change.public_id}/" in waiting
    shown = client.get(f"/desk/calendars/changes/{change.public_id}/").content.decode()
    assert "某区设置标准" in shown
    assert "文化艺术类" in shown
    sign()
    standard = SettingStandard.objects.get()
    assert (standard.value, standard.division_id) == ("200", DIVISION)
    copied = client.get("/desk/standards/new/?like=anhui-arts-teaching").content.decode()
    assert 'value="2/3"' in copied
    tomorrow = timezone.localdate() + timedelta(days=1)
    end = f"/desk/standards/{standard.public_id}/end/"
    client.post(end, {"on": tomorrow.isoformat(), "reason": "文件废止"})
    sign()
    standard.refresh_from_db()
    assert standard.ends_before == tomorrow
    assert "终止设置标准" in client.get("/desk/standards/").content.decode()


def test_banned_buildings_are_chosen_by_name(client: Client, login_as: LoginAs, sign: Sign) -> None:
    login_as(client, "administrator")
    values = STANDARD | {"standard": "buildings_banned", "value": ""}
    assert "至少选一种" in client.post("/desk/standards/new/", values).content.decode()
    client.post("/desk/standards/new/", values | {"buildings": ["residential", "temporary"]})
    sign()
    assert SettingStandard.objects.get().value == "residential|temporary"
    assert "居民住宅、临时建筑" in client.get("/desk/standards/").content.decode()


def test_the_entrys_page_says_beside_each_place_how_it_stands(
    client: Client, school: Institution, place: Premises, login_as: LoginAs, sign: Sign
) -> None:
    login_as(client, "administrator")
    client.post("/desk/standards/new/", STANDARD)
    sign()
    login_as(client, "licensing_officer")
    page = client.get(f"/desk/register/{school.public_id}/").content.decode()
    assert "场所与设置标准" in page
    assert "没有登记建筑面积。" in page
    assert "本区没有录入这个数。" in page
    correct = f"/desk/register/{school.public_id}/premises/{place.public_id}/correct/"
    form = {
        "address": place.address, "area": place.area, "floor_area_m2": "199.5",
        "lowest_floor": "2", "highest_floor": "2", "is_licensed": "on", "reason": "核对",
    }  # fmt: skip
    client.post(correct, form)
    page = client.get(f"/desk/register/{school.public_id}/").content.decode()
    assert "登记的是 199.5 平方米，标准是不少于 200 平方米。" in page


def test_an_administrator_enters_a_townships_centre(
    client: Client, login_as: LoginAs, school: Institution
) -> None:
    login_as(client, "administrator")
    page = client.get("/desk/places/townships/").content.decode()
    assert "随系统提供，约略" in page
    assert "第1街道" in page
    client.post("/desk/places/townships/510116001/", TYPED | {"source": "量取"})
    assert "本区录入" in client.get("/desk/places/townships/").content.decode()
    assert client.get("/desk/places/townships/510107001/").status_code == 404
