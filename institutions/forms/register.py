"""The forms of the register's desk pages: words and parsing; the services judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import (
    ACTIVITY_CHOICES,
    CATEGORY_CHOICES,
    LEGAL_FORM_CHOICES,
    LICENCE_STATE_CHOICES,
    STATUS_CHOICES,
    VERIFICATION_CHOICES,
)
from institutions.choices.register_texts import GAP_TEXTS
from institutions.selectors.register_list import RegisterFilters
from regulator.accounts.choices.texts import DEPARTMENT_CHOICES

UNKNOWN: list[Any] = [("", _("未写明"))]


def any_of(words: Any, choices: Any) -> list[Any]:
    """Choices of a filter, the first of which narrows nothing."""
    return [("", words), *choices]


class DayField(forms.DateField):
    """A date, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RegisterFilterForm(forms.Form):
    """筛选: read as a sentence."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(
        label="", choices=any_of(_("各类"), CATEGORY_CHOICES), required=False
    )
    licence_state = forms.ChoiceField(
        label=_("机构，许可证"),
        choices=any_of(
            _("不限"),
            [
                *LICENCE_STATE_CHOICES,
                ("ending", _("60 日内到期")),
                ("none", _("没有记录")),
            ],
        ),
        required=False,
    )
    status = forms.ChoiceField(
        label=_("，办学状态"), choices=any_of(_("不限"), STATUS_CHOICES), required=False
    )
    department = forms.ChoiceField(
        label=_("，主管部门"), choices=any_of(_("不限"), DEPARTMENT_CHOICES), required=False
    )
    verification = forms.ChoiceField(
        label=_("，登记"), choices=any_of(_("不限"), VERIFICATION_CHOICES), required=False
    )
    gap = forms.ChoiceField(
        label=_("，待补"), choices=any_of(_("不限"), list(GAP_TEXTS.items())), required=False
    )

    def filters(self, *, sort: str) -> RegisterFilters:
        """What was chosen; a value that is not on offer narrows nothing."""
        self.is_valid()
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if name != "q"}
        text = str(self.cleaned_data.get("q", "")).strip()
        return RegisterFilters(text=text, sort=sort, **chosen)


class InstitutionForm(forms.Form):
    """机构: what an entry says. A credit tier is proposed and notified, never typed in."""

    name = forms.CharField(label=_("机构全称"), max_length=200)
    category = forms.ChoiceField(
        label=_("培训类别"), choices=UNKNOWN + CATEGORY_CHOICES, required=False
    )
    activity = forms.ChoiceField(
        label=_("非学科类别"), choices=UNKNOWN + ACTIVITY_CHOICES, required=False
    )
    legal_form = forms.ChoiceField(
        label=_("法人性质"), choices=UNKNOWN + LEGAL_FORM_CHOICES, required=False
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位；还没有的空着。"),
    )
    registered_address = forms.CharField(label=_("注册地址"), max_length=300, required=False)
    legal_representative = forms.CharField(label=_("法定代表人"), max_length=120, required=False)
    principal = forms.CharField(label=_("校长（负责人）"), max_length=120, required=False)
    sponsors = forms.CharField(
        label=_("举办者"),
        max_length=300,
        required=False,
        help_text=_("最多三个，出资多的在前，用顿号隔开。"),
    )
    content = forms.CharField(
        label=_("办学内容"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NewInstitutionForm(InstitutionForm):
    """新登记: with the department in charge from the start."""

    competent_department = forms.ChoiceField(
        label=_("主管部门"), choices=UNKNOWN + DEPARTMENT_CHOICES, required=False
    )
    on = DayField(label=_("从哪一天起"), help_text=_("机构设立或本局开始登记的日期。"))


class CorrectionForm(InstitutionForm):
    """更正: with why."""

    reason = forms.CharField(
        label=_("为什么更正"), max_length=300, help_text=_("记入留痕，如：按营业执照核对。")
    )


class _ChangeForm(forms.Form):
    on = DayField(label=_("从哪一天起"))
    reason = forms.CharField(label=_("理由或依据"), max_length=300)


class NameChangeForm(_ChangeForm):
    """变更名称."""

    name = forms.CharField(label=_("新的机构全称"), max_length=200)
    field_order = ["name", "on", "reason"]


class CodeChangeForm(_ChangeForm):
    """变更统一社会信用代码."""

    credit_code = forms.CharField(label=_("新的统一社会信用代码"), max_length=40)
    field_order = ["credit_code", "on", "reason"]


class DepartmentChangeForm(_ChangeForm):
    """变更主管部门."""

    department = forms.ChoiceField(label=_("新的主管部门"), choices=DEPARTMENT_CHOICES)
    handed_over_on = DayField(label=_("移交日期"), required=False)
    basis = forms.CharField(label=_("移交文件"), max_length=200, required=False)
    field_order = ["department", "on", "handed_over_on", "basis", "reason"]


class StatusChangeForm(_ChangeForm):
    """变更办学状态."""

    status = forms.ChoiceField(label=_("新的办学状态"), choices=STATUS_CHOICES)
    field_order = ["status", "on", "reason"]
