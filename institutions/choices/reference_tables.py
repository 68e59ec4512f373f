"""The words of reference tables: kinds, columns, states, moves, events, refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words, as_choices
from regulator.web.choices import Badge

KIND_LABELS: Words = {
    "editions": _("教材版本表"),
    "weeks": _("教学进度周表"),
    "units": _("教材单元表"),
    "negative": _("负面清单表"),
    "aliases": _("学科隐晦说法表"),
    "activities": _("须鉴别项目表"),
    "prices": _("政府指导价表"),
}
KIND_CHOICES = as_choices(KIND_LABELS)
KIND_TEXTS: Words = {
    "editions": _("各学科、各年级用哪个版本的教材。表里没有的，按“本区设置”里的版本。"),
    "weeks": _(
        "本区学校在学期第几周开始讲一个单元。录入以后，超前一周也能查出；没有录入的，按学期比对。"
    ),
    "units": _("各版本教材每一册有哪些单元、从哪个学年用起。超标超前按它比对。"),
    "negative": _("义务教育学科类超标超前培训的负面清单。"),
    "aliases": _("用来暗指学科的词语、字母和符号，用于查变相的学科培训。"),
    "activities": _("哪些词说的是非学科项目，哪些须由专家鉴别。"),
    "prices": _("学科类的政府指导价和上浮幅度，按价区、方式和班额。"),
}
STATE_LABELS: Words = {
    "draft": _("草稿"),
    "proposed": _("待批准"),
    "returned": _("已退回"),
    "approved": _("已批准"),
    "ending": _("待批准终止"),
    "ended": _("已终止"),
    "discarded": _("已弃用"),
}
STATE_CHOICES = as_choices(STATE_LABELS)
STATE_TONES: Mapping[str, str] = {
    "draft": "neutral",
    "proposed": "attention",
    "returned": "breach",
    "approved": "ok",
    "ending": "attention",
    "ended": "neutral",
    "discarded": "neutral",
}
IN_FORCE = Badge("ok", _("现行"))
COMING = Badge("attention", _("尚未生效"))
FORMER = Badge("neutral", _("已被替代"))
MOVE_LABELS: Words = {
    "propose": _("提请批准"),
    "take_back": _("收回再改"),
    "send_back": _("退回"),
    "approve": _("批准"),
    "discard": _("弃用草稿"),
    "ask_end": _("提请终止"),
    "keep": _("不终止"),
    "end": _("同意终止"),
}
MOVE_LEDES: Words = {
    "propose": _("由另一个人批准。批准以后不能再改，从生效日起约束开班的班级。"),
    "take_back": _("收回以后可以继续修改，再提请批准。"),
    "send_back": _("写明哪里要改。退回以后可以继续修改。"),
    "approve": _("批准以后不能再改。开班日期在生效日和以后的班级按这一版核对。"),
    "discard": _("草稿连同改动一起弃用，不影响现行的表。历史仍可查。"),
    "ask_end": _(
        "由另一个人批准。终止以后开班的班级，按上一版核对；没有上一版的，按系统自带的表。"
    ),
    "keep": _("这一版继续有效。"),
    "end": _("终止以后开班的班级，按上一版核对；没有上一版的，按系统自带的表。"),
}
DONE_TEXTS: Words = {
    "propose": _("已提请批准，请另一个人批准。"),
    "take_back": _("已收回，可以继续修改。"),
    "send_back": _("已退回。"),
    "approve": _("已批准。开班日期在生效日和以后的班级按这一版核对。"),
    "discard": _("草稿已弃用。"),
    "ask_end": _("已提请终止，请另一个人批准。"),
    "keep": _("这一版继续有效。"),
    "end": _("已同意终止。"),
}
DANGEROUS_MOVES = frozenset({"discard", "end", "send_back"})
CHANGE_LABELS: Words = {"added": _("新增"), "changed": _("修改"), "removed": _("删除")}
CHANGE_CHOICES = as_choices(CHANGE_LABELS)
CHANGE_TONES: Mapping[str, str] = {"added": "ok", "changed": "attention", "removed": "breach"}
FACT_LABELS: Words = {
    "state": _("状态"),
    "effective_from": _("从哪一天起"),
    "ends_before": _("到哪一天不再用"),
    "basis": _("依据的文件"),
    "rows": _("行数"),
    "added": _("新增行数"),
    "changed": _("修改行数"),
    "removed": _("删除行数"),
    "refused": _("没有收的行数"),
}
EVENT_OF_VERSION = _("%(what)s · 第 %(number)s 版")
REFERENCE_EVENT_LABELS: Words = {
    "reference.opened": _("新建参照表草稿"),
    "reference.row_set": _("改参照表的一行"),
    "reference.row_removed": _("删参照表的一行"),
    "reference.rows_imported": _("导入参照表"),
    "reference.restored": _("参照表草稿恢复为系统自带的表"),
    "reference.propose": _("参照表提请批准"),
    "reference.take_back": _("收回参照表提请"),
    "reference.send_back": _("退回参照表"),
    "reference.approve": _("批准参照表"),
    "reference.discard": _("弃用参照表草稿"),
    "reference.ask_end": _("提请终止参照表"),
    "reference.keep": _("不终止参照表"),
    "reference.end": _("同意终止参照表"),
}
REFERENCE_REFUSAL_TEXTS: Words = {
    "reference.wrong_state": _("这一版现在是“%(version_state)s”，不能“%(reference_move)s”。"),
    "reference.not_open": _("这一版是“%(version_state)s”，不能再改。请新建草稿。"),
    "reference.open_already": _("这张表已有一份没有办完的第 %(number)s 版，请先办完或者弃用它。"),
    "reference.basis_missing": _("请写明依据的文件。"),
    "reference.reason_missing": _("请写明理由。"),
    "reference.nothing_changed": _("这份草稿和它要替代的表完全一样。"),
    "reference.remedy_change": _("改动至少一行，或者弃用草稿。"),
    "reference.day_missing": _("请写明从哪一天起。"),
    "reference.day_past": _("%(day)s 已经过去。表只约束以后开班的班级。"),
    "reference.day_too_near": _(
        "%(day)s 太近：备案须提前 %(workdays)s 个工作日，最早从 %(earliest)s 起，"
        "机构备案时才看得到新表。"
    ),
    "reference.remedy_day": _("把日期改到那一天或者以后。"),
    "reference.before_newest": _("这张表已有一版从 %(newest)s 起生效，新的一版要更晚。"),
    "reference.end_before_start": _("这一版从 %(starts)s 起才生效，不能在那以前终止。"),
    "reference.not_the_proposer": _("只有提请的人能收回。"),
    "reference.remedy_return": _("批准的人可以退回。"),
    "reference.row_problem": _("第 %(row)s 行，%(column)s：%(problem)s"),
    "reference.more_problems": _("另有 %(count)s 处同样要改的地方。"),
    "reference.too_many_rows": _("一张表最多 %(most)s 行。请删去不用的行。"),
    "reference.row_gone": _("这一行已经不在表里。"),
    "reference.row_taken": _("表里已有同样的一行（%(label)s）。请改那一行。"),
    "reference.no_file_rows": _("文件里没有可以导入的行。"),
    "reference.replace_with_errors": _(
        "文件里有 %(count)s 行有错，不能用它替换整张表。请改好再导入，或者改选“只增改”。"
    ),
}
FILE_TEXTS: Words = {
    "no_headers": _(
        "文件“%(file_name)s”前 10 行里没有这张表的列名。请先导出这张表，在导出的文件里改好再导入。"
    ),
    "missing_columns": _(
        "文件“%(file_name)s”缺少这些列：%(missing)s。请照导出文件补上，列的先后不限。"
    ),
    "empty": _("文件“%(file_name)s”里没有内容行。请检查是不是选错了文件。"),
    "rows": _("文件“%(file_name)s”超过 %(limit)d 行。请删去不用的行。"),
}
REFERENCE_PARAM_LABELS: Mapping[str, Words] = {
    "version_state": STATE_LABELS,
    "reference_move": MOVE_LABELS,
}


def state_badge(state: str) -> Badge:
    """A version's state, in a word."""
    return Badge(STATE_TONES[state], STATE_LABELS[state])
