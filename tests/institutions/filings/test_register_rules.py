"""The rules of the register on real rows: asked at upload, at submission and at approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from institutions.core.screening.form import read_row
from institutions.core.screening.rows import HEADERS, FilingRow, RawRow
from institutions.models import Filing, FilingUpload, Institution
from institutions.selectors.filings_findings import finding_views
from institutions.selectors.filings_register import (
    certificate_indexes,
    kept_hours,
    register_facts,
)
from institutions.selectors.filings_register_facts import hours_by_day
from institutions.services.changes import change_operating_status
from institutions.services.filings_review import approve_filing, approve_filings, return_filing
from institutions.services.filings_submission import resubmit_filing, submit_rows
from institutions.services.filings_upload import correct_row, upload_filings
from institutions.services.staff import record_staff_members
from institutions.services.staff_records import CertificateDraft, StaffDraft
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.kernel.workdays import WorkdayTable
from tests.institutions.filings.conftest import ADDRESS, AT, SUBJECT_ROW, Upload, registered
from tests.institutions.filings.workbooks import good_row, workbook

SPAN = (date(2026, 5, 1), date(2026, 6, 30))
OTHER_NUMBER = "151011680000711"
OTHER_ADDRESS = "成都市双流区西航港街道锦华路8号"
# Rows of a workbook have teachers of their own; this is the first row's.
SAME_TEACHER = {"授课教师": "龙老师", "资格证书号": "20145164179338409"}
EVENING = SUBJECT_ROW | SAME_TEACHER | {"班级名称": "小学四年级数学晚班", "上课时间": "19:00-20:30"}

_SOON = {"开班日期": "2026-04-07", "结课日期": "2026-04-28", "收费日期": "2026-04-01"}


def rules(kept: Any) -> list[tuple[str, str]]:
    return [(one["rule"], one["outcome"]) for one in kept.findings]


def pause(institution: Institution) -> None:
    change_operating_status(
        institution=institution,
        status="paused",
        on=date(2026, 3, 2),
        reason="重新登记",
        actor=SYSTEM,
        at=AT,
    )


def filed(made: FilingUpload, manager: Actor) -> Filing:
    return submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]


def other_upload(row: dict[str, Any], make_actor: Callable[..., Actor]) -> FilingUpload:
    """The same district's other institution hands in a row."""
    other = registered("小树教育培训中心", OTHER_NUMBER)
    actor = make_actor("institution_manager", institution=other.public_id)
    data = workbook([good_row(**{"机构许可证号": OTHER_NUMBER} | row)])
    made = upload_filings(institution=other, file_name="春.xlsx", data=data, actor=actor, at=AT)
    run_here(made.job)
    return made


def test_a_class_of_an_institution_in_order_has_no_finding(upload: Upload) -> None:
    assert rules(upload(SUBJECT_ROW).rows.get()) == []


def test_what_the_register_says_against_a_row_is_found_at_the_upload(upload: Upload) -> None:
    place, near, soon = upload(
        SUBJECT_ROW | {"授课地点": OTHER_ADDRESS},
        SUBJECT_ROW | {"授课地点": "成都市双流区东升街道长江路1号5楼"},
        SUBJECT_ROW | _SOON,
    ).rows.all()
    assert rules(place) == [("SITE-UNLICENSED", "breach")]
    assert place.outcome == "flagged"
    assert rules(near) == [("SITE-UNLICENSED", "undetermined")]
    assert near.outcome == "clear"
    assert rules(soon) == [("FILING-LATE", "undetermined")]


def test_one_teacher_in_two_rows_of_a_workbook_is_found_at_the_second(upload: Upload) -> None:
    first, second = upload(SUBJECT_ROW, EVENING).rows.all()
    assert rules(first) == []
    assert rules(second) == [("STAFF-DOUBLE", "undetermined")]
    assert second.findings[0]["params"]["label"] == "小学四年级数学培训班（第2行）"


def test_one_teacher_in_two_institutions_is_found_and_the_other_not_named(
    upload: Upload, manager: Actor, institution: Institution, make_actor: Callable[..., Actor]
) -> None:
    mine = filed(upload(SUBJECT_ROW), manager)
    row = other_upload(SUBJECT_ROW, make_actor).rows.get()
    assert rules(row) == [("STAFF-DOUBLE", "breach")]
    finding = finding_views(row)[0]
    assert "另一家机构" in finding.message
    said = str(row.findings) + finding.message + finding.remedy
    assert institution.name not in said
    assert mine.number not in said
    mine.refresh_from_db()
    assert rules(mine) == []


def test_a_namesake_with_another_certificate_is_told_apart_by_the_staff_list(
    upload: Upload, manager: Actor, institution: Institution
) -> None:
    filed(upload(SUBJECT_ROW), manager)
    namesake = EVENING | {"资格证书号": "20145164179330002"}
    assert rules(upload(namesake).rows.get()) == [("STAFF-DOUBLE", "undetermined")]
    people = [
        StaffDraft(
            name="龙老师",
            kind="teaching",
            employment="full_time",
            certificates=[CertificateDraft("teacher", number, "小学数学", date(2014, 6, 1))],
        )
        for number in ("20145164179338409", "20145164179330002")
    ]
    record_staff_members(institution=institution, drafts=people, actor=SYSTEM, at=AT)
    assert rules(upload(namesake).rows.get()) == []


def test_what_became_wrong_since_the_upload_comes_back_at_the_submission(
    upload: Upload, manager: Actor, institution: Institution
) -> None:
    made = upload(SUBJECT_ROW)
    pause(institution)
    done = submit_rows(upload=made, row_ids=None, actor=manager, at=AT)
    assert [one.code for one in done.refused[0].refusals] == ["filing.statement_missing"]
    assert (done.filings, Filing.objects.count()) == ((), 0)
    row = made.rows.get()
    assert (row.outcome, rules(row)) == ("flagged", [("LICENCE-STATE", "breach")])


