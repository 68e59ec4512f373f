"""Forms of attendance; the services judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fees.choices.attendance import MARK_CHOICES
from fees.selectors.attendance import Seat
from fees.services.attendance import MarkDraft

_UNMARKED = ("", _("不登记"))


def _chinese(name: str) -> SafeString:
    """A label that is data, whatever the language of the page."""
    return format_html('<span lang="zh">{}</span>', name)


class AttendanceForm(forms.Form):
    """课堂考勤: the day, which lesson of the day, and one choice a pupil."""

    taught_on = forms.DateField(
        label=_("上课日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    session = forms.IntegerField(label=_("当天第几次"), min_value=1, max_value=12, initial=1)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: dict[str, str] = {}
        for place, seat in enumerate(seats):
            name = f"mark_{place}"
            self.numbers[name] = seat.contract.number
            self.fields[name] = forms.ChoiceField(
                label=_chinese(f"{seat.contract.number} {seat.contract.pupil_shown}"),
                choices=[_UNMARKED, *MARK_CHOICES],
                required=False,
                initial="present",
                help_text=_next_words(seat),
            )

    def marks(self) -> list[MarkDraft]:
        """What was said of each pupil."""
        return [
            MarkDraft(number, self.cleaned_data[name])
            for name, number in self.numbers.items()
            if self.cleaned_data.get(name)
        ]


def _next_words(seat: Seat) -> str:
    if not seat.next_lesson:
        return str(_("课时已经全部消完"))
    params = {"number": seat.next_lesson, "all": seat.lessons}
    return str(_("第 %(number)s 课，共 %(all)s 课") % params)


class AttendanceUploadForm(forms.Form):
    """上传考勤表: one file in our template."""

    file = forms.FileField(
        label=_("选择文件"), help_text=_("Excel 工作簿（.xlsx）或者 CSV，按模板填写。")
    )
