"""What the database itself refuses: a line, a match, a note, a report, a mark changed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from fees.models import AttendanceMark, LineMatch, StatementLine
from fees.services.attendance import MarkDraft, record_attendance
from fees.services.bank_matching import compare_account, resolve_difference
from fees.services.statements import report_receipts
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.fees.bank.conftest import PAYMENT
from tests.fees.conftest import AT

TABLES = {
    "fees_statementline": "amount_fen = amount_fen + 1",
    "fees_linematch": "how = 'many'",
    "fees_differencenote": "reason = 'x'",
    "fees_receiptreport": "amount_fen = 1",
    "fees_attendancemark": "mark = 'absent', lesson_id = NULL",
}


def execute(sql: str, *values: object) -> None:
    with unaudited(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def filled(paid, filing, active, read):
    """A row in each of the tables."""
    read(PAYMENT)
    difference = active.differences.get(code="report_missing")
    resolve_difference(difference=difference, reason="已说明", actor=SYSTEM, at=AT)
    report_receipts(
        escrow=active, day=date(2026, 9, 1), receipt_count=1, amount_fen=5, actor=SYSTEM, at=AT
    )
    compare_account(escrow=active, actor=SYSTEM, at=AT)
    record_attendance(
        filing=filing, taught_on=date(2026, 9, 12), marks=[MarkDraft("HT-1", "出勤")],
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    return active


def rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608  our own names alone
        return list(cursor.fetchall())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_row_is_neither_changed_nor_deleted(filled, table):
    before = rows(table)
    assert before
    for sql in (f"UPDATE {table} SET {TABLES[table]}", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError):
            execute(sql)
    assert rows(table) == before


def test_a_movement_is_there_once_an_account(filled):
    line = StatementLine.objects.get()
    copy = StatementLine.objects.get()
    copy.pk, copy.position = None, 9
    copy.public_id = "0192d000-0000-7000-8000-000000000000"
    with pytest.raises(DatabaseError), unaudited(), transaction.atomic():
        StatementLine.objects.bulk_create([copy])
    assert list(StatementLine.objects.values_list("pk", flat=True)) == [line.pk]


def test_a_line_of_nothing_and_a_second_match_are_refused(filled):
    match, line = LineMatch.objects.get(), StatementLine.objects.get()
    again = LineMatch(line=line, posting=match.posting, how="many", matched_by="x", matched_at=AT)
    with pytest.raises(DatabaseError), unaudited(), transaction.atomic():
        LineMatch.objects.bulk_create([again])
    line.pk, line.position, line.fingerprint, line.amount_fen = None, 9, "f" * 64, 0
    line.public_id = "0192d000-0000-7000-8000-000000000001"
    with pytest.raises(DatabaseError), unaudited(), transaction.atomic():
        StatementLine.objects.bulk_create([line])
    assert (LineMatch.objects.count(), StatementLine.objects.count()) == (1, 1)


def test_only_who_was_there_has_a_lesson(filled):
    mark = AttendanceMark.objects.get()
    row = AttendanceMark(
        sheet=mark.sheet, contract=mark.contract, mark="absent", lesson=mark.lesson
    )
    with pytest.raises(DatabaseError), unaudited(), transaction.atomic():
        AttendanceMark.objects.bulk_create([row])
    assert AttendanceMark.objects.count() == 1
