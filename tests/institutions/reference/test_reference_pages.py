"""The pages of reference tables, as two officers use them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from institutions.models import TableRow, TableVersion
from tests.institutions.reference.conftest import SHIPPED_ACTIVITIES, drafted

pytestmark = pytest.mark.django_db
ACTIVITY = {"word": "全脑速读", "treatment": "appraise", "note": "投诉"}
FAR = date(2027, 6, 1)


def own(version: TableVersion, *rest: str) -> str:
    return "/".join(["/desk/reference/versions", str(version.public_id), *rest]) + "/"


def test_one_officer_changes_a_table_and_another_approves_it(client: Client, login_as) -> None:
    login_as(client, "filing_reviewer")
    assert "随系统提供的表" in client.get("/desk/reference/").content.decode()
    client.post("/desk/reference/activities/open/")
    draft = TableVersion.objects.get()
    page = client.post(own(draft, "rows", "new"), {"word": "棋", "treatment": "appraise"})
    assert "太短" in page.content.decode()
    client.post(own(draft, "rows", "new"), ACTIVITY)
    row = TableRow.objects.get(key="全脑速读")
    client.post(own(draft, "rows", str(row.pk)), {**ACTIVITY, "word": "全脑快读"})
    client.post(own(draft, "rows", str(TableRow.objects.get(key="国学").pk), "remove"))
    page = client.get(own(draft)).content.decode()
    assert "新增 1 行，修改 0 行，删除 1 行。" in page
    near = {"on": timezone.localdate().isoformat(), "basis": "通知", "reason": "投诉多"}
    assert "太近" in client.post(own(draft, "move", "propose"), near).content.decode()
    client.post(own(draft, "move", "propose"), {**near, "on": FAR.isoformat()})
    assert "等另一个人批准" in client.get(own(draft)).content.decode()
    assert "同一个人" in client.post(own(draft, "move", "approve")).content.decode()
    login_as(client, "district_leader")
    client.post(own(draft, "move", "approve"))
    held = TableVersion.objects.get()
    assert (held.state, held.effective_from, held.row_count) == (
        "approved",
        FAR,
        SHIPPED_ACTIVITIES,
    )
    assert "尚未生效" in client.get("/desk/reference/activities/").content.decode()
    history = client.get("/desk/reference/activities/history/").content.decode()
    assert "全脑快读" in history
    assert "批准参照表 · 第 1 版" in history


def test_a_search_narrows_the_rows_and_what_is_exported(client: Client, login_as, people) -> None:
    draft = drafted(people, "activities", [ACTIVITY])
    login_as(client, "legal_reviewer")
    page = client.get(own(draft, "rows") + "?q=全脑").content.decode()
    assert "共 1 条" in page
    assert "没有含这个词的行" in client.get(own(draft, "rows") + "?q=没有").content.decode()
    file = client.get(own(draft, "rows") + "?q=全脑&export=csv")
    assert file.content.decode("utf-8-sig").splitlines() == [
        "项目用语,怎样处理,说明",
        "全脑速读,须鉴别,投诉",
    ]
    shipped = client.get("/desk/reference/activities/?q=珠心算").content.decode()
    assert "珠心算" in shipped


def test_an_import_shows_each_bad_row_with_column_and_reason(client: Client, login_as, people):
    draft = drafted(people, "activities", [])
    login_as(client, "filing_reviewer")
    data = "项目用语,怎样处理\n全脑速读,须鉴别\n棋,须鉴别\n绘本,随便\n".encode()
    file = SimpleUploadedFile("项目.csv", data)
    page = client.post(own(draft, "import"), {"file": file, "mode": "add"}).content.decode()
    assert "2 行没有导入" in page
    assert "太短" in page
    assert "不在可选的值里" in page
    assert TableVersion.objects.get().row_count == SHIPPED_ACTIVITIES + 1


def test_a_signed_version_offers_no_editing(client: Client, login_as, approved) -> None:
    version = approved("activities", [ACTIVITY], on=date(2026, 5, 6))
    login_as(client, "filing_reviewer")
    for rest in (("rows", "new"), ("import",), ("restore",)):
        assert client.get(own(version, *rest)).headers["Location"] == own(version)
    page = client.post(own(version, "move", "propose"), {}).content.decode()
    assert "必填" in page
    assert "提请终止" in client.get(own(version)).content.decode()


def made(people, approve, count: int) -> TableVersion:
    """A table with so many approved versions, each of one row more, and a draft."""
    editor = people.editor
    for number in range(count):
        words = [{"word": f"新项目{number}", "treatment": "appraise"}]
        approve("activities", words, on=date(2026, 5, 6) + timedelta(days=number))
    return drafted(people, "activities", [{"word": f"{editor.role}", "treatment": "appraise"}])


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_with_one_version_and_with_three(
    client: Client, login_as, people, approved, django_assert_num_queries, count
) -> None:
    draft = made(people, approved, count)
    login_as(client, "filing_reviewer")
    client.get("/desk/reference/")
    for address, queries in (
        ("/desk/reference/", 9),
        ("/desk/reference/activities/", 12),
        ("/desk/reference/activities/history/", 12),
        (own(draft, "rows"), 11),
        (own(draft), 12),
    ):
        with django_assert_num_queries(queries):
            client.get(address)
