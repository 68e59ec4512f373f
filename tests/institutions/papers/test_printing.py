"""Paper as GB/T 9704-2012 wants it: nothing clipped, nothing cut in two, the same bytes again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pypdf import PageObject, PdfReader

from institutions.core.papers.kinds import FACT_FORMS as FORMS
from institutions.core.papers.kinds import LICENCE_KINDS, REQUIRED_FACTS, FactForm, PaperKind
from institutions.core.papers.numbers import code_text
from institutions.core.papers.offices import shipped_office
from institutions.documents.papers import page_count, paper_html, paper_pdf
from institutions.models import Paper
from institutions.selectors.papers import waiting_papers
from regulator.adapters.storage import read_stored
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from tests.institutions.papers.conftest import Issue
from tests.institutions.papers.facts import FACTS

LETTERS = [kind.value for kind in PaperKind if kind not in LICENCE_KINDS]
LONG = "四川天府新区成都管理委员会社区教育发展与家庭教育指导服务中心附属青少年艺术体育科技培训学校"
UNBROKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" * 4
PUBLIC_ID = UUID("0195c9a0-1111-7000-8000-00000000000a")
MM = 72 / 25.4


def unsaved(kind: str, *, office_name: str = "", to: str = "双流区明德教育培训学校", **facts: Any):
    """A paper as it would be issued, without a database."""
    office = shipped_office(
        division_name="双流区", city_name="成都市", is_zone=False, department="education"
    ).printed()
    frozen = FACTS[kind] | facts
    return Paper(
        public_id=PUBLIC_ID,
        kind=kind,
        year=2026,
        number_text=frozen.get("number", "") if "licence" in kind else "双教许受〔2026〕第12号",
        code="7KQ4M9TX2B",
        issued_on=date(2026, 3, 2),
        facts={
            **frozen,
            "office": office | ({"name": office_name} if office_name else {}),
            "recipient": {"name": to, "credit_code": "52510116MJ0000001X"},
            "verify_url": f"http://127.0.0.1:8000/verify/{PUBLIC_ID}/",
        },
    )


def pages_of(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(pdf: bytes) -> str:
    """All words of a paper, as they run on over its pages."""
    whole = squeezed("".join(page.extract_text() for page in pages_of(pdf)))
    return re.sub(r"—\d+—", "", whole)


def placed(page: PageObject) -> list[tuple[float, float, str]]:
    """Each run of text with where it begins, in mm from the upper left corner of the page."""
    found: list[tuple[float, float, str]] = []
    height = float(page.mediabox.height)

    def visit(text: str, outer: list[float], inner: list[float], *_rest: Any) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append((x / MM, (height - y) / MM, text))

    page.extract_text(visitor_text=visit)
    return found


def hostile(kind: str) -> dict[str, Any]:
    """Forty reasons, names without spaces, and texts that fill lines."""
    lines = [
        {
            "text": f"第{number}项：{LONG if number % 7 == 0 else '没有提供与申请材料一致的原件'}",
            "basis": "《中华人民共和国民办教育促进法实施条例》第二十三条",
        }
        for number in range(1, 41)
    ]
    values: dict[FactForm, Any] = {FactForm.LINES: lines, FactForm.TEXT: UNBROKEN + LONG}
    required = REQUIRED_FACTS[PaperKind(kind)]
    return {name: values[FORMS[name]] for name in required if FORMS[name] in values}


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_stands_in_the_type_area_with_its_page_number_between_dashes(kind: str) -> None:
    pages = pages_of(paper_pdf(unsaved(kind)))
    for number, page in enumerate(pages, start=1):
        assert [round(float(side) / MM) for side in page.mediabox[2:]] == [210, 297]
        binding = 28 if number % 2 else 26
        runs = placed(page)
        body = [(x, y) for x, y, text in runs if "—" not in text]
        assert min(x for x, _y in body) >= binding - 0.6
        assert max(x for x, _y in body) <= binding + 156
        assert min(y for _x, y in body) >= 37
        assert max(y for _x, y in body) <= 37 + 225
        foot = [(x, y) for x, y, text in runs if "—" in text]
        assert foot
        assert all(y > 37 + 225 for _x, y in foot)
        assert f"—{number}—" in squeezed(page.extract_text())


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_names_office_number_recipient_date_and_how_it_is_verified(kind: str) -> None:
    text = text_of(paper_pdf(unsaved(kind)))
    for words in (
        "成都市双流区教育局",
        "双教许受〔2026〕第12号",
        "双流区明德教育培训学校",
        "2026年3月2日",
        code_text("7KQ4M9TX2B"),
        "http://127.0.0.1:8000/verify/",
    ):
        assert words in text


@pytest.mark.parametrize(
    "kind",
    [
        "refusal",
        "rejection",
        "final_decision",
        "suspension_notice",
        "closure_approval",
        "cancellation_decision",
        "annulment_decision",
        "withdrawal_decision",
        "penalty_decision",
        "decision",
        "rectification_order",
    ],
)
def test_a_decision_tells_both_ways_of_appeal_with_body_court_and_terms(kind: str) -> None:
    text = text_of(paper_pdf(unsaved(kind)))
    assert "六十日内" in text
    assert "向成都市双流区人民政府申请行政复议" in text
    assert "六个月内" in text
    assert "向有管辖权的人民法院提起行政诉讼" in text


@pytest.mark.parametrize("kind", ["proposed_decision", "penalty_notice", "ending_notice"])
def test_a_proposal_tells_the_right_to_be_heard_and_for_how_long(kind: str) -> None:
    text = text_of(paper_pdf(unsaved(kind)))
    assert "自收到本告知书之日起5个工作日内" in text
    assert "陈述、申辩" in text
    assert "申请行政复议" not in text


def test_a_refusal_gives_every_reason_with_its_basis() -> None:
    text = text_of(paper_pdf(unsaved("refusal")))
    assert "（一）年度检查材料显示资金没有全部进入监管账户。" in text
    assert "依据：《中华人民共和国民办教育促进法》第四十一条。" in text
    assert "（二）上一年度的整改没有完成。" in text


@pytest.mark.parametrize("kind", [kind.value for kind in PaperKind])
def test_nothing_of_a_hostile_paper_is_lost_or_outside_the_page(kind: str) -> None:
    pdf = paper_pdf(unsaved(kind, office_name=LONG, to=LONG + UNBROKEN, **hostile(kind)))
    text = text_of(pdf)
    assert UNBROKEN in text
    if any(FORMS[name] is FactForm.LINES for name in REQUIRED_FACTS[PaperKind(kind)]):
        assert all(f"第{number}项：" in text for number in range(1, 41))
        assert text.count("（四十）") >= 1
    for page in pages_of(pdf):
        width, height = (float(side) / MM for side in page.mediabox[2:])
        for x, y, _text in placed(page):
            assert 10 < x < width - 10
            assert 10 < y < height - 10


@pytest.mark.parametrize("reasons", [0, 1, 9, 10, 11, 12, 13, 14, 40])
def test_a_seal_never_stands_on_a_page_without_text_above_it(reasons: int) -> None:
    lines = [f"第{number}项材料与现场核查的情况不一致。" for number in range(reasons)]
    last = pages_of(paper_pdf(unsaved("refusal", reasons=lines)))[-1]
    text = squeezed(last.extract_text())
    assert "提起行政诉讼" in text[: text.index("2026年3月2日")]


@pytest.mark.parametrize("kind", [kind.value for kind in sorted(LICENCE_KINDS)])
def test_a_licence_is_one_sheet_across_with_every_field_of_the_form(kind: str) -> None:
    pdf = paper_pdf(unsaved(kind))
    pages = pages_of(pdf)
    assert [round(float(side) / MM) for side in pages[0].mediabox[2:]] == [297, 210]
    assert len(pages) == (1 if kind == "licence_original" else 2)
    text = text_of(pdf)
    for word in ("名称", "地址", "校长", "举办者", "学校类型", "办学内容", "主管部门", "发证机关"):
        assert word in text
    for fact in ("number", "name", "address", "principal", "sponsors", "content"):
        assert squeezed(FACTS[kind][fact]) in text
    assert "2026年3月2日至2029年3月1日" in text


def test_the_duplicate_has_room_for_checks_and_continues_on_further_pages() -> None:
    checks = [{"year": 1990 + n, "result": LONG, "on": "2026-03-31"} for n in range(40)]
    text = text_of(paper_pdf(unsaved("licence_duplicate", checks=checks)))
    assert "年度检查情况" in text
    assert all(str(1990 + n) in text for n in range(40))


def test_the_bureaus_own_typefaces_come_first_and_a_plain_head_is_black() -> None:
    paper = unsaved("acceptance")
    paper.facts["office"] |= {
        "has_red_head": False,
        "typefaces": {"body": ["某仿宋", "Noto Serif CJK SC"]},
    }
    html = paper_html(paper)
    assert 'font-family: "某仿宋", "Noto Serif CJK SC"' in html
    assert "masthead--red" not in html


def test_what_a_fact_says_is_never_markup() -> None:
    html = paper_html(unsaved("refusal", reasons=['<img src="https://example.org/x.png">']))
    assert "<img src=&quot;https" in html or "&lt;img" in html


@pytest.fixture
def rendered(issue: Issue) -> Callable[..., Paper]:
    def make(kind: str, **facts: Any) -> Paper:
        paper = issue(kind, **facts)
        run_here(Job.objects.get(params__papers__0=str(paper.public_id)))
        paper.refresh_from_db()
        return paper

    return make


@pytest.mark.parametrize("kind", ["licence_duplicate", "refusal"])
def test_the_job_keeps_the_bytes_and_running_it_again_keeps_the_same(
    rendered: Callable[..., Paper], kind: str
) -> None:
    paper = rendered(kind)
    kept = read_stored(paper.sha256)
    assert page_count(kept) == paper.page_count
    assert waiting_papers([str(paper.public_id)]) == []
    job = Job.objects.get(kind="institutions.render_papers")
    assert (job.state, job.done_count, job.total) == ("done", 1, 1)
    Job.objects.filter(pk=job.pk).update(state="queued", attempts=0)
    run_here(Job.objects.get(pk=job.pk))
    paper.refresh_from_db()
    assert read_stored(paper.sha256) == kept