def test_rows_handed_in_together_are_judged_in_their_order(
    upload: Upload, manager: Actor, institution: Institution
) -> None:
    crowded = SUBJECT_ROW | {"班额": 150, "收费总额": 700}
    first = upload(crowded).rows.get()
    second = upload(EVENING | crowded | {"班级名称": "小学四年级数学二班"}).rows.get()
    assert rules(first) == rules(second) == []
    submit_rows(upload=first.upload, row_ids=[first.pk], actor=manager, at=AT)
    done = submit_rows(upload=second.upload, row_ids=[second.pk], actor=manager, at=AT)
    assert [one.params["rule"] for one in done.refused[0].refusals] == ["ROOM-SIZE"]
    second.refresh_from_db()
    assert second.findings[-1]["params"]["pupils"] == 300


def test_an_approval_asks_the_register_again_and_keeps_what_it_found(
    upload: Upload, manager: Actor, reviewer: Actor, institution: Institution
) -> None:
    filing = filed(upload(SUBJECT_ROW), manager)
    pause(institution)
    with pytest.raises(Refused) as refused:
        approve_filing(filing=filing, actor=reviewer, at=AT)
    assert [one.params["rule"] for one in refused.value.refusals] == ["LICENCE-STATE"]
    filing.refresh_from_db()
    assert (filing.state, filing.outcome, filing.breach_count) == ("submitted", "flagged", 1)
    event = Event.objects.get(kind="filing.register_judged")
    assert (event.old["breaches"], event.new["breaches"]) == ([], ["LICENCE-STATE"])
    with pytest.raises(Refused):
        approve_filing(filing=filing, actor=reviewer, at=AT)
    assert Event.objects.filter(kind="filing.register_judged").count() == 1


def test_many_approved_together_are_asked_about_too(
    upload: Upload, manager: Actor, reviewer: Actor, institution: Institution
) -> None:
    filing = filed(upload(SUBJECT_ROW), manager)
    pause(institution)
    done = approve_filings(filing_ids=[filing.pk], division="510116", actor=reviewer, at=AT)
    assert [one.refusals[0].code for one in done.refused] == ["filing.has_findings"]
    assert done.approved == ()


def test_who_may_not_approve_changes_no_finding(
    upload: Upload, manager: Actor, institution: Institution, make_actor: Callable[..., Actor]
) -> None:
    filing = filed(upload(SUBJECT_ROW), manager)
    pause(institution)
    with pytest.raises(Refused):
        approve_filing(filing=filing, actor=make_actor("licensing_officer"), at=AT)
    filing.refresh_from_db()
    assert rules(filing) == []
    assert not Event.objects.filter(kind="filing.register_judged").exists()


def test_a_corrected_row_is_judged_beside_the_classes_that_are_filed(
    upload: Upload, manager: Actor
) -> None:
    filed(upload(SUBJECT_ROW), manager)
    made = upload(EVENING | {"授课地点": OTHER_ADDRESS})
    row = made.rows.get()
    assert rules(row) == [("SITE-UNLICENSED", "breach"), ("STAFF-DOUBLE", "breach")]
    corrected = correct_row(row=row, cells={"上课时间": "17:00-18:30"}, actor=manager, at=AT)
    assert rules(corrected) == [("SITE-UNLICENSED", "breach")]


def test_a_filing_does_not_clash_with_itself_when_it_comes_back(
    upload: Upload, manager: Actor, reviewer: Actor
) -> None:
    made = upload(SUBJECT_ROW | {"授课地点": OTHER_ADDRESS})
    row = made.rows.get()
    done = submit_rows(upload=made, row_ids=[row.pk], statement="说明", actor=manager, at=AT)
    filing = done.filings[0]
    return_filing(filing=filing, reasons="地点不对", actor=reviewer, at=AT)
    again = resubmit_filing(filing=filing, cells={"授课地点": ADDRESS}, actor=manager, at=AT)
    assert (again.outcome, rules(again)) == ("clear", [])


def test_hours_are_kept_as_they_were_read() -> None:
    cells = dict(zip(HEADERS, good_row(**SUBJECT_ROW), strict=True))
    row = read_row(RawRow(2, cells), WorkdayTable(frozenset(), frozenset(), frozenset((2026,))))
    assert isinstance(row, FilingRow)
    kept = kept_hours(row)
    assert kept[0][:2] == [1110, 1200]
    assert list(hours_by_day(kept)) == [session.day for session in row.sessions]


def test_a_number_has_one_digest_however_it_is_spaced_and_no_number_none(db: None) -> None:
    one, same, none = certificate_indexes(["2014 5164", "20145164", "无"])
    assert (one == same, len(one), none) == (True, 64, "")


@pytest.mark.parametrize("count", [1, 3])
def test_the_facts_take_the_same_queries_at_one_and_at_three_rows(
    upload: Upload,
    manager: Actor,
    institution: Institution,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    rows = [SUBJECT_ROW | {"班级名称": f"小学四年级数学培训{n}班"} for n in range(count)]
    submit_rows(upload=upload(*rows), row_ids=None, actor=manager, at=AT)
    digests = list(Filing.objects.values_list("certificate_index", flat=True))
    assert len(set(digests)) == count
    with django_assert_num_queries(10):
        facts = register_facts(institution, on=date(2026, 3, 2), span=SPAN, certificates=digests)
    assert len(facts.places) == 1
