"""Bank statements: taken once, read line by line in a job, each movement known by its fingerprint.

The file is kept as it came, in the private storage. Of each line only what matching needs is kept:
no full name and no free text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from fees.core.statements.camt053 import read_camt053
from fees.core.statements.csv_reader import read_csv
from fees.core.statements.keeping import kept_purpose, shown_counterparty
from fees.core.statements.mapping import Layout, layout_refusals, read_layout
from fees.core.statements.shapes import BadStatement, BankLine, ParsedStatement, numbered
from fees.models import BankStatement, EscrowAccount, ReceiptReport, StatementLine, StatementMapping
from fees.services.contracts import require_keep
from fees.services.records import day_of, require_edit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

READING_JOB = "fees.read_statement"
_TITLE = gettext_noop("读入银行对账单")
NumberedLine = tuple[BankLine, int]


def save_mapping(
    *, division: str, name: str, layout: Layout, actor: Actor, at: datetime
) -> StatementMapping:
    """Keep how a bank's CSV is read; under a known name it is the next version. Raises Refused."""
    require(actor, Action.ESCROW_EDIT, Target(division=division))
    faults = list(layout_refusals(layout))
    if not name.strip():
        faults.append(Refusal("statement.name_missing"))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        same = StatementMapping.objects.select_for_update().filter(
            division=division, name=name.strip()
        )
        versions = [row.version for row in same]
        same.update(is_current=False)
        saved = StatementMapping.objects.create(
            division_id=division,
            name=name.strip(),
            version=max(versions, default=0) + 1,
            layout=layout.as_json(),
            saved_by=actor.name,
            saved_at=at,
        )
        append_event(
            division=division,
            actor=actor,
            kind="statement.mapping_saved",
            subject=Subject("statement_mapping", str(saved.public_id), str(saved)),
            new={"layout": saved.layout},
            occurred_at=at,
        )
    return saved


def upload_statement(
    *,
    escrow: EscrowAccount,
    file_name: str,
    data: bytes,
    mapping: StatementMapping | None,
    actor: Actor,
    at: datetime,
) -> BankStatement:
    """Keep a statement's file and queue its reading; without a mapping it has to be camt.053.

    Raises Refused where the same file of the account was taken before.
    """
    require_edit(actor, escrow.institution)
    sha256 = store_bytes(data)
    with transaction.atomic():
        EscrowAccount.objects.select_for_update().get(pk=escrow.pk)
        same = BankStatement.objects.filter(escrow=escrow, file_sha256=sha256)
        known = same.exclude(state="unreadable").first()
        if known is not None:
            params = {"day": day_of(known.uploaded_at).isoformat()}
            raise Refused(Refusal("statement.file_known", params))
        statement = BankStatement.objects.create(
            escrow=escrow,
            format="csv" if mapping else "camt053",
            mapping=mapping,
            file_name=file_name[-200:],
            file_sha256=sha256,
            uploaded_by=actor.name,
            uploaded_at=at,
        )
        statement.job = enqueue(
            kind=READING_JOB,
            division=escrow.institution.division_id,
            params={"statement": statement.pk},
            actor=actor,
            at=at,
            title=_TITLE,
            page=f"/desk/bank/statements/{statement.public_id}/",
        )
        statement.save(update_fields=["job"])
        _tell(statement, "statement.uploaded", {"file_sha256": sha256}, actor, at)
    return statement


def parse_statement(statement: BankStatement, data: bytes) -> ParsedStatement:
    """The file as its format and mapping read it. Raises BadStatement, which names the place."""
    if statement.mapping is None:
        found = read_camt053(data)
    else:
        found = read_csv(data, read_layout(statement.mapping.layout))
    last_four = statement.escrow.last_four
    if found.account and last_four and not found.account.endswith(last_four):
        raise BadStatement("other_account", value=f"**** {found.account[-4:]}")
    return found


def numbered_lines(parsed: ParsedStatement) -> list[NumberedLine]:
    """Each movement with its place among equal ones of the file."""
    return numbered(parsed.lines)


