"""Pages of staff: what an officer, a manager and a parent see, do and may not; looks on record."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFile

from institutions.models import Institution, StaffExclusion, StaffMember
from institutions.services.staff import record_staff_member
from institutions.services.staff_papers import set_staff_photo
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import District, LoginAs
from tests.institutions.staff.conftest import AT, NUMBER, OTHER_NUMBER, draft, picture, school_named

FORM = {
    "name": "王芳",
    "kind": "teaching",
    "employment": "full_time",
    "post": "数学教师",
    "background": "none",
    "subjects": ["数学"],
    "courses": "初中数学",
    "teaching_history": "2018年起任教",
    "identity_kind": "resident_id",
    "identity_number": OTHER_NUMBER,
    "consent_signed_on": "2026-02-10",
}


def shown_kinds() -> list[str]:
    kinds = ("staff.list_shown", "staff.record_shown", "staff.number_read")
    return list(Event.objects.filter(kind__in=kinds).order_by("id").values_list("kind", flat=True))


def day(ahead: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def test_a_person_is_entered_in_the_portal_checked_at_the_desk_and_begins(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "institution_manager", institution=school.public_id)
    page = client.post("/portal/staff/new/", FORM, follow=True)
    assert "已登记为拟聘" in page.content.decode()
    member = StaffMember.objects.get()
    own = f"/portal/staff/{member.public_id}/"
    refused = client.post(f"{own}start/", {"starts_on": day()}).content.decode()
    assert "还没有违法犯罪信息查询结果，不能到岗。" in refused
    assert "没有登记资格证书" in refused
    assert "未成年人保护法" in refused
    certificate = {"kind": "teacher", "number": "2018321004200", "subject": "初中数学"}
    client.post(f"{own}certificate/", certificate)
    assert client.get(f"{own}check/").status_code == 404

    login_as(client, "licensing_officer")
    desk = f"/desk/staff/{member.public_id}/"
    for kind in ("enquiry", "proof"):
        client.post(f"{desk}check/", {"kind": kind, "checked_on": "2026-02-20", "result": "clear"})
    login_as(client, "institution_manager", institution=school.public_id)
    done = client.post(f"{own}start/", {"starts_on": day()}, follow=True).content.decode()
    assert "已到岗" in done
    member.refresh_from_db()
    assert member.place_on(timezone.localdate()) == "employed"


def test_every_look_of_an_officer_is_on_record(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "filing_reviewer")
    assert client.get("/desk/staff/").status_code == 200
    assert client.get(f"/desk/register/{teacher.institution.public_id}/staff/").status_code == 200
    page = client.get(f"/desk/staff/{teacher.public_id}/").content.decode()
    assert shown_kinds() == ["staff.list_shown", "staff.list_shown", "staff.record_shown"]
    assert "**** 1234" in page
    assert "20153210042001234" not in page
    assert NUMBER not in page
    paper = teacher.certificates.get()
    number = f"/desk/staff/{teacher.public_id}/certificates/{paper.public_id}/number/"
    assert "20153210042001234" not in client.get(number).content.decode()
    assert "这个字段是必填项" in client.post(number).content.decode()
    assert "20153210042001234" in client.post(number, {"reason": "核对"}).content.decode()
    assert shown_kinds()[-1] == "staff.number_read"


def test_the_own_list_is_no_look_from_outside(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "institution_manager", institution=teacher.institution.public_id)
    page = client.get("/portal/staff/").content.decode()
    assert "李明远" in page
    assert "专职教学、教研人员占全部从业人员" in page
    assert client.get(f"/portal/staff/{teacher.public_id}/").status_code == 200
    assert shown_kinds() == []


def test_another_institutions_and_another_districts_people_are_not_there(
    teacher: StaffMember, client: Client, login_as: LoginAs, district: District
) -> None:
    paper = teacher.certificates.get()
    login_as(client, "licensing_officer", division=district.other_division)
    desk = f"/desk/staff/{teacher.public_id}/"
    for address in (desk, f"{desk}change/", f"{desk}certificates/{paper.public_id}/number/"):
        assert client.get(address).status_code == 404
    other = school_named("求真学校")
    login_as(client, "institution_manager", institution=other.public_id)
    own = f"/portal/staff/{teacher.public_id}/"
    for address in (own, f"{own}change/", f"{own}certificates/{paper.public_id}/strike/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{own}end/", {"on": day(1), "reason": "走"}).status_code == 404
    teacher.refresh_from_db()
    assert teacher.ends_before is None


@pytest.mark.parametrize("role", ["expert", "fee_supervisor", "administrator"])
def test_desks_without_a_need_read_no_staff(
    teacher: StaffMember, client: Client, login_as: LoginAs, role: str
) -> None:
    login_as(client, role)
    for address in ("/desk/staff/", "/desk/staff/exclusions/", f"/desk/staff/{teacher.public_id}/"):
        assert client.get(address).status_code == 403
    assert shown_kinds() == []


def test_a_reader_sees_no_buttons_and_may_not_post(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "legal_reviewer")
    page = client.get(f"/desk/staff/{teacher.public_id}/").content.decode()
    assert "录入查询结果" not in page.split("<main")[1].split("<aside")[0]
    check = {"kind": "enquiry", "checked_on": "2026-03-01", "result": "clear"}
    assert client.post(f"/desk/staff/{teacher.public_id}/check/", check).status_code == 403
    assert teacher.checks.count() == 2


def test_parents_see_teachers_with_the_fields_of_the_rule_only(
    school: Institution, officer: Actor, teacher: StaffMember, client: Client
) -> None:
    record_staff_member(
        institution=school,
        draft=draft(name="赵小", kind="other", post="教务", identity_number=""),
        actor=officer,
        at=AT,
    )
    page = client.get(reverse("pages:provider", args=[school.public_id]))
    text = page.content.decode()
    for words in ("李明远", "初中数学", "2015年起任教", "教师资格证"):
        assert words in text
    for words in ("赵小", "1234", "2026-02-25", "专职", "在职教师"):
        assert words not in text


def test_a_photo_is_made_small_and_says_nothing_of_the_camera(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    taken = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (1200, 1600), "#336699").save(taken, format="JPEG", exif=exif)
    login_as(client, "institution_manager", institution=teacher.institution.public_id)
    own = f"/portal/staff/{teacher.public_id}/"
    upload = SimpleUploadedFile("a.jpg", taken.getvalue(), content_type="image/jpeg")
    assert client.post(f"{own}photo/", {"photo": upload}).status_code == 302
    answer = client.get(f"/staff/{teacher.public_id}/photo.jpg")
    data = b"".join(answer.streaming_content)
    assert b"secret place" not in data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(data)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (480, 640))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not a picture", "不是 JPEG 或 PNG 照片"),
        (picture(kind="GIF"), "不是 JPEG 或 PNG 照片"),
        (picture(size=(99, 400)), "照片太小"),
        (picture()[:200], "不是 JPEG 或 PNG 照片"),
        (b"\xff" * (2 * 1024 * 1024 + 1), "照片超过 2 MB"),
    ],
)
def test_what_is_no_photo_is_refused_in_plain_words(
    teacher: StaffMember,
    client: Client,
    login_as: LoginAs,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
    words: str,
) -> None:
    login_as(client, "institution_manager", institution=teacher.institution.public_id)
    # As in a process that has printed: WeasyPrint has Pillow accept pictures that were cut off.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    upload = SimpleUploadedFile("a.jpg", data, content_type="image/jpeg")
    page = client.post(f"/portal/staff/{teacher.public_id}/photo/", {"photo": upload})
    assert words in page.content.decode()
    teacher.refresh_from_db()
    assert teacher.photo_sha256 == ""


def test_the_photo_of_other_staff_is_not_public(
    school: Institution, officer: Actor, client: Client, login_as: LoginAs
) -> None:
    other = draft(name="赵小", kind="other", post="教务")
    member = record_staff_member(institution=school, draft=other, actor=officer, at=AT)
    set_staff_photo(member=member, picture=picture(kind="JPEG"), actor=SYSTEM, at=AT)
    assert client.get(f"/staff/{member.public_id}/photo.jpg").status_code == 404
    login_as(client, "licensing_officer")
    shown = client.get(f"/desk/staff/{member.public_id}/photo.jpg")
    assert b"".join(shown.streaming_content)


def test_a_person_is_excluded_and_let_in_again_at_the_desk(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    asked = {
        "name": "王芳",
        "identity_kind": "resident_id",
        "identity_number": OTHER_NUMBER,
        "ground": "blacklisted",
        "source": "平台黑名单2026年第1期",
    }
    page = client.post("/desk/staff/exclusions/new/", asked, follow=True).content.decode()
    assert "王*" in page
    assert "王芳" not in page
    assert OTHER_NUMBER not in page
    new = f"/desk/register/{school.public_id}/staff/new/"
    assert "在不得录用名单上（纳入从业人员黑名单）" in client.post(new, FORM).content.decode()
    assert not StaffMember.objects.exists()
    row = StaffExclusion.objects.get()
    client.post(f"/desk/staff/exclusions/{row.public_id}/lift/", {"reason": "撤销决定"})
    assert client.post(new, FORM).status_code == 302


def test_a_list_is_declared_in_the_portal(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "institution_manager", institution=teacher.institution.public_id)
    page = client.post("/portal/staff/declare/", {}, follow=True).content.decode()
    assert "声明在职 1 人，名单完整属实。" in page


def test_change_end_and_strike_are_done_from_their_pages(
    teacher: StaffMember, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    desk = f"/desk/staff/{teacher.public_id}/"
    form = client.get(f"{desk}change/").context["form"]
    assert form.initial["identity_number"] == ""
    changed = {**FORM, "name": "李明远", "identity_number": "", "on": day(), "reason": "更正"}
    assert client.post(f"{desk}change/", changed).status_code == 302
    paper = teacher.certificates.get()
    strike = f"{desk}certificates/{paper.public_id}/strike/"
    assert client.post(strike, {"reason": "误登"}).status_code == 302
    assert client.post(f"{desk}end/", {"on": day(1), "reason": "辞职"}).status_code == 302
    teacher.refresh_from_db()
    assert (teacher.teaching_history, teacher.leaving_reason) == ("2018年起任教", "辞职")
    assert client.get(f"{desk}nothing/").status_code == 404
