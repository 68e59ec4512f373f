"""Forms of escrow accounts: words and parsing; the services judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.texts import KIND_CHOICES, STATE_CHOICES
from fees.selectors.accounts import AccountFilters
from fees.services import AccountDraft

_SHORT_TEXT = {"rows": 2, "lang": "zh"}


class FilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("不限")), *STATE_CHOICES], required=False
    )
    kind = forms.ChoiceField(
        label=_("，种类"), choices=[("", _("不限")), *KIND_CHOICES], required=False
    )
    publication = forms.ChoiceField(
        label=_("，公示"),
        choices=[("", _("不限")), ("yes", _("已公示")), ("no", _("未公示"))],
        required=False,
    )

    def filters(self, *, sort: str) -> AccountFilters:
        """What was chosen; a value that is not on offer narrows nothing."""
        self.is_valid()
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if name != "q"}
        text = str(self.cleaned_data.get("q", "")).strip()
        return AccountFilters(text=text, sort=sort, **chosen)


class DraftForm(forms.Form):
    """Bank, branch and number."""

    bank_name = forms.CharField(label=_("银行"), max_length=120)
    branch_name = forms.CharField(label=_("开户网点"), max_length=160, required=False)
    account_number = forms.CharField(
        label=_("账号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("加密保存，页面上只显示后四位。银行还没有给出时先空着。"),
    )

    def draft(self) -> AccountDraft:
        """What was typed, for the service."""
        data = self.cleaned_data
        return AccountDraft(data["bank_name"], data["branch_name"], data["account_number"])


class OpeningForm(DraftForm):
    """A new account of an institution."""

    kind = forms.ChoiceField(label=_("账户种类"), choices=KIND_CHOICES)
    field_order = ("kind", "bank_name", "branch_name", "account_number")


class CorrectionForm(DraftForm):
    """A correction with its reason."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account_number"].help_text = _("留空则保留原来的账号。")


class AgreementForm(forms.Form):
    """The tripartite agreement."""

    agreement_number = forms.CharField(label=_("协议编号"), max_length=80)
    agreed_on = forms.DateField(
        label=_("签订日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )
