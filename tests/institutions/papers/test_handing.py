"""Served, received, filed, voided: each with its event, and every reason against it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfWriter

from institutions.core.papers.handing import masked
from institutions.models import Paper
from institutions.services.papers_handing import (
    confirm_receipt,
    file_scan,
    serve_paper,
    void_paper,
)
from institutions.services.papers_licences import print_receipt
from regulator.adapters.storage import read_stored
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.institutions.papers.conftest import AT, ON, Issue


def refused_codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [each.code for each in refused.value.refusals]


def a_pdf() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(file)
    return file.getvalue()


def a_picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, format=kind)
    return file.getvalue()


@pytest.fixture
def paper(issue: Issue) -> Paper:
    return issue("refusal")


def test_a_service_is_recorded_with_a_masked_name_and_an_event_without_it(
    paper: Paper, officer: Actor
) -> None:
    served = serve_paper(paper=paper, on=ON, how="direct", to="欧阳小明", actor=officer, at=AT)
    assert (served.served_on, served.served_how, served.served_to) == (ON, "direct", "欧**")
    event = Event.objects.get(kind="paper.served")
    assert "欧阳小明" not in str(event.new)
    assert event.new["served_on"] == "2026-03-02"


def test_a_public_notice_keeps_where_it_was_published(paper: Paper, officer: Actor) -> None:
    where, how = "本局网站公告栏", "public_notice"
    served = serve_paper(
        paper=paper, on=ON, how=how, to=where, note="3月2日至3月31日", actor=officer, at=AT
    )
    assert served.served_to == where


def test_a_service_that_cannot_be_is_refused_with_every_reason(
    paper: Paper, officer: Actor
) -> None:
    def serve(on: date, how: str = "leave") -> Paper:
        return serve_paper(paper=paper, on=on, how=how, to=" ", actor=officer, at=AT)

    assert refused_codes(lambda: serve(ON - timedelta(days=1))) == [
        "paper.served_before_issued",
        "paper.recipient_missing",
        "paper.service_note_missing",
    ]
    assert refused_codes(lambda: serve(ON + timedelta(days=1), how="post")) == [
        "paper.served_in_future",
        "paper.recipient_missing",
    ]
    paper.refresh_from_db()
    assert paper.served_on is None


def test_a_paper_is_served_once(paper: Paper, officer: Actor) -> None:
    serve_paper(paper=paper, on=ON, how="post", to="李某", actor=officer, at=AT)
    again = lambda: serve_paper(paper=paper, on=ON, how="post", to="李某", actor=officer, at=AT)  # noqa: E731
    assert refused_codes(again) == ["paper.served_already"]


def test_the_institutions_own_confirmation_is_service_by_electronic_means(
    paper: Paper, manager: Actor
) -> None:
    got = confirm_receipt(paper=paper, actor=manager, at=AT)
    assert (got.served_on, got.served_how) == (ON, "electronic")
    assert got.received_by == manager.name
    later = confirm_receipt(paper=paper, actor=manager, at=AT + timedelta(days=3))
    assert later.received_at == got.received_at
    assert Event.objects.filter(kind="paper.received").count() == 1


def test_an_electronic_service_may_be_confirmed_afterwards_and_keeps_its_day(
    paper: Paper, officer: Actor, manager: Actor
) -> None:
    serve_paper(paper=paper, on=ON, how="electronic", to="李某", actor=officer, at=AT)
    got = confirm_receipt(paper=paper, actor=manager, at=AT + timedelta(days=2))
    assert (got.served_on, got.received_at) == (ON, AT + timedelta(days=2))


def test_what_was_served_by_hand_needs_no_confirmation(
    paper: Paper, officer: Actor, manager: Actor
) -> None:
    serve_paper(paper=paper, on=ON, how="direct", to="李某", actor=officer, at=AT)
    confirm = lambda: confirm_receipt(paper=paper, actor=manager, at=AT)  # noqa: E731
    assert refused_codes(confirm) == ["paper.not_served_electronically"]


def test_another_institution_confirms_nothing(paper: Paper, make_actor: MakeActor) -> None:
    other = make_actor("institution_manager", institution="0195c9a0-0000-7000-8000-0000000000ff")
    confirm = lambda: confirm_receipt(paper=paper, actor=other, at=AT)  # noqa: E731
    assert refused_codes(confirm) == ["policy.other_institution"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("盖章.pdf", a_pdf(), "application/pdf"),
        ("盖章.jpg", a_picture("JPEG"), "image/jpeg"),
        ("盖章.pdf", a_picture("PNG"), "image/png"),
    ],
)
def test_a_scan_is_kept_as_it_came_and_told_by_its_bytes(
    paper: Paper, officer: Actor, name: str, data: bytes, kind: str
) -> None:
    filed = file_scan(paper=paper, file_name=name, data=data, actor=officer, at=AT)
    assert (filed.scan_name, filed.scan_media_type) == (name, kind)
    assert read_stored(filed.scan_sha256) == data
    assert Event.objects.get(kind="paper.scan_filed").new["sha256"] == filed.scan_sha256


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "paper.scan_empty"),
        (b"<html><script>alert(1)</script>", "paper.scan_kind"),
        (b"PK\x03\x04 a workbook", "paper.scan_kind"),
        (a_picture("JPEG")[:20], "paper.scan_broken"),
        (b"%PDF-1.7 and then nothing", "paper.scan_broken"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "paper.scan_too_large"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_filed(
    paper: Paper, officer: Actor, data: bytes, code: str
) -> None:
    filed = lambda: file_scan(paper=paper, file_name="x", data=data, actor=officer, at=AT)  # noqa: E731
    assert refused_codes(filed) == [code]
    paper.refresh_from_db()
    assert paper.scan_sha256 == ""


def test_a_voided_paper_keeps_its_number_and_takes_nothing_more(
    issue: Issue, officer: Actor, manager: Actor
) -> None:
    paper = issue("refusal")
    void_paper(paper=paper, reason="受送达人写错", actor=officer, at=AT)
    assert issue("refusal").number_text == "双教许不〔2026〕第2号"
    assert refused_codes(
        lambda: serve_paper(paper=paper, on=ON, how="direct", to="李某", actor=officer, at=AT)
    ) == ["paper.void"]
    assert refused_codes(lambda: confirm_receipt(paper=paper, actor=manager, at=AT)) == [
        "paper.void"
    ]
    assert refused_codes(
        lambda: file_scan(paper=paper, file_name="x.pdf", data=a_pdf(), actor=officer, at=AT)
    ) == ["paper.void"]
    assert refused_codes(lambda: void_paper(paper=paper, reason="再来", actor=officer, at=AT)) == [
        "paper.void"
    ]
    paper.refresh_from_db()
    assert refused_codes(
        lambda: print_receipt(paper=paper, issued_on=ON, actor=officer, at=AT)
    ) == ["paper.void"]
    assert Event.objects.get(kind="paper.voided").reason == "受送达人写错"


def test_voiding_wants_a_reason(paper: Paper, officer: Actor) -> None:
    void = lambda: void_paper(paper=paper, reason=" ", actor=officer, at=AT)  # noqa: E731
    assert refused_codes(void) == ["paper.void_reason_missing"]


def test_a_receipt_of_service_names_the_paper_it_is_for(paper: Paper, officer: Actor) -> None:
    made = print_receipt(paper=paper, issued_on=ON, actor=officer, at=AT)
    assert made.facts["document"] == "不予行政许可决定书"
    assert made.facts["document_number"] == "双教许不〔2026〕第1号"
    assert (made.number_text, made.serial) == ("", None)


@pytest.mark.parametrize("role", ["filing_reviewer", "district_leader", "administrator"])
def test_who_serves_no_papers_is_refused(paper: Paper, make_actor: MakeActor, role: str) -> None:
    other = make_actor(role)
    assert refused_codes(
        lambda: serve_paper(paper=paper, on=ON, how="direct", to="李某", actor=other, at=AT)
    ) == ["policy.not_granted"]
    assert refused_codes(
        lambda: file_scan(paper=paper, file_name="x.pdf", data=a_pdf(), actor=other, at=AT)
    ) == ["policy.not_granted"]


def test_an_officer_of_another_department_leaves_it_alone(
    paper: Paper, make_actor: MakeActor
) -> None:
    other = make_actor("licensing_officer", department="culture_tourism")
    assert refused_codes(lambda: void_paper(paper=paper, reason="错", actor=other, at=AT)) == [
        "policy.other_department"
    ]


def test_names_are_masked_whatever_their_length() -> None:
    assert [masked(name) for name in ("", "李", "李四", "欧阳小明")] == ["", "李", "李*", "欧**"]
