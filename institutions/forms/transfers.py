"""The form of a hand-over of many, and which of them are listed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import ACTIVITY_CHOICES
from institutions.core.journeys.tables.conversion import RECEIVERS
from institutions.forms.register import DayField, any_of
from institutions.services.journey_transfer import TransferOrder
from regulator.accounts.choices.texts import DEPARTMENT_LABELS


class TransferForm(forms.Form):
    """移交: to whom, when, on what basis."""

    receiving = forms.ChoiceField(
        label=_("接收部门"),
        choices=[("", _("请选择")), *((code, DEPARTMENT_LABELS[code]) for code in RECEIVERS)],
    )
    handed_over_on = DayField(label=_("移交日期"))
    acting_from = DayField(
        label=_("接收部门开始主管的日期"),
        help_text=_("这一天还没有到的，先列为“准备移交”，到了再办。"),
    )
    basis = forms.CharField(label=_("移交的依据"), max_length=200, help_text=_("移交文件的文号。"))
    printed = forms.CharField(label=_("证上印的主管部门全称"), max_length=120, required=False)

    def order(self) -> TransferOrder:
        """What the service takes."""
        values: dict[str, Any] = self.cleaned_data
        return TransferOrder(**values)


class TransferFilterForm(forms.Form):
    """筛选: by what is taught."""

    activity = forms.ChoiceField(
        label="", choices=any_of(_("各类非学科机构"), ACTIVITY_CHOICES), required=False
    )

    def chosen(self) -> str:
        """The activity's code, empty for all."""
        return (self.cleaned_data.get("activity") or "") if self.is_valid() else ""
