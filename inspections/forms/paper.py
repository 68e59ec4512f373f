"""Forms of key copies and of paper that comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyCopyForm(forms.Form):
    """Who keeps a sealed copy of a key, where, in which envelope."""

    envelope_number = forms.CharField(label=_("信封编号"), max_length=40)
    custodian = forms.CharField(label=_("保管人"), max_length=60)
    organisation = forms.CharField(label=_("保管人所在单位"), max_length=120)
    place = forms.CharField(
        label=_("存放地点"), max_length=200, help_text=_("例如保险柜的编号、公证处的档案室。")
    )
    is_outside = forms.BooleanField(label=_("保管人不在本局"), required=False)


class ScanForm(forms.Form):
    """Photos or a scanned PDF."""

    file = forms.FileField(
        label=_("照片或扫描的 PDF"),
        help_text=_("收 PDF、JPEG、PNG，不超过 50 MB、300 页。原件原样保存。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    expected = forms.CharField(
        label=_("属于哪次抽查或任务"),
        max_length=20,
        required=False,
        help_text=_("填了编号，别的抽查的页会被拒绝。"),
    )


class WorkbookForm(forms.Form):
    """A workbook of results, of one draw or order."""

    file = forms.FileField(
        label=_("填好的结果工作簿"),
        help_text=_("收 .xlsx 和 CSV，不超过 20 MB、20,000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    expected = forms.CharField(label=_("抽查或任务编号"), max_length=20)


class FilePageForm(forms.Form):
    """The short code that a person reads at the foot of a page."""

    code = forms.CharField(
        label=_("页脚的短码"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TypedAnswerForm(forms.Form):
    """One answer from paper: the item's code, the answer, what was measured, a remark."""

    code = forms.CharField(
        label=_("事项编号"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "size": 8}),
    )
    answer = forms.CharField(
        label=_("结果"),
        max_length=10,
        help_text=_("1 符合，2 不符合，3 不适用，4 未查"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 6}),
    )
    measured_value = forms.CharField(label=_("实测值"), max_length=80, required=False)
    remark = forms.CharField(label=_("说明"), max_length=400, required=False)
