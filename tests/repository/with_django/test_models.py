"""Models: a division or a declared path to one, plain choices, a docstring in the trade's words."""

from __future__ import annotations

import re
from enum import Enum

from django.apps import apps
from django.db import models

from tests.repository.sources import APPS

# By hand, each with its reason; a new one must be argued for here.
WITHOUT_DIVISION = {
    "accounts.Department": "the same departments everywhere",
    "accounts.Division": "is one",
    "database.DataKey": "a person may be known to several",
    "institutions.RegisterCounter": "register ids are unique over all divisions",
}
HAN_FIRST = re.compile(r"^[\u4e00-\u9fff]")


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]


def end_of_path(model: type[models.Model], path: str) -> str:
    """The name of the last field of a lookup path, each step of which must exist."""
    current: type[models.Model] = model
    name = ""
    for name in path.split("__"):
        field = current._meta.get_field(name)
        current = getattr(field, "related_model", None) or current
    return name


def test_the_models_are_found() -> None:
    assert {model._meta.app_label for model in our_models()} >= {"accounts", "audit", "jobs"}


def test_every_model_declares_its_path_to_a_division_or_that_it_has_none() -> None:
    silent = [model._meta.label for model in our_models() if "division_path" not in model.__dict__]
    assert silent == []


def test_a_declared_path_ends_at_a_division() -> None:
    declared = {
        model._meta.label: end_of_path(model, path)
        for model in our_models()
        if (path := getattr(model, "division_path", None))
    }
    assert {
        label: end
        for label, end in declared.items()
        if end not in {"division", "division_code"} and label != "accounts.Division"
    } == {}


def test_only_these_models_have_no_division() -> None:
    without = {
        model._meta.label for model in our_models() if getattr(model, "division_path", "") is None
    }
    assert without == set(WITHOUT_DIVISION)


def test_a_division_is_never_null() -> None:
    nullable = [
        model._meta.label
        for model in our_models()
        if getattr(model, "division_path", None) == "division"
        and model._meta.get_field("division").null
    ]
    assert nullable == []


def test_a_docstring_begins_with_the_term_as_printed() -> None:
    wordless = [
        model._meta.label
        for model in our_models()
        if not HAN_FIRST.match((model.__doc__ or "").strip())
    ]
    assert wordless == []


def test_neither_choices_nor_defaults_hold_an_enum() -> None:
    held = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field.default, Enum)
        or any(isinstance(value, Enum) for value, _ in field.flatchoices)
    ]
    assert held == []
