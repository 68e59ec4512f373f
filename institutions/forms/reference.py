"""The forms of reference tables: a row, a file, and what a move asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.reference_problems import COLUMN_HELP, COLUMN_LABELS, problem_text
from institutions.choices.reference_tables import CHANGE_CHOICES
from institutions.core.reference_tables.columns import Column, Form, TableSpec
from institutions.core.reference_tables.rows import read_row
from institutions.forms.register import DayField, any_of
from institutions.services.reference_moves import MoveDetails

_LONG = 100
_NOT_CHOSEN: list[Any] = [("", _("请选择"))]
REPLACE = "replace"


class ReferenceRowForm(forms.Form):
    """参照表的一行: a field a column; what is wrong stands at its own field."""

    def __init__(self, *args: Any, spec: TableSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spec = spec
        for column in spec.columns:
            self.fields[column.name] = _field(column)

    def clean(self) -> dict[str, Any]:
        """Every problem of the row, at the field that it is about."""
        cleaned = dict(self.cleaned_data)
        if not self.errors:
            for problem in read_row(self._spec, cleaned).problems:
                self.add_error(problem.column or None, problem_text(problem))
        return cleaned

    def texts(self) -> Mapping[str, str]:
        """What was typed, by column name."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


def _field(column: Column) -> forms.Field:
    label: Any = COLUMN_LABELS[column.name]
    help_text: Any = COLUMN_HELP.get(column.name, "")
    if column.form is Form.CHOICE:
        field: forms.Field = forms.ChoiceField(
            label=label,
            choices=_NOT_CHOSEN + list(column.words.items()),
            required=column.needed,
            help_text=help_text,
        )
        field.widget.attrs["lang"] = "zh"
        return field
    return forms.CharField(
        label=label, required=column.needed, help_text=help_text, widget=_widget(column)
    )


def _widget(column: Column) -> forms.Widget:
    if column.form is Form.DAY:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if column.form is Form.WHOLE:
        return forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6})
    if column.form is Form.YUAN:
        return forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 12})
    if column.longest > _LONG:
        return forms.Textarea(attrs={"rows": 2, "lang": "zh"})
    return forms.TextInput(attrs={"maxlength": column.longest, "lang": "zh"})


class ReferenceFileForm(forms.Form):
    """导入参照表: a file, and what becomes of rows it does not name."""

    file = forms.FileField(
        label=_("选择文件"),
        help_text=_("Excel（.xlsx）或 CSV，列名与导出的文件相同，不超过 5,000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    mode = forms.ChoiceField(
        label=_("文件里没有的行"),
        choices=[("add", _("留着（只增改）")), (REPLACE, _("删去（用文件替换整张表）"))],
        initial="add",
        widget=forms.RadioSelect,
    )


class ProposeForm(forms.Form):
    """提请批准: from when, on what basis, and why."""

    on = DayField(label=_("从哪一天起"), help_text=_("开班日期在这一天和以后的班级按新表核对。"))
    basis = forms.CharField(
        label=_("依据的文件"), max_length=200, widget=forms.TextInput(attrs={"lang": "zh"})
    )
    reason = forms.CharField(
        label=_("为什么改"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh"}),
        help_text=_("批准的人和以后查历史的人都看这一句。"),
    )


class ReasonForm(forms.Form):
    """退回、不终止: why."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "lang": "zh"})
    )


class EndForm(ReasonForm):
    """提请终止: from when, and why."""

    on = DayField(label=_("从哪一天起不再用"))

    field_order = ("on", "reason")


MOVE_FORMS: Mapping[str, type[forms.Form]] = {
    "propose": ProposeForm,
    "send_back": ReasonForm,
    "keep": ReasonForm,
    "ask_end": EndForm,
}


def move_form(name: str, *args: Any, **kwargs: Any) -> forms.Form:
    """The form of a move; one that asks for nothing is an empty form."""
    return MOVE_FORMS.get(name, forms.Form)(*args, **kwargs)


def move_details(values: Mapping[str, Any]) -> MoveDetails:
    """What a move's form holds, as the service takes it."""
    return MoveDetails(**dict(values))


class ReferenceFilterForm(forms.Form):
    """筛选改动: read as a sentence."""

    change = forms.ChoiceField(
        label="", choices=any_of(_("全部改动"), CHANGE_CHOICES), required=False
    )
    q = forms.CharField(label=_("，里面有"), required=False, max_length=60)

    def values(self) -> tuple[str, str]:
        """Kind of change and text; what cannot be read narrows nothing."""
        self.is_valid()
        found = self.cleaned_data
        return found.get("change") or "", (found.get("q") or "").strip().casefold()
