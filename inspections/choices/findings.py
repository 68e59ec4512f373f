"""Words of findings, orders and cases: states, moves, events, and why something was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

FINDING_STATE_LABELS: Words = {
    "open": _("待处理"),
    "referred": _("已移送，待接收"),
    "returned": _("移送被退回"),
    "ordered": _("已责令改正"),
    "settled": _("已改正"),
    "case": _("已立案"),
    "withdrawn": _("已撤销认定"),
}
_FINDING_TONES: Mapping[str, str] = {
    "open": ATTENTION,
    "referred": ATTENTION,
    "returned": ATTENTION,
    "ordered": NEUTRAL,
    "settled": OK,
    "case": BREACH,
    "withdrawn": UNKNOWN,
}
FINDING_MOVE_LABELS: Words = {
    "confirm": _("认定问题"),
    "refer": _("移送"),
    "accept": _("接收移送"),
    "decline": _("退回移送"),
    "withdraw": _("撤销认定"),
    "order": _("责令改正"),
    "release": _("解除责令改正"),
    "settle": _("确认改正"),
    "escalate": _("立案"),
}
RECTIFICATION_STATE_LABELS: Words = {
    "drafted": _("已起草"),
    "issued": _("已制发，待送达"),
    "served": _("已送达，待整改"),
    "proved": _("已报整改材料"),
    "rechecking": _("复查中"),
    "closed": _("已办结"),
    "escalated": _("转为立案"),
    "withdrawn": _("已撤回"),
}
_RECTIFICATION_TONES: Mapping[str, str] = {
    "drafted": UNKNOWN,
    "issued": ATTENTION,
    "served": ATTENTION,
    "proved": ATTENTION,
    "rechecking": ATTENTION,
    "closed": OK,
    "escalated": BREACH,
    "withdrawn": UNKNOWN,
}
RECTIFICATION_MOVE_LABELS: Words = {
    "draft": _("起草责令改正通知书"),
    "issue": _("制发通知书"),
    "serve": _("登记送达"),
    "submit_proof": _("报送整改材料"),
    "return_proof": _("退回整改材料"),
    "extend": _("延长期限"),
    "order_recheck": _("安排复查"),
    "record_recheck": _("登记复查结果"),
    "close": _("办结"),
    "escalate": _("立案"),
    "withdraw": _("撤回"),
}
TERM_KIND_LABELS: Words = {"on_spot": _("当场改正"), "within": _("限期改正")}
TERM_UNIT_LABELS: Words = {"workdays": _("个工作日"), "days": _("日")}
RECHECK_RESULT_LABELS: Words = {"passed": _("已改正"), "failed": _("没有改正")}
CASE_STATE_LABELS: Words = {
    "opened": _("已立案，调查中"),
    "investigated": _("调查终结"),
    "notified": _("已告知，听取陈述申辩"),
    "hearing": _("听证"),
    "heard": _("法制审核"),
    "decided": _("已决定，待送达"),
    "served": _("决定已送达"),
    "dropped": _("不予处罚或撤销立案"),
}
CASE_TEXT_LABELS: Words = {
    "ground": _("立案的理由"),
    "evidence": _("现有的证据"),
    "conclusion": _("调查认定的事实"),
    "articles": _("适用的条款"),
}
_CASE_TONES: Mapping[str, str] = {
    "opened": ATTENTION,
    "investigated": ATTENTION,
    "notified": ATTENTION,
    "hearing": ATTENTION,
    "heard": ATTENTION,
    "decided": ATTENTION,
    "served": BREACH,
    "dropped": NEUTRAL,
}

# Plain lists: a model's choices may not hold enum members.
FINDING_STATE_CHOICES = list(FINDING_STATE_LABELS.items())
RECTIFICATION_STATE_CHOICES = list(RECTIFICATION_STATE_LABELS.items())
TERM_KIND_CHOICES = list(TERM_KIND_LABELS.items())
TERM_UNIT_CHOICES = list(TERM_UNIT_LABELS.items())
RECHECK_RESULT_CHOICES = list(RECHECK_RESULT_LABELS.items())

FINDING_PARAM_LABELS: Mapping[str, Words] = {
    "finding_state": FINDING_STATE_LABELS,
    "finding_move": FINDING_MOVE_LABELS,
    "rectification_state": RECTIFICATION_STATE_LABELS,
    "rectification_move": RECTIFICATION_MOVE_LABELS,
    "case_state": CASE_STATE_LABELS,
}

FINDING_EVENT_LABELS: dict[str, Promise | str] = {
    "finding.confirmed": _("认定检查发现的问题"),
    "finding.refer": _("移送发现的问题"),
    "finding.accept": _("接收移送的问题"),
    "finding.decline": _("退回移送的问题"),
    "finding.withdraw": _("撤销对问题的认定"),
    "rectification.drafted": _("起草责令改正通知书"),
    "rectification.issue": _("制发责令改正通知书"),
    "rectification.serve": _("送达责令改正通知书"),
    "rectification.submit_proof": _("机构报送整改材料"),
    "rectification.return_proof": _("退回整改材料"),
    "rectification.extend": _("延长整改期限"),
    "rectification.order_recheck": _("安排整改复查"),
    "rectification.record_recheck": _("登记复查结果"),
    "rectification.close": _("整改办结"),
    "rectification.escalate": _("逾期未改转立案"),
    "rectification.withdraw": _("撤回责令改正"),
    "case.opened": _("行政处罚立案"),
    "case.investigated": _("案件调查终结"),
}

FINDING_REFUSAL_TEXTS: Words = {
    "finding.wrong_state": _("这个问题现在是“%(finding_state)s”，不能%(finding_move)s。"),
    "finding.person_only": _("“%(finding_move)s”要由具名的人办理，系统不能代办。"),
    "finding.reason_missing": _("请写明理由。"),
    "finding.words_too_long": _("写了 %(length)s 字，最多 %(most)s 字，请写短一些。"),
    "finding.department_unknown": _("请选择移送给哪个部门。"),
    "finding.own_department": _("这个问题已经由%(department)s部门办理，不用移送给本部门。"),
    "finding.answer_not_failing": _("这一项没有记为“不符合”，不能认定为问题。"),
    "finding.confirmed_already": _("这一项已经认定过问题。"),
    "finding.visit_open": _("检查还没有结束。结束以后，结果才能认定为问题。"),
    "finding.violation_unknown": _("违法行为表里没有编号 %(violation)s。"),
    "finding.text_missing": _("请写明发现了什么问题：在哪里、看到什么、与要求差在哪里。"),
    "rectification.wrong_state": _(
        "这份责令改正现在是“%(rectification_state)s”，不能%(rectification_move)s。"
    ),
    "rectification.person_only": _("“%(rectification_move)s”要由具名的人办理，系统不能代办。"),
    "rectification.reason_missing": _("“%(rectification_move)s”要写明理由或经过。"),
    "rectification.paper_void": _("通知书已经作废，这份责令改正不能再往下办。"),
    "rectification.remedy_withdraw": _("请撤回这份责令改正，需要时另行制发。"),
    "rectification.no_finding": _("至少选一个要改正的问题。"),
    "rectification.several_institutions": _("一份通知书只能写同一家机构的问题。"),
    "rectification.measures_missing": _("请写明要改正到什么程度，机构照着做就能完成。"),
    "rectification.spot_has_no_term": _("当场改正不写期限。"),
    "rectification.term_out_of_range": _("整改期限要在 1 到 %(most)s 日之间。"),
    "rectification.proof_text_missing": _("请写明怎样改正的。"),
    "rectification.proof_file_missing": _("请附上照片或者文件，证明已经改正。"),
    "rectification.spot_not_extended": _("当场改正没有期限，不能延长。"),
    "rectification.extended_too_late": _(
        "整改期限已在 %(due_on)s 届满，不能再延长。请安排复查或者立案。"
    ),
    "rectification.recheck_recorded": _("复查结果已经登记，不能改写。"),
    "rectification.recheck_result_missing": _("请选择复查结果：已改正，还是没有改正。"),
    "rectification.recheck_failed": _("复查结果是没有改正，不能办结。"),
    "rectification.remedy_escalate": _("请立案。"),
    "rectification.red_line_unchecked": _("有红线问题，要复查确认已改正才能办结。"),
    "rectification.remedy_recheck": _("请先安排复查并登记结果。"),
    "rectification.recheck_open": _("复查结果还没有登记，不能办结。"),
    "rectification.nothing_proved": _("机构还没有报送整改材料，也没有复查，不能办结。"),
    "rectification.not_due": _(
        "整改期限到 %(due_on)s 才届满，也没有复查不合格，现在不能因逾期未改立案。"
    ),
    "rectification.file_empty": _("文件“%(file)s”是空的，请重新选择。"),
    "rectification.file_too_large": _("文件“%(file)s”有 %(size)s MB，超过 %(limit)s MB。"),
    "rectification.file_unreadable": _("文件“%(file)s”不是 PDF、JPG 或 PNG。"),
    "rectification.files_too_many": _("一次最多附 %(most)s 个文件。"),
    "case.no_finding": _("至少选一个问题才能立案。"),
    "case.several_institutions": _("一个案件只能写同一家机构的问题。"),
    "case.finding_of_others": _("里面有其他部门的问题，%(department)s部门不能立案。"),
    "case.remedy_refer": _("请移送给主管那件事的部门。"),
    "case.finding_not_open": _("里面有一个问题是“%(finding_state)s”，不能立案。"),
    "case.person_only": _("立案和调查要由具名的执法人员办理，系统不能代办。"),
    "case.ground_missing": _("请写明立案的理由：涉嫌违反哪一条，依据什么线索。"),
    "case.evidence_missing": _("请写明现有的证据。"),
    "case.not_investigating": _("案件现在是“%(case_state)s”，不能再写调查终结。"),
    "case.conclusion_missing": _("请写明调查认定的事实。"),
    "case.articles_missing": _("请写明适用的条款。两种依据并存时，写明选哪一种、为什么。"),
}


def finding_badge(state: str) -> Badge:
    """A finding's state, in a word."""
    return Badge(_FINDING_TONES.get(state, NEUTRAL), FINDING_STATE_LABELS[state])


def rectification_badge(state: str) -> Badge:
    """An order's state, in a word."""
    return Badge(_RECTIFICATION_TONES.get(state, NEUTRAL), RECTIFICATION_STATE_LABELS[state])


def case_badge(state: str) -> Badge:
    """A case's state, in a word."""
    return Badge(_CASE_TONES.get(state, NEUTRAL), CASE_STATE_LABELS[state])
