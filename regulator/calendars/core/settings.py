"""A division's settings: what each may hold, its shipped default, and how sure anybody is of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.kernel.outcomes import Refusal

SettingJSON = str | int | bool


class SettingKind(StrEnum):
    """The form of a setting's value."""

    WORKDAYS = "workdays"
    CLOCK_RANGE = "clock_range"
    CHOICE = "choice"
    EDITION = "edition"
    FLAG = "flag"
    PERCENT = "percent"
    MONTHS = "months"
    KEEPING = "keeping"
    DAYS = "days"
    DIGIT = "digit"
    COUNT = "count"
    POINTS = "points"
    TIERS = "tiers"


class Standing(StrEnum):
    """How sure a value is: entered by the bureau, from a published source, or a stated default."""

    CONFIRMED = "confirmed"
    SOURCED = "sourced"
    ASSUMED = "assumed"


SCHOOL_HOURS = "school_hours"
SENIOR_HIGH_ALIKE = "senior_high_alike"
PRICE_GROUP = "price_group"
FILING_LEAD_WORKDAYS = "filing_lead_workdays"
REVIEW_WORKDAYS = "review_workdays"
APPRAISAL_WORKDAYS = "appraisal_workdays"
DISPUTE_WORKDAYS = "dispute_workdays"
STAFF_TEACHING_PERCENT = "staff_teaching_percent"
STAFF_PUPIL_PERCENT = "staff_pupil_percent"
STAFF_PRESCHOOL_PERCENT = "staff_preschool_percent"
STAFF_RECHECK_MONTHS = "staff_recheck_months"
MATERIAL_RETENTION_MONTHS = "material_retention_months"
RENEWAL_LEAD_DAYS = "renewal_lead_days"
NATURE_CODE_POSITION = "nature_code_position"
SILENCE_WORKDAYS = "silence_workdays"
SILENCE_NOTICES = "silence_notices"
SILENCE_NOTICE_DAYS = "silence_notice_days"
FEE_SCHEME = "fee_scheme"
INSPECTION_VISIT_CAP = "inspection_visit_cap"
CREDIT_WINDOW_MONTHS = "credit_window_months"
CREDIT_OBJECTION_WORKDAYS = "credit_objection_workdays"
CREDIT_THRESHOLDS = ("credit_b_from", "credit_c_from", "credit_d_from")
CREDIT_WEIGHTS = (
    "credit_finding_red_line",
    "credit_finding_key",
    "credit_finding_general",
    "credit_complaint",
    "credit_annual_failed",
    "credit_escrow_warning",
)
EDITION_CODES: Mapping[str, str] = {
    "语文": "edition_chinese",
    "数学": "edition_mathematics",
    "外语": "edition_foreign_language",
    "物理": "edition_physics",
    "化学": "edition_chemistry",
    "生物": "edition_biology",
    "历史": "edition_history",
    "地理": "edition_geography",
    "道德与法治": "edition_morality",
}
_MOST_WORKDAYS = 250
_MOST_PERCENT = 100
_MOST_MONTHS = 60
_MOST_KEEPING_MONTHS = 600
_MOST_DAYS = 180
_MOST_DIGIT = 15
_MOST_COUNT = 10
_MOST_POINTS = 1000
_MOST_TIER = 1000
_TIERS = re.compile(r"\s*[/／、，,]\s*".join([r"(\d{1,4})\s*[%％]?"] * 3), re.ASCII)
FALLS = "falls"
"""What `allowed` of a TIERS setting says where less is worse."""
_WHOLE: Mapping[SettingKind, tuple[int, int]] = {
    SettingKind.PERCENT: (0, _MOST_PERCENT),
    SettingKind.MONTHS: (1, _MOST_MONTHS),
    SettingKind.KEEPING: (0, _MOST_KEEPING_MONTHS),
    SettingKind.DAYS: (1, _MOST_DAYS),
    SettingKind.DIGIT: (1, _MOST_DIGIT),
    SettingKind.COUNT: (1, _MOST_COUNT),
    SettingKind.POINTS: (0, _MOST_POINTS),
}
_LONGEST_EDITION = 20
_CLOCK_RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_FLAG_WORDS: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True)
class SettingSpec:
    """What a setting may hold and what the product ships for it."""

    code: str
    group: str
    kind: SettingKind
    default: SettingJSON
    allowed: tuple[str, ...]
    standing: Standing
    basis: str


