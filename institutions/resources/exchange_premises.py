"""办学场所 as a table: taken in row by row through the register's services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from institutions.core.exchange.plans import LineOutcome
from institutions.core.exchange.premises import (
    HeldPremises,
    PremisesLine,
    plan_premises,
    premises_meant,
    read_premises,
)
from institutions.core.exchange.reading import Naming
from institutions.core.register.text import match_key
from institutions.resources.exchange_lines import (
    LineTable,
    Planned,
    first_rows,
    kept_cells,
)
from institutions.resources.exchange_reader import ROW
from institutions.selectors.exchange import InstitutionIndex, held_premises
from institutions.services.exchange_rows import RowContext, write_premises_line
from regulator.kernel.outcomes import Refusal, Refused


def institution_meant(index: InstitutionIndex, naming: Naming) -> int:
    """The key of the one institution that a row names; Refused where it is none or two."""
    found = index.find(naming)
    if len(found) > 1:
        params = {"first": index.names[found[0]], "second": index.names[found[1]]}
        raise Refused(Refusal("register.row_matches_two", params))
    if not found:
        code = "exchange.institution_unknown" if naming.printed else "exchange.institution_unnamed"
        raise Refused(Refusal(code, {"name": naming.printed}))
    return found[0]


def own_institution(index: InstitutionIndex, naming: Naming, *, held: int, code: str) -> int:
    """The institution of a record on hand; Refused where the row names another one."""
    found = index.find(naming)
    if (naming.printed and not found) or any(key != held for key in found):
        params = {"code": code, "held": index.names[held], "stated": naming.printed}
        raise Refused(Refusal("exchange.institution_differs", params))
    return held


class PremisesLines(LineTable[PremisesLine]):
    """One row a place; found by its register id, else by its institution and address."""

    def __init__(self, context: RowContext, lines: Sequence[Mapping[str, str]]) -> None:
        super().__init__(context, lines)
        self.index = InstitutionIndex(context.table_import.division_id)
        self.places: list[HeldPremises] = []

    def repeats(self, lines: Sequence[Mapping[str, str]]) -> dict[int, int]:
        keys = []
        for row in lines:
            line = read_premises(int(row[ROW]), row)
            if line.refusals:
                continue
            naming, address = line.naming, match_key(line.values["address"])
            where = (naming.credit_code or naming.number_key or naming.name_key, address)
            keys.append((line.number, (line.register_id,) if line.register_id else where))
        return first_rows(keys)

    def prepare(self, lines: Sequence[Mapping[str, str]]) -> set[int]:
        read = [read_premises(int(row[ROW]), row) for row in lines]
        keys = {key for line in read for key in self.index.find(line.naming)}
        self.places = held_premises(
            self.context.table_import.division_id,
            keys=keys,
            register_ids=[line.register_id for line in read],
        )
        return keys | {place.institution for place in self.places}

    def planned(self, row: Mapping[str, str]) -> Planned[PremisesLine]:
        line = read_premises(int(row[ROW]), row)
        line = replace(line, printed={**line.printed, **kept_cells(row)})
        self.refuse_repeated(line.number)
        institution, held = self._meant(line)
        own = [place for place in self.places if place.institution == institution]
        plan = plan_premises(
            line, held, institution=institution, places=own, policy=self.context.policy
        )
        if plan.outcome is LineOutcome.REFUSE:
            raise Refused(plan.refusals)
        return Planned(line, plan, institution, held.key if held else 0)

    def _meant(self, line: PremisesLine) -> tuple[int, HeldPremises | None]:
        if line.register_id:
            held = next(
                (place for place in self.places if place.register_id == line.register_id), None
            )
            if held is None:
                params = {"code": line.register_id}
                raise Refused(Refusal("exchange.register_id_unknown", params))
            key = own_institution(
                self.index, line.naming, held=held.institution, code=held.register_id
            )
            return key, held
        if line.refusals:
            raise Refused(line.refusals)
        institution = institution_meant(self.index, line.naming)
        own = [place for place in self.places if place.institution == institution]
        return institution, premises_meant(line.values["address"], own)

    def write(self, planned: Planned[PremisesLine]) -> None:
        write_premises_line(
            self.context,
            planned.line,
            planned.plan,
            institution=planned.institution,
            key=planned.key,
        )
