"""What people do on the pages, as they do it: by the words they see. Used wherever pages serve."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

SHANGHAI = ZoneInfo("Asia/Shanghai")
JOB_MS = 60_000
_MOMENT = "%Y-%m-%dT%H:%M:%S"
CLASS = {
    "班次": "冬1期",
    "培训类别": "学科类",
    "学科或项目": "数学",
    "招生对象": "四年级",
    "培训方式": "线下",
    "上课星期": "周二、周四",
    "上课时间": "18:30-20:00",
    "每课时分钟": 40,
    "课间休息分钟": 10,
    "总课时": 16,
    "培训内容": "计算练习与解题习惯。",
    "进度安排": "第1至4次：练习；第5至8次：讲评",
    "培训材料": "自编练习册",
    "授课教师": "龙老师",
    "资格证书号": "20145164179338409",
    "证书学科或专业": "小学数学",
    "教师身份": "专职",
    "班额": 15,
    "收费总额": 320,
    "收费方式": "按周期",
}


def now() -> datetime:
    """The bureau's clock on the wall."""
    return datetime.now(SHANGHAI)


def download(page: Page, link: Locator) -> bytes:
    """What a link hands over as a file."""
    with page.expect_download() as handed:
        link.click()
    return Path(handed.value.path()).read_bytes()


def opened_file(page: Page, link: Locator) -> bytes:
    """The bytes behind a link that opens in the browser itself."""
    answer = page.context.request.get(link.get_attribute("href") or "")
    assert answer.ok, answer.status
    return answer.body()


def sheet_rows(data: bytes, *, sheet: str = "") -> list[list[str]]:
    """The rows of a workbook as texts; the first sheet unless one is named."""
    book = load_workbook(BytesIO(data))
    found = book[sheet] if sheet else book.worksheets[0]
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in found.iter_rows(values_only=True)
    ]


