"""A statement is taken once, its lines once, and of each only what may be kept."""

from __future__ import annotations

from datetime import date

import pytest

from fees.core.statements.mapping import Amounts, Layout
from fees.models import BankStatement, StatementLine, StatementMapping
from fees.services.statements import save_mapping, upload_statement
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.bank.conftest import FEE, INVOICE, PAYMENT, csv_of
from tests.fees.conftest import AT


def test_a_statement_is_read_in_a_job_and_keeps_no_person(read):
    statement = read(PAYMENT + "3200.00", FEE + "3194.50")
    assert (statement.state, statement.line_count, statement.known_count) == ("read", 2, 0)
    assert (statement.first_on, statement.last_on) == (date(2026, 9, 1), date(2026, 9, 3))
    assert (statement.opening_fen, statement.closing_fen) == (0, 3194_50)
    first, second = StatementLine.objects.all()
    assert (first.reference, first.direction, first.amount_fen) == ("B1", "in", 3200_00)
    assert (first.counterparty_shown, first.purpose) == ("李**", f"学费 {INVOICE}")
    assert (second.counterparty_shown, second.purpose) == ("城东农商银行", "手续费")
    events = Event.objects.filter(kind="statement.lines_read")
    assert [one.new for one in events] == [{"new": 2, "known": 0}]
    assert "李远" not in str(list(Event.objects.values_list("new", flat=True)))


def test_the_same_file_is_refused_a_second_time(read, active, mapping):
    data = csv_of(PAYMENT)
    read(data=data)
    with pytest.raises(Refused) as refused:
        upload_statement(
            escrow=active, file_name="x", data=data, mapping=mapping, actor=SYSTEM, at=AT
        )
    assert [one.code for one in refused.value.refusals] == ["statement.file_known"]
    assert (BankStatement.objects.count(), Job.objects.count()) == (1, 1)


def test_two_files_that_overlap_give_each_movement_once(read):
    read(PAYMENT, FEE)
    second = read(FEE, "2026-09-04,B3,王平,学费,100,,")
    assert (second.line_count, second.known_count) == (1, 1)
    assert StatementLine.objects.count() == 3


def test_two_equal_movements_are_two_and_again_known_in_the_next_file(read):
    row = "2026-09-04,,王平,学费,100,,"
    assert read(row, row).line_count == 2
    again = read(row, row, row)
    assert (again.line_count, again.known_count) == (1, 2)
    assert list(StatementLine.objects.values_list("ordinal", flat=True).order_by("pk")) == [1, 2, 3]


def test_a_file_that_cannot_be_read_says_where_and_may_come_again(read):
    statement = read("2026-09-01,B1,x,x,abc,,")
    assert statement.state == "unreadable"
    assert statement.problem == "第 2 行“收入”不是金额：abc"
    assert StatementLine.objects.count() == 0
    assert read(data=csv_of("2026-09-01,B1,x,x,abc,,"), name="again").state == "unreadable"


def test_a_statement_of_another_account_is_refused(active, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    data = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
        b"<Acct><Id><Othr><Id>62220000</Id></Othr></Id></Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd>"
        b'</CdOrPrtry></Tp><Amt Ccy="CNY">0</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal></Stmt>'
        b"</BkToCstmrStmt></Document>"
    )
    statement = upload_statement(
        escrow=active, file_name="x.xml", data=data, mapping=None, actor=SYSTEM, at=AT
    )
    run_here(statement.job)
    statement.refresh_from_db()
    assert (statement.state, statement.problem) == (
        "unreadable", "对账单的账号尾号是 **** 0000，不是这个监管账户。",
    )  # fmt: skip


def test_a_changed_mapping_is_a_new_version_and_statements_keep_theirs(read, mapping):
    statement = read(PAYMENT)
    layout = Layout(date="日期", amounts=Amounts.SIGNED, amount="金额")
    second = save_mapping(
        division="510116", name="城东农商银行", layout=layout, actor=SYSTEM, at=AT
    )
    assert (second.version, second.is_current) == (2, True)
    mapping.refresh_from_db()
    assert (mapping.is_current, statement.mapping_id) == (False, mapping.pk)
    with pytest.raises(Refused) as refused:
        save_mapping(
            division="510116", name=" ", layout=Layout(date="", amounts=Amounts.SIGNED),
            actor=SYSTEM, at=AT,
        )  # fmt: skip
    assert [one.code for one in refused.value.refusals] == [
        "statement.mapping_incomplete", "statement.mapping_incomplete", "statement.name_missing",
    ]  # fmt: skip
    assert StatementMapping.objects.count() == 2
