"""ledger.release: a run over 200,000 lessons in postings a second, against COPY of the same rows.

The product's run is `release_due`, chunk by chunk, each chunk committed: lessons locked and moved,
postings, balances, an audit event. The peer is one COPY, in one transaction, of equal rows into a
table with the same constraints, foreign keys, indexes and triggers as `fees_posting`.
"""

from __future__ import annotations

import io
import statistics

from django.db import connection, transaction

from benchmarks.ledger import GOALS
from benchmarks.ledger_ground import AT, DAY, supervised_account
from benchmarks.measuring import RUNS, Entry, seconds
from fees.models import EscrowAccount, LedgerAccount, LedgerCommand, Lesson
from fees.services.posting import open_ledger
from fees.services.release_runs import Ahead, release_due
from regulator.database import balances
from regulator.kernel.actors import SYSTEM
from tests.fees.ground import approved_class

LESSONS = 200_000
PER_CONTRACT = 50
LESSON_FEN = 80_00
GOAL = GOALS["ledger_release"]
_PEER = "bench_posting"
_GUARD = "FOR EACH {level} EXECUTE FUNCTION regulator_append_only()"
_COLUMNS = "command_id, position, debit_id, credit_id, amount_fen, rule, cause, booked_on"


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def ground() -> EscrowAccount:
    """Contracts enough for one run, and money set aside for all runs of product and peer."""
    escrow = supervised_account()
    filing = approved_class(escrow.institution, lesson_count=PER_CONTRACT)
    open_ledger(escrow)
    execute(
        "INSERT INTO fees_contract (public_id, number, pupil_name, pupil_index, pupil_shown,"
        " guardian_name, guardian_phone, phone_shown, consent_version, consented_on, delete_on,"
        " charging, means, lesson_count, gift_count, price_fen, list_price_fen, gift_terms,"
        " cooling_off_days, signed_on, starts_on, ends_on, escrow_id, filing_id, institution_id)"
        " SELECT gen_random_uuid(), 'HT-' || n, '', n::text, '', '', '', '', '1', %s, %s,"
        " 'lesson', 'transfer', %s, 0, %s, 0, 'free', 7, %s, %s, %s, %s, %s, %s"
        " FROM generate_series(1, %s) n",
        DAY, DAY, PER_CONTRACT * (RUNS + 1), LESSON_FEN * PER_CONTRACT, DAY, DAY, DAY,
        escrow.pk, filing.pk, escrow.institution_id, LESSONS // PER_CONTRACT,
    )  # fmt: skip
    command = LedgerCommand.objects.create(
        escrow=escrow, key="ground", kind="payment", digest="0" * 64, booked_on=DAY, posted_at=AT
    )
    bank, pending = (account(escrow, kind) for kind in ("bank", "pending"))
    execute(
        f"INSERT INTO fees_posting ({_COLUMNS})"  # noqa: S608  our own names alone
        " VALUES (%s, 1, %s, %s, %s, 'ground', 'x:1', %s)",
        command.pk, bank, pending, LESSONS * LESSON_FEN * (RUNS + 1) * 2, DAY,
    )  # fmt: skip
    return escrow


def account(escrow: EscrowAccount, kind: str) -> int:
    return LedgerAccount.objects.get(escrow=escrow, kind=kind).pk


def taught(run: int) -> None:
    """A run's lessons, taught and confirmed; made past the services, not measured."""
    execute(
        "INSERT INTO fees_lesson (public_id, number, taught_on, amount_fen, state, notice_count,"
        " contract_id) SELECT gen_random_uuid(), %s + n, %s, %s, 'confirmed', 0, c.id"
        " FROM fees_contract c, generate_series(1, %s) n",
        run * PER_CONTRACT, DAY, LESSON_FEN, PER_CONTRACT,
    )  # fmt: skip
    execute("ANALYZE fees_lesson, fees_contract")


def peer_table() -> None:
    """A copy of the postings' table with all that hangs on it."""
    execute(f"CREATE TABLE {_PEER} (LIKE fees_posting INCLUDING ALL)")
    for column, table in (
        ("command_id", "fees_ledgercommand"),
        ("debit_id", "fees_ledgeraccount"),
        ("credit_id", "fees_ledgeraccount"),
        ("corrects_id", _PEER),
    ):
        execute(
            f"ALTER TABLE {_PEER} ADD FOREIGN KEY ({column}) REFERENCES {table} (id)"
            " DEFERRABLE INITIALLY DEFERRED"
        )
    execute(f"CREATE TRIGGER g1 BEFORE UPDATE OR DELETE ON {_PEER} {_GUARD.format(level='ROW')}")
    execute(f"CREATE TRIGGER g2 BEFORE TRUNCATE ON {_PEER} {_GUARD.format(level='STATEMENT')}")
    for statement in balances.postgresql_statements(_PEER).values():
        execute(statement)


def release_all(escrow: EscrowAccount) -> None:
    after, ahead = 0, Ahead()
    while True:
        chunk = release_due(escrow=escrow, on=DAY, after=after, actor=SYSTEM, at=AT, ahead=ahead)
        if not chunk.lessons:
            return
        after = chunk.last


def rows_of(escrow: EscrowAccount, run: int) -> str:
    command = LedgerCommand.objects.create(
        escrow=escrow, key=f"peer-{run}", kind="peer", digest="0" * 64, booked_on=DAY, posted_at=AT
    ).pk
    pending, payable = account(escrow, "pending"), account(escrow, "payable")
    lessons = Lesson.objects.order_by("-pk").values_list("pk", flat=True)[:LESSONS]
    return "".join(
        f"{command}\t{n}\t{pending}\t{payable}\t{LESSON_FEN}\tlesson_release\tlesson:{pk}\t{DAY}\n"
        for n, pk in enumerate(lessons, start=1)
    )


def copy_in(rows: str) -> None:
    statement = f"COPY {_PEER} ({_COLUMNS}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        source = io.StringIO(rows)
        while block := source.read(1 << 16):
            copy.write(block)


def entries() -> list[Entry]:
    escrow = ground()
    peer_table()
    ours, theirs = [], []
    for run in range(RUNS + 1):
        taught(run)
        ours.append(seconds(lambda: release_all(escrow)))
        rows = rows_of(escrow, run)
        theirs.append(seconds(lambda rows=rows: copy_in(rows)))
    if Lesson.objects.exclude(state="released").exists():
        raise RuntimeError("lessons were left out")
    return [
        Entry(
            "ledger.release",
            LESSONS / statistics.median(ours[1:]),
            f"postings a second, {LESSONS:,} lessons",
            "COPY into an equal table",
            LESSONS / statistics.median(theirs[1:]),
            GOAL,
        )
    ]
