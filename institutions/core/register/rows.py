"""One row of a register list, read: what was printed beside what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from institutions.core.register.credit_codes import CreditCode, read_credit_code
from institutions.core.register.dates import PrintedDate, read_date
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.licence_numbers import LicenceNumber, read_licence_number
from institutions.core.register.naming import NameKind, kind_of, name_key
from institutions.core.register.text import clean_text, clean_value, match_key

SUBJECT, NON_SUBJECT = "subject", "non_subject"
_NON_SUBJECT_ACTIVITIES = (
    ("comprehensive", re.compile(r"非学科类?[(（]综合[)）]")),
    ("culture_arts", re.compile(r"文化艺术|艺术|音乐|舞蹈|美术|书法|戏剧|曲艺|绘画")),
    ("sport", re.compile(r"体育|运动|足球|篮球|羽毛球|乒乓|游泳|武术|跆拳道|棋")),
    ("science", re.compile(r"科技|科学|编程|机器人|创客|航模")),
)
FOR_PROFIT, NON_PROFIT = "for_profit", "non_profit"
_DOCUMENT_TYPES = (
    ("approval_letter", re.compile(r"核准书")),
    ("consent_letter", re.compile(r"审核同意书|同意书")),
    ("official_reply", re.compile(r"批复")),
    ("training_licence", re.compile(r"培训许可证|机构许可证")),
    ("school_licence", re.compile(r"办学许可证")),
)


@dataclass(frozen=True)
class RegisterRow:
    """A row as read. `printed` holds every recognised cell as cleaned text, by field name.

    `category` is subject, non_subject or empty; `activity` culture_arts, sport, science or empty;
    `legal_form` for_profit, non_profit or empty, after a conversion the later one.
    """

    number: int
    name: str
    name_key: str
    kind: NameKind
    credit_code: CreditCode
    licence_number: LicenceNumber
    address: str
    address_key: str
    city: str
    district: str
    category: str
    activity: str
    legal_form: str
    converting: bool
    document_type: str
    issued_on: PrintedDate
    valid_from: PrintedDate
    valid_until: PrintedDate
    printed: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A printed cell by field name, empty when blank or absent."""
        return self.printed.get(name, "")


def read_row(number: int, cells: Mapping[str, object]) -> RegisterRow:
    """Reads one row; `cells` maps field names to the file's values, `number` is the sheet's row."""
    raw = {name: without_id_numbers(clean_text(value)) for name, value in cells.items()}
    printed = {name: clean_value(text) for name, text in raw.items() if clean_value(text)}
    name, category = printed.get("institution_name", ""), printed.get("category", "")
    legal_form, converting = read_legal_form(printed.get("legal_form", ""))
    address = printed.get("address", "")
    return RegisterRow(
        number=number,
        name=name,
        name_key=name_key(name),
        kind=kind_of(name=name, category=category, note=printed.get("note", "")),
        credit_code=read_credit_code(raw.get("uscc", "")),
        licence_number=read_licence_number(printed.get("licence_no", "")),
        address=address,
        address_key=match_key(address),
        city=printed.get("city", ""),
        district=printed.get("district", ""),
        category=read_category(category),
        activity=read_activity(category),
        legal_form=legal_form,
        converting=converting,
        document_type=read_document_type(_document_text(printed)),
        issued_on=read_date(cells.get("issued_on")),
        valid_from=read_date(cells.get("valid_from")),
        valid_until=read_date(cells.get("valid_until")),
        printed=printed,
    )


def _document_text(printed: Mapping[str, str]) -> str:
    named = printed.get("document_type", "")
    return named or printed.get("status_or_result", "")


def read_category(text: str) -> str:
    """subject, non_subject or empty, of a printed category such as 学科类 or 文化艺术类."""
    if "非学科" in text:
        return NON_SUBJECT
    if "学科" in text:
        return SUBJECT
    return NON_SUBJECT if read_activity(text) else ""


def read_activity(text: str) -> str:
    """culture_arts, sport, science or empty, of a printed category or of a name."""
    for activity, words in _NON_SUBJECT_ACTIVITIES:
        if words.search(text):
            return activity
    return ""


def read_legal_form(text: str) -> tuple[str, bool]:
    """The legal form and whether the cell tells of a conversion (营利性->非营利性)."""
    steps = [step for step in re.split(r"-+>|→|转为|转", text) if step.strip()]
    last = steps[-1] if steps else ""
    if "非营利" in last or "民办非" in last:
        return NON_PROFIT, len(steps) > 1
    return (FOR_PROFIT if "营利" in last or "企业" in last else "", len(steps) > 1)


def read_document_type(text: str) -> str:
    """Which paper a row speaks of; a 办学许可证 where it names none."""
    for document_type, words in _DOCUMENT_TYPES:
        if words.search(text):
            return document_type
    return ""
