"""Forms of training material: what it is, a file, an author, a review of twelve items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.choices.materials import (
    BANNED_LABELS,
    CATEGORY_CHOICES,
    CERTIFICATE_CHOICES,
    KIND_CHOICES,
    STATE_LABELS,
)
from institutions.core.material_states import BANNED_CONTENT
from institutions.forms.register import DayField
from institutions.services.material_reviews import ReviewDraft
from institutions.services.materials import AuthorDraft, MaterialDraft

_ZH = {"lang": "zh", "autocomplete": "off"}
FREE, FOUND = "free", "found"
_ANSWERS = [(FREE, _("没有")), (FOUND, _("有"))]


class MaterialForm(forms.Form):
    """培训材料: title, kind, category; what else helps to find it."""

    title = forms.CharField(
        label=_("材料名称"),
        max_length=120,
        help_text=_("写全名，不用书名号。班级备案里“培训材料”一格写这个名称，两边会自动连上。"),
        widget=forms.TextInput(attrs=_ZH),
    )
    kind = forms.ChoiceField(label=_("来源"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    category = forms.ChoiceField(
        label=_("类别"),
        choices=CATEGORY_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("学科类自编材料要经过机构内部和教育部门外部两次审核。"),
    )
    subject = forms.CharField(
        label=_("学科或项目"), required=False, max_length=60, widget=forms.TextInput(attrs=_ZH)
    )
    audience = forms.CharField(
        label=_("适用对象"), required=False, max_length=60, widget=forms.TextInput(attrs=_ZH)
    )
    publisher = forms.CharField(
        label=_("出版社和书号"),
        required=False,
        max_length=120,
        help_text=_("正式出版物填写。"),
        widget=forms.TextInput(attrs=_ZH),
    )
    description = forms.CharField(
        label=_("编写说明"),
        required=False,
        max_length=2000,
        help_text=_("编写背景、指导思想、主要内容。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def draft(self) -> MaterialDraft:
        """What was stated."""
        return MaterialDraft(**{name: self.cleaned_data[name] for name in self.base_fields})


class MaterialFileForm(forms.Form):
    """材料文件: one file."""

    file = forms.FileField(
        label=_("选择文件"),
        help_text=_("PDF、DOCX、JPG 或者 PNG，最多 20 MB。只有本机构和审核部门看得到。"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )


class AuthorForm(forms.Form):
    """编写研发人员: name, years in education, certificate."""

    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs=_ZH))
    experience_years = forms.IntegerField(
        label=_("从事教育教学相关工作的年数"),
        min_value=0,
        max_value=70,
        required=False,
        help_text=_("至少 3 年。"),
    )
    certificate_kind = forms.ChoiceField(
        label=_("证书"),
        choices=CERTIFICATE_CHOICES,
        required=False,
        help_text=_("学科类须有教师资格证；非学科类须有行业资质或者专业能力证明。"),
    )
    certificate = forms.CharField(
        label=_("证书编号"),
        required=False,
        max_length=60,
        help_text=_("加密保存，页面上只显示末四位。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def draft(self) -> AuthorDraft:
        """What was typed."""
        return AuthorDraft(**self.cleaned_data)


class ChecklistForm(forms.Form):
    """十二种情形: each answered by itself; remarks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, item in enumerate(BANNED_CONTENT, start=1):
            self.fields[f"item_{item}"] = forms.ChoiceField(
                label=f"{number}. {BANNED_LABELS[item]}",
                choices=_ANSWERS,
                error_messages={"required": _("请选“没有”或“有”。")},
                widget=forms.RadioSelect,
            )
        self.fields["remarks"] = forms.CharField(
            label=_("审核意见"),
            required=False,
            max_length=2000,
            help_text=_("有任何一种情形的，写明在哪一页、怎么改；退回时机构会原样看到。"),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def answered(self) -> list[str]:
        """The items that were answered at all."""
        return [item for item in BANNED_CONTENT if self.cleaned_data.get(f"item_{item}")]

    def findings(self) -> list[str]:
        """The items that were found."""
        return [item for item in BANNED_CONTENT if self.cleaned_data.get(f"item_{item}") == FOUND]

    def draft(self) -> ReviewDraft:
        """The review as stated."""
        return ReviewDraft(
            reviewer=self.cleaned_data.get("reviewer", ""),
            reviewed_on=self.cleaned_data.get("reviewed_on"),
            answered=self.answered(),
            findings=self.findings(),
            remarks=self.cleaned_data.get("remarks", ""),
        )


class InternalReviewForm(ChecklistForm):
    """内部审核: who reviewed, when, and the twelve items."""

    reviewer = forms.CharField(
        label=_("审核人"),
        max_length=60,
        help_text=_("不能是编写人员（编审分离）。"),
        widget=forms.TextInput(attrs=_ZH),
    )
    reviewed_on = DayField(label=_("审核日期"), initial=timezone.localdate)


class ReturnMaterialForm(forms.Form):
    """退回或停用: why."""

    reason = forms.CharField(
        label=_("理由"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MaterialPartForm(forms.Form):
    """The desk's filter."""

    part = forms.ChoiceField(
        label="",
        choices=[
            ("waiting", _("等外部审核")),
            ("", _("全部")),
            *((key, label) for key, label in STATE_LABELS.items() if key != "draft"),
        ],
        required=False,
    )
