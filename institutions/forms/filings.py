"""Forms of course filings: the upload, one class's cells, a decision, a return, a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from institutions.choices.filing_columns import COLUMNS, DAY, WHOLE, Column
from institutions.choices.filings import CATEGORY_LABELS, STATE_LABELS, VERDICT_LABELS
from regulator.web.templatetags.web import chinese_runs

NO_DOUBTS: Mapping[str, Sequence[str]] = {}
_LONG_WIDTH = 30


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label=_("选择填好的备案表"),
        help_text=_(
            "可以拖到这里。收 .xlsx（Excel、WPS、LibreOffice）和 CSV，不超过 20 MB、10,000 行。"
        ),
        error_messages={
            "required": _("请先选择文件。"),
            "empty": _("这个文件是空的，请检查后重新选择。"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class RowForm(forms.Form):
    """The cells of one class, by header; what is wrong stands at its own cell.

    A cell is a text as in the sheet: the screening reads it, not this form.
    """

    def __init__(
        self,
        *args: Any,
        cells: Mapping[str, str],
        problems: Mapping[str, Sequence[str]],
        doubts: Mapping[str, Sequence[str]] = NO_DOUBTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.problems, self.doubts = problems, doubts
        for index, column in enumerate(COLUMNS):
            self.fields[f"cell{index}"] = cell_field(
                column, cells.get(column.header, ""), doubts.get(column.header, ())
            )
        if self.is_bound:
            self.full_clean()
            self.show_problems(problems)
        for index, column in enumerate(COLUMNS):
            # Said beside the label only: whether a cell may be empty is the screening's to judge.
            self.fields[f"cell{index}"].required = column.is_needed_in(cells)

    @classmethod
    def showing(
        cls,
        cells: Mapping[str, str],
        *,
        problems: Mapping[str, Sequence[str]],
        doubts: Mapping[str, Sequence[str]],
    ) -> RowForm:
        """The form filled with kept cells, with what was found at each."""
        data = {f"cell{n}": cells.get(one.header, "") for n, one in enumerate(COLUMNS)}
        return cls(data, cells=cells, problems=problems, doubts=doubts)

    def show_problems(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Put each sentence at its cell."""
        for index, column in enumerate(COLUMNS):
            for sentence in problems.get(column.header, ()):
                self.add_error(f"cell{index}", chinese_runs(sentence))

    def changed_cells(self) -> dict[str, str]:
        """The cells as sent, by header."""
        return {
            column.header: str(self.data.get(f"cell{index}", "")).replace("\r\n", "\n")
            for index, column in enumerate(COLUMNS)
            if f"cell{index}" in self.data
        }

    @property
    def failing(self) -> list[forms.BoundField]:
        """The cells in which something was found."""
        return [self[name] for name in self.fields if self[name].errors]

    @property
    def doubtful(self) -> list[forms.BoundField]:
        """The cells without an error of which a reviewer has to judge something."""
        return [field for field in self._sound() if field.name in self._doubted()]

    @property
    def others(self) -> list[forms.BoundField]:
        """The other cells."""
        return [field for field in self._sound() if field.name not in self._doubted()]

    def _doubted(self) -> set[str]:
        return {f"cell{n}" for n, column in enumerate(COLUMNS) if self.doubts.get(column.header)}

    def _sound(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not self[name].errors]


class CellField(forms.CharField):
    """A cell's text; `doubts` are sentences on what a reviewer has to judge in it."""

    def __init__(self, *, doubts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.doubts = doubts


def cell_field(column: Column, value: str, doubts: Sequence[str]) -> CellField:
    return CellField(
        doubts=doubts,
        label=format_html('<span lang="zh">{}</span>', column.header),
        required=False,
        strip=False,
        help_text=str(column.whole_guide),
        widget=_cell_widget(column, value),
    )


def _cell_widget(column: Column, value: str) -> forms.Widget:
    if column.closed:
        words = list(column.options)
        if value not in words:
            words.insert(0, value)
        options = [(word, word or "—") for word in words]
        return forms.Select(attrs={"lang": "zh"}, choices=options)
    if column.width >= _LONG_WIDTH:
        return forms.Textarea(attrs={"rows": 3, "lang": "zh"})
    attributes = {"autocomplete": "off", "lang": "zh"}
    if column.kind == WHOLE:
        attributes["inputmode"] = "numeric"
    if column.kind == DAY:
        attributes["placeholder"] = column.example
    return forms.TextInput(attrs=attributes)


class StatementForm(forms.Form):
    """Why a class is handed in although a breach was found."""

    statement = forms.CharField(
        label=_("情况说明"),
        max_length=1000,
        help_text=_("写明为什么认为没有违规。审核人员会看到，并据此决定。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("没有说明不能提交有违规项的班。")},
    )


class ReasonForm(forms.Form):
    """A return's reasons."""

    reasons = forms.CharField(
        label=_("退回理由"),
        max_length=2000,
        help_text=_("逐条写明哪一格、为什么、怎么改；机构会原样看到。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawalForm(forms.Form):
    """Why a filing is taken back."""

    reason = forms.CharField(
        label=_("撤回理由"),
        max_length=500,
        required=False,
        help_text=_("已通过的班要写理由，例如没有招满、不再开班。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """An officer's answer to one undetermined finding."""

    rule = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("您的判断"), choices=list(VERDICT_LABELS.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ListFilterForm(forms.Form):
    """The filter over all filings."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("不限")), *((k, v) for k, v in STATE_LABELS.items() if k != "draft")],
        required=False,
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("不限")), *CATEGORY_LABELS.items()], required=False
    )
    words = forms.CharField(
        label=_("班名、机构或编号含"), required=False, max_length=60, widget=forms.TextInput
    )
