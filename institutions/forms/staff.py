"""The forms of staff: words and parsing; the services judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from institutions.choices.staff import (
    BACKGROUND_CHOICES,
    CERTIFICATE_KIND_CHOICES,
    CHECK_KIND_CHOICES,
    CHECK_RESULT_CHOICES,
    EMPLOYMENT_CHOICES,
    EXCLUSION_GROUND_LABELS,
    IDENTITY_KIND_CHOICES,
    STAFF_KIND_CHOICES,
    SUBJECT_CHOICES,
)
from institutions.choices.staff_texts import PICTURE_TEXTS
from institutions.core.register.rows import NON_SUBJECT
from institutions.forms.register import DayField
from institutions.services.staff_records import CertificateDraft, CheckDraft, StaffDraft
from regulator.adapters.portraits import MOST_BYTES, UnusablePicture, portrait_jpeg

_ENTERED_GROUNDS = [
    (code, words) for code, words in EXCLUSION_GROUND_LABELS.items() if code != "check_found"
]


class StaffForm(forms.Form):
    """教职员工: who the person is and what they do."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    kind = forms.ChoiceField(
        label=_("人员类别"),
        choices=STAFF_KIND_CHOICES,
        help_text=_("授课的是教学人员，研究教学的是教研人员；助教、带班、行政都是其他人员。"),
    )
    employment = forms.ChoiceField(label=_("聘用方式"), choices=EMPLOYMENT_CHOICES)
    post = forms.CharField(
        label=_("岗位"),
        max_length=60,
        required=False,
        help_text=_("如：数学教师、助教、教务。"),
    )
    background = forms.ChoiceField(label=_("是不是下面的人员"), choices=BACKGROUND_CHOICES)
    subjects = forms.MultipleChoiceField(
        label=_("任教学科"),
        choices=SUBJECT_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("学科类的教学、教研人员要勾选，用来核对教师资格证。"),
    )
    courses = forms.CharField(
        label=_("任教课程"),
        max_length=300,
        required=False,
        help_text=_("教学、教研人员的这一项会公示。"),
    )
    teaching_history = forms.CharField(
        label=_("从教经历"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("教学、教研人员的这一项会公示。不要写电话、住址、证件号码。"),
    )
    identity_kind = forms.ChoiceField(label=_("证件种类"), choices=IDENTITY_KIND_CHOICES)
    identity_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("只用来认出同一个人：算成摘要后不保存号码，以后也看不到。"),
    )
    consent_signed_on = DayField(
        label=_("本人同意查询的日期"),
        required=False,
        help_text=_("签署同意书的日期。没有同意书，主管部门不能查询。"),
    )
    contract_signed_on = DayField(label=_("劳动合同签订日期"), required=False)

    def __init__(self, *args: Any, category: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if category == NON_SUBJECT:
            del self.fields["subjects"]

    def draft(self) -> StaffDraft:
        """What was entered, as the service takes it."""
        values = {name: self.cleaned_data[name] for name in self.cleaned_data if name in _DRAFTED}
        return StaffDraft(**values)


_DRAFTED = frozenset(StaffForm.base_fields)


class StaffChangeForm(StaffForm):
    """更正或变更: with the day from which, and why."""

    on = DayField(label=_("从哪一天起"), help_text=_("人员类别、聘用方式、岗位从这一天起算新的。"))
    reason = forms.CharField(label=_("为什么更正或变更"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identity_number"].help_text = _(
            "空着就沿用已经核对过的。号码不保存，只算摘要。"
        )


class StartForm(forms.Form):
    """到岗."""

    starts_on = DayField(label=_("到岗日"))
    contract_signed_on = DayField(
        label=_("劳动合同签订日期"), required=False, help_text=_("到岗一个月内要签订。")
    )


class EndForm(forms.Form):
    """离职."""

    on = DayField(label=_("从哪一天起不在岗"))
    reason = forms.CharField(label=_("理由"), max_length=300)


class CertificateForm(forms.Form):
    """资格证书."""

    kind = forms.ChoiceField(label=_("证书种类"), choices=CERTIFICATE_KIND_CHOICES)
    number = forms.CharField(
        label=_("证书编号"), max_length=60, help_text=_("加密保存，平时只显示后四位，不公示。")
    )
    subject = forms.CharField(
        label=_("证书上的学科或专业"), max_length=60, help_text=_("照证书抄写，如：初中数学。")
    )
    issuer = forms.CharField(label=_("发证机关"), max_length=120, required=False)
    issued_on = DayField(label=_("发证日期"), required=False)
    valid_until = DayField(
        label=_("有效期止"), required=False, help_text=_("证书上的最后一天；长期有效的空着。")
    )

    def draft(self) -> CertificateDraft:
        """What was entered, as the service takes it."""
        return CertificateDraft(**self.cleaned_data)


class CheckForm(forms.Form):
    """查询结果: the result and the date, nothing else."""

    kind = forms.ChoiceField(label=_("查询种类"), choices=CHECK_KIND_CHOICES)
    checked_on = DayField(label=_("查询或出具的日期"))
    result = forms.ChoiceField(
        label=_("结果"),
        choices=CHECK_RESULT_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("只记结果和日期，不要写查到的内容。"),
    )

    def draft(self) -> CheckDraft:
        """What was entered, as the service takes it."""
        return CheckDraft(**self.cleaned_data)


class PhotoForm(forms.Form):
    """照片: re-made as a small JPEG."""

    photo = forms.FileField(
        label=_("选择照片"),
        help_text=_("收 JPEG 和 PNG，不超过 2 MB。照片里的拍摄地点、时间等信息会去掉。"),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        error_messages={"required": _("请先选择照片。")},
    )

    def clean_photo(self) -> bytes:
        """The picture as it is kept."""
        uploaded: UploadedFile = self.cleaned_data["photo"]
        try:
            return portrait_jpeg(uploaded.read(MOST_BYTES + 1))
        except UnusablePicture as unusable:
            raise ValidationError(str(PICTURE_TEXTS[unusable.code])) from unusable


class ReasonForm(forms.Form):
    """理由."""

    reason = forms.CharField(label=_("理由"), max_length=300)


class DeclareForm(forms.Form):
    """声明."""

    explanation = forms.CharField(
        label=_("比例没有达到的原因和打算"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("各项比例都达到的不用填。"),
    )


class ExclusionForm(forms.Form):
    """不得录用名单."""

    name = forms.CharField(
        label=_("姓名"), max_length=60, help_text=_("名单上只留姓，其余用星号代替。")
    )
    identity_kind = forms.ChoiceField(label=_("证件种类"), choices=IDENTITY_KIND_CHOICES)
    identity_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("只用来认出同一个人：算成摘要后不保存号码，以后也看不到。"),
    )
    ground = forms.ChoiceField(label=_("原因"), choices=_ENTERED_GROUNDS)
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("哪份决定、判决或名单，写文号和日期。")
    )