def pdf_text(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def figures(page: Page) -> dict[str, int]:
    """The counts that a page shows in a row, by their label."""
    stats = page.locator(".stat")
    labels = stats.locator(".stat__label").all_inner_texts()
    values = stats.locator(".stat__value b").all_inner_texts()
    return dict(zip(labels, map(int, values), strict=True))


def facts(page: Page) -> dict[str, str]:
    """The facts that a page lists, by their term."""
    rows = page.locator("main .facts__row")
    return dict(
        zip(rows.locator("dt").all_inner_texts(), rows.locator("dd").all_inner_texts(), strict=True)
    )


def sign_in(page: Page, user: str, password: str) -> None:
    """Log in as a person would."""
    page.goto("/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state("load")


# The register


def import_register(page: Page, *files: Path, other_places: str = "refused") -> None:
    """Upload lists on the import page, one after the other; stays on the last one's page."""
    for file in files:
        page.goto("/desk/register/import/")
        page.set_input_files("input[type=file]", file)
        if other_places == "kept":
            page.get_by_label("写明其他地方的行也照原样收下").check()
        page.get_by_role("button", name="上传并导入").click()
        expect(page.locator("h1")).to_have_text(file.name)
        expect(page.locator("main .progress")).to_have_count(0, timeout=JOB_MS)


def open_entry(page: Page, name: str) -> None:
    """Find an institution at the desk and open its entry."""
    page.goto("/desk/register/")
    page.locator("main input[type=search]").fill(name)
    page.locator("main").get_by_role("button", name="查询").click()
    page.locator("main tbody").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


# Filings


def filled_in(template: bytes, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The template as an institution saves it: one class a row, each cell below its header."""
    book: Workbook = load_workbook(BytesIO(template))
    sheet = book["备案"]
    columns = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    for number, row in enumerate(rows, start=2):
        for header, value in row.items():
            sheet.cell(number, columns[header]).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def upload_filings(page: Page, *, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Download the template, fill it in, hand it in, and wait until every row was looked at."""
    page.goto("/portal/filings/")
    template = download(page, page.get_by_role("link", name="下载模板").first)
    page.get_by_role("link", name="上传备案表").first.click()
    workbook = {
        "name": name,
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": filled_in(template, rows),
    }
    page.set_input_files("input[type=file]", [workbook])
    page.get_by_role("button", name="上传并核对").click()
    expect(page.locator(".todo__item").first).to_be_visible(timeout=JOB_MS)


def correct_row(page: Page, class_name: str, **cells: str) -> None:
    """Open a row that failed, change cells by their header, save."""
    page.locator(".todo__item", has_text=class_name).get_by_role("link").click()
    for header, text in cells.items():
        page.get_by_label(header).fill(text)
    page.get_by_role("button", name="保存并核对").click()
    page.wait_for_load_state("load")


def open_case(page: Page, class_name: str) -> None:
    """Find a class in the reviewer's queue and open it."""
    page.goto("/desk/filings/")
    page.get_by_label("班名、机构或编号含").fill(class_name)
    page.get_by_role("button", name="筛选").click()
    page.locator("main tbody").get_by_role("link", name=class_name, exact=True).click()
    expect(page.locator("h1")).to_have_text(class_name)


def decide_open_findings(page: Page) -> int:
    """Answer each undetermined finding with "no breach" and a reason; how many there were."""
    open_forms = page.locator("details[open]", has=page.get_by_text("由您判断", exact=True))
    count = 0
    while open_forms.count():
        form = open_forms.first
        form.get_by_label("不构成违规").check()
        form.get_by_label("理由").fill("已对照教材目录和校历核对。")
        form.get_by_role("button", name="记下判断").click()
        page.wait_for_load_state("load")
        count += 1
    return count


def approve(page: Page, class_name: str) -> None:
    """Decide what is undetermined, then approve."""
    open_case(page, class_name)
    decide_open_findings(page)
    page.get_by_role("button", name="通过", exact=True).click()
    page.wait_for_load_state("load")


def send_back(page: Page, class_name: str, reasons: str) -> None:
    """Return a class with reasons."""
    open_case(page, class_name)
    page.locator("#return textarea").fill(reasons)
    page.get_by_role("button", name="退回", exact=True).click()
    page.wait_for_load_state("load")


# Draws


@dataclass(frozen=True)
class Round:
    """What a coordinator plans: departments by code with seats a team, quotas by credit tier."""

    campaign: str
    seats: Mapping[str, int]
    quotas: Mapping[str, int]
    teams: int = 2


def fill_plan(page: Page, plan: Round) -> None:
    """Fill what is drawn from, how many, and who goes."""
    page.goto("/desk/draws/new/")
    page.fill("[name=campaign]", plan.campaign)
    page.fill("[name=team_count]", str(plan.teams))
    for field in page.locator("[name^=seats_]").all():
        code = (field.get_attribute("name") or "").removeprefix("seats_")
        field.fill(str(plan.seats.get(code, 0)))
    for tier, quota in plan.quotas.items():
        page.fill(f"[name=quota_{tier}]", str(quota))


def freeze(page: Page, plan: Round, *, due_in_seconds: int) -> str:
    """Look at the frame, then fix it with the earliest reading; the draw's number."""
    fill_plan(page, plan)
    return fix_frame(page, plan.campaign, due_in_seconds=due_in_seconds)


def fix_frame(page: Page, campaign: str, *, due_in_seconds: int) -> str:
    """Name dice as the public source, look at the frame, fix it; the draw's number."""
    page.select_option("[name=entropy_kind]", "dice")
    page.fill("[name=entropy_source]", "政务大厅，公证员掷十枚十面骰，从左到右读数")
    page.fill("[name=entropy_format]", "[0-9]{10}")
    page.fill("[name=entropy_fallback]", "由另一名公证员重新掷一次")
    page.fill("[name=due]", (now() + timedelta(minutes=5)).strftime(_MOMENT))
    page.get_by_role("button", name="看看抽查框").click()
    button = page.get_by_role("button", name="固定抽查框")
    expect(button).to_be_visible()
    page.fill("[name=due]", (now() + timedelta(seconds=due_in_seconds)).strftime(_MOMENT))
    button.click()
    expect(page.locator("h1")).to_contain_text(campaign)
    return re.findall(r"\d{6}-\d{4}-\d{3}", page.locator("h1").inner_text())[0]


def publish_commitment(page: Page, number: str) -> None:
    """The second officer's step."""
    page.goto(f"/desk/draws/{number}/")
    exclusions = page.get_by_role("button", name=re.compile("复核同意 [0-9]+ 项排除"))
    if exclusions.count():
        exclusions.click()
    page.get_by_role("button", name="复核同意，公布承诺").click()
    expect(page.get_by_text("承诺已公布")).to_be_visible()


def read_dice(page: Page, number: str, *, reading: str, again: str, witnesses: str) -> None:
    """Type a reading twice, as soon as it is due."""
    page.goto(f"/desk/draws/{number}/ceremony/")
    field = page.locator("[name=reading]")
    # The page counts down and shows the form by itself when the time has come.
    field.wait_for(timeout=180_000)
    field.fill(reading)
    page.fill("[name=again]", again)
    page.fill("[name=witnesses]", witnesses)
    page.get_by_role("button", name="记录读数").click()
    page.wait_for_load_state("load")


def seal_keys(page: Page, number: str) -> None:
    """Enter two custodians, one outside the bureau, and print each envelope's sheet."""
    for envelope, custodian, outside in (("封1", "邓敏", False), ("封2", "罗静", True)):
        page.goto(f"/desk/draws/{number}/key-copies/new/")
        page.fill("[name=envelope_number]", envelope)
        page.fill("[name=custodian]", custodian)
        page.fill("[name=organisation]", "区公证处" if outside else "区教育局档案室")
        page.fill("[name=place]", "保险柜")
        if outside:
            page.check("[name=is_outside]")
        page.get_by_role("button", name="登记").click()
        page.wait_for_load_state("load")
        with page.expect_popup() as opened:
            page.get_by_role("button", name="打印封存页").click()
        opened.value.close()


def draw(page: Page, number: str, *, approver: Page) -> None:
    """The second officer presses the one button of the day; the first opens the lists."""
    approver.goto(f"/desk/draws/{number}/ceremony/")
    approver.get_by_role("button", name="抽取", exact=True).click()
    expect(approver.get_by_text("抽取完成")).to_be_visible()
    page.goto(f"/desk/draws/{number}/lists/")


def print_checklists(page: Page, number: str) -> None:
    """Have the papers rendered, watch the job to its end, and come back to the lists."""
    page.goto(f"/desk/draws/{number}/lists/")
    page.get_by_role("button", name="印检查清单").click()
    page.get_by_role("link", name="去看结果").wait_for(timeout=2 * JOB_MS)
    page.get_by_role("link", name="去看结果").click()
    page.wait_for_load_state("load")


# The public


def search_public(page: Page, words: str) -> list[str]:
    """What a visitor finds, in order."""
    page.goto("/")
    page.locator("main input[type=search]").fill(words)
    page.locator("main").get_by_role("button", name="查询").click()
    page.wait_for_load_state("load")
    return page.locator(".result__title").all_inner_texts()


def open_provider(page: Page, name: str) -> None:
    """From the search box to the provider's page."""
    assert name in search_public(page, name)
    page.locator(".result__title").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


def public_classes(page: Page) -> list[str]:
    """The approved classes on a provider's page."""
    return page.locator("#classes tbody th").all_inner_texts()


# Escrow


def register_account(page: Page, institution: str, *, bank: str, branch: str, account: str) -> None:
    """From the list of those without one to the account's page."""
    page.goto(f"/desk/escrow/missing/?q={institution}")
    page.get_by_role("link", name=f"登记监管账户：{institution}").click()
    page.get_by_label("银行").fill(bank)
    page.get_by_label("开户网点").fill(branch)
    page.get_by_label("账号").fill(account)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_have_text(institution)


def next_step(page: Page, label: str, fill: Callable[[], None] | None = None) -> None:
    """Take the one next step that an account's page offers."""
    page.locator("main").get_by_role("link", name=label, exact=True).click()
    if fill is not None:
        fill()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_load_state("load")


def later(days: int) -> str:
    """A day so many days from now, as a sheet shows it."""
    day: date = now().date() + timedelta(days=days)
    return day.isoformat()


# What an institution files


def own_institution(page: Page) -> str:
    """The institution whose manager is signed in."""
    page.goto("/portal/")
    return page.locator("main p[class*=lede]").first.inner_text()


def classes_of(visitor: Page, institution: str) -> list[dict[str, object]]:
    """Two good classes, one that ends too late, one without an end date; nobody teaches twice."""
    open_provider(visitor, institution)
    shown = facts(visitor)
    common = CLASS | {
        "机构许可证号": shown["证件"].split()[-1],
        "授课地点": shown["办学地址"].splitlines()[0],
        "开班日期": later(30),
        "结课日期": later(60),
        "收费日期": later(25),
        "班额": 6,
    }
    return [
        common | {"班级名称": "小学四年级数学甲班"},
        common | {"班级名称": "小学四年级数学乙班", **_teacher(1), "上课星期": "周一、周三"},
        common | {"班级名称": "小学四年级数学晚班", **_teacher(2), "上课时间": "19:30-21:00"},
        common | {"班级名称": "小学四年级数学丙班", **_teacher(3), "结课日期": None},
    ]


def _teacher(number: int) -> dict[str, str]:
    return {"授课教师": f"{'白方夏'[number - 1]}老师", "资格证书号": f"2014516417933{number:04d}"}
