"""Document numbers (文号) such as 双教许受〔2026〕第12号, and the check code beside the QR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from institutions.core.papers.kinds import PaperKind

# The character that tells the kinds apart in a bureau's own numbering; a bureau may use its own.
SHIPPED_WORDS: Mapping[str, str] = {
    PaperKind.ACCEPTANCE.value: "许受",
    PaperKind.GAP_LIST.value: "许补",
    PaperKind.REJECTION.value: "许不受",
    PaperKind.DECISION.value: "许准",
    PaperKind.REFUSAL.value: "许不",
    PaperKind.CLOCK_STOP_NOTICE.value: "许中",
    PaperKind.PROPOSED_DECISION.value: "告",
    PaperKind.FINAL_DECISION.value: "决",
    PaperKind.SUSPENSION_NOTICE.value: "停",
    PaperKind.CLOSURE_APPROVAL.value: "终准",
    PaperKind.CANCELLATION_DECISION.value: "注",
    PaperKind.ENDING_NOTICE.value: "撤告",
    PaperKind.ANNULMENT_DECISION.value: "撤决",
    PaperKind.WITHDRAWAL_DECISION.value: "撤回决",
    PaperKind.PENALTY_NOTICE.value: "罚告",
    PaperKind.PENALTY_DECISION.value: "罚决",
    PaperKind.REFUND_DECISION.value: "退核",
    PaperKind.CLAIM_LIST.value: "债表",
    PaperKind.RECTIFICATION_ORDER.value: "责改",
    PaperKind.FILING_REVOCATION.value: "备撤",
    PaperKind.REVIEW_STOP_NOTICE.value: "备中",
    PaperKind.REVIEW_RESUME_NOTICE.value: "备续",
}
SHIPPED_DEPARTMENTS: Mapping[str, tuple[str, str]] = {
    # department: (its sign in a number, what the bureau is called)
    "education": ("教", "教育局"),
    "civil_affairs": ("民", "民政局"),
    "market_regulation": ("市监", "市场监督管理局"),
    "culture_tourism": ("文旅", "文化广电和旅游局"),
    "sport": ("体", "体育局"),
    "science": ("科", "科学技术局"),
    "fire_rescue": ("消", "消防救援局"),
    "public_security": ("公", "公安局"),
    "cyberspace": ("网信", "互联网信息办公室"),
    "health": ("卫健", "卫生健康局"),
    "tax": ("税", "税务局"),
    "development_reform": ("发改", "发展和改革局"),
    "human_resources": ("人社", "人力资源和社会保障局"),
    "finance_supervision": ("金管", "金融监督管理局"),
    "urban_management": ("综执", "综合行政执法局"),
}
# Without 0 O 1 I L and vowels: read over the telephone, and never a word.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_ENDS = ("新区", "自治县", "区", "县", "市")
_SERIES = re.compile(r"[㐀-鿿]{2,12}")
_MARKS = str.maketrans("", "", "〔〕[]【】()（）《》第号字 \t　-—·.")


def short_form(division_name: str, *, city_name: str = "") -> str:
    """The sign of a division in a number: 双流区 → 双; a zone of a city loses the city's name."""
    name = division_name.strip()
    for city in (city_name, city_name.removesuffix("市")):
        if city and name != city_name:
            name = name.removeprefix(city)
    for end in _ENDS:
        if name.endswith(end) and len(name) > len(end):
            name = name.removesuffix(end)
            break
    return name[:1]


def is_series(text: str) -> bool:
    """Whether a text may stand before the year: two to twelve Chinese characters."""
    return _SERIES.fullmatch(text) is not None


def number_text(series: str, *, year: int, serial: int) -> str:
    """The number as printed."""
    return f"{series}〔{year}〕第{serial}号"


def number_key(text: str) -> str:
    """A number as it is compared: brackets, 第, 号, white space and full-width forms left out."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return plain.translate(_MARKS)


def code_key(text: str) -> str:
    """A check code as typed by hand, without what divides its groups."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign in CODE_ALPHABET)


def code_text(code: str) -> str:
    """A check code as printed, in two groups."""
    return f"{code[:5]}-{code[5:]}" if len(code) == CODE_LENGTH else code
