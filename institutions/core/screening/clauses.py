"""Whether a place in a text excludes what it names (不涉及方程) or looks back (复习上册…)."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[,，。;；!！?？\n\r]")
# Nobody reads a longer clause as one; it also bounds the work on a cell of 32,767 characters.
_CLAUSE_CHARS = 80
_EXCLUDES = re.compile(
    r"不(?:再|得|予|会|可|准|能|许|允许|额外|另行|单独|以任何形式)*"
    r"(?:涉及|讲|教|学习|学(?!会|好|懂)|含|包括|包含|做|超前|提前|超|布置|安排|开展|组织|参加|举办|举行|进行|"
    r"设置|设|作为|引入|拓展|延伸|传授|使用|采用|发放|发|留|上|练|考|属于|提供|承诺|与|和|跟|以|"
    r"收取|聘用|聘请|聘|雇用|雇|请|由|要求|出现|讨论|触及|触碰|介绍|补习|补|训练|辅导|鼓励|推荐|开设|教授|讲授|解|挂钩)"
    r"|没有|未(?:涉及|讲|教|包含|安排|设|布置)|无(?:需|须|任何|课后|家庭|课外|书面|线上|作业|打卡|竞赛|考试|升学)"
    r"|严禁|禁止|杜绝|避免|拒绝|绝无|排除|剔除|删去|删除|略去|跳过|绕开|避开|远离|而非|并非|绝非|不是"
)
_ONLY = re.compile(
    r"不(?:仅|但|只|光|单|止|断)|而是|只讲|只学|只做|只练|重点|主要|改为|改讲|再讲|再学|转入|进入"
)
_EXCLUDED_AFTER = re.compile(
    r"^[^,，。;；!！?？\n]{0,12}?(?:均|都|一律|一概|全部|部分|内容|等|暂)*"
    r"(?:不讲|不教|不学|不涉及|不作要求|不做要求|不要求|不包括|不包含|不在[^,，。;]{0,10}(?:范围|之列|内)|除外|不布置|不安排|略过|不属)"
)
_LOOKS_BACK = re.compile(r"复习|回顾|温习|巩固|已学|学过|旧知|梳理|整理(?!和)|查漏补缺|上册|上学期")


def clause_before(text: str, start: int) -> str:
    """The part of the clause that stands before a place, as far as a clause reaches."""
    near = text[max(0, start - _CLAUSE_CHARS) : start]
    return _BOUNDARY.split(near)[-1]


def clause_after(text: str, end: int) -> str:
    """The part of the clause that stands after a place, as far as a clause reaches."""
    return _BOUNDARY.split(text[end : end + _CLAUSE_CHARS], maxsplit=1)[0]


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether the clause says that what stands at `start:end` is not taught (or not done)."""
    before = clause_before(text, start)
    # 不提前学: the hit itself may begin inside the words that exclude it.
    clause = before + text[start:end]
    last = None
    for found in _EXCLUDES.finditer(clause):
        if found.start() < len(before):
            last = found
    if last is not None and not _ONLY.search(before, last.start()):
        return True
    return _EXCLUDED_AFTER.search(clause_after(text, end)) is not None


def looks_back(text: str, start: int) -> bool:
    """Whether the clause speaks of what was learnt before: 复习, 回顾, 已学过 …"""
    return _LOOKS_BACK.search(clause_before(text, start)) is not None
