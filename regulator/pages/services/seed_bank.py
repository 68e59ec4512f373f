"""The fictional bank: statements of two accounts with a few differences, attendance, one run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fees.core.statements.mapping import Amounts, Layout
from fees.models import EscrowAccount, Posting, StatementMapping
from fees.selectors.accounts import accounts_of
from fees.selectors.bank import unmatched_postings
from fees.services.attendance import MarkDraft, record_attendance
from fees.services.release_jobs import ask_for_release
from fees.services.statements import report_receipts, save_mapping, upload_statement
from regulator.jobs.services import run_here
from regulator.kernel.actors import Actor
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refused
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_ACCOUNTS = 2
_LAYOUT = Layout(
    date="交易日期",
    amounts=Amounts.TWO_COLUMNS,
    incoming="收入",
    outgoing="支出",
    reference="流水号",
    counterparty="对方户名",
    purpose="摘要",
)
_HEADERS = ("交易日期", "流水号", "对方户名", "摘要", "收入", "支出")
_ONE_DAY = timedelta(days=1)


def seed_bank(seeded: Iterable[Seeded], *, staff: Staff, today: date) -> int:
    """Statements of the accounts that hold contracts; returns how many were read."""
    supervisor = staff.actor("fee_supervisor")
    mapping, read = None, 0
    for one in seeded:
        escrow = accounts_of(one.institution).filter(contracts__isnull=False).first()
        if escrow is None:
            continue
        if mapping is None:
            mapping = save_mapping(
                division=one.institution.division_id,
                name=escrow.bank_name,
                layout=_LAYOUT,
                actor=supervisor,
                at=moment(today),
            )
            _run(escrow, supervisor, today)
        _teach_today(escrow, supervisor, today)
        read += _state(escrow, mapping, supervisor, today)
        if read == _ACCOUNTS:
            break
    return read


def _run(escrow: EscrowAccount, supervisor: Actor, today: date) -> None:
    """One run over the whole district: what is due goes, what stays is told by its reason."""
    division = escrow.institution.division_id
    run = ask_for_release(division=division, on=today, actor=supervisor, at=moment(today))
    if run.job is not None:
        run_here(run.job)


def _teach_today(escrow: EscrowAccount, supervisor: Actor, today: date) -> None:
    """A class's attendance: all there but the last pupil."""
    open_contracts = escrow.contracts.filter(closed_on=None).select_related("filing")
    contracts = list(open_contracts.order_by("number"))
    if not contracts:
        return
    filing = contracts[0].filing
    marks = [MarkDraft(one.number, "出勤") for one in contracts if one.filing_id == filing.pk]
    marks[-1] = MarkDraft(marks[-1].contract_number, "缺勤")
    try:
        record_attendance(
            filing=filing,
            taught_on=min(today, filing.ends_on),
            marks=marks,
            actor=supervisor,
            at=moment(today),
        )
    except Refused:  # a class that is not approved any more
        return


def _state(escrow: EscrowAccount, mapping: StatementMapping, supervisor: Actor, today: date) -> int:
    """The bank's view: a posting it does not know, another amount, and a fee of its own."""
    postings = unmatched_postings(escrow, before=today + _ONE_DAY)
    if len(postings) < 3:
        return 0
    rows = [_row(one) for one in postings[1:]]
    rows[0] = _row(postings[1], wrong_fen=1_00)
    rows.append([today.isoformat(), f"S{escrow.pk:08d}", escrow.bank_name, "手续费", "", "12.50"])
    text = "\n".join(",".join(row) for row in [list(_HEADERS), *sorted(rows)])
    statement = upload_statement(
        escrow=escrow,
        file_name=f"{escrow.last_four}对账单.csv",
        data=text.encode(),
        mapping=mapping,
        actor=supervisor,
        at=moment(today),
    )
    first = min(one.booked_on for one in postings)
    _report(escrow, [one for one in postings if one.booked_on == first], supervisor, today)
    if statement.job is not None:
        run_here(statement.job)
    return 1


def _row(posting: Posting, wrong_fen: int = 0) -> list[str]:
    request = posting.command.request
    told = str(request.get("invoice") or request.get("reference") or f"Z{posting.pk:08d}")
    amount = format_yuan(posting.amount_fen + wrong_fen).replace(",", "")
    sides = [amount, ""] if posting.debit.kind == "bank" else ["", amount]
    word = "学费" if posting.rule == "payment" else "划款"
    return [posting.booked_on.isoformat(), f"B{posting.pk:08d}", "", f"{word} {told}", *sides]


def _report(escrow: EscrowAccount, postings: list[Posting], supervisor: Actor, today: date) -> None:
    """The institution reported all payments of the first day, whatever the bank says."""
    paid = [one for one in postings if one.rule == "payment"]
    if paid:
        report_receipts(
            escrow=escrow,
            day=paid[0].booked_on,
            receipt_count=len(paid),
            amount_fen=sum(one.amount_fen for one in paid),
            actor=supervisor,
            at=moment(today),
        )
