"""Paper comes back: filed by its code, once, to the right visit, or kept with the reason."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
import segno
from django.db import DatabaseError, transaction
from PIL import Image

from inspections.core.paper.page_codes import PageCode, ShortCode
from inspections.documents.checklists import checklist_html
from inspections.models import Checklist, ReturnedFile, ReturnedPage
from inspections.selectors.returns import tray
from inspections.services.checklists import issue_checklists, reissue_checklist
from inspections.services.returns import Upload, file_page, receive_scan
from regulator.adapters.pdf import render_pdf
from regulator.adapters.storage import read_stored
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_here
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refused
from tests.district import OTHER_DIVISION, MakeActor
from tests.inspections.outing import PLANNED_AT, Outing
from tests.inspections.town import Town, drawn


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [reason.code for reason in caught.value.refusals]


@pytest.fixture
def papers(outing: Outing) -> list[Checklist]:
    """A paper for every premises of the draw, issued and not rendered."""
    issue_checklists(source=outing.draw, actor=outing.town.coordinator, at=PLANNED_AT)
    return list(Checklist.objects.filter(kind="premises"))


def code_of(paper: Checklist, page: int) -> str:
    return PageCode(paper.source_number, paper.name, page, paper.version).text


def sheet(*codes: str) -> Image.Image:
    """A sheet of paper with these QR codes under each other."""
    paper = Image.new("L", (800, 1100), 255)
    for place, code in enumerate(codes):
        file = io.BytesIO()
        segno.make(code, error="m").save(file, kind="png", scale=6, border=4)
        paper.paste(Image.open(file).convert("L"), (500, 20 + place * 300))
    return paper


def photo(*codes: str, shade: int = 0) -> bytes:
    file = io.BytesIO()
    sheet(*codes).point(lambda grey: max(grey - shade, 0)).save(file, "JPEG")
    return file.getvalue()


def scanned(sheets: Sequence[Image.Image]) -> bytes:
    file = io.BytesIO()
    sheets[0].save(file, "PDF", save_all=True, append_images=list(sheets[1:]), resolution=100)
    return file.getvalue()


def hand_in(town: Town, data: bytes, *, name: str = "扫描.pdf", expected: str = "") -> ReturnedFile:
    job = receive_scan(
        division=town.division,
        upload=Upload(name, data, expected),
        actor=town.coordinator,
        at=PLANNED_AT,
    )
    done = run_here(Job.objects.get(pk=job.pk))
    assert done.state == "done"
    return ReturnedFile.objects.get(job=job.public_id)


def told(file: ReturnedFile) -> list[tuple[str, str, int | None]]:
    return [(page.state, page.reason, page.page_number) for page in file.pages.all()]


def test_pages_of_a_scan_are_filed_to_their_visits(outing: Outing, papers: list[Checklist]) -> None:
    one, other = papers[:2]
    codes = (code_of(one, 1), code_of(other, 1), code_of(one, 2))
    file = hand_in(outing.town, scanned([sheet(code) for code in codes]))
    assert told(file) == [("filed", "", 1), ("filed", "", 1), ("filed", "", 2)]
    visits = [page.visit.register_id for page in file.pages.all() if page.visit]
    assert visits == [one.name, other.name, one.name]
    assert (file.state, file.page_count) == ("done", 3)
    assert Event.objects.filter(kind="returns.page_filed").count() == 3


def test_the_original_is_kept_as_it_came_and_taken_once(
    outing: Outing, papers: list[Checklist]
) -> None:
    data = photo(code_of(papers[0], 1))
    file = hand_in(outing.town, data, name="照片.jpg")
    assert read_stored(file.sha256) == data
    assert file.sha256 == sha256_hex(data)
    again = lambda: hand_in(outing.town, data, name="另一个名字.jpg")  # noqa: E731
    assert refused(again) == ["returns.same_file"]
    assert ReturnedFile.objects.count() == 1


def test_a_page_that_comes_twice_is_not_filed_twice(
    outing: Outing, papers: list[Checklist]
) -> None:
    code = code_of(papers[0], 1)
    hand_in(outing.town, photo(code))
    file = hand_in(outing.town, photo(code, shade=9))
    assert told(file) == [("same", "", 1)]
    assert ReturnedPage.objects.filter(state="filed").count() == 1


def test_the_database_itself_files_a_page_once(outing: Outing, papers: list[Checklist]) -> None:
    code = code_of(papers[0], 1)
    hand_in(outing.town, photo(code))
    second = hand_in(outing.town, photo(code, shade=9)).pages.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnedPage.objects.filter(pk=second.pk).update(state="filed", filed_at=PLANNED_AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnedFile.objects.filter(pk=second.file_id).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnedFile.objects.filter(pk=second.file_id).delete()


def test_a_page_of_another_draw_than_was_said_is_refused(
    outing: Outing, papers: list[Checklist]
) -> None:
    other = drawn(outing.town, campaign="夏季抽查", quotas={"A": 1, "B": 1})
    file = hand_in(outing.town, photo(code_of(papers[0], 1)), expected=other.number)
    assert told(file) == [("refused", "page.other_source", None)]
    assert ReturnedPage.objects.get().visit is None


def test_a_number_that_is_no_draw_is_refused_before_anything_is_kept(
    outing: Outing, papers: list[Checklist]
) -> None:
    data = photo(code_of(papers[0], 1))
    call = lambda: hand_in(outing.town, data, expected="510116-2026-999")  # noqa: E731
    assert refused(call) == ["returns.source_unknown"]
    assert not ReturnedFile.objects.exists()


def test_a_superseded_version_is_refused_and_the_new_one_filed(
    outing: Outing, papers: list[Checklist]
) -> None:
    old = papers[0]
    new = reissue_checklist(checklist=old, actor=outing.town.coordinator, at=PLANNED_AT)
    assert (new.version, new.serial != old.serial) == (2, True)
    file = hand_in(outing.town, scanned([sheet(code_of(old, 1)), sheet(code_of(new, 1))]))
    assert told(file) == [("refused", "page.superseded", None), ("filed", "", 1)]


def test_another_districts_page_says_so_and_nothing_more(
    outing: Outing, papers: list[Checklist], make_actor: MakeActor
) -> None:
    elsewhere = make_actor("inspection_coordinator", division=OTHER_DIVISION)
    job = receive_scan(
        division=OTHER_DIVISION,
        upload=Upload("照片.jpg", photo(code_of(papers[0], 1))),
        actor=elsewhere,
        at=PLANNED_AT,
    )
    run_here(Job.objects.get(pk=job.pk))
    page = ReturnedPage.objects.get()
    assert (page.state, page.reason) == ("refused", "page.other_division")
    assert (page.checklist, page.visit) == (None, None)
    assert page.reason_params == {"all": [{"code": "page.other_division", "params": {}}]}


def test_a_cover_and_a_code_of_no_paper_are_refused(
    outing: Outing, papers: list[Checklist]
) -> None:
    cover = Checklist.objects.filter(kind="team").first()
    assert cover is not None
    codes = (
        PageCode(cover.source_number, cover.name.upper(), 1, 1).text,
        PageCode("510116-2026-777", "P000001", 1, 1).text,
    )
    file = hand_in(outing.town, scanned([sheet(code) for code in codes]))
    assert [reason for _state, reason, _page in told(file)] == ["page.cover", "page.unknown"]


def test_what_a_machine_cannot_read_waits_for_a_person(
    outing: Outing, papers: list[Checklist]
) -> None:
    one, other = papers[:2]
    sheets = [
        sheet(),
        sheet("https://example.invalid/poster"),
        sheet(code_of(one, 1), code_of(other, 1)),
        sheet(code_of(one, 1)[:-1] + ("0" if code_of(one, 1)[-1] != "0" else "1")),
    ]
    file = hand_in(outing.town, scanned(sheets))
    assert told(file) == [
        ("tray", "page.unreadable", None),
        ("tray", "page.foreign_code", None),
        ("tray", "page.two_codes", None),
        ("tray", "page.foreign_code", None),
    ]
    assert tray(outing.town.coordinator).count() == 4


def test_a_person_files_a_page_by_its_short_code_and_a_wrong_one_is_refused(
    outing: Outing, papers: list[Checklist]
) -> None:
    one = papers[0]
    page = hand_in(outing.town, photo()).pages.get()
    actor = outing.town.coordinator
    short = ShortCode(one.serial, 2).text
    wrong = short[:-1] + ("0" if short[-1] != "0" else "1")
    for typed in ("", "清单第二页", wrong):
        with pytest.raises(Refused) as caught:
            file_page(page=page, typed=typed, actor=actor, at=PLANNED_AT)
        assert [reason.code for reason in caught.value.refusals] == ["page.code_wrong"]
    unknown = ShortCode("ZZZZZZ", 1).text
    call = lambda: file_page(page=page, typed=unknown, actor=actor, at=PLANNED_AT)  # noqa: E731
    assert refused(call) == ["page.unknown"]
    page.refresh_from_db()
    assert page.state == "tray"
    filed = file_page(page=page, typed=short.lower(), actor=actor, at=PLANNED_AT)
    assert (filed.state, filed.page_number, filed.is_typed) == ("filed", 2, True)
    assert filed.visit is not None
    assert (filed.visit.register_id, filed.filed_by) == (one.name, actor.name)
    call = lambda: file_page(page=page, typed=short, actor=actor, at=PLANNED_AT)  # noqa: E731
    assert refused(call) == ["page.not_in_tray"]


@pytest.mark.parametrize("role", ["inspector", "district_leader", "city_supervisor"])
def test_only_who_keeps_paper_for_the_division_hands_it_in(
    outing: Outing, papers: list[Checklist], make_actor: MakeActor, role: str
) -> None:
    other = make_actor(role)
    call = lambda: receive_scan(  # noqa: E731
        division=outing.town.division,
        upload=Upload("照片.jpg", photo(code_of(papers[0], 1))),
        actor=other,
        at=PLANNED_AT,
    )
    assert len(refused(call)) == 1
    assert not ReturnedFile.objects.exists()


def test_what_is_no_scan_is_refused_at_once(outing: Outing) -> None:
    assert refused(lambda: hand_in(outing.town, b"MZ program")) == ["scan.kind"]


def test_a_scan_that_turns_out_broken_is_kept_and_said_to_be(outing: Outing) -> None:
    file = hand_in(outing.town, b"%PDF-1.7 nothing more")
    assert (file.state, file.problem, file.page_count) == ("unusable", "scan.broken", 0)


def test_reading_a_file_again_changes_nothing(outing: Outing, papers: list[Checklist]) -> None:
    file = hand_in(outing.town, photo(code_of(papers[0], 1)))
    before = list(ReturnedPage.objects.values())
    job = Job.objects.get(public_id=file.job)
    Job.objects.filter(pk=job.pk).update(state="queued", cursor=0, done_count=0)
    run_here(Job.objects.get(pk=job.pk))
    assert list(ReturnedPage.objects.values()) == before


def test_a_printed_checklist_comes_back_page_by_page(
    outing: Outing, papers: list[Checklist]
) -> None:
    """The paper as it is printed is the scan."""
    pdf = render_pdf(checklist_html(papers[0].facts))
    file = hand_in(outing.town, pdf)
    assert file.page_count >= 3
    assert [state for state, _reason, _page in told(file)] == ["filed"] * file.page_count
    assert [page for _state, _reason, page in told(file)] == list(range(1, file.page_count + 1))
