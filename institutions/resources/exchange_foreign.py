"""Another system's list of institutions: additions go in, blanks are filled, ours stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from institutions.core.exchange.fields import KEEP
from institutions.core.exchange.foreign import plan_foreign
from institutions.core.exchange.plans import Conflict, Difference, LineOutcome, LinePlan
from institutions.core.register.listing import JudgedRow, judge_rows
from institutions.core.register.merging import (
    KnownInstitution,
    RowOutcome,
    RowPlan,
    known_after,
    plan_row,
)
from institutions.core.register.refusals import ImportScope
from institutions.core.register.rows import read_row
from institutions.models import Institution
from institutions.resources.exchange_lines import LineTable, Planned, kept_cells
from institutions.resources.exchange_reader import ROW
from institutions.selectors.register_import import KnownRegister, known_register
from institutions.selectors.register_places import division_place
from institutions.services.exchange_rows import RowContext, foreign_digest, write_foreign_row
from regulator.kernel.outcomes import Refusal, Refused


class ForeignRegisterLines(LineTable[JudgedRow]):
    """One row an institution, judged as any register list is, and merged without overwriting."""

    def __init__(self, context: RowContext, lines: Sequence[Mapping[str, str]]) -> None:
        self.scope = ImportScope(division_place(context.table_import.division_id))
        rows = [read_row(int(line[ROW]), _own_fields(line)) for line in lines]
        self.judged = {one.row.number: one for one in judge_rows(rows, self.scope)}
        self.register = KnownRegister()
        self.fresh: set[int] = set()
        self.plans: dict[int, Planned[JudgedRow]] = {}
        super().__init__(context, lines)

    def repeats(self, lines: Sequence[Mapping[str, str]]) -> dict[int, int]:
        return {}  # several rows may be several places of one institution

    def prepare(self, lines: Sequence[Mapping[str, str]]) -> set[int]:
        meant = [self.judged[int(line[ROW])] for line in lines]
        division = self.context.table_import.division_id
        self.register, self.plans = known_register(division=division, rows=meant), {}
        return {known.key for one in meant for known in self.register.find(one)}

    def planned(self, row: Mapping[str, str]) -> Planned[JudgedRow]:
        number = int(row[ROW])
        if number not in self.plans:
            self.plans[number] = self._planned(self.judged[number], row)
        return self.plans[number]

    def _planned(self, judged: JudgedRow, row: Mapping[str, str]) -> Planned[JudgedRow]:
        if judged.refusals:
            raise Refused(judged.refusals)
        printed = {**judged.row.printed, **kept_cells(row)}
        known = self._known(judged)
        plan, conflicts = self._plan(judged, known, printed)
        outcome = LineOutcome(plan.outcome.value)
        if outcome is LineOutcome.KEEP and conflicts:
            outcome = LineOutcome.CONFLICT
        said = LinePlan(outcome, _differences(judged, plan), conflicts)
        return Planned(judged, said, extra={"known": known, "plan": plan, "printed": printed})

    def _plan(
        self, judged: JudgedRow, known: KnownInstitution | None, printed: Mapping[str, str]
    ) -> tuple[RowPlan, tuple[Conflict, ...]]:
        digest = foreign_digest(self.context.source, printed)
        if known is not None and known.key in self.fresh:
            # An earlier row of this very file entered it: a second campus is no contradiction.
            return plan_row(judged, known, digest=digest), ()
        return plan_foreign(judged, known, digest=digest)

    def _known(self, judged: JudgedRow) -> KnownInstitution | None:
        found = self.register.find(judged)
        if len(found) > 1:
            params = {"first": found[0].name, "second": found[1].name}
            raise Refused(Refusal("register.row_matches_two", params))
        return found[0] if found else None

    def write(self, planned: Planned[JudgedRow]) -> None:
        extra: dict[str, Any] = planned.extra
        write_foreign_row(
            self.context,
            planned.line,
            extra["known"],
            extra["plan"],
            planned.plan.conflicts,
            extra["printed"],
        )
        if planned.plan.outcome in (LineOutcome.ADD, LineOutcome.CHANGE):
            self._remember(planned)

    def _remember(self, planned: Planned[JudgedRow]) -> None:
        """A later row may speak of what was just written."""
        judged = planned.line
        division = self.context.table_import.division_id
        for known in known_register(division=division, rows=[judged]).find(judged):
            entry = Institution.objects.get(pk=known.key)
            self.register.remember(known, name_key=entry.name_key, place=entry.place)
            if planned.plan.outcome is LineOutcome.ADD:
                self.fresh.add(known.key)

    def foresee(self, planned: Planned[JudgedRow]) -> None:
        judged, extra = planned.line, planned.extra
        if planned.plan.outcome not in (LineOutcome.ADD, LineOutcome.CHANGE):
            return
        digest = foreign_digest(self.context.source, extra["printed"])
        known = known_after(
            extra["known"], extra["plan"], judged, key=-judged.row.number, digest=digest
        )
        self.register.remember(known, name_key=judged.row.name_key, place=judged.place)
        if planned.plan.outcome is LineOutcome.ADD:
            self.fresh.add(known.key)


def _own_fields(line: Mapping[str, str]) -> dict[str, str]:
    mark = f"{KEEP}:"
    return {name: text for name, text in line.items() if name != ROW and not name.startswith(mark)}


def _differences(judged: JudgedRow, plan: RowPlan) -> tuple[Difference, ...]:
    if plan.outcome not in (RowOutcome.ADD, RowOutcome.CHANGE):
        return ()
    stated = dict(plan.values)
    if plan.new_address:
        stated["address"] = judged.row.address
    stated |= {name: text for name, text in plan.licence_values.items() if name not in stated}
    return tuple(Difference(name, "", text) for name, text in stated.items())
