"""No page of the demonstration links to one that its reader is refused, or that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from celery import current_app
from django.test import Client

from regulator.accounts.models import User
from regulator.pages.services.seed import Sizes, seed_district
from tests.committed import CopyDatabase
from tests.linked import ENTRANCES, ROLES, is_page, shape

pytestmark = pytest.mark.timeout(900)
SIZES = Sizes(institutions=40, filings=200, inspectors=60)


class Links(HTMLParser):
    """The addresses of a page's links, without those that hand over a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(str(given["href"]))


def linked(path: str, text: str) -> Iterator[str]:
    """The pages of this site that a page links to."""
    page = Links()
    page.feed(text)
    for link in page.found:
        target = urldefrag(urljoin(f"http://testserver{path}", link)).url
        if urlsplit(target).netloc == "testserver" and is_page(target):
            yield target.removeprefix("http://testserver")


def refused(client: Client) -> list[str]:
    """Every kind of page that is reached by links and answers with an error, and from where."""
    waiting, seen, found = [(path, "") for path in ENTRANCES], set(), []
    while waiting:
        path, origin = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        answer = client.get(path, follow=True)
        if answer.status_code >= 400 and origin:
            found.append(f"{origin} -> {path}: {answer.status_code}")
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting += [(link, path) for link in linked(path, answer.content.decode())]
    return found


def test_no_role_is_shown_a_link_that_leads_nowhere(
    copy_database: CopyDatabase, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    current_app.loader.import_default_modules()
    with copy_database():
        seed_district(division="510116", sizes=SIZES, seed=2027, say=lambda _line: None)
        dead: dict[str, list[str]] = {}
        for role in ROLES:
            client = Client()
            if role:
                client.force_login(
                    User.objects.get(username=role),
                    backend="django.contrib.auth.backends.ModelBackend",
                )
            dead[role] = refused(client)
    assert {role: found for role, found in dead.items() if found} == {}
