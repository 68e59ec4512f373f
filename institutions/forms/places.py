"""The forms of points: moving a pin, a township's centre, searching nearby, filtering the desk."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from institutions.choices.places import SYSTEM_CHOICES
from institutions.core.places import position_refusals
from institutions.forms.register import any_of
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.web.refusals import refusal_message

RADIUS_CHOICES = [
    ("1000", _("1 公里")),
    ("2000", _("2 公里")),
    ("5000", _("5 公里")),
    ("10000", _("10 公里")),
]


class PositionForm(forms.Form):
    """A longitude, a latitude, and the system in which they were read."""

    longitude = forms.DecimalField(
        label=_("经度"), max_digits=11, decimal_places=8, help_text=_("如 103.9227，较大的一个。")
    )
    latitude = forms.DecimalField(
        label=_("纬度"), max_digits=11, decimal_places=8, help_text=_("如 30.5732，较小的一个。")
    )
    system = forms.ChoiceField(
        label=_("坐标系"),
        choices=SYSTEM_CHOICES,
        help_text=_("从哪种地图上读的，就选哪种；选错会偏几百米。"),
    )

    def position(self) -> Position:
        """What was typed."""
        cleaned = self.cleaned_data
        return Position(
            float(cleaned["longitude"]),
            float(cleaned["latitude"]),
            CoordinateSystem(cleaned["system"]),
        )


class PointForm(PositionForm):
    """标定位置: with why."""

    reason = forms.CharField(
        label=_("为什么标在这里"), max_length=300, help_text=_("记入留痕，如：现场定位核对。")
    )


class CentreForm(PositionForm):
    """镇街中心点: with whose word it is."""

    source = forms.CharField(
        label=_("出处"), max_length=200, help_text=_("如：天地图上量取，办事处门口。")
    )


class NearbyForm(forms.Form):
    """附近的机构: a township, or a position."""

    township = forms.ChoiceField(label=_("镇街"), required=False)
    radius = forms.ChoiceField(label=_("多远以内"), choices=RADIUS_CHOICES, required=False)
    longitude = forms.DecimalField(label=_("经度"), max_digits=11, decimal_places=8, required=False)
    latitude = forms.DecimalField(label=_("纬度"), max_digits=11, decimal_places=8, required=False)
    system = forms.ChoiceField(label=_("坐标系"), choices=SYSTEM_CHOICES, required=False)

    def __init__(self, *args: Any, townships: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["township"])
        field.choices = any_of(_("请选择"), townships)
        field.widget.attrs["lang"] = "zh"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        longitude, latitude = cleaned.get("longitude"), cleaned.get("latitude")
        if (longitude is None) != (latitude is None):
            raise ValidationError(_("经度和纬度要一起填写。"))
        if longitude is not None and not self.errors:
            refusals = position_refusals(cast(Position, self.position()))
            if refusals:
                raise ValidationError(refusal_message(refusals[0]))
        return cleaned

    def position(self) -> Position | None:
        """The typed position, or None; without a system it is the satellites'."""
        cleaned = self.cleaned_data
        if cleaned.get("longitude") is None or cleaned.get("latitude") is None:
            return None
        system = CoordinateSystem(cleaned.get("system") or "wgs84")
        return Position(float(cleaned["longitude"]), float(cleaned["latitude"]), system)

    def radius_m(self) -> int:
        """The chosen radius."""
        return int(self.cleaned_data.get("radius") or RADIUS_CHOICES[1][0])


class PlacesFilterForm(forms.Form):
    """筛选: which places."""

    show = forms.ChoiceField(
        label=_("看哪些场所："),
        choices=[
            ("", _("全部在用的场所")),
            ("none", _("还没有位置的")),
            ("low", _("只到镇街的")),
            ("medium", _("大致到街道的")),
            ("high", _("准确到门牌的")),
        ],
        required=False,
    )

    def chosen(self) -> str:
        """What was chosen; what is not on offer narrows nothing."""
        return str(self.cleaned_data["show"]) if self.is_valid() else ""
