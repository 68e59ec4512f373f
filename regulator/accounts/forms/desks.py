"""Forms for users, desks, stand-ins and hand-overs."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regulator.accounts.choices.texts import DEPARTMENT_CHOICES, ROLE_LABELS
from regulator.accounts.models import User

_NOT_APPOINTED = ("visitor", "system")
_DATE = {"type": "date"}
_IN_CHINESE = {"lang": "zh"}  # names stay Chinese on English pages


class UserForm(forms.Form):
    """A new user."""

    username = forms.CharField(label=_("登录名"), max_length=60)
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"), max_length=20, required=False, help_text=_("加密保存，只用于通知。")
    )
    password = forms.CharField(
        label=_("初始密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符；第一次登录时必须改掉。"),
    )

    def clean_password(self) -> str:
        """The initial password obeys the same rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AppointmentForm(forms.Form):
    """A desk for a user."""

    role = forms.ChoiceField(
        label=_("岗位"),
        choices=[item for item in ROLE_LABELS.items() if item[0] not in _NOT_APPOINTED],
    )
    department = forms.ChoiceField(
        label=_("部门"), choices=[("", "—"), *DEPARTMENT_CHOICES], required=False
    )
    institution = forms.UUIDField(
        label=_("机构编号"),
        required=False,
        help_text=_("只有机构管理员需要填写：机构详情页网址里的编号。"),
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=forms.DateInput(attrs=_DATE))
    ends_before = forms.DateField(
        label=_("结束日期（不含当日）"), required=False, widget=forms.DateInput(attrs=_DATE)
    )


class _ColleagueForm(forms.Form):
    """A form that names a colleague."""

    def __init__(self, colleagues: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["colleague"])
        field.queryset = colleagues


class StandInForm(_ColleagueForm):
    """Who stands in, from when to when, and why."""

    colleague: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("代岗人"),
        queryset=None,
        empty_label=_("请选择"),
        to_field_name="public_id",
        widget=forms.Select(attrs=_IN_CHINESE),
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=forms.DateInput(attrs=_DATE))
    ends_before = forms.DateField(
        label=_("结束日期（不含当日）"), widget=forms.DateInput(attrs=_DATE)
    )
    reason = forms.CharField(label=_("原因"), max_length=200)


class HandOverForm(_ColleagueForm):
    """Who takes the desk over, from which day, and what is still open."""

    colleague: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("接手人"),
        queryset=None,
        empty_label=_("请选择"),
        to_field_name="public_id",
        widget=forms.Select(attrs=_IN_CHINESE),
    )
    on = forms.DateField(label=_("交接日期"), widget=forms.DateInput(attrs=_DATE))
    note = forms.CharField(
        label=_("未办结事项"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明还没有办完的事和要注意的事；没有请写“无”。"),
    )
