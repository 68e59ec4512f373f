"""A row of an institution's list of contracts, read into a contract's terms with every reason.

A reason names the column, never what stood in the cell: a column that slipped may hold a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from institutions.core.exchange.layouts import Layout
from institutions.core.screening.cells import read_date
from regulator.kernel.money import format_yuan, parse_yuan_fen
from regulator.kernel.outcomes import Refusal

NUMBER, CLASS, SIGNED_ON = "合同编号", "班级备案号", "签订日期"
PUPIL, GUARDIAN, PHONE = "学员姓名", "监护人姓名", "监护人手机"
CONSENT, CONSENTED_ON = "同意书版本", "同意日期"
LESSONS, GIFTS, PRICE, LIST_PRICE = "购买课时", "赠课", "总价", "每课原价"
GIFT_TERMS, CHARGING, MEANS, COOLING_OFF = "赠课约定", "收费方式", "缴费方式", "无理由退款天数"
HEADERS = (
    *(NUMBER, CLASS, SIGNED_ON, PUPIL, GUARDIAN, PHONE, CONSENT, CONSENTED_ON),
    *(LESSONS, GIFTS, PRICE, LIST_PRICE, GIFT_TERMS, CHARGING, MEANS, COOLING_OFF),
)
PERSONAL = frozenset((PUPIL, GUARDIAN, PHONE))
"""Columns whose cells nobody is shown whole."""
OPTIONAL = frozenset((GIFTS, LIST_PRICE, GIFT_TERMS, COOLING_OFF))
_CONSENT_COLUMNS = frozenset((CONSENT, CONSENTED_ON))
FIXABLE = (CONSENT, GIFT_TERMS, CHARGING, MEANS, COOLING_OFF)
"""Columns that another system's list often lacks because they are the same for every contract."""
GIFT_WORDS: Mapping[str, str] = {"不折算": "free", "按原价折算": "list_price"}
CHARGING_WORDS: Mapping[str, str] = {"按课时": "lesson", "按周期": "period", "先学后付": "after"}
MEANS_WORDS: Mapping[str, str] = {
    "银行转账": "transfer",
    "刷卡": "card",
    "扫码支付": "mobile",
    "数字人民币": "ecny",
    "现金": "cash",
    "先学后付": "after",
    "分期或贷款": "loan",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    GIFT_TERMS: GIFT_WORDS,
    CHARGING: CHARGING_WORDS,
    MEANS: MEANS_WORDS,
}
LAYOUT = Layout(
    HEADERS,
    needed=(NUMBER, CLASS, PUPIL, PRICE),
    other_names={
        NUMBER: ("合同号", "合同编码", "协议编号", "订单编号", "培训合同编号"),
        CLASS: ("备案号", "班级编号", "课程备案号", "班级名称", "课程名称", "班级", "班名"),
        SIGNED_ON: ("签约日期", "合同签订日期", "签订时间", "收费日期", "缴费日期", "签约时间"),
        PUPIL: ("学生姓名", "学员", "学生", "姓名", "孩子姓名"),
        GUARDIAN: ("家长姓名", "家长", "监护人", "联系人", "签约人"),
        PHONE: ("手机", "手机号", "家长手机", "联系电话", "家长电话", "手机号码", "监护人电话"),
        CONSENT: ("监护人同意书版本", "同意书", "授权书版本"),
        CONSENTED_ON: ("监护人同意日期", "授权日期", "同意书日期"),
        LESSONS: ("课时", "课时数", "总课时", "购买课时数", "购课数"),
        GIFTS: ("赠送课时", "赠课数", "赠送课时数"),
        PRICE: ("总价（元）", "合同金额", "金额", "缴费金额", "收费金额", "费用", "应收金额"),
        LIST_PRICE: ("原价", "课时原价", "每课时原价", "标准单价"),
        GIFT_TERMS: ("赠课怎么算",),
        CHARGING: ("计费方式", "收费类型"),
        MEANS: ("支付方式", "付款方式", "家长怎么付"),
        COOLING_OFF: ("无理由退费天数", "冷静期"),
    },
    words={
        CHARGING: {
            **dict.fromkeys(("课时", "按课时收费", "按课时计费"), "按课时"),
            **dict.fromkeys(("周期", "按周期收费", "按期", "按学期"), "按周期"),
        },
        MEANS: {
            **dict.fromkeys(("转账", "银行卡转账"), "银行转账"),
            **dict.fromkeys(("微信", "支付宝", "微信支付", "扫码"), "扫码支付"),
            **dict.fromkeys(("POS", "POS机", "银行卡"), "刷卡"),
            **dict.fromkeys(("贷款", "分期", "分期付款", "培训贷"), "分期或贷款"),
        },
    },
)
_LONGEST: Mapping[str, int] = {
    NUMBER: 60,
    CLASS: 200,
    PUPIL: 60,
    GUARDIAN: 60,
    PHONE: 20,
    CONSENT: 40,
}
_LONGEST_OTHER = 60
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_NO_CONSENT = Refusal("contract.consent_missing", {}, None, "contract.remedy_consent")
_LEAST_COOLING_OFF, _MOST_COOLING_OFF = 7, 90


