"""The database itself keeps what was issued: past every service, by SQL."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from institutions.models import Institution, Paper
from institutions.services.papers import issue_paper
from regulator.database.guards import missing_guards
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.district import AT, DIVISION, District


@pytest.fixture
def paper(district: District) -> Paper:
    with unaudited():
        school = Institution.objects.create(
            division_id=DIVISION,
            name="学校",
            name_key="学校",
            sort_key="xuexiao",
            registered_on=date(2026, 1, 1),
        )
    return issue_paper(
        institution=school,
        kind="rejection",
        facts={"application": "设立", "received_on": "2026-02-27", "reasons": ["不属于本机关职权"]},
        issued_on=date(2026, 3, 2),
        actor=SYSTEM,
        at=AT,
    )


def refused(sql: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), unaudited(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("facts", "{}"),
        ("number_text", "双教许不受〔2026〕第9号"),
        ("serial", 9),
        ("issued_on", "2026-01-01"),
        ("issued_by", "别人"),
        ("code", "2222222222"),
    ],
)
def test_what_was_issued_cannot_be_changed(paper: Paper, column: str, value: Any) -> None:
    assert refused(f"UPDATE institutions_paper SET {column} = %s WHERE id = %s", value, paper.pk)  # noqa: S608


def test_a_paper_cannot_be_deleted(paper: Paper) -> None:
    assert refused("DELETE FROM institutions_paper WHERE id = %s", paper.pk)
    assert Paper.objects.filter(pk=paper.pk).exists()


def test_its_bytes_are_named_once(paper: Paper) -> None:
    sql = "UPDATE institutions_paper SET sha256 = %s WHERE id = %s"
    assert not refused(sql, "a" * 64, paper.pk)
    assert refused(sql, "b" * 64, paper.pk)
    assert refused(sql, "", paper.pk)


def test_what_becomes_of_it_can_be_written(paper: Paper) -> None:
    sql = "UPDATE institutions_paper SET served_how = %s, scan_sha256 = %s WHERE id = %s"
    assert not refused(sql, "direct", "c" * 64, paper.pk)


def test_every_declared_guard_is_there(paper: Paper) -> None:
    assert missing_guards(connection) == []
