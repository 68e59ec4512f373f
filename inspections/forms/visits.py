"""The desk's forms of visits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.choices.visits import VISIT_STATE_CHOICES


class VisitFilterForm(forms.Form):
    """Which visits the list shows."""

    task = forms.CharField(label=_("抽查或检查任务编号"), required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *VISIT_STATE_CHOICES]
    )


class SettlementForm(forms.Form):
    """What became of a delivery that was refused."""

    settlement = forms.CharField(label=_("怎样处理"), max_length=400)
