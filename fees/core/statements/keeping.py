"""What may be kept of a movement's texts: references and words of the trade, never a person."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[0-9A-Za-z〔〕/\-]{4,40}")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_RESIDENT_ID = re.compile(r"\d{17}[\dXx]")
_WORDS = (
    *("学费", "培训费", "退费", "退款", "结息", "利息", "手续费", "划款", "拨付"),
    *("保证金", "缴费", "扣划", "冲正", "工资", "汇兑"),
)
_ORGANISATIONS = (
    *("公司", "学校", "中心", "银行", "支行", "法院", "财政", "教育", "机构", "合作社"),
    *("支付", "财付通", "银联", "事务所", "协会", "信用社"),
)
_PURPOSE_LENGTH = 200
_NAME_LENGTH = 60


def kept_purpose(text: str) -> str:
    """References (contract, invoice, receipt) and known words of a purpose, in their order."""
    found = [word for word in _WORDS if word in text]
    for token in _TOKEN.findall(text):
        if any(one.isdigit() for one in token) and not _is_personal(token):
            found.append(token)
    return " ".join(found)[:_PURPOSE_LENGTH]


def _is_personal(token: str) -> bool:
    return bool(_MOBILE.fullmatch(token) or _RESIDENT_ID.fullmatch(token))


def shown_counterparty(name: str) -> str:
    """An organisation's name as it is, a person's by its first character alone."""
    cleaned = name.strip()
    if not cleaned:
        return ""
    if any(word in cleaned for word in _ORGANISATIONS):
        return cleaned[:_NAME_LENGTH]
    return f"{cleaned[0]}**"
