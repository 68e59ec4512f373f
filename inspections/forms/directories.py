"""Forms of the directories and of the published list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inspections.forms.draws import DayInput
from inspections.models import Inspector
from institutions.models import Institution
from regulator.accounts.models import Department, User


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """What a field lets choose from."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class InspectorForm(forms.Form):
    """An entry of the directory of inspectors."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    department = forms.ModelChoiceField(
        label=_("部门"), queryset=Department.objects.none(), empty_label=_("请选择")
    )
    certificate_number = forms.CharField(label=_("执法证号"), max_length=40)
    field = forms.CharField(label=_("执法领域"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("执法证有效期起"), widget=DayInput())
    valid_until = forms.DateField(label=_("有效期止（含当天）"), widget=DayInput())
    user = forms.ModelChoiceField(
        label=_("绑定的登录用户"),
        queryset=User.objects.none(),
        empty_label=_("不绑定"),
        required=False,
        widget=forms.Select(attrs={"lang": "zh"}),
        help_text=_("绑定后，本人可在现场端看到当天的名单。没有账号的人员也可以被抽取。"),
    )

    def __init__(
        self,
        *args: Any,
        departments: QuerySet[Department],
        users: QuerySet[User],
        inspector: Inspector | None = None,
        **options: Any,
    ) -> None:
        if inspector is not None:
            options["initial"] = _initial(inspector)
        super().__init__(*args, **options)
        _offer(self, "department", departments)
        _offer(self, "user", users)
        if inspector is not None:
            self.fields["is_active"] = forms.BooleanField(label=_("在用"), required=False)
            self.fields["inactive_reason"] = forms.CharField(
                label=_("停用的原因"), max_length=200, required=False
            )

    def values(self) -> dict[str, Any]:
        """The arguments of the service, the range half-open."""
        data = self.cleaned_data
        values = {
            "name": data["name"],
            "department": data["department"].code,
            "certificate_number": data["certificate_number"],
            "field": data["field"],
            "valid_from": data["valid_from"],
            "valid_before": data["valid_until"] + timedelta(days=1),
            "user": data["user"],
        }
        if "is_active" in self.fields:
            values["is_active"] = data["is_active"]
            values["inactive_reason"] = data["inactive_reason"]
        return values


def _initial(inspector: Inspector) -> dict[str, Any]:
    until: date = inspector.last_valid_on
    return {
        "name": inspector.name,
        "department": inspector.department_id,
        "certificate_number": inspector.certificate_number,
        "field": inspector.field,
        "valid_from": inspector.valid_from,
        "valid_until": until,
        "user": inspector.user_id,
        "is_active": inspector.is_active,
        "inactive_reason": inspector.inactive_reason,
    }


class RecusalForm(forms.Form):
    """An institution that an inspector may not meet."""

    institution = forms.ModelChoiceField(
        label=_("回避的机构"),
        queryset=Institution.objects.none(),
        empty_label=_("请选择"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )
    reason = forms.CharField(label=_("回避的原因"), max_length=200)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "institution", institutions)


class WithdrawForm(forms.Form):
    """Why an item is taken off the published list."""

    reason = forms.CharField(
        label=_("撤下的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class ItemFilterForm(forms.Form):
    """The list of items as a sentence."""

    department = forms.ModelChoiceField(
        label=_("部门为"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("全部部门"),
    )
    published = forms.ChoiceField(
        label=_("、状态为"),
        required=False,
        choices=[("", _("全部")), ("yes", _("已公布")), ("no", _("未公布"))],
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "department", departments)
