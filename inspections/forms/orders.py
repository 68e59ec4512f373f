"""Forms of inspection orders and leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.choices.orders import LEAD_SOURCE_CHOICES, ORDER_KIND_CHOICES
from inspections.forms.draws import DayInput
from inspections.models import InspectionOrder, Inspector, Lead
from inspections.services.orders import OrderDraft
from regulator.accounts.models import Department

_FIRST_TEAM = "1"
_LONGEST_TEAM = 8


class OrderForm(forms.Form):
    """What an order says; places and people one a line, with a team where there are several."""

    kind = forms.ChoiceField(label=_("种类"), choices=ORDER_KIND_CHOICES)
    title = forms.CharField(label=_("名称"), max_length=120)
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("法律、法规、规章的条款，或者上级的专项部署。")
    )
    reference = forms.CharField(
        label=_("来源编号"),
        max_length=60,
        required=False,
        help_text=_("投诉举报写受理编号，复查写原责令改正通知书的文号。"),
    )
    starts_on = forms.DateField(label=_("第一天"), widget=DayInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DayInput())
    joint = forms.MultipleChoiceField(
        label=_("联合部门"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只列名录里有持证人员、有已公布检查事项的部门；其他单位只能提供线索。"),
    )
    targets = forms.CharField(
        label=_("检查的场所"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一处：场所编号，多个组的再写组号，用空格隔开，例如“P000012 2”。"),
    )
    members = forms.CharField(
        label=_("检查人员"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "zh"}),
        help_text=_("每行一人：执法证号，多个组的再写组号。每组里每个参加的部门至少两名。"),
    )

    def __init__(
        self,
        *args: Any,
        lead: str,
        departments: Sequence[Department],
        inspectors: Sequence[Inspector],
        order: InspectionOrder | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.lead = order.lead_department_id if order else lead
        self.by_certificate = {one.certificate_number: one for one in inspectors}
        joint = [(one.code, str(one)) for one in departments if one.code != self.lead]
        self.fields["joint"].choices = joint  # type: ignore[attr-defined]
        if order is not None:
            # The series it is numbered in cannot change any more.
            self.fields["kind"].disabled = True
            self.initial = {**_initial(order), **self.initial}

    def clean_targets(self) -> list[tuple[str, str]]:
        """Register ids with their team."""
        return _lines(self.cleaned_data["targets"])

    def clean_members(self) -> list[tuple[Inspector, str]]:
        """Inspectors with their team; a number that is not in the directory is named."""
        lines = _lines(self.cleaned_data["members"])
        unknown = [number for number, _team in lines if number not in self.by_certificate]
        if unknown:
            text = _("名录里没有执法证号 %(number)s：没有执法证的人员不得参加检查。")
            raise forms.ValidationError([text % {"number": one} for one in unknown])
        return [(self.by_certificate[number], team) for number, team in lines]

    def draft(self) -> OrderDraft:
        """The order of a valid form, its days half-open."""
        data = self.cleaned_data
        return OrderDraft(
            kind=data["kind"],
            title=data["title"],
            basis=data["basis"],
            reference=data["reference"],
            lead_department=self.lead,
            joint_departments=data["joint"],
            starts_on=data["starts_on"],
            ends_before=data["ends_on"] + timedelta(days=1),
            targets=data["targets"],
            members=data["members"],
        )


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line's first word and its team; a later line about the same word counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        parts = line.split(maxsplit=1)
        if parts:
            team = parts[1].strip() if len(parts) > 1 else _FIRST_TEAM
            found[parts[0]] = team[:_LONGEST_TEAM]
    return list(found.items())


def _initial(order: InspectionOrder) -> dict[str, Any]:
    targets = [f"{one.register_id} {one.team}" for one in order.targets.all()]
    members = [
        f"{one.inspector.certificate_number} {one.team}"
        for one in order.members.select_related("inspector")
    ]
    return {
        "kind": order.kind,
        "title": order.title,
        "basis": order.basis,
        "reference": order.reference,
        "starts_on": order.starts_on,
        "ends_on": order.last_day,
        "joint": order.joint_departments,
        "targets": "\n".join(targets),
        "members": "\n".join(members),
    }


class WithdrawOrderForm(forms.Form):
    """Why an order is taken back."""

    reason = forms.CharField(
        label=_("撤回的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class InspectorField(forms.ModelChoiceField):
    """One of several inspectors, told apart by their certificates."""

    def label_from_instance(self, obj: Any) -> str:
        """The name and the certificate's number."""
        return f"{obj.name} {obj.certificate_number}"


class ReplaceMemberForm(forms.Form):
    """Who steps in for a member of an approved order, and why."""

    into = InspectorField(
        label=_("由谁顶替"),
        queryset=Inspector.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"lang": "zh"}),
        help_text=_("只列同一部门、执法证有效、还不在这项任务里的人员。"),
    )
    reason = forms.CharField(
        label=_("为什么换人"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, offered: Sequence[Inspector], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = (  # type: ignore[attr-defined]
            Inspector.objects.filter(pk__in=[one.pk for one in offered])
        )


class DeclineReplacementForm(forms.Form):
    """Why a replacement is refused."""

    answer = forms.CharField(
        label=_("为什么不同意"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class LeadForm(forms.Form):
    """What somebody saw who may not inspect."""

    source = forms.ChoiceField(label=_("由谁提供"), choices=LEAD_SOURCE_CHOICES)
    source_name = forms.CharField(label=_("单位或网格"), max_length=120)
    register_id = forms.CharField(
        label=_("场所编号"), max_length=7, required=False, help_text=_("知道是哪一处的才填。")
    )
    text = forms.CharField(
        label=_("线索内容"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写看到什么、在哪里、什么时候；不要写学生和家长的姓名。"),
    )
    to_department = forms.ModelChoiceField(
        label=_("转给哪个部门"), queryset=Department.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_department"].queryset = (  # type: ignore[attr-defined]
            Department.objects.all()
        )


class LeadAnswerForm(forms.Form):
    """What became of a lead."""

    answer = forms.CharField(
        label=_("处理情况"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    order = forms.ModelChoiceField(
        label=_("列入的检查任务"),
        queryset=InspectionOrder.objects.none(),
        required=False,
        empty_label=_("没有列入"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )

    def __init__(self, *args: Any, lead: Lead, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["order"].queryset = (  # type: ignore[attr-defined]
            InspectionOrder.objects.filter(division=lead.division_id).exclude(state="withdrawn")
        )