def keep_lines(
    *,
    statement: BankStatement,
    lines: Sequence[NumberedLine],
    first_position: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep a chunk of movements, those that another file brought left out; how many were new.

    Called inside the job's own chunk; the account is locked, so that two files do not race.
    """
    EscrowAccount.objects.select_for_update().get(pk=statement.escrow_id)
    prints = [line.fingerprint for line, _ordinal in lines]
    known = set(
        StatementLine.objects.filter(
            escrow=statement.escrow_id, fingerprint__in=prints
        ).values_list("fingerprint", "ordinal")
    )
    new = [
        _row(statement, line, ordinal, position)
        for position, (line, ordinal) in enumerate(lines, start=first_position)
        if (line.fingerprint, ordinal) not in known
    ]
    StatementLine.objects.bulk_create(new, batch_size=500)
    statement.refresh_from_db(fields=["line_count", "known_count"])
    statement.line_count += len(new)
    statement.known_count += len(lines) - len(new)
    statement.save(update_fields=["line_count", "known_count"])
    append_event(
        division=statement.escrow.institution.division_id,
        actor=actor,
        kind="statement.lines_read",
        subject=statement_subject(statement),
        new={"new": len(new), "known": len(lines) - len(new)},
        row_count=max(1, len(new)),
        rows_digest=canonical_digest([[row.fingerprint, row.ordinal] for row in new]),
        occurred_at=at,
    )
    return len(new)


def finish_reading(
    *, statement: BankStatement, parsed: ParsedStatement, actor: Actor, at: datetime
) -> None:
    """Mark a statement as read, with its days and balances; inside the job's last transaction."""
    EscrowAccount.objects.select_for_update().get(pk=statement.escrow_id)
    days = parsed.days
    statement.state = "read"
    statement.first_on, statement.last_on = days if days else (None, None)
    statement.opening_fen, statement.closing_fen = parsed.opening_fen, parsed.closing_fen
    statement.save(update_fields=["state", "first_on", "last_on", "opening_fen", "closing_fen"])
    new = {
        "lines": statement.line_count,
        "known": statement.known_count,
        "opening_fen": parsed.opening_fen,
        "closing_fen": parsed.closing_fen,
    }
    _tell(statement, "statement.read", new, actor, at)


def refuse_statement(*, statement: BankStatement, problem: str, actor: Actor, at: datetime) -> None:
    """Mark a statement as unreadable, with the one clear reason; inside the job's transaction."""
    statement.state, statement.problem = "unreadable", problem
    statement.save(update_fields=["state", "problem"])
    _tell(statement, "statement.unreadable", {"problem": problem}, actor, at)


def report_receipts(
    *,
    escrow: EscrowAccount,
    day: date,
    receipt_count: int,
    amount_fen: int,
    actor: Actor,
    at: datetime,
) -> ReceiptReport:
    """Keep what the institution says it took in on a day; a later report replaces an earlier one.

    Raises Refused.
    """
    require_keep(actor, escrow.institution)
    faults = []
    if day > day_of(at):
        faults.append(Refusal("statement.day_in_future", {"day": day.isoformat()}))
    if receipt_count < 0 or amount_fen < 0:
        faults.append(Refusal("statement.count_unreadable"))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        report = ReceiptReport.objects.create(
            escrow=escrow,
            day=day,
            receipt_count=receipt_count,
            amount_fen=amount_fen,
            reported_by=actor.name,
            reported_at=at,
        )
        append_event(
            division=escrow.institution.division_id,
            actor=actor,
            kind="statement.report_given",
            subject=Subject("escrow_account", str(escrow.public_id), escrow.institution.name),
            new={"day": day, "count": receipt_count, "amount_fen": amount_fen},
            occurred_at=at,
        )
    return report


def statement_subject(statement: BankStatement) -> Subject:
    """How the chain names a statement."""
    return Subject("bank_statement", str(statement.public_id), statement.file_name)


def _row(statement: BankStatement, line: BankLine, ordinal: int, position: int) -> StatementLine:
    return StatementLine(
        statement=statement,
        escrow_id=statement.escrow_id,
        position=position,
        value_on=line.value_on,
        direction=line.direction.value,
        amount_fen=line.amount_fen,
        reference=line.reference[:80],
        counterparty_shown=shown_counterparty(line.counterparty),
        purpose=kept_purpose(line.purpose),
        fingerprint=line.fingerprint,
        ordinal=ordinal,
    )


def _tell(
    statement: BankStatement, kind: str, new: Mapping[str, object], actor: Actor, at: datetime
) -> None:
    append_event(
        division=statement.escrow.institution.division_id,
        actor=actor,
        kind=kind,
        subject=statement_subject(statement),
        new=new,
        occurred_at=at,
    )
