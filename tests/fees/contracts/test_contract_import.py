"""Rows of a list: entered as single contracts are, refused with every reason, never overwriting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fees.models import Contract, ContractUpload, LedgerAccount, RefusedSale
from fees.resources.contract_reader import read_contracts
from fees.services.contract_uploads import (
    KEPT_DAYS,
    erase_due_uploads,
    hand_back_rows,
    opened_table,
    try_again,
)
from fees.services.sales import enter_contract
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.conftest import AT
from tests.fees.contracts.conftest import NAMES, row, sheet_of, uploaded
from tests.fees.ledger.conftest import draft_of


def ran(escrow, rows, **more) -> ContractUpload:
    upload = uploaded(escrow, sheet_of(rows), **more)
    run_here(upload.job)
    upload.refresh_from_db()
    assert upload.job.state == "done"
    return upload


def outcomes(upload) -> list[tuple[int, str, list[str]]]:
    return [
        (one.row_number, one.outcome, [reason[0] for reason in one.reasons])
        for one in upload.rows.all()
    ]


def test_good_rows_go_in_and_bad_ones_come_back_with_every_reason(active, filing):
    upload = ran(
        active,
        [
            row(filing, "HT-1"),
            row(filing, "HT-2", 缴费方式="分期或贷款", 赠课="21"),
            row(filing, "HT-3", 班级备案号="BA-X"),
            row(filing, "HT-4", 同意书版本="", 同意日期="2099-01-01"),
            row(filing, "HT-5", 总价="x", 收费方式="y", 班级备案号="BA-X", 同意日期=""),
            row(filing, "HT-6", 监护人手机="123"),
        ],
    )
    assert outcomes(upload) == [
        (2, "added", []),
        (3, "refused", ["sale.training_loan", "sale.too_many_lessons"]),
        (4, "refused", ["contract_row.class_unknown"]),
        (5, "refused", ["contract.consent_missing"]),
        (
            6,
            "refused",
            [
                "contract_row.money",
                "contract_row.word",
                "contract.consent_missing",
                "contract_row.class_unknown",
            ],
        ),
        (7, "refused", ["contract.phone_unreadable"]),
    ]
    made = Contract.objects.get()
    assert (made.number, made.price_fen, made.means, made.escrow) == (
        "HT-1", 3200_00, "mobile", active,
    )  # fmt: skip
    assert (made.consent_version, made.consented_on) == ("2026-1", date(2026, 8, 30))
    assert LedgerAccount.objects.filter(contract=made, kind="contract").count() == 1
    assert RefusedSale.objects.get().by_loan


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"购买课时": "61", "总价": "100"}, "sale.too_many_lessons"),
        ({"总价": "3200.01"}, "sale.above_filed_price"),
        ({"总价": "0"}, "ledger.amount_unreadable"),
        ({"签订日期": "2026-08-09"}, "sale.charged_too_early"),
        ({"缴费方式": "先学后付"}, "sale.after_means"),
        ({"购买课时": "0"}, "contract.lessons_unreadable"),
    ],
)
def test_a_row_passes_the_same_limits_as_a_single_contract(active, filing, changed, code):
    upload = ran(active, [row(filing, "HT-1", **changed)])
    assert code in outcomes(upload)[0][2]
    assert Contract.objects.count() == 0


def test_lessons_of_rows_above_count_for_the_same_pupil(active, filing):
    same = {"学员姓名": "周小满", "购买课时": "31", "总价": "2480"}
    upload = ran(active, [row(filing, "HT-1", **same), row(filing, "HT-2", **same)])
    assert [one[2] for one in outcomes(upload)] == [[], ["sale.too_many_lessons"]]


def test_an_account_that_is_held_and_a_class_not_approved_are_reasons_too(active, filing):
    with unaudited():
        type(active).objects.filter(pk=active.pk).update(
            state="held", held_on=date(2026, 10, 1), hold_clause="第九条"
        )
        type(filing).objects.update(state="withdrawn")
    upload = ran(active, [row(filing, "HT-1")])
    assert outcomes(upload)[0][2] == ["escrow.held", "sale.class_not_approved"]


def test_a_class_is_known_by_its_name_where_only_one_has_it(active, filing):
    upload = ran(active, [row(filing, "HT-1", 班级备案号="五年级数学 2026秋")])
    assert outcomes(upload) == [(2, "added", [])]


def test_the_same_contract_again_is_told_and_another_is_a_conflict_nothing_is_overwritten(
    active, filing
):
    ran(active, [row(filing, "HT-1")])
    before = Contract.objects.values().get()
    upload = ran(
        active,
        [
            row(filing, "HT-1"),
            row(filing, "HT-1", 总价="3000"),
            row(filing, "HT-1", 监护人姓名="吴明"),
        ],
    )
    assert outcomes(upload) == [
        (2, "kept", []),
        (3, "conflict", ["contract_row.differs"]),
        (4, "conflict", ["contract_row.other_people"]),
    ]
    assert upload.rows.get(row_number=3).reasons[0][1]["differences"] == "总价 3,200.00 → 3,000.00"
    assert Contract.objects.values().get() == before


def test_the_same_file_twice_is_recognised(active, filing):
    data = sheet_of([row(filing, "HT-1")])
    first = uploaded(active, data)
    assert uploaded(active, data) == first
    assert (ContractUpload.objects.count(), Job.objects.count()) == (1, 1)


def test_rows_that_came_back_are_tried_again_against_what_is_so_now(active, filing):
    with unaudited():
        type(filing).objects.update(state="submitted")
    upload = ran(active, [row(filing, "HT-1"), row(filing, "HT-2", 总价="x")])
    with unaudited():
        type(filing).objects.update(state="approved")
    again = try_again(upload, actor=SYSTEM, at=AT)
    run_here(again.job)
    assert [one[:2] for one in outcomes(upload)] == [(2, "added"), (3, "refused")]
    assert again.attempt == 2
    assert Contract.objects.count() == 1


def test_a_refused_sale_is_on_record_once_however_often_it_is_tried(active, filing):
    upload = ran(active, [row(filing, "HT-1", 缴费方式="分期或贷款")])
    run_here(try_again(upload, actor=SYSTEM, at=AT).job)
    assert RefusedSale.objects.count() == 1


def test_names_stand_sealed_and_nowhere_else(active, filing, files):
    upload = ran(active, [row(filing, "HT-1"), row(filing, "HT-2", 总价="x")])
    made = Contract.objects.get()
    assert (made.pupil_shown, made.phone_shown) == ("周**", "139******78")
    told = [f"{one.subject_label}{one.old}{one.new}{one.reason}" for one in Event.objects.all()]
    kept = [str(one) for one in ContractUpload.objects.values()]
    kept += [str(one) for one in upload.rows.values()]
    kept += [str(one) for one in Job.objects.values()]
    stored = [path.read_bytes() for path in files.rglob("*") if path.is_file()]
    assert stored
    for name in NAMES:
        assert not [text for text in (*told, *kept) if name in text]
        assert not [data for data in stored if name.encode() in data]


def test_rows_go_back_in_the_institutions_order_and_the_look_is_on_record(active, filing):
    bad = row(filing, "HT-2", 总价="x")
    upload = ran(active, [row(filing, "HT-1"), bad])
    table, rows = hand_back_rows(upload, actor=SYSTEM, at=AT)
    assert [dict(zip(table.headers, cells, strict=True)) for cells, _reasons in rows] == [bad]
    assert Event.objects.filter(kind="contracts.rows_handed_back").count() == 1


def test_the_sealed_list_is_erased_after_its_days(active, filing):
    upload = ran(active, [row(filing, "HT-1", 总价="x")])
    day = timedelta(days=1)
    assert erase_due_uploads(at=AT + (KEPT_DAYS - 1) * day) == 0
    assert erase_due_uploads(at=AT + KEPT_DAYS * day) == 1
    assert erase_due_uploads(at=AT + KEPT_DAYS * day) == 0
    upload.refresh_from_db()
    with pytest.raises(Refused):
        opened_table(upload)
    with pytest.raises(Refused):
        try_again(upload, actor=SYSTEM, at=AT)
    assert Event.objects.get(kind="contracts.upload_erased").actor_name == SYSTEM.name


def test_another_institutions_person_may_not_hand_in_a_list(active, filing, make_actor):
    stranger = make_actor("institution_manager", institution="0" * 32)
    with pytest.raises(Refused):
        uploaded(active, sheet_of([row(filing, "HT-1")]), actor=stranger)
    assert (ContractUpload.objects.count(), Job.objects.count()) == (0, 0)


def test_a_row_equals_a_contract_entered_by_hand(active, filing):
    hand = draft_of(
        filing, "HT-9", pupil_name="周小满HT-9", guardian_name="周平安",
        guardian_phone="13912345678", means="mobile",
    )  # fmt: skip
    enter_contract(escrow=active, draft=hand, actor=SYSTEM, at=AT)
    assert [one[1] for one in outcomes(ran(active, [row(filing, "HT-9")]))] == ["kept"]


def test_our_template_reads_back_as_it_was_filled_in(filing):
    table = read_contracts(sheet_of([row(filing, "HT-1")]), file_name="x.xlsx")
    assert (table.is_ours, len(table.rows)) == (True, 1)
