"""Forms for years, terms, breaks and holidays."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from regulator.calendars.choices.texts import (
    CONFIDENCE_CHOICES,
    GRADE_CHOICES,
    PERIOD_KIND_CHOICES,
    STAGE_CHOICES,
    TERM_CHOICES,
)
from regulator.calendars.core.days import parse_days
from regulator.calendars.core.school import Stage
from regulator.calendars.models import SchoolPeriod
from regulator.calendars.services import HolidayDraft, PeriodDraft

_ONE_DAY = timedelta(days=1)
# What is typed here is Chinese on an English page too.
_SHORT_TEXT = {"rows": 2, "lang": "zh"}


class DayField(forms.DateField):
    """A date, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )


class YearForm(forms.Form):
    """Where a year's dates come from."""

    source = forms.CharField(
        label=_("依据"),
        max_length=500,
        widget=forms.Textarea(attrs=_SHORT_TEXT),
        help_text=_("哪个机关的哪份通知，例如“市教育局关于2026-2027学年校历的通知”。"),
    )


class PeriodForm(forms.Form):
    """A term or a break."""

    kind = forms.ChoiceField(label=_("类型"), choices=PERIOD_KIND_CHOICES)
    term = forms.ChoiceField(
        label=_("学期"), choices=TERM_CHOICES, help_text=_("寒假、暑假选“不适用”。")
    )
    title = forms.CharField(label=_("名称"), max_length=60, help_text=_("照校历上的写法。"))
    starts_on = DayField(label=_("第一天"))
    ends_on = DayField(label=_("最后一天"))
    stages = forms.MultipleChoiceField(
        label=_("学段"), choices=STAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    grades = forms.MultipleChoiceField(
        label=_("只限这些年级"),
        choices=GRADE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("整个学段都一样时不用勾。"),
    )
    overrides = forms.BooleanField(
        label=_("覆盖校历：临时提前放假、春秋假"),
        required=False,
        help_text=_("勾选后，这段时间以本项为准，不再看原来的学期或假期。"),
    )
    confidence = forms.ChoiceField(
        label=_("可信程度"),
        choices=CONFIDENCE_CHOICES,
        help_text=_("“推算，须核实”的日期只会得出“待定”，不会认定违规。"),
    )
    source = forms.CharField(
        label=_("依据"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )
    note = forms.CharField(label=_("备注"), max_length=500, required=False)
    reason = forms.CharField(
        label=_("录入或修改的理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )

    def draft(self) -> PeriodDraft:
        """What was typed, for the service."""
        data = self.cleaned_data
        return PeriodDraft(
            kind=data["kind"],
            term=int(data["term"]),
            title=data["title"],
            starts_on=data["starts_on"],
            ends_before=data["ends_on"] + _ONE_DAY,
            stages=frozenset(Stage(one) for one in data["stages"]),
            grades=frozenset(int(one) for one in data["grades"]),
            overrides=data["overrides"],
            confidence=data["confidence"],
            source=data["source"],
            note=data["note"],
        )


def initial_of(period: SchoolPeriod) -> dict[str, object]:
    """A period's values as the form shows them."""
    return {
        "kind": period.kind,
        "term": str(period.term),
        "title": period.title,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "stages": period.stages,
        "grades": [str(grade) for grade in period.grades],
        "overrides": period.overrides,
        "confidence": period.confidence,
        "source": period.source,
        "note": period.note,
    }


class HolidayForm(forms.Form):
    """One holiday of the notice with its make-up days."""

    title = forms.CharField(label=_("节日"), max_length=60)
    starts_on = DayField(label=_("放假第一天"))
    ends_on = DayField(label=_("放假最后一天"))
    makeup_days = forms.CharField(
        label=_("调休上班日"),
        required=False,
        max_length=200,
        help_text=_("几天之间用顿号隔开，例如 2027-01-31、2027-02-13。"),
    )
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_SHORT_TEXT)
    )

    def clean_makeup_days(self) -> tuple[date, ...]:
        """The days written, in order."""
        days = parse_days(self.cleaned_data["makeup_days"])
        if days is None:
            raise forms.ValidationError(
                _("看不懂调休上班日。请写成“2027-01-31、2027-02-13”的样子。")
            )
        return days

    def draft(self) -> HolidayDraft:
        """What was typed, for the service."""
        data = self.cleaned_data
        return HolidayDraft(
            title=data["title"],
            starts_on=data["starts_on"],
            ends_before=data["ends_on"] + _ONE_DAY,
            makeup_days=data["makeup_days"],
        )
