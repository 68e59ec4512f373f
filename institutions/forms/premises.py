"""The forms of premises: address and floor area, what the standards judge, and the point."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.choices.premises import BUILDING_KIND_CHOICES, ROOM_USE_CHOICES
from institutions.core.register.premises import PremisesDetails
from institutions.forms.register import UNKNOWN, DayField
from institutions.models import Premises
from institutions.services.premises import details_of

_DETAILS = (
    "teaching_area_m2", "max_pupils", "lowest_floor", "highest_floor", "building_kind", "room_use",
    "lease_until",
)  # fmt: skip


class PremisesForm(forms.Form):
    """办学场所."""

    address = forms.CharField(label=_("地址"), max_length=300, help_text=_("写到门牌。"))
    area = forms.ChoiceField(label=_("所在镇街"), required=False)
    floor_area_m2 = forms.DecimalField(
        label=_("建筑面积（平方米）"), max_digits=9, decimal_places=2, min_value=0, required=False
    )
    teaching_area_m2 = forms.DecimalField(
        label=_("其中教学用房（平方米）"),
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("这一项和下面几项用来核对设置标准；还不知道的空着。"),
    )
    max_pupils = forms.IntegerField(
        label=_("同一时段最多学员（人）"), min_value=0, max_value=100_000, required=False
    )
    lowest_floor = forms.IntegerField(
        label=_("最低在几层"),
        min_value=-10,
        max_value=200,
        required=False,
        help_text=_("地下一层写 -1。只有一层的，两项写同一个数。"),
    )
    highest_floor = forms.IntegerField(
        label=_("最高在几层"), min_value=-10, max_value=200, required=False
    )
    building_kind = forms.ChoiceField(
        label=_("房屋性质"), choices=UNKNOWN + BUILDING_KIND_CHOICES, required=False
    )
    room_use = forms.ChoiceField(
        label=_("教室怎么用"), choices=UNKNOWN + ROOM_USE_CHOICES, required=False
    )
    lease_until = DayField(
        label=_("租期到哪天"), required=False, help_text=_("租赁合同上的最后一天；自有房屋空着。")
    )
    is_licensed = forms.BooleanField(label=_("许可证上有这个地址"), required=False, initial=True)

    def __init__(self, *args: Any, townships: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = cast(forms.ChoiceField, self.fields["area"])
        held = (self.initial or {}).get("area", "")
        known = {code for code, _name in townships}
        kept = [(held, held)] if held and held not in known else []
        area.choices = [*UNKNOWN, *kept, *townships]
        area.widget.attrs["lang"] = "zh"  # names of places stay as they are

    def values(self) -> dict[str, Any]:
        """What the services take: the details gathered into one."""
        cleaned = dict(self.cleaned_data)
        details = PremisesDetails(**{name: cleaned.pop(name) for name in _DETAILS})
        return cleaned | {"details": details}


class NewPremisesForm(PremisesForm):
    """新场所: with its first day."""

    on = DayField(label=_("从哪一天起"))


class PremisesCorrectionForm(PremisesForm):
    """更正场所: with why."""

    reason = forms.CharField(label=_("为什么更正"), max_length=300)


class PremisesCloseForm(forms.Form):
    """停用场所."""

    on = DayField(label=_("从哪一天起不再使用"))
    reason = forms.CharField(label=_("理由"), max_length=300)


def premises_initial(premises: Premises) -> dict[str, Any]:
    """A held place as a form's initial values."""
    names = ("address", "area", "floor_area_m2", "is_licensed")
    details = details_of(premises)
    return {name: getattr(premises, name) for name in names} | {
        name: getattr(details, name) for name in _DETAILS
    }
