"""The form of handing in a list of contracts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ContractUploadForm(forms.Form):
    """批量登记合同: one file, in our template or as another system exports it."""

    file = forms.FileField(
        label=_("选择合同表"),
        help_text=_("Excel（.xlsx）或 CSV，最多 5,000 行、5 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
