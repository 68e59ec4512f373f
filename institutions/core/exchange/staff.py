"""A row about a person who works at an institution, and what it would change.

No identity number is among its fields: the reader drops such a column before a row exists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from institutions.core.exchange.plans import (
    LinePlan,
    Policy,
    Subject,
    added,
    plan_against,
    refused,
)
from institutions.core.exchange.reading import CellReader, Naming
from regulator.kernel.outcomes import Refusal

KIND_WORDS: Mapping[str, str] = {
    "教学": "teaching",
    "教师": "teaching",
    "教学人员": "teaching",
    "教研": "research",
    "教研人员": "research",
    "其他": "other",
    "其他人员": "other",
}
EMPLOYMENT_WORDS: Mapping[str, str] = {"专职": "full_time", "兼职": "part_time"}
BACKGROUND_WORDS: Mapping[str, str] = {
    "都不是": "none",
    "在职教师": "serving_teacher",
    "在职中小学教师": "serving_teacher",
    "中小学、幼儿园在职教师": "serving_teacher",
    "外籍(境内)": "foreign_here",
    "外籍人员,在境内": "foreign_here",
    "外籍(境外)": "foreign_abroad",
    "外籍人员,在境外": "foreign_abroad",
}
CERTIFICATE_WORDS: Mapping[str, str] = {
    "教师资格证书": "teacher",
    "教师资格证": "teacher",
    "职业能力证明": "professional",
    "职业技能等级证书": "professional",
    "职业(专业)能力证明": "professional",
}
CERTIFICATE = (
    "certificate_kind",
    "certificate_number",
    "certificate_subject",
    "certificate_issuer",
    "certificate_issued_on",
    "certificate_valid_until",
)
HIDDEN = frozenset(("certificate_number",))
"""Values that no page, no returned row and no export shows."""


@dataclass(frozen=True)
class StaffLine:
    """A row as read: codes for words, days in ISO form, subjects with 、 between them."""

    number: int
    naming: Naming
    member_id: str
    values: Mapping[str, str]
    certificate: Mapping[str, str]
    printed: Mapping[str, str]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class HeldStaff:
    """A person on record. `certificates` are (kind, subject) of those that are not struck."""

    key: int
    institution: int
    member_id: str
    values: Mapping[str, str] = field(default_factory=dict)
    certificates: frozenset[tuple[str, str]] = frozenset()
    left_on: str = ""


def read_staff(number: int, cells: Mapping[str, str]) -> StaffLine:
    """Reads one row; `cells` are texts by field name, `number` is the sheet's row."""
    reader = CellReader(cells)
    values = {
        "person_name": reader.text("person_name", limit=60),
        "kind": reader.word("kind", KIND_WORDS),
        "employment": reader.word("employment", EMPLOYMENT_WORDS),
        "post": reader.text("post", limit=60),
        "background": reader.word("background", BACKGROUND_WORDS),
        "subjects": _parted(reader.text("subjects", limit=300)),
        "courses": reader.text("courses", limit=300),
        "teaching_history": reader.text("teaching_history", limit=2000),
        "consent_signed_on": reader.day("consent_signed_on"),
        "contract_signed_on": reader.day("contract_signed_on"),
    }
    certificate = _certificate(reader)
    member_id = reader.text("member_id", limit=36).lower()
    if not member_id:
        reader.need("person_name")
    return StaffLine(
        number,
        reader.naming(),
        member_id,
        values,
        certificate,
        reader.printed,
        tuple(reader.refusals),
    )


def _parted(text: str) -> str:
    return "、".join(part.strip() for part in re.split(r"[、,，;；/]", text) if part.strip())


def _certificate(reader: CellReader) -> dict[str, str]:
    read = {
        "certificate_kind": reader.word("certificate_kind", CERTIFICATE_WORDS),
        "certificate_number": reader.text("certificate_number", limit=60),
        "certificate_subject": reader.text("certificate_subject", limit=60),
        "certificate_issuer": reader.text("certificate_issuer", limit=120),
        "certificate_issued_on": reader.day("certificate_issued_on"),
        "certificate_valid_until": reader.day("certificate_valid_until"),
    }
    found = {name: value for name, value in read.items() if value}
    if found and "certificate_kind" not in found:
        reader.need("certificate_kind")
    return found


def staff_meant(name: str, people: Sequence[HeldStaff]) -> list[HeldStaff]:
    """Everybody of that name who has not left."""
    return [one for one in people if not one.left_on and one.values.get("person_name") == name]


def plan_staff(line: StaffLine, held: HeldStaff | None, *, policy: Policy) -> LinePlan:
    """The plan for a row whose institution is known."""
    if line.refusals:
        return refused(*line.refusals)
    if held is None:
        if not line.values["kind"]:
            return refused(Refusal("exchange.value_missing", {"exchange_field": "kind"}))
        return added({**line.values, **line.certificate})
    stated = dict(line.values)
    pair = (
        line.certificate.get("certificate_kind", ""),
        line.certificate.get("certificate_subject", ""),
    )
    if line.certificate and pair not in held.certificates:
        stated |= line.certificate
    plan = plan_against(stated, Subject("staff", held.key, held.values), policy=policy, same=_same)
    if held.left_on and (plan.differences or plan.conflicts):
        return refused(Refusal("staff.left_already", {"before": held.left_on}))
    return plan


def _same(name: str, held: str, stated: str) -> bool:
    return held == stated
