"""Forms of closures and warnings: words and parsing; the services judge."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.warnings import (
    PROVIDER_EVENT_CHOICES,
    TIER_CHOICES,
    WARNING_ANSWER_CHOICES,
)
from fees.core.insolvency import Acceptance
from fees.selectors.warnings import WarningFilters
from fees.services.warnings import EventDraft

_SHORT_TEXT = {"rows": 3, "lang": "zh"}


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ClosureReasonForm(forms.Form):
    """Why an institution is wound up by the bureau."""

    reason = forms.CharField(
        label=_("停业的情况"),
        max_length=500,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("从哪天起停业、怎样核实的。签批人据此决定；不要写家长或者学员的姓名。"),
    )


class InsolvencyForm(forms.Form):
    """The court's document."""

    court = forms.CharField(label=_("受理法院"), max_length=120)
    document_number = forms.CharField(label=_("受理裁定书文号"), max_length=120)
    accepted_on = forms.DateField(label=_("裁定日期"), widget=_day_input())
    administrator = forms.CharField(label=_("管理人"), max_length=160, required=False)

    def acceptance(self) -> Acceptance:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Acceptance(data["court"], data["document_number"], data["accepted_on"])


class WarningFilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    tier = forms.ChoiceField(
        label=_("等级"), choices=[("", _("各级预警")), *TIER_CHOICES[1:]], required=False
    )
    standing = forms.ChoiceField(
        label=_("，处置"),
        choices=[
            ("open", _("没有结束的")),
            ("waiting", _("还没有人处理的")),
            ("ended", _("误报或者已结束的")),
            ("all", _("全部")),
        ],
        required=False,
    )

    def filters(self) -> WarningFilters:
        """What was chosen; nothing means what is open."""
        self.is_valid()
        standing = str(self.cleaned_data.get("standing", "")) or "open"
        return WarningFilters(
            str(self.cleaned_data.get("tier", "")),
            "" if standing == "all" else standing,
            str(self.cleaned_data.get("q", "")).strip(),
        )


class WarningAnswerForm(forms.Form):
    """What is done about a warning."""

    kind = forms.ChoiceField(
        label=_("怎么处理"), choices=WARNING_ANSWER_CHOICES, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("措施或者理由"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("阅知可以不填，其余都要写明。"),
    )


class ProviderEventForm(forms.Form):
    """An event that no table of the system shows."""

    kind = forms.ChoiceField(label=_("事件"), choices=PROVIDER_EVENT_CHOICES)
    happened_on = forms.DateField(label=_("发生日期"), widget=_day_input())
    document = forms.CharField(label=_("依据的文书或者材料"), max_length=200)
    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("不要写家长或者学员的姓名。"),
    )

    def draft(self) -> EventDraft:
        """What was typed, for the service."""
        data = self.cleaned_data
        return EventDraft(data["kind"], data["happened_on"], data["document"], data["note"])
