"""The page of a refusal: what it promises and the way back."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.district import District, LoginAs

REFUSED = "/desk/people/new/"


@pytest.fixture
def client(client: Client, district: District, login_as: LoginAs) -> Client:
    login_as(client, "inspector")
    return client


def test_a_refusal_leads_back_to_the_page_of_this_site_before(client: Client) -> None:
    page = client.get(REFUSED, headers={"referer": "http://testserver/desk/"})
    assert page.status_code == 403
    assert page.context["back_url"] == "http://testserver/desk/"


@pytest.mark.parametrize(
    "referer", ["", "https://elsewhere.example/", f"http://testserver{REFUSED}", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_or_to_the_refused_page_again(
    client: Client, referer: str
) -> None:
    page = client.get(REFUSED, headers={"referer": referer})
    assert (page.status_code, page.context["back_url"]) == (403, "")


def test_without_a_remedy_nothing_to_put_right_is_promised(client: Client) -> None:
    page = client.get(REFUSED)
    assert not any(reason.remedy for reason in page.context["reasons"])
    assert "什么都没有改动。" in page.text
    assert "一次改完再来" not in page.text
