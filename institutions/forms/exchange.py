"""The forms of importing tables: a file, whose data it is, a column each, and a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.exchange import TARGET_CHOICES, field_choices
from institutions.forms.register import DayField
from institutions.models import ColumnMapping

_FILE_HELP = _("Excel（.xlsx）或 CSV。身份证号一列会整列丢弃，不会存下来。")


class TableUploadForm(forms.Form):
    """导入表格: one file in our own template."""

    file = forms.FileField(label=_("选择文件"), help_text=_FILE_HELP)


class MappedUploadForm(forms.Form):
    """导入平台数据: a file of another system, under a saved mapping or a new one."""

    mapping = forms.ChoiceField(
        label=_("栏目对应"),
        required=False,
        help_text=_("选用存过的一套；第一次导入这种表，选“新建”，下一步为每一列指定含义。"),
    )
    target = forms.ChoiceField(label=_("这张表说的是"), choices=TARGET_CHOICES)
    source_on = DayField(label=_("数据日期"), help_text=_("来源在哪一天导出的这份数据。"))
    file = forms.FileField(label=_("选择文件"), help_text=_FILE_HELP)

    def __init__(self, *args: Any, mappings: Sequence[ColumnMapping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["mapping"])
        saved = [(str(one.public_id), f"{one.name}（{one.source_name}）") for one in mappings]
        field.choices = [("", _("新建")), *saved]
        field.widget.attrs["lang"] = "zh"


class MappingForm(forms.Form):
    """栏目对应: a name, a source, and for each column what it is."""

    name = forms.CharField(
        label=_("名称"), max_length=80, help_text=_("下次按名字选用，如“省平台机构表”。")
    )
    source_name = forms.CharField(
        label=_("数据来源"), max_length=120, help_text=_("哪个平台或单位的数据。随每一行保存。")
    )

    def __init__(
        self, *args: Any, headers: Sequence[str], guesses: Sequence[str], target: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = list(headers)
        choices: Any = field_choices(target)
        for index, (header, guess) in enumerate(zip(headers, guesses, strict=True)):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header, choices=choices, initial=guess, required=False
            )

    def pairs(self) -> list[tuple[str, str]]:
        """[header, field] as chosen, in the order of the columns."""
        return [
            (header, self.cleaned_data[f"column_{index}"])
            for index, header in enumerate(self.headers)
        ]


class ConflictForm(forms.Form):
    """处理不一致: which of the two stands, and why."""

    choice = forms.ChoiceField(
        label=_("以哪一个为准"),
        choices=[("ours", _("保留本局登记的")), ("theirs", _("改为来源说的"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("记入留痕，如：按民政登记证书核对。"),
    )
