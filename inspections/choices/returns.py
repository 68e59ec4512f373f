"""Words of returned paper: kinds, states, and why something was refused or put into the tray."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

Words = Mapping[str, str | Promise]

RETURN_KIND_LABELS: Words = {"scan": _("照片或扫描件"), "workbook": _("结果工作簿")}
RETURN_STATE_LABELS: Words = {
    "waiting": _("等待处理"),
    "done": _("已处理"),
    "unusable": _("不能使用"),
}
RETURN_STATE_TONES: Mapping[str, str] = {"waiting": ATTENTION, "done": OK, "unusable": BREACH}
PAGE_STATE_LABELS: Words = {
    "filed": _("已归入检查"),
    "tray": _("待人工归档"),
    "refused": _("不能归档"),
    "same": _("已归过，没有重复归档"),
}
PAGE_STATE_TONES: Mapping[str, str] = {
    "filed": OK,
    "tray": ATTENTION,
    "refused": BREACH,
    "same": NEUTRAL,
}
RETURN_KIND_CHOICES = list(RETURN_KIND_LABELS.items())
RETURN_STATE_CHOICES = list(RETURN_STATE_LABELS.items())
PAGE_STATE_CHOICES = list(PAGE_STATE_LABELS.items())

SCAN_TITLE = gettext_noop("识别回传的扫描件")
WORKBOOK_TITLE = gettext_noop("读取检查结果工作簿")

PAPER_EVENT_LABELS: Words = {
    "draw.key_copy_added": _("登记密钥封存件"),
    "draw.key_sheet_printed": _("打印密钥封存页"),
    "order.checklists_issued": _("印检查任务的清单"),
    "returns.file_received": _("收到回传文件"),
    "returns.page_filed": _("回传页归入检查"),
    "returns.pages_read": _("识别回传页"),
    "returns.file_unusable": _("回传文件不能使用"),
    "returns.workbook_read": _("读取结果工作簿"),
}


RETURN_REFUSAL_TEXTS: Words = {
    "scan.too_large": _("文件超过 %(limit_mb)s MB。请分成几个文件上传。"),
    "scan.kind": _("只收 PDF、JPEG 和 PNG。苹果手机的 HEIC 照片请先转成 JPEG。"),
    "scan.too_many_pages": _("一个 PDF 最多 %(limit)s 页。请分成几个文件上传。"),
    "scan.too_many_pixels": _("图片太大：最多 %(limit)s 百万像素。请降低分辨率重新扫描。"),
    "scan.locked": _("PDF 加了密码，打不开。请去掉密码再上传。"),
    "scan.broken": _("文件损坏，打不开。请重新扫描或拍照。"),
    "returns.same_file": _("这个文件已经上传过（%(name)s，%(uploaded_at)s），不重复处理。"),
    "returns.source_unknown": _("没有编号为 %(source)s 的抽查或检查任务，或者它不归您的区管。"),
    "page.unknown": _("页码校验无误，但没有这份清单（%(source)s）：不是本系统印的，或者已经作废。"),
    "page.other_division": _("这一页是别的区的清单，不能归到本区。请退给原单位。"),
    "page.other_source": _("这一页属于 %(source)s，您上传时写的是 %(expected)s。"),
    "page.cover": _("这一页是检查组的封面，不归到检查里。"),
    "page.superseded": _("这一页是第 %(version)s 版，已被第 %(latest)s 版替代。请用新版清单补录。"),
    "page.beyond": _("这份清单只有 %(pages)s 页，没有第 %(page)s 页。"),
    "page.replaced": _("这处场所已被候补替换，不再检查，清单不归档。"),
    "page.no_visit": _("这处场所还没有安排检查。请先安排检查，再上传这一页。"),
    "page.unreadable": _("没有认出页码。请看图，输入页脚的短码。"),
    "page.undrawable": _("这一页画不出来。请重新扫描。"),
    "page.two_codes": _("一张图上有两页的页码。请分开拍，或者输入其中一页的短码。"),
    "page.foreign_code": _("图上的二维码不是清单的页码。请看图，输入页脚的短码。"),
    "page.code_wrong": _(
        "“%(typed)s”不是页码：短码是六位加页号加两位校验，例如 7K4M2P-2-RR；有一位输错就对不上。"
    ),
    "page.visit_replaced": _("这处场所已被候补替换，不再检查，这一页不能归到它。"),
    "page.not_in_tray": _("这一页已经处理过，不在待归档里了。"),
    "typed.item_unknown": _(
        "事项编号 %(typed)s 不在这次检查的清单上，没有记录。相近的编号：%(near)s。"
    ),
    "typed.answer_unknown": _("“%(typed)s”不是结果：填 1 符合、2 不符合、3 不适用、4 未查。"),
    "typed.visit_unknown": _("场所编号 %(typed)s 不在这次抽查或任务里，或者检查组还没有到场。"),
    "typed.twice": _("同一事项 %(code)s 在第 %(row)s 行已经填过。"),
    "workbook.headers": _("没有找到表头。请下载模板填写，不要改第一行：%(missing)s。"),
    "workbook.nothing": _("表里没有填写结果的行。"),
    "workbook.unreadable": _("%(why)s"),
    "workbook.rows": _("一个工作簿最多 %(limit)s 行。请分开上传。"),
}


def return_badge(state: str) -> Badge:
    """A returned file's state, in a word."""
    return Badge(RETURN_STATE_TONES.get(state, NEUTRAL), RETURN_STATE_LABELS[state])


def page_badge(state: str) -> Badge:
    """A returned page's state, in a word."""
    return Badge(PAGE_STATE_TONES.get(state, NEUTRAL), PAGE_STATE_LABELS[state])
