"""Forms of a draw: its plan, its readings, its ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.choices.draws import ENTROPY_KIND_CHOICES
from inspections.core.draw.frames import FEWEST_SEATS
from inspections.core.draw.planning import DrawPlan, PlannedExclusion
from inspections.selectors.plans import PlannedDraw
from inspections.selectors.preview import FrameChoices
from inspections.selectors.scope import SuggestedExclusion

_WORDS_OF_REASON = {"cap": "上限", "closed": "停业", "other": "其他"}
# Typed as the page says it in either language.
REASON_WORDS = {word: code for code, word in _WORDS_OF_REASON.items()} | {
    code: code for code in _WORDS_OF_REASON
}
_MOMENT = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """A day and a time, as the browser's own picker gives it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_MOMENT)


class DayInput(forms.DateInput):
    """A day, as the browser's own picker gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def exclusion_lines(suggestions: Iterable[SuggestedExclusion]) -> str:
    """Suggested exclusions as the lines that the form reads again."""
    return "\n".join(
        f"{one.register_id} {_WORDS_OF_REASON[one.reason]} {one.note}" for one in suggestions
    )


class DrawPlanForm(forms.Form):
    """What a coordinator decides before the frame is fixed."""

    campaign = forms.CharField(label=_("抽查名称"), max_length=120)
    scope_on = forms.DateField(
        label=_("名册截止日"), widget=DayInput(), help_text=_("按这一天的名册确定检查对象。")
    )
    team_count = forms.IntegerField(label=_("检查组数"), min_value=1, max_value=200, initial=2)
    entropy_kind = forms.ChoiceField(label=_("公开随机数"), choices=ENTROPY_KIND_CHOICES)
    entropy_source = forms.CharField(
        label=_("读什么、在哪里、由谁读"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    entropy_format = forms.CharField(
        label=_("读数的格式"),
        max_length=100,
        initial="[0-9]{10}",
        help_text=_("正则表达式；十个十面骰写 [0-9]{10}。第一个完全符合的读数就是随机数。"),
    )
    entropy_fallback = forms.CharField(
        label=_("读不成时改读什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = forms.DateTimeField(label=_("约定的读数时间"), widget=MomentInput())
    reveal_by = forms.DateTimeField(label=_("最迟揭晓时间"), widget=MomentInput())
    exclusions = forms.CharField(
        label=_("排除的场所"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一处：场所编号、原因（上限、停业或其他）、依据的文号或情况，用空格隔开。"),
    )

    def __init__(
        self, *args: Any, choices: FrameChoices, planned: PlannedDraw | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.planned = planned
        today = timezone.localtime()
        self.fields["scope_on"].initial = today.date()
        self.fields["due"].initial = (today + timedelta(days=1)).replace(hour=10, minute=0)
        self.fields["reveal_by"].initial = (today + timedelta(days=60)).replace(hour=18, minute=0)
        self.fields["exclusions"].initial = exclusion_lines(choices.suggestions)
        for tier, size in choices.tiers.items():
            left = choices.left[tier]
            asked = planned.quotas[tier] if planned else max(1, size // 10)
            counted = {"size": size, "left": left}
            self.fields[f"quota_{tier}"] = forms.IntegerField(
                label=_("%(tier)s 级") % {"tier": tier},
                help_text=(
                    _("共 %(size)s 家")
                    if left == size
                    else _("共 %(size)s 家，排除后剩 %(left)s 家")
                )
                % counted,
                min_value=0,
                initial=min(left, asked),
            )
        seated = planned.line.departments if planned else ("education",)
        for department, count in choices.departments:
            self.fields[f"seats_{department.code}"] = forms.IntegerField(
                label=str(department),
                help_text=_("持证 %(count)s 人") % {"count": count},
                min_value=0,
                required=False,
                initial=FEWEST_SEATS if department.code in seated else 0,
            )
        if planned is not None:
            self.fields["campaign"].initial = planned.line.campaign
            self.fields["team_count"].initial = planned.line.team_count

    @property
    def scope_fields(self) -> list[forms.BoundField]:
        """What is drawn from, and until when."""
        return [self[name] for name in ("campaign", "scope_on", "reveal_by")]

    @property
    def quota_fields(self) -> list[forms.BoundField]:
        """How many of each credit tier."""
        return [self[f"quota_{tier}"] for tier in self.choices.tiers]

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        """How many of each department sit in a team."""
        return [self[f"seats_{one.code}"] for one, _count in self.choices.departments]

    @property
    def source_fields(self) -> list[forms.BoundField]:
        """Where the public randomness comes from."""
        names = ("entropy_kind", "due", "entropy_source", "entropy_format", "entropy_fallback")
        return [self[name] for name in names]

    def clean_exclusions(self) -> list[PlannedExclusion]:
        """Read the lines; a line that cannot be read is named."""
        found, wrong = [], []
        for line in self.cleaned_data["exclusions"].splitlines():
            parts = line.split(maxsplit=2)
            if not parts:
                continue
            reason = REASON_WORDS.get(parts[1]) if len(parts) > 1 else None
            if reason is None or len(parts) < 3:
                wrong.append(line.strip())
            else:
                found.append(PlannedExclusion(parts[0], reason, parts[2]))
        if wrong:
            text = _("这一行读不懂：“%(line)s”。请写成“场所编号 原因 依据”。")
            raise forms.ValidationError([text % {"line": line} for line in wrong])
        return found

    def plan(self) -> DrawPlan:
        """The decisions of a valid form."""
        data = self.cleaned_data
        quotas = {tier: data[f"quota_{tier}"] for tier in self.choices.tiers}
        seats = {
            department.code: data[f"seats_{department.code}"]
            for department, _count in self.choices.departments
            if data[f"seats_{department.code}"]
        }
        return DrawPlan(
            campaign=data["campaign"],
            scope_on=data["scope_on"],
            seats=seats,
            team_count=data["team_count"],
            quotas=quotas,
            entropy_kind=data["entropy_kind"],
            entropy_source=data["entropy_source"],
            entropy_format=data["entropy_format"],
            entropy_fallback=data["entropy_fallback"],
            due=data["due"],
            reveal_by=data["reveal_by"],
            exclusions=data["exclusions"],
            categories=self.planned.line.categories if self.planned else (),
        )


class ReadingForm(forms.Form):
    """A reading of the public source, typed twice, exactly as it stands."""

    reading = forms.CharField(
        label=_("读数"), strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    again = forms.CharField(
        label=_("再输一遍"), strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    witnesses = forms.CharField(
        label=_("在场见证人"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一人。姓名会公布。"),
    )

    def names(self) -> list[str]:
        """The witnesses, one a line."""
        return [line.strip() for line in self.cleaned_data["witnesses"].splitlines()]


class RevealForm(forms.Form):
    """When the last visit of a draw ended: as the visits say, where they were kept here."""

    last_visit_ended_at = forms.DateTimeField(
        label=_("最后一次检查结束的时间"), widget=MomentInput()
    )

    def __init__(self, *args: Any, known: datetime | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        if known is not None:
            field = self.fields["last_visit_ended_at"]
            field.initial = timezone.localtime(known)
            field.help_text = _("已按系统里最后一次检查填好。")

    def clean_last_visit_ended_at(self) -> datetime:
        """The moment as it is known, where the same minute was meant: the picker has no seconds."""
        stated: datetime = self.cleaned_data["last_visit_ended_at"]
        known = self.known
        if known and stated == known.replace(second=0, microsecond=0):
            return known
        return stated


class VoidForm(forms.Form):
    """Why a draw is voided."""

    reason = forms.CharField(
        label=_("作废的原因"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("原因会与密钥一起公布。"),
    )


class TeamDaysForm(forms.Form):
    """The days on which a team is out."""

    starts_on = forms.DateField(label=_("出动第一天"), widget=DayInput())
    ends_on = forms.DateField(label=_("最后一天"), widget=DayInput())


class ReplaceForm(forms.Form):
    """Why somebody falls out."""

    reason = forms.CharField(
        label=_("替换的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
