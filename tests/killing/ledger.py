"""Lessons to release and a statement to read, many enough to be killed in the middle."""

from __future__ import annotations

from datetime import UTC, date, datetime

from fees.core.statements.mapping import Amounts, Layout
from fees.models import (
    BankStatement,
    Contract,
    EscrowAccount,
    LedgerAccount,
    LedgerCommand,
    Lesson,
    Posting,
    ReleaseRun,
)
from fees.services.release_jobs import ask_for_release
from fees.services.statements import save_mapping, upload_statement
from institutions.models import Filing
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.district import DIVISION
from tests.fees.ground import active_account, approved_class
from tests.killing.harness import lose_messages

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
DAY = date(2026, 11, 2)
LESSON_FEN = 80_00
PER_CONTRACT = 50


def run_of(lessons: int) -> ReleaseRun:
    """A run over so many lessons of two accounts: every seventh is objected to."""
    for number, name in enumerate(("青禾培训中心", "远山培训学校")):
        with unaudited():
            _taught(active_account(on=DAY, name=name), lessons // 2, number)
    lose_messages()
    return ask_for_release(division=DIVISION, on=DAY, actor=SYSTEM, at=AT)


def _taught(escrow: EscrowAccount, lessons: int, number: int) -> None:
    filing = approved_class(escrow.institution, number, lesson_count=PER_CONTRACT)
    contracts = Contract.objects.bulk_create(
        contract_of(escrow, filing, place) for place in range(-(-lessons // PER_CONTRACT))
    )
    Lesson.objects.bulk_create(
        Lesson(
            contract=contracts[place // PER_CONTRACT],
            number=place % PER_CONTRACT + 1,
            taught_on=date(2026, 9, 12 + place % 3),
            amount_fen=LESSON_FEN,
            state="held" if place % 7 == 0 else "confirmed",
        )
        for place in range(lessons)
    )
    command = LedgerCommand.objects.create(
        escrow=escrow, key=f"ground-{number}", kind="ground", digest="0" * 64, booked_on=DAY,
        posted_at=AT,
    )  # fmt: skip
    account = {row.kind: row for row in LedgerAccount.objects.filter(escrow=escrow)}
    Posting.objects.create(
        command=command, position=1, debit=account["bank"], credit=account["pending"],
        amount_fen=lessons * LESSON_FEN, rule="ground", cause=f"account:{number}", booked_on=DAY,
    )  # fmt: skip


def contract_of(escrow: EscrowAccount, filing: Filing, place: int) -> Contract:
    """One of the class's contracts, not yet stored."""
    return Contract(
        institution=escrow.institution,
        escrow=escrow,
        filing=filing,
        number=f"HT-{filing.number}-{place}",
        consent_version="1",
        consented_on=DAY,
        delete_on=DAY,
        charging="lesson",
        lesson_count=PER_CONTRACT,
        price_fen=PER_CONTRACT * LESSON_FEN,
        signed_on=DAY,
        starts_on=filing.starts_on,
        ends_on=filing.ends_on,
    )


def statement_of(lines: int) -> BankStatement:
    """A statement of so many movements, its reading not yet begun; every tenth is there twice."""
    escrow = active_account(on=DAY)
    layout = Layout(
        date="日期", amounts=Amounts.SIGNED, amount="金额", reference="流水号", purpose="摘要"
    )
    mapping = save_mapping(division=DIVISION, name="银行", layout=layout, actor=SYSTEM, at=AT)
    rows = ["日期,金额,流水号,摘要"]
    for number in range(lines):
        told = number - number % 10 if number % 10 == 1 else number
        rows.append(f"2026-10-{1 + told // 10 % 28:02d},{100 + told % 7}.00,R-{told},学费")
    lose_messages()
    return upload_statement(
        escrow=escrow, file_name="十月.csv", data="\n".join(rows).encode(), mapping=mapping,
        actor=SYSTEM, at=AT,
    )  # fmt: skip
