"""The form of a single class: its cells in five groups, and what is said at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.choices.filing_columns import COLUMNS, DAY, Column
from institutions.forms.filings import cell_field
from institutions.selectors.filings_said import CheckedClass, Said

_GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("班级"),
        (
            *("班级名称", "班次", "培训类别", "学科或项目", "招生对象", "培训方式"),
            *("授课地点", "机构许可证号"),
        ),
    ),
    (
        _("什么时候上课"),
        (
            *("开班日期", "结课日期", "上课星期", "上课时间"),
            *("每课时分钟", "课间休息分钟", "总课时"),
        ),
    ),
    (_("教什么"), ("培训内容", "进度安排", "培训材料")),
    (_("谁来教"), ("授课教师", "教师身份", "资格证书号", "证书学科或专业")),
    (_("收费"), ("班额", "收费总额", "收费日期", "收费方式")),
)
_WIDE = ("班级名称", "授课地点", "培训内容", "进度安排", "培训材料")
_MOST_CHARACTERS = 1000
_ROWS = {"授课地点": 1, "培训内容": 4, "进度安排": 6}
_INDEX = {column.header: index for index, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class CellBlock:
    """One cell of the form: its field, what is said of it, what may be chosen."""

    index: int
    field: forms.BoundField
    said: Sequence[Said]
    is_wide: bool
    options: tuple[str, ...] = ()
    unless: str | Promise = ""

    @property
    def is_wrong(self) -> bool:
        """Whether anything but a reviewer's doubt is said."""
        return any(not one.is_doubt for one in self.said)


class ClassForm(forms.Form):
    """填写一个班: every cell is a text as in the sheet; the screening reads it, not this form."""

    statement = forms.CharField(
        label=_("情况说明"),
        required=False,
        max_length=_MOST_CHARACTERS,
        help_text=_("有违规项仍要提交的，写明为什么认为没有违规；审核人员会看到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    change_reason = forms.CharField(
        label=_("为什么变更"),
        required=False,
        max_length=500,
        help_text=_("例如教师离职、教室调整。审核人员会看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, cells: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, column in enumerate(COLUMNS):
            shown = cells.get(column.header, "")
            field = cell_field(column, shown, ())
            field.initial = shown
            field.required = column.is_needed_in(cells)
            field.widget.attrs |= _attributes(index, column)
            if column.kind == DAY and (not shown or _is_iso(shown)):
                # A date is picked where it is one, or none yet; what cannot be read stays a text.
                field.widget.input_type = "date"
            if header_rows := _ROWS.get(column.header):
                field.widget.attrs["rows"] = header_rows
            self.fields[f"cell{index}"] = field

    def typed(self) -> dict[str, str]:
        """The cells as sent, by header."""
        return {
            column.header: str(self.data.get(f"cell{index}", "")).replace("\r\n", "\n")
            for index, column in enumerate(COLUMNS)
            if f"cell{index}" in self.data
        }

    def sent(self, name: str) -> str:
        """A text that is no cell, cut to what may be kept."""
        return str(self.data.get(name, ""))[:_MOST_CHARACTERS]

    def groups(self, checked: CheckedClass) -> list[dict[str, Any]]:
        """The cells in their groups, each with what is said of it."""
        return [
            {"title": title, "blocks": [self._block(header, checked) for header in headers]}
            for title, headers in _GROUPS
        ]

    def _block(self, header: str, checked: CheckedClass) -> CellBlock:
        index = _INDEX[header]
        column = COLUMNS[index]
        return CellBlock(
            index=index,
            field=self[f"cell{index}"],
            said=checked.said.get(header, ()),
            is_wide=header in _WIDE,
            options=() if column.closed else column.options,
            unless=column.required,
        )


def _attributes(index: int, column: Column) -> dict[str, str]:
    """What is said of a cell belongs to it; what is offered is offered as one types."""
    attributes = {"aria-describedby": f"said-{index}"}
    if column.options and not column.closed:
        attributes["list"] = f"options-{index}"
    return attributes


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def field_links(headers: Sequence[str]) -> list[dict[str, str]]:
    """Cells by header with the address of their fields on the page."""
    return [{"header": header, "url": f"#id_cell{_INDEX[header]}"} for header in headers]


class FindDraftForm(forms.Form):
    """从哪一个班复制: words of the earlier class."""

    words = forms.CharField(label=_("班名或编号含"), required=False, max_length=60)
