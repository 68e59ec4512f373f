"""Forms of the expert group: seating, voting, leaving, deciding, disputing; and of waivers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.appraisals import (
    APPRAISAL_STATE_LABELS,
    DIMENSION_HINTS,
    DIMENSION_LABELS,
    EXPERT_FIELD_LABELS,
    LEANING_LABELS,
    LEAVE_GROUND_LABELS,
    OWN_GROUNDS,
    verdict_labels,
)
from institutions.core.appraisal_states import LEAST_SEATS, MOST_SEATS
from institutions.core.filing_states import Verdict
from institutions.forms.register import DayField

_COUNTS = [(str(count), str(count)) for count in range(LEAST_SEATS, MOST_SEATS + 1, 2)]


def _long(label: Any, help_text: Any = "", *, rows: int = 3, length: int = 1000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AppraisalFilterForm(forms.Form):
    """The filter over appraisals."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("不限")), ("open", _("没有办结的")), *APPRAISAL_STATE_LABELS.items()],
        required=False,
    )


class DrawForm(forms.Form):
    """How many are drawn."""

    count = forms.ChoiceField(label=_("抽取几人"), choices=_COUNTS)


class ChooseForm(forms.Form):
    """Things chosen from a list by their public id; the labels are read by the secretary alone."""

    chosen = forms.MultipleChoiceField(
        label="", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, options: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        label = kwargs.pop("label", "")
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = list(options)  # type: ignore[attr-defined]
        self.fields["chosen"].label = label


class ChallengeAnswerForm(ChooseForm):
    """Which chairs leave, and what the institution is told."""

    answer = _long(_("答复"), _("机构会看到；请不要写出谁在、谁不在专家组里。"), rows=2, length=500)


class VoteForm(forms.Form):
    """A vote: four dimensions, the whole, and why."""

    def __init__(self, *args: Any, rule: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in DIMENSION_LABELS.items():
            self.fields[code] = forms.ChoiceField(
                label=str(label),
                help_text=str(DIMENSION_HINTS[code]),
                choices=list(LEANING_LABELS.items()),
                widget=forms.RadioSelect(attrs={"class": "choice-list--row"}),
            )
        self.fields["verdict"] = forms.ChoiceField(
            label=_("结论"),
            choices=list(verdict_labels(rule).items()),
            widget=forms.RadioSelect(attrs={"class": "choice-list--row"}),
        )
        self.fields["reasons"] = _long(
            _("理由"), _("写明看了什么、为什么这样判断；机构会看到理由，看不到您的姓名。")
        )

    def leanings(self) -> dict[str, str]:
        """What each dimension speaks for."""
        return {code: self.cleaned_data[code] for code in DIMENSION_LABELS}


class LeaveForm(forms.Form):
    """Why a member leaves."""

    ground = forms.ChoiceField(
        label=_("原因"), choices=[(code, LEAVE_GROUND_LABELS[code]) for code in OWN_GROUNDS]
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=300)


class AdoptForm(forms.Form):
    """An officer's decision on the result."""

    def __init__(self, *args: Any, rule: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"] = forms.ChoiceField(
            label=_("认定"),
            choices=list(verdict_labels(rule).items()),
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = _long(_("理由"), _("与专家组结论不一致的，写明为什么。"), rows=2)

    def verdict(self) -> Verdict:
        """The decision."""
        return Verdict(self.cleaned_data["verdict"])


class AnswerForm(AdoptForm):
    """The city's answer."""

    document = forms.CharField(label=_("答复的文号"), max_length=100)


class DocumentForm(forms.Form):
    """The letter by which a dispute goes up."""

    document = forms.CharField(
        label=_("提请的文号"), max_length=100, help_text=_("例如 双教函〔2026〕8号。")
    )


class WhyForm(forms.Form):
    """A reason, for whatever takes one."""

    reason = _long(_("理由"), rows=2)


class ChallengeForm(forms.Form):
    """Whom an institution wants kept away."""

    statement = _long(
        _("申请谁回避、为什么"),
        _("专家名单不公开。写明姓名、单位和与本机构的关系，由秘书核对；内容加密保存。"),
    )


class DisputeForm(forms.Form):
    """Why an institution does not agree."""

    reason = _long(_("不服的理由"), _("会一并报给市级认定。"))


class MemberForm(forms.Form):
    """An expert to be entered in the list."""

    appointment = forms.ChoiceField(label=_("专家"))
    field = forms.ChoiceField(label=_("专业"), choices=list(EXPERT_FIELD_LABELS.items()))
    declared_on = DayField(
        label=_("声明日期"), help_text=_("本人书面声明本人和近亲属都不在培训机构任职的日期。")
    )

    def __init__(self, *args: Any, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].choices = list(options)  # type: ignore[attr-defined]


class WaiverFilterForm(forms.Form):
    """The filter over waivers."""

    part = forms.ChoiceField(
        label="",
        choices=[
            ("", _("全部")),
            ("waiting", _("等第二人批准")),
            ("in_force", _("生效中")),
            ("ending", _("14 天内到期")),
            ("expired", _("已到期")),
            ("revoked", _("已收回")),
        ],
        required=False,
    )
