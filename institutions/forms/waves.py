"""The forms of waves: a new one, who is added or excused, and the list's filters."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.journeys import MEMBER_STANDING_LABELS
from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    LEGAL_FORM_LABELS,
    STAGE_LABELS,
)
from institutions.choices.wave_texts import (
    CONSEQUENCE_LABELS,
    CRITERION_LABELS,
    WAY_OUT_LABELS,
)
from institutions.forms.register import DayField, any_of
from institutions.models import Institution
from institutions.selectors.waves import WaveTemplate
from institutions.services.waves import WaveDraft
from regulator.accounts.choices.texts import DEPARTMENT_LABELS

_BOXES = forms.CheckboxSelectMultiple


def _boxes(name: str, labels: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=cast(Any, CRITERION_LABELS[name]),
        choices=list(labels.items()),
        required=False,
        widget=_BOXES,
    )


class WaveForm(forms.Form):
    """批次: who is in it, by when, the ways out, and what follows."""

    name = forms.CharField(label=_("名称"), max_length=120)
    basis = forms.CharField(label=_("依据的文件和条款"), max_length=200)
    deadline_on = DayField(label=_("期限（最后一天）"))
    category = _boxes("category", CATEGORY_LABELS)
    legal_form = _boxes("legal_form", LEGAL_FORM_LABELS)
    activity = _boxes("activity", ACTIVITY_LABELS)
    stages = _boxes("stages", STAGE_LABELS)
    competent_department = _boxes("competent_department", DEPARTMENT_LABELS)
    ways_out = forms.MultipleChoiceField(
        label=_("可以怎样办"), choices=list(WAY_OUT_LABELS.items()), widget=_BOXES
    )
    consequence = forms.ChoiceField(
        label=_("到期没有办的后果"), choices=list(CONSEQUENCE_LABELS.items())
    )

    def draft(self) -> WaveDraft:
        """What was typed."""
        values = self.cleaned_data
        return WaveDraft(
            name=values["name"],
            criteria={name: values[name] for name in CRITERION_LABELS},
            ways_out=tuple(values["ways_out"]),
            deadline_on=values["deadline_on"],
            consequence=values["consequence"],
            basis=values["basis"],
        )


def template_initial(template: WaveTemplate) -> dict[str, Any]:
    """A shipped wave as a form's initial values."""
    return {
        "name": template.name,
        "basis": template.basis,
        "deadline_on": template.deadline_on,
        "ways_out": template.ways_out,
        "consequence": template.consequence,
        **template.criteria,
    }


class MemberFilterForm(forms.Form):
    """筛选批次机构: read as a sentence."""

    standing = forms.ChoiceField(
        label="",
        choices=any_of(_("全部"), list(MEMBER_STANDING_LABELS.items())),
        required=False,
    )
    way = forms.ChoiceField(
        label=_("的机构，办理方式"),
        choices=any_of(_("不限"), list(WAY_OUT_LABELS.items())),
        required=False,
    )
    q = forms.CharField(label=_("，名称里有"), required=False, max_length=60)

    def values(self) -> tuple[str, str, str]:
        """Standing, way out and text; what cannot be read narrows nothing."""
        self.is_valid()
        found = self.cleaned_data
        return (
            found.get("standing") or "",
            found.get("way") or "",
            (found.get("q") or "").strip(),
        )


class AddMemberForm(forms.Form):
    """补充机构: which one, and why."""

    institution = forms.ChoiceField(label=_("机构"))
    reason = forms.CharField(label=_("为什么列入"), max_length=200)

    def __init__(self, *args: Any, institutions: list[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["institution"])
        field.choices = [
            ("", _("请选择")),
            *[(str(one.public_id), one.name) for one in institutions],
        ]
        field.widget.attrs["lang"] = "zh"


class ExcuseForm(forms.Form):
    """除外: why."""

    reason = forms.CharField(
        label=_("为什么除外"), max_length=200, help_text=_("谁批准的、文号是什么。")
    )
