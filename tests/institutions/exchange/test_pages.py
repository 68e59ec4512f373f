"""The desk's pages of importing and exporting, as an officer uses them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from institutions.models import ColumnMapping, ImportConflict, Institution, TableImport
from institutions.services.register import correct_institution
from regulator.audit.models import Event
from regulator.jobs.services import run_waiting_jobs
from regulator.kernel.actors import SYSTEM
from tests.district import AT, District, LoginAs
from tests.institutions.exchange.made import PLATFORM, csv_bytes, platform_conflict
from tests.institutions.register.test_pages import make_school

HOME = "/desk/register/tables/"
ID_NUMBER = "11010519491231002X"
XWPX = (
    *("名称", "设立时间", "统一社会信用代码", "注册地址", "实际经营地址", "法定代表人姓名"),
    *("校长(负责人)姓名", "举办者名称(姓名)", "举办者属性", "办学资质说明", "办学许可证号"),
    *("发证机关", "法人登记部门", "培训类别", "培训内容", "建筑面积(平方米)"),
)


@pytest.fixture
def school(district: District) -> Institution:
    return make_school("明德教育培训学校", "教民151011670000018号")


def file(data: bytes, name: str = "表.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_table_is_uploaded_looked_through_written_and_its_refused_rows_fetched(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    data = csv_bytes(
        [
            {"机构名称": school.name, "办学地址": "新校区路 2 号", "建筑面积(平方米)": "99"},
            {"机构名称": "没有的学校", "办学地址": "某路 1 号", "建筑面积(平方米)": ""},
        ]
    )
    answer = client.post(f"{HOME}premises/upload/", {"file": file(data)})
    page = client.get(answer["Location"]).content.decode()
    assert "还没有写入任何内容" in page
    assert "新校区路 2 号" in page
    assert "写入这 1 行" in page
    assert "登记册里没有“没有的学校”" in page
    assert school.premises.count() == 1
    refused = client.get(answer["Location"], {"outcome": "refused"}).content.decode()
    assert "新校区路 2 号" not in refused
    client.post(f"{answer['Location']}write/")
    run_waiting_jobs()
    done = client.get(answer["Location"]).content.decode()
    assert school.premises.count() == 2
    link = re.search(r'href="(/[^"]*files?/[^"]*)"', done)
    assert "下载退回的行和原因" in done
    assert link is not None
    handed = client.get(link[1])
    assert handed.status_code == 200
    assert b"".join(handed.streaming_content)  # type: ignore[attr-defined]
    again = client.post(f"{answer['Location']}write/", follow=True).content.decode()
    assert "已经开始写入" in again
    assert "表.csv" in client.get(HOME).content.decode()


def test_a_file_that_is_no_table_is_answered_in_the_form(
    district: District, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    for address, extra in (
        (f"{HOME}premises/upload/", {}),
        ("/desk/register/mappings/upload/", {"target": "register", "source_on": "2026-02-01"}),
    ):
        page = client.post(address, {"file": file(b"\x89PNG\r\n\x1a\n123"), **extra})
        assert "其实是“图片”" in page.content.decode()
    assert not TableImport.objects.exists()
    assert client.get(f"{HOME}register/upload/").status_code == 404


def test_the_platforms_columns_are_guessed_saved_under_a_name_and_used_again(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    row = dict.fromkeys(XWPX, "") | {
        "名称": school.name,
        "注册地址": "顺城街 1 号",
        "举办者属性": "企业",
        "校长身份证号": ID_NUMBER,
    }
    upload = {"target": "register", "source_on": "2026-02-01", "file": file(csv_bytes([row]))}
    answer = client.post("/desk/register/mappings/upload/", upload)
    columns = client.get(answer["Location"])
    form = columns.context["form"]
    guessed = [form.fields[f"column_{n}"].initial for n in range(len(XWPX))]
    assert guessed == [
        "institution_name", "printed", "uscc", "registered_address", "address",
        "legal_representative", "principal", "sponsors", "printed", "printed", "licence_no",
        "issuing_authority", "printed", "category", "content", "floor_area",
    ]  # fmt: skip
    assert "有 1 列是身份证件号码，已经丢弃" in columns.content.decode()
    assert ID_NUMBER not in columns.content.decode()
    chosen = {f"column_{n}": field for n, field in enumerate(guessed)}
    nameless = client.post(answer["Location"], {**chosen, "name": "", "source_name": PLATFORM})
    assert "这个字段是必填项" in nameless.content.decode()
    wrong = {**chosen, "column_0": "", "column_1": "uscc", "name": "平台", "source_name": PLATFORM}
    page = client.post(answer["Location"], wrong).content.decode()
    assert "没有哪一列对应“机构名称”" in page
    assert "有两列都对应“统一社会信用代码”" in page
    good = {**chosen, "name": "平台", "source_name": PLATFORM}
    preview = client.post(answer["Location"], good)
    text = client.get(preview["Location"]).content.decode()
    assert "顺城街 1 号" in text
    assert PLATFORM in text
    saved = ColumnMapping.objects.get()
    assert (saved.version, saved.is_current, saved.pairs[0]) == (
        1, True, ["名称", "institution_name"],
    )  # fmt: skip
    upload |= {"mapping": str(saved.public_id), "file": file(csv_bytes([row]))}
    second = client.post("/desk/register/mappings/upload/", upload)
    assert second["Location"].startswith(HOME)
    assert (
        list(TableImport.objects.values_list("mapping", "source_name", "source_on"))
        == [(saved.pk, PLATFORM, date(2026, 2, 1))] * 2
    )
    assert "平台" in client.get("/desk/register/mappings/").content.decode()
    one = client.get(f"/desk/register/mappings/{saved.public_id}/").content.decode()
    assert "只留原文" in one


def test_a_conflict_is_shown_side_by_side_and_decided_with_a_reason(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    correct_institution(
        institution=school, values={"registered_address": "本局 1 号"}, actor=SYSTEM, at=AT
    )
    conflict = platform_conflict(school)
    address = f"/desk/register/conflicts/{conflict.public_id}/"
    assert "别处 99 号" in client.get("/desk/register/conflicts/").content.decode()
    page = client.get(address).content.decode()
    assert "本局 1 号" in page
    assert "别处 99 号" in page
    assert PLATFORM in page
    client.post(address, {"choice": "theirs", "reason": ""})
    assert ImportConflict.objects.get().state == "open"
    answer = client.post(address, {"choice": "theirs", "reason": "按营业执照核对"})
    assert answer["Location"] == "/desk/register/conflicts/"
    school.refresh_from_db()
    assert school.registered_address == "别处 99 号"
    assert Event.objects.filter(kind="exchange.conflict_decided").count() == 1
    again = client.post(address, {"choice": "ours", "reason": "反悔"}).content.decode()
    assert "已经处理过" in again
    decided = client.get("/desk/register/conflicts/", {"state": "theirs"}).content.decode()
    assert "改用来源的" in decided


def test_each_export_and_template_is_a_file(
    school: Institution, client: Client, login_as: LoginAs
) -> None:
    login_as(client, "licensing_officer")
    for target in ("register", "premises", "staff"):
        for kind in ("xlsx", "csv", "csv-gb18030"):
            answer = client.get(f"{HOME}{target}/export/", {"kind": kind})
            assert answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="exchange.given_out").count() == 3  # staff alone
    assert client.get(f"{HOME}premises/template/")["Content-Type"].endswith("sheet")
    assert client.get(f"{HOME}premises/export/", {"kind": "exe"}).status_code == 404
    assert client.get(f"{HOME}other/export/").status_code == 404
