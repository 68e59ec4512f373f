"""The form of a mapping of an institution's lists: a name, each column's meaning, fixed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from institutions.choices.filing_columns import COLUMN_BY_HEADER, Column

_NOT_READ = _("不读这一列")
FIXABLE = (
    *("机构许可证号", "培训类别", "培训方式", "授课地点"),
    *("课间休息分钟", "教师身份", "收费方式"),
)
"""Columns that such lists often lack because they are the same for every class."""


class FilingMappingForm(forms.Form):
    """栏目对应: what each column of the file is, saved by name.

    `columns` are those of the list that the file is read into; `fixable` the ones of them that may
    be the same for every row.
    """

    name = forms.CharField(
        label=_("名称"), max_length=80, help_text=_("下次按名字认，如“国家平台班级导出”。")
    )
    source_name = forms.CharField(
        label=_("数据来源"), max_length=120, help_text=_("哪个平台或系统导出的表。")
    )

    def __init__(
        self,
        *args: Any,
        headers: Sequence[str],
        guesses: Sequence[str],
        fixed: Mapping[str, str],
        columns: Mapping[str, Column] = COLUMN_BY_HEADER,
        fixable: Sequence[str] = FIXABLE,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers, self.fixable = list(headers), list(fixable)
        choices: Any = [("", _NOT_READ), *((header, header) for header in columns)]
        for index, (header, guess) in enumerate(zip(headers, guesses, strict=True)):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                initial=guess,
                required=False,
                widget=forms.Select(attrs={"lang": "zh"}),
            )
        for index, header in enumerate(fixable):
            self.fields[f"fixed_{index}"] = _fixed_field(columns[header], fixed.get(header, ""))

    def pairs(self) -> list[tuple[str, str]]:
        """[their header, ours] as chosen, in the order of the columns."""
        return [
            (header, self.cleaned_data[f"column_{index}"])
            for index, header in enumerate(self.headers)
        ]

    def fixed(self) -> dict[str, str]:
        """What is the same for every class, by our header."""
        return {
            header: text
            for index, header in enumerate(self.fixable)
            if (text := self.cleaned_data[f"fixed_{index}"])
        }

    @property
    def fixed_fields(self) -> list[forms.BoundField]:
        """The fields of fixed values."""
        return [self[f"fixed_{index}"] for index in range(len(self.fixable))]


def _fixed_field(column: Column, initial: str) -> forms.Field:
    label = format_html('<span lang="zh">{}</span>', column.header)
    if column.closed:
        options: Any = [("", "—"), *((word, word) for word in column.options)]
        return forms.ChoiceField(
            label=label,
            choices=options,
            initial=initial,
            required=False,
            widget=forms.Select(attrs={"lang": "zh"}),
        )
    return forms.CharField(
        label=label,
        initial=initial,
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"lang": "zh", "autocomplete": "off"}),
    )


class SampleForm(forms.Form):
    """一份样表: from which the bureau makes a mapping for every institution."""

    file = forms.FileField(
        label=_("选择平台导出的表"),
        help_text=_("Excel（.xlsx）或 CSV，有一行列名和至少一行内容。只用来认列名，不会备案。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
