"""从业人员 as a table: taken in through the services of staff, given out without any number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation

from institutions.choices.staff import (
    BACKGROUND_LABELS,
    CERTIFICATE_KIND_LABELS,
    EMPLOYMENT_LABELS,
    PLACE_BADGES,
    STAFF_KIND_LABELS,
)
from institutions.core.exchange.fields import STAFF_HEADERS
from institutions.core.exchange.plans import LineOutcome
from institutions.core.exchange.staff import (
    HIDDEN,
    HeldStaff,
    StaffLine,
    plan_staff,
    read_staff,
    staff_meant,
)
from institutions.models import Institution, StaffMember
from institutions.resources.exchange_files import Table
from institutions.resources.exchange_lines import LineTable, Planned, first_rows, kept_cells
from institutions.resources.exchange_premises import institution_meant, own_institution
from institutions.resources.exchange_reader import ROW
from institutions.selectors.exchange import (
    InstitutionIndex,
    held_staff,
    staff_for_export,
    staff_values,
)
from institutions.services.exchange_rows import RowContext, write_staff_line
from regulator.kernel.outcomes import Refusal, Refused

_WORDS = {
    "kind": STAFF_KIND_LABELS,
    "employment": EMPLOYMENT_LABELS,
    "background": BACKGROUND_LABELS,
}
_NOT_GIVEN_OUT = HIDDEN | {"licence_no"}
_PLACE_HEADER = "状态（现）"


class StaffLines(LineTable[StaffLine]):
    """One row a person; found by the person's id here, else by institution and name."""

    def __init__(self, context: RowContext, lines: Sequence[Mapping[str, str]]) -> None:
        super().__init__(context, lines)
        self.index = InstitutionIndex(context.table_import.division_id)
        self.people: list[HeldStaff] = []

    def name_of(self, row: Mapping[str, str]) -> str:
        return f"{row.get('institution_name', '')} {row.get('person_name', '')}".strip()

    def repeats(self, lines: Sequence[Mapping[str, str]]) -> dict[int, int]:
        keys = []
        for row in lines:
            line = read_staff(int(row[ROW]), row)
            if line.refusals:
                continue
            naming, name = line.naming, line.values["person_name"]
            where = (naming.credit_code or naming.number_key or naming.name_key, name)
            keys.append((line.number, (line.member_id,) if line.member_id else where))
        return first_rows(keys)

    def prepare(self, lines: Sequence[Mapping[str, str]]) -> set[int]:
        read = [read_staff(int(row[ROW]), row) for row in lines]
        keys = {key for line in read for key in self.index.find(line.naming)}
        self.people = held_staff(
            self.context.table_import.division_id,
            keys=keys,
            member_ids=[line.member_id for line in read],
        )
        return keys | {person.institution for person in self.people}

    def planned(self, row: Mapping[str, str]) -> Planned[StaffLine]:
        line = read_staff(int(row[ROW]), row)
        line = replace(line, printed={**line.printed, **kept_cells(row)})
        self.refuse_repeated(line.number)
        institution, held = self._meant(line)
        plan = plan_staff(line, held, policy=self.context.policy)
        if plan.outcome is LineOutcome.REFUSE:
            raise Refused(plan.refusals)
        return Planned(line, plan, institution, held.key if held else 0)

    def _meant(self, line: StaffLine) -> tuple[int, HeldStaff | None]:
        if line.member_id:
            held = next((one for one in self.people if one.member_id == line.member_id), None)
            if held is None:
                raise Refused(Refusal("exchange.member_id_unknown", {"code": line.member_id}))
            key = own_institution(
                self.index, line.naming, held=held.institution, code=held.member_id
            )
            return key, held
        if line.refusals:
            raise Refused(line.refusals)
        institution = institution_meant(self.index, line.naming)
        name = line.values["person_name"]
        own = [one for one in self.people if one.institution == institution]
        found = staff_meant(name, own)
        if len(found) > 1:
            params = {"name": name, "count": len(found)}
            raise Refused(Refusal("exchange.person_ambiguous", params))
        return institution, found[0] if found else None

    def write(self, planned: Planned[StaffLine]) -> None:
        write_staff_line(
            self.context,
            planned.line,
            planned.plan,
            institution=planned.institution,
            key=planned.key,
        )


def staff_table(rows: QuerySet[Institution]) -> Table:
    """Everybody on the lists, under the headers by which the table is read again.

    Without numbers: neither of an identity paper, which is not kept, nor of a certificate.
    """
    names = [name for name in STAFF_HEADERS if name not in _NOT_GIVEN_OUT]
    with translation.override(settings.LANGUAGE_CODE):
        lines = []
        for member in staff_for_export(rows):
            cells = _cells(member)
            place = PLACE_BADGES[member.place_on(timezone.localdate())].label
            lines.append([*(cells.get(name, "") for name in names), str(place)])
        headers = [*(STAFF_HEADERS[name] for name in names), _PLACE_HEADER]
        return Table("从业人员", headers, lines)


def _cells(member: StaffMember) -> dict[str, str]:
    cells = staff_values(member) | {
        "member_id": str(member.public_id),
        "institution_name": member.institution.name,
        "uscc": member.institution.credit_code,
    }
    for name, labels in _WORDS.items():
        cells[name] = str(labels[cells[name]])
    paper = next(iter(member.certificates.all()), None)
    if paper is not None:
        issued, until = paper.issued_on, paper.last_valid_on
        cells |= {
            "certificate_kind": str(CERTIFICATE_KIND_LABELS[paper.kind]),
            "certificate_subject": paper.subject,
            "certificate_issuer": paper.issuer,
            "certificate_issued_on": issued.isoformat() if issued else "",
            "certificate_valid_until": until.isoformat() if until else "",
        }
    return cells
