"""Navigation: what each desk sees, and which entry is the current one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

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


def test_an_institution_finds_its_pages_under_three_menus_beside_what_it_needs_daily() -> None:
    manager = _actor(Role.INSTITUTION_MANAGER)
    sections = sections_for(entrance="portal", actor=manager, path="/portal/")
    assert [(str(one["label"]), len(one["links"]), one["current"]) for one in sections] == [
        ("", 3, True),
        ("备案与许可", 4, False),
        ("收费与资金", 5, False),
        ("检查与信用", 3, False),
    ]


@pytest.mark.django_db
def test_the_menu_of_the_page_one_stands_on_is_marked(client: Client, login_as) -> None:
    login_as(client, "institution_manager", institution="00000000-0000-0000-0000-000000000001")
    html = client.get("/portal/").content.decode()
    assert html.count('<details class="menu" data-menu>') == 3
    assert 'aria-current="true"' not in html
    own = client.get(reverse("inspections:own_safety")).content.decode()
    assert own.count('<summary class="menu__summary" aria-current="true">检查与信用') == 1


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
