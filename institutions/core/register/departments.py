"""Which department a printed 主管部门 is."""

from __future__ import annotations

import re

_DEPARTMENTS = (
    ("science", re.compile(r"科学技术|科技|科经|经信")),
    ("culture_tourism", re.compile(r"文化|文旅|文体旅|文广旅")),
    ("education", re.compile(r"教育|教体|教委|教科")),
    ("sport", re.compile(r"体育")),
    ("human_resources", re.compile(r"人力资源|人社")),
    ("civil_affairs", re.compile(r"民政")),
    ("market_regulation", re.compile(r"市场监管|市场监督|工商|行政审批")),
)


def read_department(printed: str) -> str:
    """The department's code, or empty where the words name none of ours."""
    for code, words in _DEPARTMENTS:
        if words.search(printed):
            return code
    return ""
