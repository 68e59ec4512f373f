"""Navigation: what each desk sees, and which entry is the current one."""

from __future__ import annotations

import pytest
from django.test import Client

from regulator.accounts.core.roles import OFFICERS, Role
from regulator.kernel.actors import VISITOR, Actor
from regulator.pages.views.navigation import NAVIGATION, entrance_of_path, sections_for
from regulator.web.icons import icon_names


def _urls(entrance: str, actor: Actor, path: str = "/") -> list[str]:
    sections = sections_for(entrance=entrance, actor=actor, path=path)
    return [link.url for section in sections for link in section["links"]]


def _actor(role: str) -> Actor:
    return Actor(user_id=1, name="测试", role=role, division="510116", department="education")


@pytest.mark.parametrize(
    ("path", "entrance"),
    [
        ("/", "public"),
        ("/desk/", "desk"),
        ("/desk/audit/", "desk"),
        ("/portal/x/", "portal"),
        ("/field/", "field"),
        ("/deskless/", "public"),
    ],
)
def test_a_path_belongs_to_one_entrance(path: str, entrance: str) -> None:
    assert entrance_of_path(path) == entrance


@pytest.mark.parametrize("role", sorted(OFFICERS))
def test_every_officer_begins_with_what_is_theirs_today(role: Role) -> None:
    assert _urls("desk", _actor(role))[0] == "/desk/"


def test_a_visitor_sees_nothing_of_the_desk() -> None:
    assert _urls("desk", VISITOR) == []


def test_only_who_may_read_accounts_and_records_is_led_to_them() -> None:
    administrator = _urls("desk", _actor(Role.ADMINISTRATOR))
    reviewer = _urls("desk", _actor(Role.FILING_REVIEWER))
    assert {"/desk/people/", "/desk/audit/"} <= set(administrator)
    assert {"/desk/people/", "/desk/audit/"} & set(reviewer) == set()


def test_exactly_one_entry_is_current_and_never_the_front_page_of_a_page_below_it() -> None:
    for path, current in [
        ("/desk/", "/desk/"),
        ("/desk/people/", "/desk/people/"),
        ("/desk/people/new/", "/desk/people/"),
        ("/desk/audit/head/", "/desk/audit/"),
        ("/desk/styleguide/", None),
    ]:
        sections = sections_for(entrance="desk", actor=_actor(Role.ADMINISTRATOR), path=path)
        marked = [link.url for section in sections for link in section["links"] if link.current]
        assert marked == ([current] if current else [])


def test_every_icon_of_the_navigation_is_in_the_sprite() -> None:
    wanted = {
        entry.icon
        for sections in NAVIGATION.values()
        for section in sections
        for entry in section.entries
    }
    assert wanted - set(icon_names()) == set()


def test_a_chosen_theme_is_kept_and_leads_back_to_the_page(client: Client) -> None:
    answer = client.post("/preferences/", {"theme": "dark", "next": "/login/?next=/desk/"})
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/desk/")
    assert answer.cookies["theme"].value == "dark"


def test_a_preference_never_leads_to_another_site_nor_keeps_an_unknown_value(
    client: Client,
) -> None:
    answer = client.post("/preferences/", {"theme": "pink", "next": "https://example.org/"})
    assert answer["Location"] == "/"
    assert "theme" not in answer.cookies
    assert client.get("/preferences/").status_code == 405


@pytest.mark.django_db
def test_the_style_guide_shows_every_component_without_inline_script_or_style(
    client: Client, login_as
) -> None:
    login_as(client, "filing_reviewer")
    html = client.get("/desk/styleguide/").content.decode()
    for part in ("badge--unknown", "journey__step", "finding--breach", "selection-bar", "progress"):
        assert part in html
    assert " style=" not in html
    assert "<style" not in html
    assert "<script>" not in html
    assert " onclick=" not in html
