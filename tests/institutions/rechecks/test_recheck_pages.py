"""The pages of trials and rechecks, walked without a browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from institutions.models import Filing, FilingRecheck, Paper, ScreeningTrial
from institutions.services.rechecks import notify_institution_of
from regulator.jobs.services import run_here
from tests.institutions.filings.conftest import SUBJECT_ROW
from tests.institutions.rechecks.conftest import CHANGED_AT, rescreened

PDF = b"%PDF-1.7\n"


@pytest.fixture
def desk(login_as) -> Client:
    """A client signed in as a reviewer of education."""
    client = Client()
    login_as(client, "filing_reviewer")
    return client


@pytest.fixture
def portal(login_as, institution) -> Client:
    """A client signed in as the institution's manager."""
    client = Client()
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


def text_of(response) -> str:
    return response.content.decode()


def address(name: str, thing) -> str:
    return reverse(f"rechecks:{name}", args=[thing.public_id])


def test_a_class_is_told_answered_and_taken_back_from_page_to_page(opened, desk, portal):
    listed = text_of(desk.get(reverse("rechecks:list")))
    assert "小学四年级数学培训班" in listed
    case = text_of(desk.get(address("recheck", opened)))
    assert "超出许可范围" in case
    assert "现在还不能撤销通过" not in case
    assert portal.get(address("own", opened)).status_code == 404

    early = desk.post(address("take_back", opened), {"reasons": "超范围。"})
    assert early.status_code == 422
    assert "还没有告知机构，不能撤销通过。" in text_of(early)
    assert "超范围。" in text_of(early)

    told = desk.post(address("notify", opened), {"text": "请答复。"}, follow=True)
    assert "已告知机构" in text_of(told)
    assert "告知还没有送达" in text_of(desk.get(address("recheck", opened)))

    own = text_of(portal.get(address("own", opened)))
    assert "请答复。" in own
    assert "告知还没有送达" not in text_of(desk.get(address("recheck", opened)))
    sent = {"words": "副本载明了数学。", "file": SimpleUploadedFile("副本.pdf", PDF)}
    answered = portal.post(address("own", opened), sent, follow=True)
    assert "已答复" in text_of(answered)
    file = desk.get(address("file", opened))
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert portal.get(address("own_file", opened)).content == PDF

    case = text_of(desk.get(address("recheck", opened)))
    assert "副本载明了数学。" in case
    done = desk.post(address("take_back", opened), {"reasons": "副本没有载明。"}, follow=True)
    assert "已撤销通过" in text_of(done)
    filing = Filing.objects.get()
    assert filing.state == "revoked"
    paper = Paper.objects.get(kind="filing_revocation")
    assert paper.number_text in text_of(done)
    assert paper.number_text in text_of(portal.get(address("own", opened)))
    serving = reverse("papers:serve", args=[paper.public_id])
    service = {"on": paper.issued_on.isoformat(), "how": "direct", "to": "李某", "note": ""}
    assert "已登记送达" in text_of(desk.post(serving, service, follow=True))
    public = text_of(Client().get(reverse("filings:public_class", args=[filing.public_id])))
    assert "这个班的备案通过已被撤销" in public
    assert "副本没有载明。" in public
    provider = reverse("pages:provider", args=[filing.institution.public_id])
    assert filing.class_name not in text_of(Client().get(provider))
    own_filing = text_of(portal.get(reverse("filings:own", args=[filing.public_id])))
    assert address("own", opened) in own_filing
    review = text_of(desk.get(reverse("filings:review", args=[filing.public_id])))
    assert address("recheck", opened) in review


def test_keeping_needs_reasons_and_is_said(opened, desk):
    empty = desk.post(address("keep", opened), {"reasons": ""})
    assert empty.status_code == 200
    assert FilingRecheck.objects.get().state == "open"
    kept = desk.post(address("keep", opened), {"reasons": "副本载明了。"}, follow=True)
    assert "已保留通过" in text_of(kept)
    closed = text_of(desk.get(reverse("rechecks:list"), {"part": "closed"}))
    assert "小学四年级数学培训班" in closed


