"""Pages of papers at the desk and the portal, as the people there use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from institutions.choices.papers import PAPER_REFUSAL_TEXTS
from institutions.models import Institution, Paper, PaperOffice
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.outcomes import Refusal
from regulator.web.refusals import refusal_message
from tests.district import LoginAs
from tests.institutions.papers.conftest import ON, Issue
from tests.institutions.papers.test_handing import a_pdf


@pytest.fixture
def rendered(issue: Issue) -> Callable[..., Paper]:
    def make(kind: str, **facts: object) -> Paper:
        paper = issue(kind, **facts)
        run_here(Job.objects.get(params__papers__0=str(paper.public_id)))
        paper.refresh_from_db()
        return paper

    return make


def said(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_finds_by_number_however_typed_by_name_kind_and_state(
    client: Client, login_as: LoginAs, issue: Issue, school: Institution
) -> None:
    for kind in ("refusal", "acceptance", "acceptance"):
        issue(kind)
    login_as(client, "legal_reviewer")
    assert "双教许受〔2026〕第2号" in said(client, "/desk/papers/")
    found = said(client, "/desk/papers/", q="双教许受(2026)2")
    assert "双教许受〔2026〕第2号" in found
    assert "双教许受〔2026〕第1号" not in found
    assert "双教许不〔2026〕第1号" in said(client, "/desk/papers/", q="明德")
    assert "双教许受" not in said(client, "/desk/papers/", kind="refusal")
    assert "没有符合条件的文书" in said(client, "/desk/papers/", state="served")
    assert "没有符合条件的文书" in said(client, "/desk/papers/", year="1999", q="没有这家")
    assert school.name in said(client, "/desk/papers/", institution=str(school.public_id))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_few_questions_for_any_number_of_papers(
    client: Client,
    login_as: LoginAs,
    issue: Issue,
    django_assert_num_queries: Callable[..., object],
    count: int,
) -> None:
    for _ in range(count):
        issue("acceptance")
    login_as(client, "licensing_officer")
    client.get("/desk/papers/")
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[attr-defined]
        client.get("/desk/papers/")


LIST_QUERIES = 11


def test_the_page_waits_for_its_pdf_and_then_hands_out_the_kept_bytes(
    client: Client, login_as: LoginAs, issue: Issue, rendered: Callable[..., Paper]
) -> None:
    login_as(client, "licensing_officer")
    waiting = issue("acceptance")
    assert "原件正在生成" in said(client, f"/desk/papers/{waiting.public_id}/")
    refused = client.get(f"/desk/papers/{waiting.public_id}/paper.pdf")
    assert refused.status_code == 403
    paper = rendered("refusal")
    page = said(client, f"/desk/papers/{paper.public_id}/")
    assert paper.sha256 in page
    file = client.get(f"/desk/papers/{paper.public_id}/paper.pdf")
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.content.startswith(b"%PDF-")
    assert client.get(f"/desk/papers/{paper.public_id}/paper.pdf").content == file.content


def test_an_officer_serves_files_the_scan_and_voids_from_the_page(
    client: Client, login_as: LoginAs, rendered: Callable[..., Paper]
) -> None:
    login_as(client, "licensing_officer")
    paper = rendered("refusal")
    own = f"/desk/papers/{paper.public_id}/"
    assert "送达日期" in said(client, f"{own}serve/")
    wrong = {"on": str(ON - timedelta(days=1)), "how": "leave", "to": "李某"}
    page = client.post(f"{own}serve/", wrong).content.decode()
    assert "送达日期不能早于文书日期 2026-03-02" in page
    assert "见证人" in page
    right = {"on": str(ON), "how": "direct", "to": "李某某"}
    assert client.post(f"{own}serve/", right).headers["Location"] == own
    assert "李**" in said(client, own)
    scan = SimpleUploadedFile("盖章.pdf", a_pdf())
    assert client.post(f"{own}file-scan/", {"file": scan}).headers["Location"] == own
    kept = client.get(f"{own}scan/")
    assert kept.headers["Content-Type"] == "application/pdf"
    bad = SimpleUploadedFile("盖章.pdf", b"<html>")
    assert "不是" in client.post(f"{own}file-scan/", {"file": bad}).content.decode()
    assert client.post(f"{own}void/", {"reason": "内容写错"}).headers["Location"] == own
    page = said(client, own)
    assert "内容写错" in page
    assert "登记送达</a>" not in page


def test_a_receipt_of_service_is_printed_beside_the_paper(
    client: Client, login_as: LoginAs, rendered: Callable[..., Paper]
) -> None:
    login_as(client, "licensing_officer")
    paper = rendered("refusal")
    answer = client.post(f"/desk/papers/{paper.public_id}/receipt/")
    made = Paper.objects.get(kind="service_receipt")
    assert answer.headers["Location"] == f"/desk/papers/{made.public_id}/"


def test_a_reader_sees_the_paper_and_no_buttons(
    client: Client, login_as: LoginAs, rendered: Callable[..., Paper]
) -> None:
    login_as(client, "legal_reviewer")
    paper = rendered("refusal")
    page = said(client, f"/desk/papers/{paper.public_id}/")
    assert "打开原件" in page
    for button in ("登记送达</a>", "归档扫描件", "打印送达回证", ">作废<"):
        assert button not in page


def test_the_institution_reads_its_own_papers_and_confirms_them(
    client: Client, login_as: LoginAs, rendered: Callable[..., Paper], school: Institution
) -> None:
    paper = rendered("acceptance")
    login_as(client, "institution_manager", institution=school.public_id)
    assert "双教许受〔2026〕第1号" in said(client, "/portal/papers/")
    own = f"/portal/papers/{paper.public_id}/"
    assert client.get(f"{own}paper.pdf").content.startswith(b"%PDF-")
    assert client.post(f"{own}confirm/").headers["Location"] == "/portal/papers/"
    paper.refresh_from_db()
    assert (paper.served_how, paper.served_on) == ("electronic", timezone.localdate())
    assert "确认收到</button>" not in said(client, "/portal/papers/")


def test_another_institution_sees_none_of_it(
    client: Client, login_as: LoginAs, rendered: Callable[..., Paper]
) -> None:
    paper = rendered("acceptance")
    login_as(client, "institution_manager", institution="0195c9a0-0000-7000-8000-0000000000ff")
    assert "还没有文书" in said(client, "/portal/papers/")
    assert client.get(f"/portal/papers/{paper.public_id}/paper.pdf").status_code == 404
    assert client.post(f"/portal/papers/{paper.public_id}/confirm/").status_code == 404


OFFICE = {
    "name": "双流区教育局",
    "abbreviation": "双教体",
    "has_red_head": "on",
    "review_body": "双流区人民政府",
    "court": "成都铁路运输第一法院",
    "starts_on": str(ON),
    "basis": "本局公文处理办法",
    "reason": "核对",
    "word_refusal": "不许",
    "typeface_body": "某仿宋",
}


def test_the_administrator_sets_how_the_bureau_signs_and_later_papers_follow(
    client: Client, login_as: LoginAs, issue: Issue
) -> None:
    before = issue("refusal")
    login_as(client, "administrator")
    assert "出厂设置，尚未确认" in said(client, "/desk/papers/offices/")
    answer = client.post("/desk/papers/offices/education/", OFFICE)
    assert answer.headers["Location"] == "/desk/papers/offices/"
    page = said(client, "/desk/papers/offices/")
    assert "双教体不许〔" in page
    assert "成都铁路运输第一法院" in page
    later = issue("refusal")
    assert later.number_text == "双教体不许〔2026〕第1号"
    assert later.facts["office"]["court"] == "成都铁路运输第一法院"
    assert later.facts["office"]["typefaces"]["body"][0] == "某仿宋"
    before.refresh_from_db()
    assert before.number_text == "双教许不〔2026〕第1号"
    assert issue("refusal", on=ON - timedelta(days=1)).number_text == "双教许不〔2026〕第2号"


def test_a_second_entry_ends_the_first_and_what_is_wrong_is_said(
    client: Client, login_as: LoginAs, district: object
) -> None:
    login_as(client, "administrator")
    path = "/desk/papers/offices/education/"
    client.post(path, OFFICE)
    assert "没有可保存的改动" in client.post(path, OFFICE).content.decode()
    wrong = OFFICE | {"abbreviation": "SJ", "starts_on": "2020-01-01", "word_refusal": "R"}
    page = client.post(path, wrong).content.decode()
    assert "机关代字要用两到八个汉字" in page
    assert "开始日期不能早于" in page
    assert "文种代字要用一到四个汉字" in page
    after = OFFICE | {"phone": "028-00000000", "starts_on": str(ON + timedelta(days=1))}
    client.post(path, after)
    rows = list(PaperOffice.objects.order_by("starts_on"))
    assert [(row.starts_on, row.ends_before) for row in rows] == [
        (ON, ON + timedelta(days=1)),
        (ON + timedelta(days=1), None),
    ]
    assert client.get("/desk/papers/offices/nowhere/").status_code == 404


def test_the_settings_page_says_which_typefaces_stand_in(
    client: Client, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    login_as(client, "licensing_officer")
    had = frozenset({"FangSong", "Noto Serif CJK SC", "Noto Sans CJK SC"})
    monkeypatch.setattr("institutions.views.papers_offices.installed_families", lambda: had)
    page = said(client, "/desk/papers/offices/")
    table = page[page.index("这台服务器实际用的") :]
    assert [word for word in ("已安装", "替代字体", "没有可用的字体") if word in table] == [
        "已安装",
        "替代字体",
        "没有可用的字体",
    ]


def test_every_refusal_of_papers_has_its_words() -> None:
    params = dict.fromkeys(
        (
            "paper_kind", "paper_fact", "issued_on", "licence_state", "typeface", "paper",
            "served_on", "size_mb", "limit_mb", "starts",
        ),
        "x",
    )  # fmt: skip
    for code in PAPER_REFUSAL_TEXTS:
        assert refusal_message(Refusal(code, params))
