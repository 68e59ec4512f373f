"""Words of course filings: the workbook's own, the states, and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.choices.findings import OUTCOME_TITLES, RULE_TEXTS
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

# As printed in the workbook's cells (contract, table of columns); they are data, not messages.
CATEGORY_WORDS = ("学科类", "非学科类")
DELIVERY_WORDS = ("线下", "线上直播", "线上录播")
TEACHER_STATUS_WORDS = ("专职", "兼职", "在职中小学教师", "外籍(境内)", "外籍(境外)")
FEE_WAY_WORDS = ("按课时", "按周期")
GRADE_WORDS = (
    "学龄前",
    "一年级",
    "二年级",
    "三年级",
    "四年级",
    "五年级",
    "六年级",
    "七年级",
    "八年级",
    "九年级",
    "高一",
    "高二",
    "高三",
)

STATE_LABELS: Words = {
    "draft": _("未提交"),
    "submitted": _("审核中"),
    "approved": _("已通过"),
    "returned": _("已退回"),
    "withdrawn": _("已撤回"),
    "revoked": _("已撤销通过"),
    "adopted": _("变更已生效"),
}
STATE_TONES: Mapping[str, str] = {
    "draft": NEUTRAL,
    "submitted": ATTENTION,
    "approved": OK,
    "returned": BREACH,
    "withdrawn": NEUTRAL,
    "revoked": BREACH,
    "adopted": OK,
}
OUTCOME_LABELS: Words = OUTCOME_TITLES
OUTCOME_TONES: Mapping[str, str] = {
    "clear": OK,
    "appraise": UNKNOWN,
    "flagged": BREACH,
    "invalid": BREACH,
}
UPLOAD_STATE_LABELS: Words = {
    "waiting": _("等待核对"),
    "screened": _("已核对"),
    "unreadable": _("读不出来"),
}
VERDICT_LABELS: Words = {"cleared": _("不构成违规"), "breach": _("构成违规")}
REVIEW_LABELS: Words = {"approved": _("通过"), "returned": _("退回")}
CATEGORY_LABELS: Words = {"subject": _("学科类"), "non_subject": _("非学科类")}
DELIVERY_LABELS: Words = {
    "offline": _("线下"),
    "live": _("线上直播"),
    "recorded": _("线上录播"),
}
MOVE_LABELS: Words = {
    "submit": _("提交"),
    "approve": _("通过"),
    "send_back": _("退回"),
    "withdraw": _("撤回"),
    "revoke_approval": _("撤销通过"),
    "adopt": _("通过变更"),
}

# Plain lists: a model's choices may not hold enum members.
STATE_CHOICES = list(STATE_LABELS.items())
OUTCOME_CHOICES = list(OUTCOME_LABELS.items())
UPLOAD_STATE_CHOICES = list(UPLOAD_STATE_LABELS.items())
VERDICT_CHOICES = list(VERDICT_LABELS.items())
REVIEW_CHOICES = list(REVIEW_LABELS.items())
CATEGORY_CHOICES = list(CATEGORY_LABELS.items())
DELIVERY_CHOICES = list(DELIVERY_LABELS.items())

FILING_REFUSAL_TEXTS: Words = {
    "filing.wrong_state": _("这个备案现在是“%(filing_state)s”，不能%(move)s。"),
    "filing.form_incomplete": _("还有必填的格没有填好，现在不能提交。"),
    "filing.remedy_correct": _("按下面标出的格改正，保存后会马上重新核对。"),
    "filing.other_licence": _(
        "机构许可证号“%(number)s”不是本机构的许可证号，也不是本机构的信用代码。"
    ),
    "filing.remedy_licence": _("改成本机构的号码；登记的号码有误的，先到审批部门更正。"),
    "filing.already_filed": _("这个班已经备案过，备案编号是 %(filing)s，内容完全相同，不必再交。"),
    "filing.statement_missing": _("有违规项“%(rule)s”，没有说明不能提交。"),
    "filing.remedy_statement": _("先改正；认为系统看错的，写明理由后可以提交，由审核人员决定。"),
    "filing.breach_stands": _("“%(rule)s”一项违规还在，不能通过。"),
    "filing.breach_decided": _("“%(rule)s”一项已经认定构成违规，不能通过。"),
    "filing.undecided": _("“%(rule)s”一项系统判断不了，还没有人作出决定，不能通过。"),
    "filing.remedy_return": _("写明理由退回，请机构改正后重新提交。"),
    "filing.remedy_file_anew": _("从“再开一期”或“填写一个班”另行备案。"),
    "filing.remedy_decide": _("打开这一项，由您判断并写明理由。"),
    "filing.reason_missing": _("退回要写明理由，机构才知道改什么。"),
    "filing.withdrawal_reason_missing": _("已通过的班要撤回，须写明理由（例如不再开班）。"),
    "filing.not_heard": _("没有告知机构并听取答复，不能撤销通过。"),
    "filing.remedy_hear": _("从复核页面发出告知，等机构答复或者答复期满。"),
    "filing.revocation_reason_missing": _("撤销通过要写明理由；理由会公示。"),
    "filing.not_in_review": _("这个备案现在是“%(filing_state)s”，不在审核中。"),
    "filing.nothing_to_decide": _("“%(rule)s”一项没有需要人工判断的内容。"),
    "filing.decision_reason_missing": _("对“%(rule)s”作决定要写明理由。"),
    "filing.not_seen": _("没有找到这条记录，或者它不属于您的机构或部门。"),
    "filing.row_already_filed": _("第 %(row)d 行已经提交过，不能再改。"),
    "filing.nothing_selected": _("没有选中任何一行。"),
    "filing.is_change": _("%(filing)s 是变更，不能成批通过，请打开对照新旧内容后处理。"),
    "filing.original_not_standing": _("要变更的备案已经不在“已通过”状态，这项变更不能再通过。"),
    "filing.change_open": _("这个班已经有一项变更在办（%(filing)s），办完才能再提。"),
    "filing.change_same": _("内容与已通过的完全相同，没有要变更的。"),
    "filing.change_reason_missing": _("请写明为什么要变更，例如教师离职、教室调整。"),
    "filing.change_not_approved": _(
        "这个备案现在是“%(filing_state)s”。只有已通过的班办变更，别的直接改正或重新备案。"
    ),
    "filing.change_other_class": _(
        "“%(header)s”由“%(old)s”改成了“%(new)s”，就是另一个班了，请另行备案。"
    ),
    "filing.draft_closed": _("这份草稿已经提交或者丢弃，不能再改。"),
    "filing.draft_not_discarded": _("这份草稿没有丢弃，不用找回。"),
    "filing.too_many_drafts": _("草稿最多存 %(limit)s 份。请先提交或丢弃用不到的。"),
    "filing.cell_too_long": _("“%(header)s”有 %(length)s 个字，最多 %(limit)s 个。请缩短。"),
    "filing.has_findings": _("%(filing)s 有核对发现，不能成批通过，请打开逐条处理。"),
}
FILING_PARAM_LABELS: Mapping[str, Words] = {
    "filing_state": STATE_LABELS,
    "move": MOVE_LABELS,
    "rule": {code: text.title for code, text in RULE_TEXTS.items()},
}


def state_badge(state: str) -> Badge:
    """A filing's state as every page shows it."""
    return Badge(STATE_TONES[state], STATE_LABELS[state])


def outcome_badge(outcome: str) -> Badge:
    """What the screening found, as every page shows it."""
    return Badge(OUTCOME_TONES[outcome], OUTCOME_LABELS[outcome])
