"""The living style guide: every component once, with words that explain it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.web.charts import Bar, Series, bar_chart, line_chart
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge
from regulator.web.icons import icon_names

_STATES = [("", _("全部状态")), ("open", _("待审")), ("done", _("已办"))]


class _ExampleFilters(forms.Form):
    """Filters as a sentence: label before the widget, help text behind it."""

    state = forms.ChoiceField(label=_("状态是"), choices=_STATES, required=False)
    since = forms.DateField(
        label=_("提交日期从"),
        help_text=_("起"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    q = forms.CharField(label=_("名称含"), required=False, max_length=40)


class _ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("机构名称"), help_text=_("与营业执照上的名称一致。"))
    kind = forms.ChoiceField(
        label=_("培训类别"), choices=[("a", _("学科类")), ("b", _("非学科类"))]
    )
    note = forms.CharField(label=_("补充说明"), widget=forms.Textarea, required=False)
    way = forms.ChoiceField(
        label=_("培训方式"),
        choices=[("offline", _("线下")), ("live", _("线上直播"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("以上内容属实"))


class _ExampleUpload(forms.Form):
    """The big upload of the portal."""

    workbook = forms.FileField(
        label=_("把备案工作簿拖到这里"),
        help_text=_("支持 Excel、WPS 和 CSV，最大 20 MB。"),
    )


_ROWS = [
    {
        "name": "示例文字：一家名称特别长、在表格里放不下因而需要截断显示的培训机构有限公司",
        "number": "EX-0001",
        "day": date(2026, 9, 1),
        "count": 12,
        "amount_fen": 128050,
        "badge": Badge(OK, _("已通过")),
    },
    {
        "name": "示例文字：第二行",
        "number": "EX-0002",
        "day": date(2026, 10, 12),
        "count": 240,
        "amount_fen": 99,
        "badge": Badge(ATTENTION, _("待您审核")),
    },
    {
        "name": "示例文字：第三行",
        "number": "EX-0003",
        "day": date(2026, 10, 30),
        "count": 3,
        "amount_fen": 4999900,
        "badge": Badge(BREACH, _("不通过")),
    },
    {
        "name": "示例文字：第四行",
        "number": "EX-0004",
        "day": None,
        "count": 0,
        "amount_fen": None,
        "badge": Badge(UNKNOWN, _("无法判定")),
    },
    {
        "name": "示例文字：第五行",
        "number": "EX-0005",
        "day": date(2026, 11, 1),
        "count": 1,
        "amount_fen": 0,
        "badge": Badge(NEUTRAL, _("已撤回")),
    },
]

_JOURNEY = [
    {"label": _("提交"), "state": "done", "on": date(2026, 10, 12)},
    {"label": _("机器初筛"), "state": "done", "on": date(2026, 10, 12)},
    {
        "label": _("人工审核"),
        "state": "current",
        "who": _("备案审核员"),
        "until": date(2026, 11, 4),
        "left": 3,
    },
    {"label": _("公布"), "state": "todo"},
]

_FINDINGS = [
    {
        "tone": BREACH,
        "title": _("线下课程结束时间晚于 20:30"),
        "code": "TIME-OFFLINE-END",
        "field": _("上课时间"),
        "text": "周二、周四 19:00-21:00",
        "evidence": "21:00",
        "message": _("这个班周二、周四 21:00 下课，比规定的最晚时间 20:30 晚 30 分钟。"),
        "basis": "示例依据：第几条",
        "remedy": _("把下课时间提前到 20:30 或更早。"),
    },
    {
        "tone": UNKNOWN,
        "title": _("教学进度是否超前"),
        "code": "CONTENT-PACE",
        "field": _("培训内容"),
        "text": "示例文字：分数的初步认识、长方形的面积",
        "spans": [(5, 12, "unknown")],
        "message": _("本区没有登记该年级使用的教材版本，无法判断这个知识点在哪个学期学。"),
        "basis": "示例依据：第几条",
        "unit": "示例教材 三年级上册 第八单元",
        "decision": _("由备案审核员决定"),
    },
]


_PARTS: dict[str, Any] = {
    "exports": [{"label": "Excel", "url": "?export=xlsx"}, {"label": "CSV", "url": "?export=csv"}],
    "actions": [
        {"label": _("批量通过"), "value": "approve", "tone": "primary"},
        {"label": _("退回"), "value": "return", "tone": "danger"},
    ],
    "stats": [
        {"label": _("待审核"), "value": 18, "unit": _("个班"), "tone": ATTENTION, "url": "#"},
        {"label": _("今天到期"), "value": 3, "unit": _("个班"), "tone": BREACH},
        {"label": _("已通过"), "value": "1,204", "unit": _("个班"), "tone": OK},
        {"label": _("在册机构"), "value": 420, "unit": _("家"), "note": _("截至今天")},
    ],
    "todo": [
        {"title": _("补齐 3 家机构的许可证号"), "url": "#", "count": 3, "state": "todo"},
        {
            "title": _("审核备案"),
            "text": _("先办快到期的"),
            "url": "#",
            "count": 18,
            "state": "current",
            "due": date(2026, 11, 4),
            "left": 2,
        },
        {"title": _("上传工作簿"), "text": _("已完成"), "state": "done"},
    ],
    "facts": [
        {"label": _("办学许可"), "badge": Badge(OK, _("有效"))},
        {"label": _("许可证号"), "value": "EX-0001", "data": True},
        {"label": _("有效期到"), "value": "2028-08-31", "note": _("还有 1 年 9 个月")},
        {"label": _("联系电话"), "value": ""},
    ],
    "tabs": [
        {"label": _("待审"), "url": "#", "current": True, "count": 18},
        {"label": _("已退回"), "url": "#", "count": 4},
        {"label": _("已通过"), "url": "#", "count": 1204},
    ],
    "crumbs": [{"label": _("课程备案"), "url": "#"}, {"label": _("样式手册")}],
    "reasons": [
        {
            "text": _("还有 2 条发现没有处理。"),
            "basis": "示例依据：第几条",
            "remedy": _("先逐条给出处理意见。"),
        },
        {"text": _("这个班由您本人录入，审核必须由另一个人做。")},
    ],
    "consequences": [
        _("已发布的承诺会公示为作废。"),
        _("抽出的名单不再有效。"),
        _("撤销的原因会一直公开。"),
    ],
    "running": Badge(ATTENTION, _("处理中"), "refresh"),
}

_BARS_TITLE = _("退回最多的原因是下课太晚")
_BARS = [
    Bar("下课晚于 20:30", 86, tone=BREACH),
    Bar("超过学校教学进度", 54, tone=BREACH),
    Bar("材料不全", 31),
    Bar("教材版本无法判定", 12, tone=UNKNOWN),
]
_LINES_TITLE = _("备案在开学前一个月最集中")
_MONTHS = ["6月", "7月", "8月", "9月", "10月", "11月"]
_SERIES = [
    Series("提交", [120, 310, 680, 240, 180, 90]),
    Series("退回", [60, 200, 430, 300, 230, 40], tone=ATTENTION),
]


def _context(request: HttpRequest) -> dict[str, Any]:
    wrong = _ExampleForm({"wrong-kind": "a"}, prefix="wrong")
    wrong.is_valid()
    # Far more pages than rows, so that the page links can be seen.
    page = Paginator(_ROWS * 40, 5).get_page(request.GET.get("page"))
    return {
        **_PARTS,
        "page": page,
        "filters": _ExampleFilters(request.GET or None),
        "form": _ExampleForm(),
        "wrong": wrong,
        "upload": _ExampleUpload(),
        "journey": _JOURNEY,
        "findings": _FINDINGS,
        "icons": icon_names(),
        "bars": bar_chart(title=str(_BARS_TITLE), bars=_BARS),
        "lines": line_chart(title=str(_LINES_TITLE), labels=_MONTHS, series=_SERIES),
        "bars_title": _BARS_TITLE,
        "lines_title": _LINES_TITLE,
    }


@page_for(Action.DESK_ENTER)
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page."""
    return render(request, "desk/styleguide.html", _context(request))
