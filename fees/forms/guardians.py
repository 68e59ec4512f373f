"""What a parent types: one thing to be corrected."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.choices.guardians import PERSONAL_FIELD_CHOICES


class CorrectionForm(forms.Form):
    """申请更正: which thing, and how it should read."""

    field = forms.ChoiceField(
        label=_("更正哪一项"), choices=PERSONAL_FIELD_CHOICES, widget=forms.RadioSelect
    )
    wanted = forms.CharField(
        label=_("更正为"),
        max_length=60,
        widget=forms.TextInput(attrs={"lang": "zh", "autocomplete": "off"}),
    )


class ParentRefundForm(forms.Form):
    """申请退费: in the parent's own words."""

    reason = forms.CharField(
        label=_("为什么退费"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh"}),
        help_text=_("加密保存，只有培训机构和监管部门办理时看得到。"),
    )
