"""The texts of refusals, gathered from every app's `choices` floor by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regulator.kernel.outcomes import InvariantError, Refusal

_TEXTS: dict[str, Any] = {}
_PARAM_LABELS: dict[str, Mapping[str, Any]] = {}


@dataclass(frozen=True)
class RefusalText:
    """A refusal as a person reads it."""

    code: str
    text: str
    basis: str
    remedy: str


def register_refusal_texts(texts: Mapping[str, Any]) -> None:
    """Make an app's texts (code → lazy text with %(name)s places) known; called by its `ready`."""
    _TEXTS.update(texts)


def register_param_labels(labels: Mapping[str, Mapping[str, Any]]) -> None:
    """How codes in a refusal's params are read aloud: param name → (code → label)."""
    _PARAM_LABELS.update(labels)


def spoken_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """The params of a sentence with their codes read aloud, where labels are registered."""
    return {
        name: _PARAM_LABELS.get(name, {}).get(value, value) if isinstance(value, str) else value
        for name, value in params.items()
    }


def refusal_message(refusal: Refusal) -> str:
    """The Chinese (or English) sentence of a refusal; a code without a text is a bug."""
    template = _TEXTS.get(refusal.code)
    if template is None:
        raise InvariantError(f"没有为 {refusal.code} 写文字。")
    return str(template) % spoken_params(refusal.params)


def refusal_texts(refusals: Iterable[Refusal]) -> list[RefusalText]:
    """Every refusal ready for the page."""
    return [
        RefusalText(
            code=refusal.code,
            text=refusal_message(refusal),
            basis=refusal.basis.cite() if refusal.basis else "",
            remedy=str(_TEXTS.get(refusal.remedy, "")) if refusal.remedy else "",
        )
        for refusal in refusals
    ]
