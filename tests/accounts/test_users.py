"""Users, passwords, private links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from regulator.accounts.models import User
from regulator.accounts.selectors.people import open_private_link
from regulator.accounts.services import (
    change_password,
    create_private_link,
    create_user,
    load_departments,
    load_divisions,
    revoke_private_link,
    set_user_active,
)
from regulator.audit.models import Event
from regulator.database.sealing import open_text
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.district import AT, DIVISION, PASSWORD, District, MakeActor, appointed

pytestmark = pytest.mark.django_db


def new_user(username: str = "wang", password: str = PASSWORD) -> User:
    return create_user(
        username=username,
        name="王五",
        password=password,
        division=DIVISION,
        phone="13800000000",
        actor=SYSTEM,
        at=AT,
    )


def test_a_phone_number_is_sealed_and_is_in_no_event(district: District) -> None:
    user = new_user()
    user.refresh_from_db()
    assert open_text(user.phone) == "13800000000"
    assert "13800000000" not in user.phone
    event = Event.objects.order_by("-id")[0]
    assert event.new == {"username": "wang", "name": "王五"}


@pytest.mark.parametrize("password", ["short-7", "1234567890", "password123"])
def test_a_weak_password_makes_no_user(district: District, password: str) -> None:
    with pytest.raises(ValidationError):
        new_user(password=password)
    assert not User.objects.filter(username="wang").exists()


def test_a_login_name_is_given_once_whatever_its_case(district: District) -> None:
    new_user()
    with pytest.raises(Refused) as refused:
        new_user(username="WANG")
    assert [item.code for item in refused.value.refusals] == ["account.name_taken"]


def test_only_who_manages_accounts_sets_anothers_password(make_actor: MakeActor) -> None:
    user, inspector = new_user(), make_actor("inspector")
    with pytest.raises(Refused):
        change_password(user, password="another-horse-8", actor=inspector, at=AT)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    own = appointed("inspector").user
    change_password(
        user,
        password="another-horse-8",
        must_change=True,
        actor=make_actor("administrator"),
        at=AT,
    )
    user.refresh_from_db()
    assert (user.check_password("another-horse-8"), user.must_change_password) == (True, True)
    assert own.check_password(PASSWORD)


def test_a_closed_login_says_why(make_actor: MakeActor) -> None:
    user = new_user()
    set_user_active(user, is_active=False, reason="调离", actor=make_actor("administrator"), at=AT)
    event = Event.objects.order_by("-id")[0]
    assert (event.old, event.new, event.reason) == (
        {"is_active": True},
        {"is_active": False},
        "调离",
    )


def test_a_private_link_opens_until_its_day_or_until_it_is_revoked(district: District) -> None:
    user = appointed("parent").user
    link, token = create_private_link(user, days=30, actor=SYSTEM, at=AT)
    assert token not in link.token_digest
    assert open_private_link(token, AT + timedelta(days=29)) == link
    assert open_private_link(token, AT + timedelta(days=30)) is None
    assert open_private_link(token + "x", AT) is None
    revoke_private_link(link, actor=SYSTEM, at=AT)
    revoke_private_link(link, actor=SYSTEM, at=AT)
    assert open_private_link(token, AT) is None
    assert Event.objects.filter(kind="accounts.private_link_revoked").count() == 1


def test_loading_places_twice_changes_nothing(district: District) -> None:
    before = Event.objects.count()
    assert load_divisions(actor=SYSTEM, at=AT, division=DIVISION) == 0
    assert load_departments(actor=SYSTEM, at=AT, division=DIVISION) == 0
    assert Event.objects.count() == before
