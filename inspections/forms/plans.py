"""Forms of the annual plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.choices.plans import GOVERNING_CHOICES, MEASURE_CHOICES
from inspections.models import AnnualPlan, InspectionItem, PlanLine
from inspections.services.plans import LineDraft
from institutions.choices.register import CATEGORY_CHOICES
from regulator.accounts.models import Department

TIERS = ("A", "B", "C", "D")


class PlanForm(forms.Form):
    """Title, basis and, from the second version on, the reason."""

    title = forms.CharField(label=_("计划名称"), max_length=120)
    basis = forms.CharField(
        label=_("依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("修改的原因"),
        max_length=300,
        required=False,
        help_text=_("第二版起必填，会公布。"),
    )

    def __init__(self, *args: Any, plan: AnnualPlan | None = None, **options: Any) -> None:
        if plan is not None:
            kept = {"title": plan.title, "basis": plan.basis, "reason": plan.reason}
            options["initial"] = kept | options.get("initial", {})
        super().__init__(*args, **options)


class NewPlanForm(PlanForm):
    """A plan or its next version."""

    year = forms.IntegerField(label=_("年度"), min_value=2021, max_value=2100)
    field_order = ["year", "title", "basis", "reason"]


class SendBackForm(forms.Form):
    """What has to be changed."""

    note = forms.CharField(
        label=_("要改什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class LineForm(forms.Form):
    """One line: what, of whom, how many, when, by whom."""

    campaign = forms.CharField(label=_("抽查名称"), max_length=120)
    categories = forms.MultipleChoiceField(
        label=_("对象类别"),
        choices=CATEGORY_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不勾的是全部类别。一项里的对象要由同样的部门检查，否则另立一项。"),
    )
    measure = forms.ChoiceField(label=_("各等级抽多少"), choices=MEASURE_CHOICES)
    overall_percent = forms.IntegerField(
        label=_("总比例（%）"), min_value=1, max_value=100, required=False
    )
    governing = forms.ChoiceField(
        label=_("两者不一致时"),
        choices=GOVERNING_CHOICES,
        help_text=_("会公布。都向上取整；以总比例为准的，各等级的比例同乘一个系数。"),
    )
    first_month = forms.IntegerField(label=_("从几月"), min_value=1, max_value=12)
    last_month = forms.IntegerField(label=_("到几月"), min_value=1, max_value=12)
    lead_department = forms.ChoiceField(label=_("牵头部门"))
    joint_departments = forms.MultipleChoiceField(
        label=_("联合部门"), required=False, widget=forms.CheckboxSelectMultiple
    )
    team_count = forms.IntegerField(label=_("检查组数"), min_value=1, max_value=200, initial=2)
    items = forms.MultipleChoiceField(
        label=_("检查事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只列已公布的事项；参加部门以外的事项不能勾。"),
    )

    def __init__(
        self,
        *args: Any,
        departments: Sequence[Department],
        items: Iterable[InspectionItem],
        line: PlanLine | None = None,
        **options: Any,
    ) -> None:
        if line is not None:
            options["initial"] = _initial(line)
        super().__init__(*args, **options)
        bodies = [(one.code, str(one)) for one in departments]
        self.fields["lead_department"].choices = bodies  # type: ignore[attr-defined]
        self.fields["joint_departments"].choices = bodies  # type: ignore[attr-defined]
        self.fields["items"].choices = _grouped(items)  # type: ignore[attr-defined]
        for tier in TIERS:
            self.fields[f"share_{tier}"] = forms.IntegerField(
                label=_("%(tier)s 级") % {"tier": tier}, min_value=0, required=False
            )
        self.order_fields(
            ["campaign", "categories", "measure", *(f"share_{tier}" for tier in TIERS)]
        )

    def draft(self) -> LineDraft:
        """The line of a valid form."""
        data = self.cleaned_data
        joint = [one for one in data["joint_departments"] if one != data["lead_department"]]
        return LineDraft(
            campaign=data["campaign"],
            items=data["items"],
            measure=data["measure"],
            shares={tier: data[f"share_{tier}"] or 0 for tier in TIERS},
            overall_percent=data["overall_percent"],
            governing=data["governing"],
            first_month=data["first_month"],
            last_month=data["last_month"],
            lead_department=data["lead_department"],
            joint_departments=joint,
            categories=data["categories"],
            team_count=data["team_count"],
        )


def _grouped(items: Iterable[InspectionItem]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Items by department, as the widget groups them."""
    rows = sorted(items, key=lambda one: (one.department.position, one.code))
    return [
        (str(department), [(one.code, f"{one.code} {one.title}") for one in group])
        for department, group in groupby(rows, key=lambda one: one.department)
    ]


def _initial(line: PlanLine) -> dict[str, Any]:
    return {
        "campaign": line.campaign,
        "categories": line.categories,
        "measure": line.measure,
        "overall_percent": line.overall_percent,
        "governing": line.governing,
        "first_month": line.first_month,
        "last_month": line.last_month,
        "lead_department": line.lead_department_id,
        "joint_departments": line.joint_departments,
        "team_count": line.team_count,
        "items": line.items,
        **{f"share_{tier}": line.shares.get(tier, 0) for tier in TIERS},
    }
