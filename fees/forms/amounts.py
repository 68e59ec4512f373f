"""Amounts as people type them: yuan with at most two decimals, read into whole fen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regulator.kernel.money import parse_yuan_fen


class AmountField(forms.CharField):
    """An amount in yuan; its clean value is int fen, or None where it may be left empty."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> int | None:
        """The amount in fen."""
        text = super().clean(value)
        if not text:
            return None
        amount_fen = parse_yuan_fen(text)
        if amount_fen is None:
            raise ValidationError(_("请填写金额，单位元，最多两位小数。"))
        return amount_fen
