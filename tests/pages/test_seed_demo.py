"""The fictional district: whole, through the services, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from institutions.models import Filing, Institution, Licence, UploadRow
from regulator.accounts.choices.texts import ROLE_LABELS
from regulator.accounts.models import Township, User
from regulator.audit.selectors.chain import divisions_with_events, verify_chain
from regulator.pages.services.seed import LOGINS_FILE, Sizes, seed_district
from tests.committed import CopyDatabase


def seed(seed_number: int) -> dict[str, Any]:
    """Seed a small district and say what it is, without ids and times of the machine."""
    lines: list[str] = []
    seed_district(
        division="510116",
        sizes=Sizes(institutions=14, filings=90, inspectors=16),
        seed=seed_number,
        say=lines.append,
    )
    rows = UploadRow.objects.order_by("pk").values_list("outcome", "findings")
    return {
        "institutions": list(
            Institution.objects.order_by("pk").values_list("name", "credit_code", "status")
        ),
        "licences": list(Licence.objects.order_by("pk").values_list("number_printed", "state")),
        "filings": list(Filing.objects.order_by("pk").values_list("number", "state", "outcome")),
        "findings": [(outcome, [one["rule"] for one in found]) for outcome, found in rows],
    }


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    current_app.loader.import_default_modules()


def test_the_same_seed_gives_the_same_district_and_another_gives_another(
    copy_database: CopyDatabase,
) -> None:
    with copy_database():
        first = seed(7)
    with copy_database():
        second = seed(7)
    with copy_database():
        other = seed(8)
    assert first == second
    assert first["institutions"] != other["institutions"]


def test_a_district_has_good_and_bad_filings_and_a_whole_chain(
    copy_database: CopyDatabase, settings: Any
) -> None:
    with copy_database():
        district = seed(2027)
        outcomes = Counter(outcome for outcome, _ in district["findings"])
        # The planned ones, and what the expert group's demonstration files anew.
        assert sum(outcomes.values()) == 91
        assert set(outcomes) >= {"clear", "flagged", "invalid"}
        assert outcomes["clear"] > 60
        assert Township.objects.count() == 12
        assert [list(verify_chain(code)) for code in divisions_with_events()] == [[], []]
        lines = (settings.DATA_DIR / LOGINS_FILE).read_text(encoding="utf-8").splitlines()
        logins = [line.split("\t") for line in lines]
        assert [login[0] for login in logins] == [
            role for role in ROLE_LABELS if role not in ("visitor", "system")
        ]
        checks = [User.objects.get(username=user).check_password(word) for _, user, word in logins]
        assert all(checks)
        assert (settings.DATA_DIR / LOGINS_FILE).stat().st_mode & 0o777 == 0o600


def test_production_refuses_a_fictional_district(
    copy_database: CopyDatabase, settings: Any, client: Client
) -> None:
    with copy_database():
        assert client.get("/healthz/").json() == {"status": "ok"}
        seed(7)
        assert client.get("/healthz/").json() == {"status": "ok"}
        settings.DEMONSTRATION = False
        response = client.get("/healthz/")
        assert (response.status_code, response.json()) == (503, {"status": "demonstration"})
        with pytest.raises(CommandError, match="演示数据"):
            call_command("prepare")


def test_a_database_with_people_in_it_is_never_seeded(
    copy_database: CopyDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    with copy_database():
        seed(7)
        before = Institution.objects.count()
        with pytest.raises(SystemExit) as stopped:
            call_command("seed_demo")
        assert stopped.value.code == 2
        assert "演示区只能建在空库里" in capsys.readouterr().err
        assert Institution.objects.count() == before
