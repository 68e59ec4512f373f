"""The register's desk pages: what an officer sees, does and may not."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from institutions.models import Institution, Licence
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    grant_licence,
    register_institution,
    verify_institution,
)
from regulator.jobs.services import run_waiting_jobs
from regulator.kernel.actors import SYSTEM
from tests.district import DIVISION, District, LoginAs
from tests.institutions.register.codes import FIXTURE

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def make_school(name: str, number: str = "") -> Institution:
    school = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name=name, category="subject"),
        competent_department="education",
        on=date(2024, 1, 8),
        actor=SYSTEM,
        at=AT,
    )
    if number:
        add_premises(institution=school, address=f"{name}路 1 号", actor=SYSTEM, at=AT)
        draft = LicenceDraft(
            number=number, valid_from=date(2024, 1, 8), valid_until=date(2029, 1, 7)
        )
        grant_licence(institution=school, draft=draft, actor=SYSTEM, at=AT)
    return school


@pytest.fixture
def schools(district: District) -> list[Institution]:
    return [make_school("明德教育培训学校", "教民151011670000018号"), make_school("求真培训学校")]


def test_the_list_is_found_by_one_character_and_exported_as_filtered(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    page = client.get("/desk/register/", {"q": "德"}).content.decode()
    assert "教民151011670000018号" in page
    assert "求真培训学校" not in page
    book = client.get("/desk/register/", {"q": "德", "export": "xlsx"})
    rows = CalamineWorkbook.from_object(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["机构名称", "明德教育培训学校"]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    schools: list[Institution],
    client: Client,
    login_as: LoginAs,
    django_assert_max_num_queries: object,
) -> None:
    login_as(client, "licensing_officer")
    client.get("/desk/register/")
    with django_assert_max_num_queries(14) as few:  # type: ignore[operator]
        client.get("/desk/register/", {"q": "明"})
    make_school("明理培训学校", "教民151011670000019号")
    make_school("明志培训学校", "教民151011670000020号")
    with django_assert_max_num_queries(14) as many:  # type: ignore[operator]
        client.get("/desk/register/", {"q": "明"})
    assert len(many.captured_queries) == len(few.captured_queries)


def test_an_entry_shows_its_papers_and_what_was_done_and_past_days(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    page = client.get(f"/desk/register/{schools[0].public_id}/")
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("教民151011670000018号", "P000001", "登记机构", "许可证生效"):
        assert words in text
    past = client.get(f"/desk/register/{schools[0].public_id}/", {"on": "2025-01-01"})
    assert "没有许可证记录。" in past.content.decode()


def test_an_entry_claims_no_operating_status_before_it_is_verified(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    address = f"/desk/register/{schools[0].public_id}/"
    assert "正常办学" not in client.get(address).content.decode()
    verify_institution(institution=schools[0], actor=SYSTEM, at=AT)
    assert "正常办学" in client.get(address).content.decode()


def test_a_reader_may_look_but_sees_no_buttons_and_may_not_post(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "filing_reviewer")
    page = client.get(f"/desk/register/{schools[0].public_id}/").content.decode()
    assert "变更名称" not in page
    answer = client.post(f"/desk/register/{schools[0].public_id}/verify/")
    assert answer.status_code == 403
    schools[0].refresh_from_db()
    assert schools[0].verification == "unverified"


def test_another_districts_entry_is_not_there(
    schools: list[Institution], client: Client, login_as: LoginAs, district: District
) -> None:
    login_as(client, "licensing_officer", division=district.other_division)
    assert client.get(f"/desk/register/{schools[0].public_id}/").status_code == 404
    assert client.get("/desk/register/").content.decode().count("培训学校</a>") == 0


def test_an_officer_verifies_and_corrects_in_the_pages_and_takes_no_licence_away(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    base = f"/desk/register/{schools[0].public_id}/"
    assert client.post(f"{base}verify/").status_code == 302
    licence = Licence.objects.get()
    for move in ("suspend", "revoke", "annul", "withdraw", "replace", "cancel"):
        answer = client.post(f"{base}licences/{licence.public_id}/{move}/", {"reason": "消防整改"})
        assert answer.status_code == 404
    licence.refresh_from_db()
    assert licence.state == "in_force"
    page = client.get(f"{base}correct/")
    form = {name: page.context["form"].initial[name] for name in page.context["form"].initial}
    form |= {"reason": "按营业执照核对", "principal": "李某"}
    assert client.post(f"{base}correct/", form).status_code == 302
    schools[0].refresh_from_db()
    assert (schools[0].principal, schools[0].verification) == ("李某", "verified")


def test_every_form_page_opens_and_says_what_is_missing(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    base = f"/desk/register/{schools[0].public_id}/"
    licence = Licence.objects.get()
    place = schools[0].premises.get()
    for path in (
        "/desk/register/new/",
        f"{base}correct/",
        f"{base}change/name/",
        f"{base}change/credit-code/",
        f"{base}change/department/",
        f"{base}change/status/",
        f"{base}licences/new/",
        f"{base}licences/{licence.public_id}/correct/",
        f"{base}premises/new/",
        f"{base}premises/{place.public_id}/correct/",
        f"{base}premises/{place.public_id}/close/",
    ):
        assert client.get(path).status_code == 200
        answer = client.post(path, {})
        assert answer.status_code == 200
        assert answer.context["form"].errors


def test_chosen_entries_are_verified_together_and_the_refused_are_named(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    chosen = {"selected": [str(school.public_id) for school in schools]}
    answer = client.post("/desk/register/verify/", chosen, follow=True).content.decode()
    assert "已核实 1 家机构。" in answer
    assert "求真培训学校：还没有办学地址" in answer


def test_a_list_is_uploaded_followed_and_its_refused_rows_downloaded(
    client: Client, login_as: LoginAs, district: District
) -> None:
    login_as(client, "licensing_officer")
    upload = SimpleUploadedFile("名册.csv", FIXTURE.read_bytes())
    answer = client.post("/desk/register/import/", {"file": upload, "anywhere": "on"})
    assert answer.status_code == 302
    assert "正在导入" in client.get(answer["Location"]).content.decode()
    run_waiting_jobs()
    page = client.get(answer["Location"])
    text = page.content.decode()
    assert "下载退回的行和原因" in text
    assert "幼儿园" in text
    job = page.context["job"]
    file = page.context["view"].files[0]
    book = client.get(f"/jobs/{job.public_id}/files/{file.pk}/")
    assert b"".join(book)[:2] == b"PK"  # type: ignore[arg-type]
    assert Institution.objects.count() == 24


def test_what_is_no_list_is_said_at_the_file(
    client: Client, login_as: LoginAs, district: District
) -> None:
    login_as(client, "licensing_officer")
    upload = SimpleUploadedFile("照片.xlsx", b"\x89PNG" + bytes(50))
    answer = client.post("/desk/register/import/", {"file": upload})
    assert answer.status_code == 200
    assert "照片.xlsx" in str(answer.context["form"].errors)
    assert client.get("/desk/register/import/template/").status_code == 200


def test_the_register_exported_and_imported_again_changes_nothing(
    schools: list[Institution], client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    upload = SimpleUploadedFile("名册.csv", FIXTURE.read_bytes())
    client.post("/desk/register/import/", {"file": upload, "anywhere": "on"})
    run_waiting_jobs()
    for kind in ("xlsx", "csv"):
        book = client.get("/desk/register/", {"export": kind}).content
        again = SimpleUploadedFile(f"again.{kind}", book)
        answer = client.post("/desk/register/import/", {"file": again, "anywhere": "on"})
        run_waiting_jobs()
        asked = client.get(answer["Location"]).context["asked"]
        counts = (asked.added_count, asked.changed_count, asked.refused_count, asked.kept_count)
        assert counts == (0, 0, 0, 26)
