"""The form of an institution's contact for notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from institutions.core.notice_contacts import EMAIL_LENGTH
from institutions.models import NoticeContact
from institutions.services.notice_contacts import ContactDraft


class ContactForm(forms.Form):
    """通知联系方式: what is held is not shown again; an empty field keeps it."""

    email = forms.CharField(
        label=_("电子邮件"),
        required=False,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    remove_email = forms.BooleanField(label=_("删除已填的电子邮件"), required=False)
    takes_email = forms.BooleanField(label=_("有通知时发电子邮件"), required=False, initial=True)
    mobile = forms.CharField(
        label=_("手机号码"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    remove_mobile = forms.BooleanField(label=_("删除已填的手机号码"), required=False)
    takes_sms = forms.BooleanField(label=_("有通知时发短信"), required=False, initial=True)

    def __init__(self, data: Any = None, *, contact: NoticeContact | None = None) -> None:
        choices = {}
        if contact is not None:
            choices = {"takes_email": contact.takes_email, "takes_sms": contact.takes_sms}
        super().__init__(data, initial=choices)
        self._keep_or_remove("email", contact.email_masked if contact else "")
        self._keep_or_remove("mobile", contact.mobile_masked if contact else "")

    def _keep_or_remove(self, name: str, masked: str) -> None:
        if masked:
            said = gettext("现在填的是 %(masked)s；不改就留空。") % {"masked": masked}
            self.fields[name].help_text = said
        else:
            del self.fields[f"remove_{name}"]

    def draft(self) -> ContactDraft:
        """What was entered; an empty field keeps what is held unless its removal is ticked."""
        data = self.cleaned_data
        return ContactDraft(
            email="" if data.get("remove_email") else data["email"] or None,
            mobile="" if data.get("remove_mobile") else data["mobile"] or None,
            takes_email=data["takes_email"],
            takes_sms=data["takes_sms"],
        )
