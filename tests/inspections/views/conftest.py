"""The town whose premises and inspectors are drawn."""

from tests.inspections.outing import drawn_town, outing
from tests.inspections.town import coordinator, institutions, second, town

__all__ = ["coordinator", "drawn_town", "institutions", "outing", "second", "town"]
