"""Coming in, being kept out, and coming back to what was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from regulator.accounts.models import User
from regulator.accounts.services import change_password, create_private_link, set_user_active
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from tests.district import AT, PASSWORD, District, LoginAs, appointed

pytestmark = pytest.mark.django_db


def post_login(client: Client, user: User, password: str = PASSWORD, **extra: str) -> object:
    return client.post("/login/", {"username": user.username, "password": password, **extra})


@pytest.mark.parametrize(
    ("role", "entrance"),
    [
        ("licensing_officer", "/desk/"),
        ("inspector", "/field/"),
        ("institution_manager", "/portal/"),
        ("parent", "/parent/"),
    ],
)
def test_each_role_lands_at_its_own_entrance(
    client: Client, district: District, role: str, entrance: str
) -> None:
    institution = "00000000-0000-7000-8000-000000000001"
    user = appointed(role, institution=institution).user
    response = post_login(client, user)
    assert (response.status_code, response["Location"]) == (302, entrance)


def test_a_wrong_password_says_so_and_five_in_a_row_close_the_door(
    client: Client, district: District
) -> None:
    user = appointed("inspector").user
    first = post_login(client, user, "wrong-horse-1")
    assert first.status_code == 200
    assert "登录名或密码不对" in first.content.decode()
    codes = [post_login(client, user, "wrong-horse-1").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert post_login(client, user).status_code == 429


def test_a_closed_account_cannot_come_in(client: Client, district: District) -> None:
    user = appointed("inspector").user
    set_user_active(user, is_active=False, reason="调离", actor=SYSTEM, at=AT)
    assert post_login(client, user).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_first_login_leads_to_a_password_of_ones_own(client: Client, district: District) -> None:
    user = appointed("licensing_officer").user
    change_password(user, password="given-horse-9", must_change=True, actor=SYSTEM, at=AT)
    response = post_login(client, user, "given-horse-9")
    assert response["Location"] == "/account/password/"
    assert client.get("/desk/")["Location"] == "/account/password/"
    client.post(
        "/account/password/",
        {"present": "given-horse-9", "new_password": "own-horse-10", "again": "own-horse-10"},
    )
    assert client.get("/desk/").status_code == 200


def test_what_was_typed_before_the_session_ran_out_comes_back(
    client: Client, login_as: LoginAs
) -> None:
    user = login_as(client, "administrator")
    client.logout()
    typed = {"username": "zhang", "name": "张三", "password": "secret-horse-1"}
    page = "http://testserver/desk/people/new/"
    response = client.post("/desk/people/new/", typed, headers={"referer": page})
    query = parse_qs(urlsplit(response["Location"]).query)
    assert query["next"] == ["/desk/people/new/"]
    back = post_login(client, user, next=query["next"][0], kept=query["kept"][0])
    shown = client.get(back["Location"]).content.decode()
    assert "张三" in shown or "\\u5f20\\u4e09" in shown
    assert "secret-horse-1" not in shown
    assert not User.objects.filter(username="zhang").exists()


def test_coming_in_and_going_out_are_events(client: Client, district: District) -> None:
    user = appointed("inspector").user
    post_login(client, user)
    client.post("/logout/")
    kinds = Event.objects.filter(subject_key=str(user.public_id)).order_by("-id")[:2]
    assert [(event.kind, event.actor_user) for event in kinds] == [
        ("accounts.signed_out", user.pk),
        ("accounts.signed_in", user.pk),
    ]


def test_a_next_page_on_another_site_is_not_followed(client: Client, district: District) -> None:
    user = appointed("licensing_officer").user
    response = post_login(client, user, next="https://evil.example/desk/")
    assert response["Location"] == "/desk/"


def test_a_person_changes_to_a_desk_they_hold_and_to_no_other(
    client: Client, login_as: LoginAs
) -> None:
    user = login_as(client, "licensing_officer")
    own, foreign = user.appointments.get(), appointed("administrator")
    response = client.post("/account/desk/", {"desk": str(foreign.public_id)})
    assert response["Location"] == "/account/"
    assert client.get("/desk/people/new/").status_code == 403
    response = client.post("/account/desk/", {"desk": str(own.public_id)})
    assert response["Location"] == "/desk/"


def test_a_refusal_is_a_page_with_reasons_not_a_bare_code(
    client: Client, login_as: LoginAs
) -> None:
    login_as(client, "inspector")
    response = client.get("/desk/people/")
    text = re.sub(r"\s+", "", response.content.decode())
    assert response.status_code == 403
    assert "检查人员" in text
    assert "查看用户" in text
    assert "policy." not in text


def test_a_private_link_lets_a_parent_in_until_it_ends(client: Client, district: District) -> None:
    user = appointed("parent").user
    link, token = create_private_link(user, days=1, actor=SYSTEM, at=timezone.now())
    assert client.get(f"/p/{token}/")["Location"] == "/parent/"
    assert client.get("/parent/").status_code == 200
    client.logout()
    type(link).objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/p/{token}/").status_code == 410
