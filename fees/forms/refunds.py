"""Forms of the refund desk: words and parsing; the services judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.refunds import CAUSE_CHOICES, REFUND_STATE_CHOICES
from fees.core.refunds import Cause
from fees.selectors.refunds import RefundFilters
from fees.services.refund_payment import Finding

_SHORT_TEXT = {"rows": 3, "lang": "zh"}
_PARTS = [
    ("open", _("在办的")),
    ("overdue", _("逾期没有退的")),
    ("ended", _("已经结束的")),
    ("all", _("全部")),
]


class RefundFilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(label=_("申请"), choices=_PARTS, required=False)
    state = forms.ChoiceField(
        label=_("，状态"), choices=[("", _("不限")), *REFUND_STATE_CHOICES], required=False
    )

    def filters(self) -> RefundFilters:
        """What was chosen; a value that is not on offer narrows nothing, no part means open."""
        self.is_valid()
        part = str(self.cleaned_data.get("part", "")) or "open"
        text = str(self.cleaned_data.get("q", "")).strip()
        return RefundFilters(
            "" if part == "all" else part, str(self.cleaned_data.get("state", "")), text
        )


class RefundReasonForm(forms.Form):
    """What a person says, kept sealed."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("加密保存，不进入操作记录。"),
    )


class FindingForm(RefundReasonForm):
    """What the officer found."""

    cause = forms.ChoiceField(
        label=_("退费是谁的原因"), choices=CAUSE_CHOICES, widget=forms.RadioSelect
    )
    had_service_before = forms.BooleanField(
        label=_("家长此前在这家机构买过同样的课"),
        required=False,
        help_text=_("买过的，不适用付款七日内无理由退款（法释〔2025〕4号第十四条）。"),
    )
    field_order = ("cause", "had_service_before", "reason")

    def finding(self) -> Finding:
        """What was found, for the service."""
        data: dict[str, Any] = self.cleaned_data
        return Finding(Cause(data["cause"]), data["had_service_before"], data["reason"])


class ReceiptForm(forms.Form):
    """The bank's receipt of a refund; empty where nothing was due."""

    reference = forms.CharField(label=_("银行退款回单编号"), max_length=80, required=False)