@dataclass(frozen=True)
class ContractRow:
    """A row that reads well; `filing` is the class as it is named: by number, or by name."""

    number: str
    filing: str
    signed_on: date
    pupil_name: str
    guardian_name: str
    guardian_phone: str
    consent_version: str
    consented_on: date | None
    lesson_count: int
    gift_count: int
    price_fen: int
    list_price_fen: int
    gift_terms: str
    charging: str
    means: str
    cooling_off_days: int


def read_contract_row(cells: Mapping[str, str]) -> ContractRow | tuple[Refusal, ...]:
    """The terms in a row's cells by header, or everything that keeps them from being read.

    In a row that reads well a missing consent is left to the checks of a single contract.
    """
    reader = _Reader(cells)
    row = ContractRow(
        number=reader.text(NUMBER),
        filing=reader.text(CLASS),
        signed_on=reader.day(SIGNED_ON) or date.min,
        pupil_name=reader.text(PUPIL),
        guardian_name=reader.text(GUARDIAN),
        guardian_phone=reader.text(PHONE),
        consent_version=reader.text(CONSENT),
        consented_on=reader.day(CONSENTED_ON),
        lesson_count=reader.whole(LESSONS, default=0),
        gift_count=reader.whole(GIFTS, default=0),
        price_fen=reader.money(PRICE),
        list_price_fen=reader.money(LIST_PRICE),
        gift_terms=reader.word(GIFT_TERMS, default="free"),
        charging=reader.word(CHARGING, default=""),
        means=reader.word(MEANS, default=""),
        cooling_off_days=reader.whole(COOLING_OFF, default=_LEAST_COOLING_OFF),
    )
    if not _LEAST_COOLING_OFF <= row.cooling_off_days <= _MOST_COOLING_OFF:
        limits = {"least": _LEAST_COOLING_OFF, "most": _MOST_COOLING_OFF}
        reader.found.append(Refusal("contract_row.cooling_off", limits))
    if reader.found and not (row.consent_version and row.consented_on):
        reader.found.append(
            Refusal("contract.consent_missing", {}, None, "contract.remedy_consent")
        )
    return tuple(reader.found) or row


class _Reader:
    """Cells read one after the other; what is wrong with them gathers in `found`."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.found: list[Refusal] = []

    def text(self, header: str) -> str:
        text = self.cells.get(header, "").strip()
        longest = _LONGEST.get(header, _LONGEST_OTHER)
        if len(text) > longest:
            self._say("contract_row.long", header, limit=longest)
            return ""
        if not text and header not in OPTIONAL | _CONSENT_COLUMNS:
            self._say("contract_row.missing", header)
        elif _SCIENTIFIC.fullmatch(text):
            self._say("contract_row.digits_lost", header)
        return text

    def day(self, header: str) -> date | None:
        text = self.text(header)
        day = read_date(text) if text else None
        if text and day is None:
            self._say("contract_row.day", header)
        return day

    def whole(self, header: str, *, default: int) -> int:
        text = self.text(header)
        if not text:
            return default
        if text.isascii() and text.isdigit():
            return int(text)
        self._say("contract_row.whole", header)
        return default

    def money(self, header: str) -> int:
        text = self.text(header)
        amount_fen = parse_yuan_fen(text) if text else 0
        if amount_fen is None or amount_fen < 0:
            self._say("contract_row.money", header)
            return 0
        return amount_fen

    def word(self, header: str, *, default: str) -> str:
        text = self.text(header)
        code = WORDS[header].get(text, "")
        if text and not code:
            self._say("contract_row.word", header, words="、".join(WORDS[header]))
        return code or default

    def _say(self, code: str, header: str, **params: str | int) -> None:
        self.found.append(Refusal(code, {"contract_column": header, **params}))


def said_terms(row: Mapping[str, object]) -> dict[str, str]:
    """Terms by header as a person compares them; `row` holds them under a contract's own names."""
    words = {header: {code: word for word, code in WORDS[header].items()} for header in WORDS}
    return {
        CLASS: str(row["filing"]),
        SIGNED_ON: str(row["signed_on"]),
        CONSENT: str(row["consent_version"]),
        CONSENTED_ON: str(row["consented_on"]),
        LESSONS: str(row["lesson_count"]),
        GIFTS: str(row["gift_count"]),
        PRICE: format_yuan(int(str(row["price_fen"]))),
        LIST_PRICE: format_yuan(int(str(row["list_price_fen"]))),
        GIFT_TERMS: words[GIFT_TERMS].get(str(row["gift_terms"]), ""),
        CHARGING: words[CHARGING].get(str(row["charging"]), ""),
        MEANS: words[MEANS].get(str(row["means"]), ""),
        COOLING_OFF: str(row["cooling_off_days"]),
    }


def term_differences(held: Mapping[str, object], stated: Mapping[str, object]) -> tuple[str, ...]:
    """`总价 3,200.00 → 3,000.00` for each term in which a contract that is held differs."""
    ours, theirs = said_terms(held), said_terms(stated)
    return tuple(
        f"{header} {ours[header]} → {theirs[header]}"
        for header in ours
        if ours[header] != theirs[header]
    )
