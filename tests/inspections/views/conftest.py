"""The town whose premises and inspectors are drawn."""

from tests.inspections.town import coordinator, institutions, second, town

__all__ = ["coordinator", "institutions", "second", "town"]
