"""The words of 培训材料: kinds, states, the twelve kinds of banned content, and why not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.filings import CATEGORY_LABELS
from institutions.choices.register import Words
from institutions.choices.staff import CERTIFICATE_KIND_LABELS
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

KIND_LABELS: Words = {"self_written": _("自主编写"), "published": _("正式出版物")}
STATE_LABELS: Words = {
    "draft": _("未送审"),
    "internal_passed": _("内部审核通过"),
    "external_passed": _("外部审核通过"),
    "filed": _("已备案"),
    "returned": _("已退回"),
    "withdrawn": _("已停用"),
}
_TONES: Mapping[str, str] = {
    "draft": NEUTRAL,
    "internal_passed": ATTENTION,
    "external_passed": ATTENTION,
    "filed": OK,
    "returned": BREACH,
    "withdrawn": NEUTRAL,
}
MOVE_LABELS: Words = {
    "pass_internal": _("记内部审核通过"),
    "pass_external": _("记外部审核通过"),
    "file": _("备案"),
    "revise": _("修改"),
    "send_back": _("退回"),
    "withdraw": _("停用"),
}
REVIEW_KIND_LABELS: Words = {
    "internal": _("内部审核"),
    "external": _("外部审核"),
    "check": _("监督检查"),
}
REVIEW_RESULT_LABELS: Words = {"passed": _("通过"), "failed": _("不通过")}
BANNED_LABELS: Words = {
    "smear": _("丑化党和国家形象，诋毁、污蔑党和国家领导人、英雄模范，歪曲党史、国史、军史"),
    "system": _("污蔑攻击党的领导和中国特色社会主义制度，违背社会主义核心价值观"),
    "unity": _("损害国家统一、主权和领土完整"),
    "honour": _("损害国家荣誉和利益，有反华、辱华、丑华等内容"),
    "ethnic": _("煽动民族仇恨、民族歧视，破坏民族团结，侵犯民族风俗习惯"),
    "religion": _("宣扬宗教教理、教义、教规以及邪教、封建迷信思想"),
    "violence": _("含有暴力、恐怖、赌博、毒品、性侵害、淫秽、教唆犯罪等内容"),
    "law": _("不符合知识产权保护等国家法律、行政法规"),
    "advertising": _("植入商业广告或者变相的商业广告"),
    "beyond_standard": _("超出相应的国家课程标准"),
    "misleading": _("含有误导中小学生产生不良行为的内容"),
    "other": _("存在其他违法违规情形"),
}
KIND_CHOICES = list(KIND_LABELS.items())
STATE_CHOICES = list(STATE_LABELS.items())
CATEGORY_CHOICES = list(CATEGORY_LABELS.items())
REVIEW_KIND_CHOICES = list(REVIEW_KIND_LABELS.items())
REVIEW_RESULT_CHOICES = list(REVIEW_RESULT_LABELS.items())
CERTIFICATE_CHOICES = [("", _("没有或还没有登记")), *CERTIFICATE_KIND_LABELS.items()]

MATERIAL_REFUSAL_TEXTS: Words = {
    "material.wrong_state": _("这份材料现在是“%(material_state)s”，不能%(material_move)s。"),
    "material.file_missing": _("自主编写的材料还没有上传文件。"),
    "material.remedy_upload": _("上传 PDF、DOCX 或者图片，再记审核结果。"),
    "material.author_missing": _("没有登记编写研发人员。"),
    "material.remedy_author": _("在“编写研发人员”里补登记。"),
    "material.experience_unknown": _("没有登记%(author)s从事教育教学相关工作的年数。"),
    "material.experience_short": _(
        "%(author)s从事教育教学相关工作 %(years)s 年，不满 %(least)s 年，不能编写培训材料。"
    ),
    "material.teacher_certificate": _(
        "%(author)s没有登记教师资格证；学科类培训材料的编写人员要有相应教师资格证。"
    ),
    "material.certificate": _("%(author)s没有登记行业资质证书或者专业能力证明。"),
    "material.reviewer_missing": _("请写明审核人。"),
    "material.reviewer_wrote": _("%(reviewer)s是编写人员，不能审核自己编写的材料（编审分离）。"),
    "material.review_undated": _("请写明审核日期。"),
    "material.review_in_future": _("审核日期不能晚于今天。"),
    "material.checklist_open": _("十二种情形里还有 %(count)s 种没有答。请逐项核对。"),
    "material.banned_content": _("审核发现材料“%(banned)s”，不能通过。"),
    "material.external_missing": _(
        "学科类自编材料要经过内部、外部两次审核，还没有教育部门的外部审核。"
    ),
    "material.remedy_external": _("内部审核通过后，教育部门会在审核页面看到；通过后再备案。"),
    "material.external_not_needed": _("这份材料不用外部审核，机构内部审核后直接备案。"),
    "material.reason_missing": _("请写明理由。"),
    "material.title_missing": _("请写材料名称。"),
    "material.title_used": _("本机构已经有一份叫“%(title)s”的材料。请直接修改那一份。"),
    "material.file_empty": _("文件“%(file_name)s”是空的。"),
    "material.file_too_large": _("文件“%(file_name)s”有 %(size)s MB，超过 %(limit)s MB 的上限。"),
    "material.file_unreadable": _(
        "文件“%(file_name)s”不是 PDF、DOCX、JPG 或者 PNG。请转换后再上传。"
    ),
    "material.too_many_files": _("一份材料最多 %(limit)s 个文件。请合并后再上传。"),
    "material.too_many_authors": _("一份材料最多登记 %(limit)s 名编写人员。"),
    "material.closed": _("这份材料现在是“%(material_state)s”，要改先点“修改”，改后重新审核。"),
    "material.author_nameless": _("请写编写人员的姓名。"),
    "material.author_listed": _("%(author)s已经登记过了。"),
}
MATERIAL_PARAM_LABELS: Mapping[str, Words] = {
    "material_state": STATE_LABELS,
    "material_move": MOVE_LABELS,
    "banned": BANNED_LABELS,
}
MATERIAL_EVENT_LABELS: Words = {
    "material.entered": _("登记培训材料"),
    "material.changed": _("修改培训材料的信息"),
    "material.file_added": _("上传培训材料的文件"),
    "material.file_removed": _("移去培训材料的文件"),
    "material.author_added": _("登记编写研发人员"),
    "material.author_removed": _("移去编写研发人员"),
    "material.reviewed": _("记录培训材料的审核"),
    "material.filed": _("培训材料备案"),
    "material.revised": _("重新修改培训材料"),
    "material.returned": _("退回培训材料"),
    "material.withdrawn": _("停用培训材料"),
    "material.author_revealed": _("查看编写人员的证书编号"),
    "material.opened": _("打开培训材料的文件"),
}


def material_badge(state: str) -> Badge:
    """A material's state as every page shows it."""
    return Badge(_TONES[state], STATE_LABELS[state])
