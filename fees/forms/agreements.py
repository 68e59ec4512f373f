"""Forms of an account's agreement: documents, holds, freezes, another bank."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.texts import DOCUMENT_CHOICES
from fees.core.account_documents import DocumentFile
from fees.forms.accounts import AgreementForm, DraftForm, ReasonForm
from fees.forms.amounts import AmountField
from fees.services.agreements import FreezeDraft

_FILE_HELP = _("PDF、JPG 或 PNG；原样保存，以 SHA-256 指纹为准。")
_ZH = {"lang": "zh", "autocomplete": "off"}
_SHORT_TEXT = {"rows": 2, "lang": "zh"}


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WithFile(forms.Form):
    """A form that brings one file."""

    file = forms.FileField(label=_("选择文件"), help_text=_FILE_HELP)

    def document(self) -> DocumentFile:
        """The file as it came."""
        handed = self.cleaned_data["file"]
        return DocumentFile(handed.name, handed.read())


class DocumentForm(WithFile):
    """A paper of the account."""

    kind = forms.ChoiceField(label=_("材料种类"), choices=DOCUMENT_CHOICES)
    field_order = ("kind", "file")


class SignedAgreementForm(AgreementForm, WithFile):
    """The tripartite agreement with its scan."""

    field_order = ("agreement_number", "agreed_on", "file")


class HoldForm(ReasonForm):
    """The clause on which payments are held, and why."""

    clause = forms.CharField(
        label=_("依据三方监管协议的条款"),
        max_length=200,
        help_text=_("例如：第十二条第（三）项。"),
        widget=forms.TextInput(attrs=_ZH),
    )
    field_order = ("clause", "reason")


class FreezeForm(WithFile):
    """A freeze as the authority's document says it."""

    authority = forms.CharField(
        label=_("冻结机关"), max_length=120, widget=forms.TextInput(attrs=_ZH)
    )
    document_number = forms.CharField(
        label=_("协助冻结法律文书编号"), max_length=80, widget=forms.TextInput(attrs=_ZH)
    )
    amount_fen = AmountField(
        label=_("冻结金额（元）"), required=False, help_text=_("整户冻结的留空。")
    )
    starts_on = day_field(_("冻结起始日期"))
    ends_before = day_field(
        _("冻结到期日（当日不再冻结）"), required=False, help_text=_("文书没有写到期日的留空。")
    )
    field_order = (
        "authority",
        "document_number",
        "amount_fen",
        "starts_on",
        "ends_before",
        "file",
    )

    def draft(self) -> FreezeDraft:
        """What was typed, for the service."""
        data = self.cleaned_data
        return FreezeDraft(
            data["authority"],
            data["document_number"],
            data["starts_on"],
            data["ends_before"],
            data["amount_fen"] or 0,
        )


class FreezeEndForm(forms.Form):
    """The document by which a freeze ends."""

    document_number = forms.CharField(
        label=_("解除冻结法律文书编号"), max_length=80, widget=forms.TextInput(attrs=_ZH)
    )
    ended_on = day_field(_("解除日期"))


class BankChangeForm(DraftForm, WithFile):
    """The account at the new bank, and why it changes."""

    reason = forms.CharField(
        label=_("变更理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )
    field_order = ("bank_name", "branch_name", "account_number", "reason", "file")
