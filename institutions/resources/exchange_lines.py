"""What the resources of tables share: rows planned alike in a dry run and in earnest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from institutions.choices.row_reasons import row_reason
from institutions.core.exchange.fields import KEEP
from institutions.core.exchange.plans import Conflict, Difference, LineOutcome, LinePlan, Policy
from institutions.resources.exchange_reader import ROW
from institutions.services.exchange_rows import RowContext, lock_for_rows
from regulator.kernel.outcomes import Refusal, Refused

Line = TypeVar("Line")


@dataclass(frozen=True)
class LineResult:
    """What a row did, or in a dry run would do. `reason` says why it comes back."""

    number: int
    name: str
    outcome: LineOutcome
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reason: str = ""


@dataclass
class Planned(Generic[Line]):
    """A row with its plan: the "instance" that the library carries from step to step."""

    line: Line
    plan: LinePlan
    institution: int = 0
    key: int = 0
    extra: dict[str, Any] = field(default_factory=dict)


class LineTable(ABC, Generic[Line]):
    """One table: reads a row, finds what it means, plans it and writes it."""

    def __init__(self, context: RowContext, lines: Sequence[Mapping[str, str]]) -> None:
        self.context = context
        self.repeated = self.repeats(lines)

    @abstractmethod
    def repeats(self, lines: Sequence[Mapping[str, str]]) -> dict[int, int]:
        """Rows of the whole file that say again what an earlier row spoke of."""

    @abstractmethod
    def prepare(self, lines: Sequence[Mapping[str, str]]) -> set[int]:
        """Read what is held of the institutions that these rows mean; returns their keys."""

    @abstractmethod
    def planned(self, row: Mapping[str, str]) -> Planned[Line]:
        """A row with its plan. Raises Refused with every reason."""

    @abstractmethod
    def write(self, planned: Planned[Line]) -> None:
        """Write a planned row by its service. Raises Refused as the service does."""

    def foresee(self, planned: Planned[Line]) -> None:
        """In a dry run, bear in mind what a row would have written, for the rows after it."""

    def name_of(self, row: Mapping[str, str]) -> str:
        """What a message calls the row."""
        return row.get("institution_name", "")

    def refuse_repeated(self, number: int) -> None:
        """Raise Refused for a row that says again what an earlier one spoke of."""
        if number in self.repeated:
            raise Refused(Refusal("exchange.repeated", {"row": self.repeated[number]}))


class LineResource(resources.Resource):
    """The library's steps over a table's rows."""

    class Meta:
        use_transactions = False
        skip_diff = True
        report_skipped = True
        store_instance = True
        import_id_fields = ()
        instance_loader_class = BaseInstanceLoader

    def __init__(self, table: LineTable[Any]) -> None:
        super().__init__()
        self.table = table

    def get_instance(self, instance_loader: Any, row: Mapping[str, str]) -> Planned[Any] | None:
        planned: Planned[Any] = self._asked(lambda: self.table.planned(row))
        return None if planned.plan.outcome is LineOutcome.ADD else planned

    def init_instance(self, row: Any = None) -> Planned[Any]:
        planned: Planned[Any] = self._asked(lambda: self.table.planned(row))
        return planned

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The plan holds what changes; no field is set one by one."""

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Our own file's row that says what we hold; another's is kept with its source."""
        unchanged = instance.plan.outcome is LineOutcome.KEEP
        return unchanged and self.table.context.policy is Policy.OWN

    def save_instance(self, instance: Any, is_create: Any, row: Any, **kwargs: Any) -> None:
        """The service writes; its refusal is this row's error. A dry run stops before it."""
        if self._is_dry_run(kwargs):
            self.table.foresee(instance)
            return
        self._asked(lambda: self.table.write(instance))

    def _asked(self, act: Any) -> Any:
        try:
            return act()
        except Refused as refused:
            raise ValidationError(row_reason(refused.refusals)) from refused


def run_lines(
    table: LineTable[Any], lines: Sequence[Mapping[str, str]], *, dry_run: bool
) -> list[LineResult]:
    """Plan some rows, or write them inside the caller's transaction; one result a row, in order."""
    keys = table.prepare(lines)
    if not dry_run:
        lock_for_rows(division=table.context.table_import.division_id, keys=keys)
        table.prepare(lines)  # what is held now, under the locks
    headers = list(dict.fromkeys(name for line in lines for name in line))
    dataset = Dataset(*([line.get(name, "") for name in headers] for line in lines))
    dataset.headers = headers
    result = LineResource(table).import_data(dataset, dry_run=dry_run, use_transactions=False)
    for failed in result.base_errors:
        raise failed.error
    return [_result(table, line, row) for line, row in zip(lines, result.rows, strict=True)]


def _result(table: LineTable[Any], line: Mapping[str, str], row: RowResult) -> LineResult:
    for failed in row.errors:
        raise failed.error
    number, name = int(line[ROW]), table.name_of(line)
    if row.import_type == RowResult.IMPORT_TYPE_INVALID:
        reason = "\n".join(row.validation_error.messages)
        return LineResult(number, name, LineOutcome.REFUSE, reason=reason)
    plan = row.instance.plan
    return LineResult(number, name, plan.outcome, plan.differences, plan.conflicts)


def first_rows(keys: Sequence[tuple[int, tuple[str, ...]]]) -> dict[int, int]:
    """Row numbers whose key an earlier row bore, with that row's number; blank keys never repeat.

    `keys` are (row number, key).
    """
    seen: dict[tuple[str, ...], int] = {}
    repeated = {}
    for number, key in keys:
        if not any(key):
            continue
        first = seen.setdefault(key, number)
        if first != number:
            repeated[number] = first
    return repeated


def kept_cells(row: Mapping[str, str]) -> dict[str, str]:
    """Columns that are no field of ours, under their own headers, blank ones left out."""
    mark = f"{KEEP}:"
    return {
        name.removeprefix(mark): str(text)
        for name, text in row.items()
        if name.startswith(mark) and text
    }
