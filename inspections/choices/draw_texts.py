"""What the draw's codes say to a person: refusals of a frame, and differences in a bundle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from inspections.core.draw.differences import Difference
from regulator.kernel.outcomes import Refusal

FRAME_TEXTS = {
    "json.unreadable": _("不是可读的 JSON：第 %(line)s 行读不下去。"),
    "json.duplicate_key": _("同一个键“%(key)s”写了两次，两个读者可能各读各的，请只留一个。"),
    "json.too_deep": _("%(path)s：嵌套太深。"),
    "json.null": _("%(path)s：不能是空值 null，请写成文字、整数、数组或对象。"),
    "json.boolean": _("%(path)s：不能是真假值 %(value)s，请写成文字、整数、数组或对象。"),
    "json.float": _("%(path)s：不能是小数 %(value)s，只用整数。"),
    "json.integer_range": _("%(path)s：整数 %(value)s 不在 0 到 9007199254740991 之间。"),
    "json.unicode": _("%(path)s：文字 %(value)s 不是合法的 Unicode。"),
    "shape.object": _("%(path)s：应当是一个对象。"),
    "shape.array": _("%(path)s：应当是一个数组。"),
    "shape.text": _("%(path)s：应当是文字。"),
    "shape.integer": _("%(path)s：应当是整数。"),
    "shape.missing": _("%(path)s：缺少这一项。"),
    "shape.unknown_key": _("%(path)s：协议里没有这一项。"),
    "shape.choice": _("%(path)s：只能是下列之一：%(choices)s。"),
    "shape.code": _("%(path)s：“%(value)s”只能由字母、数字和短横组成，且不能为空。"),
    "shape.digest": _("%(path)s：应当是 64 位小写十六进制的 SHA-256。"),
    "shape.draw_number": _("%(path)s：批次编号“%(value)s”应当是“区划代码-年份-三位序号”。"),
    "shape.time": _("%(path)s：应当是带时区的时间，例如 2026-11-02T10:00:00+08:00。"),
    "shape.pattern": _("%(path)s：应当是用 ASCII 写的正则表达式。"),
    "frame.id_repeated": _("%(path)s：编号 %(id)s 重复出现。"),
    "frame.unsorted": _("%(path)s：没有按编号排序，%(id)s 应当在 %(before)s 之前。"),
    "frame.object_excluded": _("%(path)s：%(id)s 既在抽取名单里，又在排除名单里，只能在一处。"),
    "frame.stratum_without_quota": _("%(path)s：层 %(stratum)s 没有写抽取数量。"),
    "frame.quota_without_stratum": _(
        "%(path)s：写了层 %(stratum)s 的抽取数量，名单里却没有这一层（没有场所，"
        "或都已排除）。请写 0。"
    ),
    "frame.quota_too_large": _("%(path)s：层 %(stratum)s 要抽 %(quota)s 家，只有 %(size)s 家。"),
    "frame.team_count": _("%(path)s：至少要有 1 个检查组，现在写的是 %(count)s。"),
    "frame.no_department": _("%(path)s：没有写参加检查的部门。"),
    "frame.seats_few": _(
        "%(path)s：部门 %(department)s 每组 %(seats)s 人，法律要求每个执法部门不少于 2 名持证人员。"
    ),
    "frame.inspectors_few": _(
        "%(path)s：部门 %(department)s 需要 %(needed)s 名检查人员，名录里只有 %(size)s 名。"
    ),
    "recusals.pair": _("%(path)s：每条回避应当是“检查人员编号、检查对象编号”两项。"),
    "recusals.unsorted": _("%(path)s：回避名单没有按先后排序。"),
    "recusals.digest": _("回避名单与抽查框里的摘要对不上：名单或摘要有一个被改过。"),
    "recusals.stranger": _("“%(stated)s”不在抽查框里，回避名单很可能改在这里。"),
    "key.shape": _("密钥应当是 32 字节，写成 64 位小写十六进制。"),
    "key.seal": _("密钥与抽查框里的封印对不上。"),
    "randomness.format": _("没有一个读数完全符合约定的格式 %(format)s，不能抽取。"),
    "time.committed_late": _("公布承诺的时间不早于约定的读数时间：承诺必须先于随机数。"),
    "time.drawn_early": _("抽取时间早于约定的读数时间。"),
    "time.revealed_early": _("揭晓时间早于抽取时间。"),
    "replacement.not_drawn": _("%(id)s 没有被抽中，不能替换。"),
    "replacement.already": _("%(id)s 已经被替换过。"),
    "replacement.no_team": _("没有第 %(team)s 组。"),
    "replacement.not_seated": _("%(id)s 不在第 %(team)s 组。"),
}

DIFFERENCE_TEXTS = {
    "difference.value": _("写的是 %(stated)s，重算得 %(expected)s。"),
    "difference.missing": _("缺少；重算得 %(expected)s。"),
    "difference.extra": _("多出 %(stated)s，重算没有这一项。"),
    "difference.commitment": _("承诺值写的是 %(stated)s，由抽查框重算得 %(expected)s。"),
    "difference.frame": _("抽查框不是当初承诺的那一份，改动在下列之中：%(among)s。"),
    "difference.randomness": _("随机数写的是 %(stated)s，由读数按约定格式得 %(expected)s。"),
    "difference.readings": _("读数里得不出当初用于抽取的随机数，读数或随机数被改过。"),
    "difference.seed_unknown": _("种子写的是 %(stated)s，因其他值缺失或有误，无法重算。"),
    "difference.not_recomputed": _("抽查框或回避名单有误，抽取结果无法重算。"),
    "difference.follows": _("与按重算的种子抽出的结果不同（与所写的种子一致）。"),
    "difference.replacement": _("写的是 %(stated)s，按候补顺序应为 %(expected)s。"),
    "difference.digest_follows": _(
        "摘要写的是 %(stated)s，重算得 %(expected)s；把上面各处改回重算值后，摘要就对得上。"
    ),
    "difference.digest": _(
        "摘要写的是 %(stated)s，重算得 %(expected)s；只靠摘要保护、可能被改的还有：%(among)s。"
    ),
    "difference.outside": _("重算得 %(stated)s，与另外给出的摘要 %(expected)s 不同。"),
    "trace.differs": _("写的是 %(stated)s，与公布的其他内容对应的应为 %(expected)s。"),
    "trace.quota": _("抽取数量写的是 %(stated)s，抽出的名单却是 %(expected)s 家。"),
    "trace.row": _("这一行读不出编号；名单里少了 %(expected)s。"),
    "trace.unknown": _("编号 %(stated)s 不在抽出和候补的名单里，应为 %(expected)s。"),
    "trace.absent": _("抽出和候补的名单里有，抽查框里却没有：%(expected)s。"),
    "trace.teams": _("组数写的是 %(stated)s，公布的却是 %(expected)s 组。"),
    "trace.department": _("部门席位写的是 %(stated)s，公布的候补名单里没有这个部门。"),
    "trace.seats": _("每组席位写的是 %(stated)s，各组实际是 %(expected)s 人。"),
}

NOT_STATED_LABELS = {
    "committed_at": _("公布承诺的时间"),
    "drawn_at": _("抽取时间"),
    "revealed_at": _("揭晓时间"),
    "witnesses": _("见证人"),
}

STAGE_TEXTS = {
    "whole": _("全部重算一致"),
    "drawn": _("已公布的部分一致，名单封存到检查结束"),
    "committed": _("承诺值与公布的名单一致，等待读数"),
}
_LONGEST_SHOWN = 120


def verifier_texts() -> dict[str, Any]:
    """The texts of the browser's verifier, in the reader's language."""
    codes = {**FRAME_TEXTS, **DIFFERENCE_TEXTS}
    return {
        "codes": {code: str(text) for code, text in codes.items()},
        "stages": {stage: str(text) for stage, text in STAGE_TEXTS.items()},
        "empty": gettext("（空）"),
        "comma": gettext("、"),
        "colon": "：",
        "dash": "—",
    }


def reason_text(reason: Refusal) -> str:
    """One reason as a sentence."""
    template = FRAME_TEXTS.get(reason.code) or DIFFERENCE_TEXTS[reason.code]
    return str(template) % {"path": "", **reason.params}


def difference_text(difference: Difference) -> str:
    """One difference as a line: its path, then what is wrong with it."""
    template = DIFFERENCE_TEXTS.get(difference.code) or FRAME_TEXTS[difference.code]
    sentence = str(template) % {
        "path": difference.path,
        "stated": _shown(difference.stated),
        "expected": _shown(difference.expected),
        "among": gettext("、").join(difference.among),
        **{key: value for key, value in difference.params.items() if key != "path"},
    }
    starts = f"{difference.path}："
    if not difference.path or sentence.startswith(starts):
        return sentence
    return f"{starts}{sentence}"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    if text == "":
        return gettext("（空）")
    safe = text.encode("utf-8", "backslashreplace").decode()
    return safe if len(safe) <= _LONGEST_SHOWN else f"{safe[:_LONGEST_SHOWN]}…"


def not_stated_text(keys: Iterable[str]) -> str:
    """Which times and witnesses a bundle leaves open, or an empty text."""
    labels = gettext("、").join(str(NOT_STATED_LABELS[key]) for key in keys)
    return gettext("没有写明：%(labels)s。") % {"labels": labels} if labels else ""


def differences_count_text(count: int) -> str:
    """The last line of a verification that failed."""
    return ngettext("共 %(count)s 处不符。", "共 %(count)s 处不符。", count) % {"count": count}
