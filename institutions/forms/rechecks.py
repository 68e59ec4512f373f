"""Forms of rechecks and trials: the filter, the notice, service, the answer, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.findings import RULE_TEXTS
from institutions.choices.papers import SERVICE_MEANS_LABELS
from institutions.choices.rechecks import CAUSE_KIND_LABELS, CHANGE_LABELS
from institutions.core.recheck_states import LONGEST_WORDS
from institutions.selectors.trials import TermChoice


class RecheckFilterForm(forms.Form):
    """The filter over rechecks, as a sentence."""

    PARTS: ClassVar = [
        ("", _("没有办结的")),
        ("open", _("还没有处理的")),
        ("noticed", _("等机构答复的")),
        ("answered", _("机构已答复的")),
        ("closed", _("已办结的")),
    ]
    part = forms.ChoiceField(label="", choices=PARTS, required=False)
    cause = forms.ChoiceField(
        label=_("起因"), choices=[("", _("不限")), *CAUSE_KIND_LABELS.items()], required=False
    )
    words = forms.CharField(label=_("班名、机构或编号含"), required=False, max_length=60)


def _long_text(label: Any, help_text: Any, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows, "lang": "zh"}),
    )


class NoticeTextForm(forms.Form):
    """What the institution is told."""

    text = _long_text(
        _("告知内容"), _("机构会原样看到。写明核对发现了什么、拟怎样处理，请它答复。"), rows=8
    )


class ServiceForm(forms.Form):
    """How and when a notice was served otherwise than in the portal."""

    on = forms.DateField(
        label=_("送达日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    how = forms.ChoiceField(label=_("送达方式"), choices=list(SERVICE_MEANS_LABELS.items()))


class AnswerForm(forms.Form):
    """The institution's answer and at most one file."""

    words = _long_text(
        _("答复"), _("逐条写明是否属实、已经或者准备怎样改正；有不同意见的写明理由。"), rows=6
    )
    file = forms.FileField(
        label=_("附件"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF、JPG 或者 PNG，一个文件，最多 20 MB。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class KeepForm(forms.Form):
    """Why the approval stands."""

    reasons = _long_text(_("保留的理由"), _("机构会看到。"), rows=4)


class TakeBackForm(forms.Form):
    """Why the approval is taken back."""

    reasons = _long_text(
        _("撤销的理由"), _("机构会看到，并在这个班的公示页上公开；不要写个人信息。"), rows=4
    )


class TrialForm(forms.Form):
    """What is tried, on which term; or on classes that start between two days."""

    OTHER_DAYS: ClassVar = "days"

    version = forms.ChoiceField(label=_("试算什么"), widget=forms.Select(attrs={"lang": "zh"}))
    term = forms.ChoiceField(label=_("用哪个学期的备案"))
    starts_from = forms.DateField(
        label=_("开班日期从"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("到"),
        required=False,
        help_text=_("只在上面选“另选日期”时填写；这一天也算。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        versions: Sequence[tuple[str, Any]],
        terms: Sequence[TermChoice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.terms = {one.key: one for one in terms}
        self.fields["version"].choices = list(versions)  # type: ignore[attr-defined]
        self.fields["term"].choices = [  # type: ignore[attr-defined]
            *((one.key, one.label) for one in terms),
            (self.OTHER_DAYS, _("另选日期")),
        ]

    def clean(self) -> dict[str, Any]:
        """Where no term is chosen both days are needed."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("term") == self.OTHER_DAYS:
            for name in ("starts_from", "until"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("没有选学期时，请填写日期。"))
        return data

    def days(self) -> tuple[date, date]:
        """The stretch of first days, half-open."""
        term = self.terms.get(self.cleaned_data["term"])
        if term is not None:
            return term.starts_from, term.starts_before
        return self.cleaned_data["starts_from"], self.cleaned_data["until"] + timedelta(days=1)

    def period_label(self) -> str:
        """The term's name, or the days."""
        term = self.terms.get(self.cleaned_data["term"])
        if term is not None:
            return term.label
        return f"{self.cleaned_data['starts_from']} – {self.cleaned_data['until']}"


class ChangeFilterForm(forms.Form):
    """The filter over a trial's changes; only rules that changed can be chosen."""

    rule = forms.ChoiceField(label=_("规则"), required=False)
    kind = forms.ChoiceField(
        label=_("变化"), choices=[("", _("不限")), *CHANGE_LABELS.items()], required=False
    )

    def __init__(self, *args: Any, rules: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(rule, RULE_TEXTS[rule].title) for rule in rules]
        self.fields["rule"].choices = [("", _("不限")), *choices]  # type: ignore[attr-defined]