def test_an_answer_without_words_comes_back_with_what_is_missing(opened, desk, portal, reviewer):
    notify_institution_of(recheck=opened, text="请答复。", actor=reviewer, at=CHANGED_AT)
    answer = portal.post(address("own", opened), {"words": ""})
    assert answer.status_code == 422
    wrong = {"words": "见附件。", "file": SimpleUploadedFile("a.exe", b"MZ")}
    answer = portal.post(address("own", opened), wrong)
    assert answer.status_code == 422
    assert "只收 PDF、JPG 和 PNG" in text_of(answer)
    assert FilingRecheck.objects.get().answer == ""


def test_another_department_reads_and_decides_nothing(opened, login_as):
    sport = Client()
    login_as(sport, "filing_reviewer", department="sport")
    assert "发出告知" not in text_of(sport.get(address("recheck", opened)))
    assert sport.post(address("keep", opened), {"reasons": "理由"}).status_code == 403 or (
        FilingRecheck.objects.get().state == "open"
    )
    assert FilingRecheck.objects.get().state == "open"


def test_a_trial_is_asked_watched_read_and_taken_away(approved, negative_draft, desk):
    approved()
    form = text_of(desk.get(reverse("rechecks:trial_new"), {"version": negative_draft.public_id}))
    assert "负面清单表第 1 版" in form
    wanted = {
        "version": str(negative_draft.public_id),
        "term": "days",
        "starts_from": "2026-03-02",
        "until": "2026-08-31",
    }
    running = desk.post(reverse("rechecks:trial_new"), wanted, follow=True)
    trial = ScreeningTrial.objects.get()
    assert "逐班核对" in text_of(running)
    assert desk.get(address("trial_progress", trial)).status_code == 200
    run_here(trial.job)
    page = text_of(desk.get(address("trial", trial)))
    assert "会变成违规" in page
    assert "三角形的特性" in page
    assert "小学四年级数学培训班" in page
    none = text_of(desk.get(address("trial", trial), {"kind": "newly_clear"}))
    assert "没有符合条件的班" in none
    export = desk.get(address("trial", trial), {"export": "xlsx"})
    assert load_workbook(BytesIO(export.content)).active.max_row == 2
    version = reverse("reference:version", args=[negative_draft.public_id])
    assert address("trial", trial) in text_of(desk.get(version))


def test_a_trial_of_nothing_says_so_and_makes_none(calendar, desk):
    wanted = {"version": "in_force", "term": "days", "starts_from": "2026-03-02"}
    missing = desk.post(reverse("rechecks:trial_new"), wanted)
    assert missing.status_code == 422
    nothing = desk.post(reverse("rechecks:trial_new"), {**wanted, "until": "2026-03-09"})
    assert nothing.status_code == 422
    assert "没有开班的备案" in text_of(nothing)
    assert ScreeningTrial.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_the_database_as_often_for_one_row_as_for_three(
    approved, correct, desk, portal, reviewer, django_assert_num_queries, rows
):
    wanted = [
        SUBJECT_ROW | {"班次": f"2026春{n}期", "上课星期": day}
        for n, day in enumerate(("周一", "周二", "周三")[:rows], start=1)
    ]
    approved(*wanted)
    correct()
    for recheck in rescreened():
        notify_institution_of(recheck=recheck, text="请答复。", actor=reviewer, at=CHANGED_AT)
    for client, name, queries in ((desk, "list", 13), (portal, "own_list", 13)):
        client.get(reverse(f"rechecks:{name}"))
        with django_assert_num_queries(queries):
            page = text_of(client.get(reverse(f"rechecks:{name}")))
        assert page.count("小学四年级数学培训班</a>") == rows
