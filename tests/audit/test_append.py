"""Events in the database: chained, guarded, walked."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from regulator.audit.models import Event, Head
from regulator.audit.selectors.chain import history_of, verify_chain
from regulator.audit.services import EventDraft, Subject, append_event, append_events
from regulator.database.guards import install_guards, missing_guards
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import InvariantError
from tests.district import AT


def append(count: int) -> list[Event]:
    drafts = [
        EventDraft("test.done", Subject("thing", str(number)), new={"number": number})
        for number in range(count)
    ]
    with transaction.atomic():
        return append_events(division="510116", actor=SYSTEM, drafts=drafts, occurred_at=AT)


@pytest.mark.django_db
def test_events_take_their_places_without_a_gap() -> None:
    append(2)
    append(1)
    assert list(Event.objects.order_by("id").values_list("sequence", flat=True)) == [1, 2, 3]
    head = Head.objects.get(division="510116")
    assert (head.sequence, head.hash) == (3, Event.objects.get(sequence=3).hash)
    assert list(verify_chain("510116")) == []


@pytest.mark.django_db
def test_each_division_has_a_chain_of_its_own() -> None:
    append(2)
    with transaction.atomic():
        event = append_event(
            division="510107",
            actor=SYSTEM,
            kind="test.done",
            subject=Subject("thing", "1"),
            occurred_at=AT,
        )
    assert event.sequence == 1


def test_an_event_outside_a_transaction_is_a_bug(committed_db: str) -> None:
    with pytest.raises(InvariantError):
        append_events(
            division="510116",
            actor=SYSTEM,
            drafts=[EventDraft("test.done", Subject("thing", "1"))],
            occurred_at=AT,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET reason = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET hash = hash WHERE sequence = 1",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(sql: str) -> None:
    append(1)
    with (
        pytest.raises(DatabaseError, match="append-only table audit_event"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get().reason == ""


@pytest.mark.django_db
def test_an_event_cannot_be_replaced_or_truncated() -> None:
    event = append(1)[0]
    sql = (
        "TRUNCATE audit_event"
        if connection.vendor == "postgresql"
        else "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event"
    )
    with (
        pytest.raises(DatabaseError, match="append-only table audit_event"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get().hash == event.hash


@pytest.mark.django_db
def test_every_declared_guard_is_installed_and_a_lost_one_is_found() -> None:
    assert missing_guards(connection) == []
    name = "guard_audit_event_update"
    drop = f"DROP TRIGGER {name}"
    if connection.vendor == "postgresql":
        name = "guard_audit_event_row"
        drop = f"DROP TRIGGER {name} ON audit_event"
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert missing_guards(connection) == [name]
    assert install_guards(connection) == [name]
    assert missing_guards(connection) == []


@pytest.mark.django_db
def test_verify_audit_says_that_a_chain_holds(capsys: pytest.CaptureFixture[str]) -> None:
    event = append(3)[-1]
    call_command("verify_audit", division="510116", head=f"3:{event.hash}")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"链头 3:{event.hash}" in printed.err


@pytest.mark.django_db
def test_verify_audit_names_a_head_that_was_never_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    append(2)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", division="510116", head="2:" + "0" * 64)
    assert stopped.value.code == 1
    assert capsys.readouterr().out == "510116 2 outside_head\n"


@pytest.mark.django_db
def test_the_history_of_a_subject_is_its_own() -> None:
    append(3)
    assert [event.subject_key for event in history_of(kind="thing", key="1")] == ["1"]