@dataclass(frozen=True)
class SettingEntry:
    """A value a bureau entered for a stretch of time, half-open; `ends_before` None: until now."""

    code: str
    value: SettingJSON
    basis: str
    starts_on: date
    ends_before: date | None


@dataclass(frozen=True)
class SettingValue:
    """The value that holds on a day; `starts_on` is None for a shipped default."""

    code: str
    value: SettingJSON
    standing: Standing
    basis: str
    starts_on: date | None = None


class DivisionSettings(Mapping[str, SettingValue]):
    """The settings of one division on one day, by code."""

    def __init__(self, values: Mapping[str, SettingValue]) -> None:
        self._values = dict(values)

    def __getitem__(self, code: str) -> SettingValue:
        return self._values[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def school_hours(self) -> str:
        """School teaching hours as `HH:MM-HH:MM`, half-open."""
        return str(self[SCHOOL_HOURS].value)

    @property
    def senior_high_alike(self) -> bool:
        """Whether senior high is treated as grades 1-9 are."""
        return bool(self[SENIOR_HIGH_ALIKE].value)

    @property
    def price_group(self) -> str:
        """The guide-price group: `central` or `other`."""
        return str(self[PRICE_GROUP].value)

    @property
    def filing_lead_workdays(self) -> int:
        """Working days by which a filing must precede the first lesson."""
        return int(self[FILING_LEAD_WORKDAYS].value)

    @property
    def review_workdays(self) -> int:
        """Working days within which a filing is answered."""
        return int(self[REVIEW_WORKDAYS].value)

    @property
    def appraisal_workdays(self) -> int:
        """Working days that the expert group is given."""
        return int(self[APPRAISAL_WORKDAYS].value)

    @property
    def dispute_workdays(self) -> int:
        """Working days in which an institution may dispute the group's result."""
        return int(self[DISPUTE_WORKDAYS].value)

    @property
    def staff_percents(self) -> tuple[int, int, int]:
        """Least shares of staff in per cent: of all staff, of pupils, of pre-school children."""
        codes = (STAFF_TEACHING_PERCENT, STAFF_PUPIL_PERCENT, STAFF_PRESCHOOL_PERCENT)
        teaching, pupils, preschool = (int(self[code].value) for code in codes)
        return teaching, pupils, preschool

    @property
    def staff_recheck_months(self) -> int:
        """Months after which somebody who works with minors is enquired about again."""
        return int(self[STAFF_RECHECK_MONTHS].value)

    @property
    def material_retention_months(self) -> int:
        """Months for which material is kept after its use ended; 0: nobody has found the term."""
        return int(self[MATERIAL_RETENTION_MONTHS].value)

    @property
    def silence(self) -> tuple[int, int]:
        """Notices that must have gone to a parent, and the working days of silence after them."""
        return int(self[SILENCE_NOTICES].value), int(self[SILENCE_WORKDAYS].value)

    @property
    def silence_notice_days(self) -> int:
        """Days that lie between two notices to a parent about the same lesson."""
        return int(self[SILENCE_NOTICE_DAYS].value)

    @property
    def inspection_visit_cap(self) -> int:
        """How often an institution may be visited by draw in a year."""
        return int(self[INSPECTION_VISIT_CAP].value)

    @property
    def credit_window_months(self) -> int:
        """Months for which a fact counts towards the credit tier."""
        return int(self[CREDIT_WINDOW_MONTHS].value)

    @property
    def credit_objection_workdays(self) -> int:
        """Working days in which an institution may object to a proposed credit tier."""
        return int(self[CREDIT_OBJECTION_WORKDAYS].value)

    @property
    def credit_thresholds(self) -> tuple[int, int, int]:
        """From how many points tiers B, C and D begin."""
        b_from, c_from, d_from = (int(self[code].value) for code in CREDIT_THRESHOLDS)
        return b_from, c_from, d_from

    @property
    def credit_weights(self) -> dict[str, int]:
        """Points of one fact, by the setting that weighs it."""
        return {code: int(self[code].value) for code in CREDIT_WEIGHTS}

    def tiers(self, code: str) -> tuple[int, int, int]:
        """From which figures on a setting of kind TIERS is yellow, orange, red."""
        yellow, orange, red = (int(part) for part in str(self[code].value).split("/"))
        return yellow, orange, red

    @property
    def fee_scheme(self) -> str:
        """How prepaid fees are supervised: `custody` or `deposit`."""
        return str(self[FEE_SCHEME].value)

    @property
    def editions(self) -> dict[str, str]:
        """Textbook edition by subject, in the subjects' Chinese names: 数学 → 人教版."""
        return {subject: str(self[code].value) for subject, code in EDITION_CODES.items()}

    @property
    def assumed(self) -> tuple[SettingValue, ...]:
        """What nobody has confirmed."""
        return tuple(one for one in self.values() if one.standing == Standing.ASSUMED)


def read_specs(rows: Iterable[Mapping[str, str]]) -> dict[str, SettingSpec]:
    """The shipped specs from their table; raises ValueError on a default that does not fit."""
    specs: dict[str, SettingSpec] = {}
    for row in rows:
        kind = SettingKind(row["kind"])
        allowed = tuple(one for one in row["allowed"].split("|") if one)
        blank = SettingSpec(
            row["code"], row["group"], kind, "", allowed, Standing(row["standing"]), row["basis"]
        )
        value = parse_value(blank, row["default"])
        if isinstance(value, Refusal):
            raise ValueError(f"{row['code']}: {value.code}")
        specs[blank.code] = SettingSpec(
            blank.code, blank.group, kind, value, allowed, blank.standing, blank.basis
        )
    return specs


def parse_value(spec: SettingSpec, text: str) -> SettingJSON | Refusal:
    """The value a text stands for under a spec, or why it is none."""
    cleaned = text.strip()
    if spec.kind == SettingKind.WORKDAYS:
        return _workdays(cleaned)
    if spec.kind in _WHOLE:
        return _whole(cleaned, spec.kind)
    if spec.kind == SettingKind.CLOCK_RANGE:
        return _clock_range(cleaned)
    if spec.kind == SettingKind.TIERS:
        return _tiers(cleaned, falls=FALLS in spec.allowed)
    if spec.kind == SettingKind.FLAG:
        flag = _FLAG_WORDS.get(cleaned)
        return Refusal("setting.not_allowed") if flag is None else flag
    if spec.kind == SettingKind.CHOICE:
        return cleaned if cleaned in spec.allowed else Refusal("setting.not_allowed")
    if not cleaned or len(cleaned) > _LONGEST_EDITION:
        return Refusal("setting.edition_unreadable", {"length": _LONGEST_EDITION})
    return cleaned


def written(value: SettingJSON) -> str:
    """The text that `parse_value` reads as this value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _workdays(text: str) -> int | Refusal:
    if text.isascii() and text.isdigit() and 0 <= int(text) <= _MOST_WORKDAYS:
        return int(text)
    return Refusal("setting.workdays_unreadable", {"most": _MOST_WORKDAYS})


def _whole(text: str, kind: SettingKind) -> int | Refusal:
    least, most = _WHOLE[kind]
    number = text.rstrip("%％").strip() if kind == SettingKind.PERCENT else text
    if number.isascii() and number.isdigit() and least <= int(number) <= most:
        return int(number)
    return Refusal(f"setting.{kind.value}_unreadable", {"least": least, "most": most})


def _tiers(text: str, *, falls: bool) -> str | Refusal:
    """`20/35/60`: yellow, orange, red, each stricter than the one before."""
    match = _TIERS.fullmatch(text)
    numbers = [int(part) for part in match.groups()] if match else []
    if not numbers or not all(1 <= number <= _MOST_TIER for number in numbers):
        return Refusal("setting.tiers_unreadable", {"least": 1, "most": _MOST_TIER})
    if numbers != sorted(set(numbers), reverse=falls):
        return Refusal("setting.tiers_falling" if falls else "setting.tiers_rising")
    return "/".join(str(number) for number in numbers)


def _clock_range(text: str) -> str | Refusal:
    tidy = text.replace("：", ":").replace("—", "-").replace("–", "-").replace("～", "-")
    match = _CLOCK_RANGE.fullmatch(tidy.replace(" ", ""))
    if match is None or match.group(1, 2) >= match.group(3, 4):
        return Refusal("setting.clock_range_unreadable")
    return match.group(0)


def settings_on(
    specs: Mapping[str, SettingSpec], entries: Iterable[SettingEntry], day: date
) -> DivisionSettings:
    """What holds on a day: the bureau's entries over the shipped defaults."""
    values = {
        spec.code: SettingValue(spec.code, spec.default, spec.standing, spec.basis)
        for spec in specs.values()
    }
    for entry in entries:
        in_force = entry.starts_on <= day and (entry.ends_before is None or day < entry.ends_before)
        if in_force and entry.code in values:
            values[entry.code] = SettingValue(
                entry.code, entry.value, Standing.CONFIRMED, entry.basis, entry.starts_on
            )
    return DivisionSettings(values)
