"""A movement in one round trip means what the plain path means."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fees.models import LedgerAccount, LedgerCommand, MonthTurnover, Posting
from fees.services import movements
from fees.services.movements import record_movement
from regulator.audit.models import Event
from regulator.audit.selectors.chain import verify_chain
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import DAY, held


def move(escrow, rule="interest", amount_fen=7, key="k", reference="回单“甲” \\ 1"):
    return record_movement(
        escrow=escrow, rule=rule, amount_fen=amount_fen, reference=reference, key=key,
        booked_on=DAY, actor=SYSTEM, at=AT,
    )  # fmt: skip


def told() -> list[tuple[object, ...]]:
    """What the ledger and the chain hold of the movements, without keys, times and hashes."""
    events = Event.objects.filter(kind__startswith="ledger.").order_by("sequence")
    return [
        *events.values_list(
            "kind", "actor_name", "subject_kind", "subject_key", "subject_label", "old", "new",
            "reason", "basis", "row_count", "rows_digest", "occurred_at",
        ),
        *Posting.objects.order_by("pk").values_list(
            "position", "debit", "credit", "amount_fen", "rule", "cause", "booked_on", "corrects"
        ),
        *LedgerCommand.objects.order_by("pk").values_list(
            "escrow", "key", "kind", "request", "digest", "booked_on", "posted_at"
        ),
        *MonthTurnover.objects.order_by("account").values_list("account", "month", "debit_fen"),
    ]  # fmt: skip


def test_both_ways_leave_the_same_behind(paid, active, monkeypatch):
    def several():
        move(active, "interest", 500, "a")
        move(active, "bank_fee", 3, "b")
        move(active, "interest_paid", 499, "c")
        return told(), held(active)

    point = transaction.savepoint()
    at_once = several()
    transaction.savepoint_rollback(point)
    monkeypatch.setattr(movements, "post_once", lambda *_args, **_more: None)
    assert several() == at_once
    assert list(verify_chain("510116")) == []


def test_the_chain_holds_after_many(paid, active):
    for number in range(5):
        move(active, "interest", 1 + number, f"k{number}", reference=f'"{number}" previous')
    assert list(verify_chain("510116")) == []
    assert held(active)["interest"] == 15


def test_the_same_key_again_is_the_same_command(paid, active):
    first = move(active)
    again = move(active)
    assert (again.command_id, again.repeated) == (first.command_id, True)
    assert Posting.objects.filter(rule="interest").count() == 1
    with pytest.raises(Refused) as refused:
        move(active, amount_fen=8)
    assert [one.code for one in refused.value.refusals] == ["ledger.key_reused"]


def test_one_fen_too_much_is_refused_with_its_reason_and_leaves_the_key_free(paid, active):
    move(active, "interest", 7, "a")
    with pytest.raises(Refused) as refused:
        move(active, "interest_paid", 8, "b")
    assert [one.code for one in refused.value.refusals] == ["ledger.not_enough"]
    assert not LedgerCommand.objects.filter(key="b").exists()
    move(active, "interest_paid", 7, "b")
    assert "interest" not in held(active)


def test_a_movement_asks_the_database_once(paid, active):
    if connection.vendor != "postgresql":
        return  # the plain path is the only one there
    move(active, "interest", 1, "warm")
    assert active.institution.division_id
    with CaptureQueriesContext(connection) as queries:
        move(active)
    assert [one["sql"][:22] for one in queries] == ["SELECT fees_post_once("]
    assert LedgerAccount.objects.get(escrow=active, kind="interest").balance_fen == 8
