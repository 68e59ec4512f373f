"""The forms of licences and list uploads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import (
    ACTIVITY_CHOICES,
    CATEGORY_CHOICES,
    DOCUMENT_TYPE_CHOICES,
    STAGE_LABELS,
    WAY_LABELS,
)
from institutions.forms.register import UNKNOWN, DayField
from institutions.models import Licence
from institutions.services.register import LicenceDraft
from regulator.accounts.choices.texts import DEPARTMENT_CHOICES


class LicenceForm(forms.Form):
    """许可证: the fields of the form of 2008, and its scope."""

    document_type = forms.ChoiceField(label=_("证件类型"), choices=DOCUMENT_TYPE_CHOICES)
    number = forms.CharField(
        label=_("编号"),
        max_length=60,
        required=False,
        help_text=_("照证件抄写。非学科类机构的证件可以没有编号。"),
    )
    name = forms.CharField(label=_("证件上的名称"), max_length=200, required=False)
    address = forms.CharField(label=_("证件上的地址"), max_length=300, required=False)
    principal = forms.CharField(label=_("校长"), max_length=120, required=False)
    sponsors = forms.CharField(label=_("举办者"), max_length=300, required=False)
    school_type = forms.CharField(label=_("学校类型"), max_length=60, required=False)
    content = forms.CharField(
        label=_("办学内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    category = forms.ChoiceField(
        label=_("培训类别"), choices=UNKNOWN + CATEGORY_CHOICES, required=False
    )
    activity = forms.ChoiceField(
        label=_("非学科类别"), choices=UNKNOWN + ACTIVITY_CHOICES, required=False
    )
    stages = forms.MultipleChoiceField(
        label=_("准许的学段"),
        choices=list(STAGE_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    subjects = forms.CharField(
        label=_("准许的学科或项目"), required=False, help_text=_("用顿号隔开。")
    )
    ways = forms.MultipleChoiceField(
        label=_("准许的培训方式"),
        choices=list(WAY_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    competent_department_printed = forms.CharField(
        label=_("证件上的主管部门"), max_length=120, required=False
    )
    issuing_authority = forms.CharField(label=_("发证机关"), max_length=120, required=False)
    issuing_department = forms.ChoiceField(
        label=_("发证机关属于哪个部门"), choices=UNKNOWN + DEPARTMENT_CHOICES, required=False
    )
    issued_on = DayField(label=_("发证日期"), required=False)
    valid_from = DayField(label=_("有效期起"), required=False)
    valid_until = DayField(label=_("有效期止"), required=False, help_text=_("证件上的最后一天。"))
    remarks = forms.CharField(
        label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def draft(self) -> LicenceDraft:
        """What was typed."""
        values = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "reason"}
        subjects = values.pop("subjects").replace(",", "、").replace("，", "、")
        values["subjects"] = tuple(part.strip() for part in subjects.split("、") if part.strip())
        return LicenceDraft(**values)


class LicenceCorrectionForm(LicenceForm):
    """更正许可证: with why."""

    reason = forms.CharField(label=_("为什么更正"), max_length=300)


def licence_initial(licence: Licence) -> dict[str, Any]:
    """A held licence as a form's initial values."""
    held = {
        name: getattr(licence, name)
        for name in LicenceForm.base_fields
        if name not in ("number", "subjects", "valid_until", "issuing_department")
    }
    return held | {
        "number": licence.number_printed,
        "subjects": "、".join(licence.subjects),
        "valid_until": licence.last_valid_on,
        "issuing_department": licence.issuing_department_id or "",
    }


class LicenceMoveForm(forms.Form):
    """许可证办理: why."""

    reason = forms.CharField(
        label=_("理由"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class RegisterUploadForm(forms.Form):
    """导入名册: one file."""

    file = forms.FileField(
        label=_("选择名册文件"), help_text=_("Excel（.xlsx）或 CSV。身份证号一列会整列丢弃。")
    )
    anywhere = forms.BooleanField(label=_("写明其他地方的行也照原样收下"), required=False)
