"""What is said about a file that cannot be taken, and about what was read differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_TAKE_TEMPLATE = _("请下载最新模板，把内容贴进去后再上传。")
_SAVE_AS = _("请在 Excel 或 WPS 中打开原文件，另存为“Excel 工作簿（.xlsx）”后再上传。")

_PROBLEMS = {
    "file-empty": _("文件“%(file_name)s”是空的，里面没有任何内容。请检查后重新选择文件。"),
    "file-too-large": _(
        "文件“%(file_name)s”超过 %(limit_mb)d MB 的上限。请删去图片和用不到的工作表，"
        "或者分成几个文件上传。"
    ),
    "not-a-workbook": _(
        "文件“%(file_name)s”既不是 Excel 工作簿（.xlsx），也不是 CSV 文本。"
        "请用模板填写，保存为 .xlsx 后再上传。"
    ),
    "other-kind": _(
        "文件“%(file_name)s”其实是“%(kind)s”，只是名字像表格，里面没有可读的单元格。"
        "请用模板填写，保存为 .xlsx 后再上传。"
    ),
    "old-format": _("文件“%(file_name)s”是 %(kind)s 格式，系统只读 .xlsx 和 CSV。%(save_as)s"),
    "password-protected": _(
        "文件“%(file_name)s”设有打开密码，系统读不了。请先用密码打开，在 Excel 的"
        "“文件—信息—保护工作簿”（WPS 的“文件—文档加密”）里清除密码，保存为 .xlsx 后再上传。"
    ),
    "broken": _("文件“%(file_name)s”已损坏%(part)s，读不下去。%(save_as)s"),
    "zip-bomb": _(
        "文件“%(file_name)s”解压后超过 %(limit_mb)d MB 的上限，不像一张备案表，"
        "没有读取。%(save_as)s"
    ),
    "too-many-parts": _(
        "文件“%(file_name)s”内部有 %(found)d 个部件，超过 %(limit)d 个的上限，没有读取。%(save_as)s"
    ),
    "sheet-missing": _(
        "文件“%(file_name)s”里没有名为“备案”的工作表，现有的是：%(sheets)s。"
        "请把班级填在模板的“备案”表里，不要改表名。"
    ),
    "template-version": _(
        "文件“%(file_name)s”用的模板版本是 %(found)s，现行版本是 %(current)d。%(template)s"
    ),
    "header-row-empty": _(
        "文件“%(file_name)s”%(sheet)s前 10 行都是空的，没有列名。第 1 行应是模板的 26 个列名，"
        "班级从第 2 行填起。%(template)s"
    ),
    "wrong-template": _(
        "文件“%(file_name)s”%(sheet)s第 %(row)d 行不是备案模板的列名（读到的是：%(found)s），"
        "像是选错了文件。%(template)s"
    ),
    "headers-differ": _(
        "文件“%(file_name)s”%(sheet)s第 %(row)d 行与模板不一致：%(differences)s。"
        "请按模板改回列名和顺序后再上传。"
    ),
    "merged-cells": _(
        "文件“%(file_name)s”%(sheet)s的列名行有合并单元格，或合并的地方太多（%(count)d 处，如"
        "%(ranges)s），分不清哪一格属于哪一列。请取消合并，每行都填全后再上传。"
    ),
    "stray-cells": _(
        "文件“%(file_name)s”的“备案”表在 %(cell)s 处有内容，离表格太远，无法确定是哪一行哪一列。"
        "请删除该处内容后再上传。"
    ),
    "too-many-rows": _(
        "文件“%(file_name)s”%(sheet)s超过 %(limit)d 行班级（从第 %(row)d 行起超出）。"
        "请分成几个文件上传。"
    ),
    "no-rows": _(
        "文件“%(file_name)s”%(sheet)s只有列名，没有班级。"
        "请从第 %(row)d 行起每行填一个班，保存后再上传。"
    ),
    "cell-too-long": _(
        "文件“%(file_name)s”第 %(row)d 行“%(header)s”超过 %(limit)d 个字的上限。请缩短后再上传。"
    ),
    "wrong-encoding": _(
        "文件“%(file_name)s”的文字编码读不出来，系统只认 UTF-8 和 GB18030（GBK）。"
        "请另存为“CSV UTF-8”或 .xlsx 后再上传。"
    ),
    "open-quote": _(
        "文件“%(file_name)s”从第 %(row)d 行起引号没有成对，后面的内容连成了一格。"
        "请检查该行的引号，或改用 .xlsx 上传。"
    ),
}

_NOTES = {
    "header-row": _(
        "列名在第 %(places)s 行，不在第 1 行：上面的各行没有当作班级，行号仍按原表计。"
    ),
    "unread-sheets": _(
        "系统只读“备案”表，工作表%(places)s里也有内容，没有读取。如果那里也有班级，"
        "请移到“备案”表后再上传一次。"
    ),
    "hidden-sheet": _(
        "“备案”表在文件里是隐藏的，也照常读取了。请取消隐藏，看一看是不是要报的内容。"
    ),
    "macros": _("文件里有宏（程序）。系统没有运行它，只读了单元格；下次请保存为 .xlsx。"),
    "hidden-rows": _("第 %(places)s 行在 Excel 里是隐藏的（共 %(count)d 行），也一并读取了。"),
    "formula-cells": _(
        "%(places)s 是公式（共 %(count)d 格），读取的是文件里存的计算结果，请核对。"
    ),
    "hidden-columns": _("%(places)s在 Excel 里是隐藏的（共 %(count)d 列），也一并读取了，请核对。"),
    "merged-filled": _(
        "%(places)s 是合并单元格（共 %(count)d 处），已把第一格的内容填到合并的每一行，请逐行核对。"
    ),
    "merged-left": _(
        "%(places)s 是跨列的合并单元格（共 %(count)d 处），只有第一格读到内容，其余各格按空白处理。"
        "请取消合并、逐格填全后再上传这几行。"
    ),
    "formulas-empty": _(
        "%(places)s 是公式（共 %(count)d 格），但文件里没有存下计算结果，按空白处理。"
        "请用 Excel 或 WPS 打开并保存一次，或把公式改成数值后再上传。"
    ),
    "lost-digits": _(
        "%(places)s 的号码被表格软件改成了 4.4E+17 这样的科学计数（共 %(count)d 格），"
        "后几位已经丢失，无法还原。请把该列设为“文本”格式，重新填写完整号码后再上传。"
    ),
    "error-cells": _(
        "%(places)s 显示的是 #N/A、#REF! 一类的错误（共 %(count)d 格），不是内容。"
        "请改正后再上传这几行。"
    ),
    "formulas-somewhere": _("表里有公式，读取的是文件里存的计算结果，请核对。"),
    "serial-dates": _("%(places)s 的日期存成了数字（共 %(count)d 格），已换算成日期，请核对。"),
}

_DIFFERENCES = {
    "missing": _("缺少第 %(column)d 列“%(expected)s”"),
    "renamed": _("第 %(column)d 列应为“%(expected)s”，现为“%(found)s”"),
    "extra": _("第 %(column)d 列“%(found)s”是多出来的"),
    "misplaced": _("第 %(column)d 列“%(found)s”顺序不对，应紧跟在“%(expected)s”之后"),
    "first": _("第 %(column)d 列“%(found)s”顺序不对，应在第 1 列"),
    "moved": _("第 %(column)d 列应为“%(expected)s”，现为“%(found)s”，顺序不对"),
}
_KINDS = {
    "pdf": _("PDF 文件"),
    "picture": _("图片"),
    "word": _("Word 文档"),
    "archive": _("压缩包"),
    "web": _("网页（不少系统导出的 .xls 其实是网页）"),
}
_SHEET = _("的“%(sheet)s”表")
_BLANK_HEADER = _("（空白）")
_JOINER = "、"


def workbook_problem_message(code: str, params: Mapping[str, Any]) -> str:
    """What is wrong with the file, where, which limit, and what to do."""
    return str(_PROBLEMS[code]) % _spoken(params)


def workbook_note_message(code: str, params: Mapping[str, Any]) -> str:
    """What was read differently from what a person sees in the file."""
    return str(_NOTES[code]) % _spoken(params)


def _spoken(params: Mapping[str, Any]) -> dict[str, Any]:
    spoken: dict[str, Any] = {"save_as": _SAVE_AS, "template": _TAKE_TEMPLATE}
    spoken |= {"file_name": "", "sheet": "", "row": 1}
    for name, value in params.items():
        spoken[name] = _SPEAKERS.get(name, _same)(value)
    return spoken


def _same(value: Any) -> Any:
    return value


def _joined(values: Any) -> str:
    return _JOINER.join(str(value) for value in values)


def _found(found: Any) -> Any:
    return _joined(found) if isinstance(found, tuple) else found


def _part(part: str) -> str:
    return f"（{part}）" if part else ""


def _kind(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


def _sheet(name: str) -> str:
    return str(_SHEET) % {"sheet": name} if name else ""


def _worded(difference: Any) -> str:
    is_first = difference.kind == "misplaced" and not difference.expected
    return "first" if is_first else str(difference.kind)


def _difference_list(differences: Any) -> str:
    said = (
        str(_DIFFERENCES[_worded(one)])
        % {"column": one.column, "expected": one.expected, "found": one.found or _BLANK_HEADER}
        for one in differences
    )
    return "；".join(said)


_SPEAKERS: dict[str, Callable[[Any], Any]] = {
    "differences": _difference_list,
    "sheets": _joined,
    "ranges": _joined,
    "places": _joined,
    "found": _found,
    "kind": _kind,
    "sheet": _sheet,
    "part": _part,
}
