"""Words of visits: states, categories, answers, events, and why something was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

VISIT_STATE_LABELS: Words = {
    "planned": _("待审批"),
    "approved": _("已审批"),
    "arrived": _("检查中"),
    "ended": _("已结束"),
    "not_possible": _("未能检查"),
}
VISIT_STATE_TONES: Mapping[str, str] = {
    "planned": UNKNOWN,
    "approved": ATTENTION,
    "arrived": ATTENTION,
    "ended": OK,
    "not_possible": BREACH,
}
VISIT_MOVE_LABELS: Words = {
    "approve": _("审批"),
    "arrive": _("登记到场"),
    "conclude": _("结束检查"),
    "hinder": _("登记未能检查"),
    "answer": _("登记检查结果"),
    "photo": _("登记照片"),
    "sign": _("登记签名"),
    "notice": _("送达检查通知"),
}
CATEGORY_LABELS: Words = {
    "no_problem": _("未发现问题"),
    "not_published": _("未按规定公示应当公示的信息"),
    "falsely_published": _("公示信息隐瞒真实情况、弄虚作假"),
    "unreachable": _("通过登记的场所无法联系"),
    "pending": _("发现问题待后续处理"),
    "corrected": _("发现问题，已责令改正"),
    "no_activity": _("未发现开展本次抽查涉及的活动"),
    "uncooperative": _("不配合检查，情节严重"),
    "closed": _("已关闭停业或正在清算"),
    "deregistered": _("已注销"),
    "revoked": _("已被吊销"),
    "annulled": _("已被撤销"),
    "moved_out": _("已迁出"),
}
HINDRANCE_LABELS: Words = {
    "closed_door": _("大门关闭"),
    "not_found": _("按登记地址找不到"),
    "refused": _("拒绝检查"),
}
ARRIVAL_METHOD_LABELS: Words = {
    "code": _("扫机构的码"),
    "position": _("按定位"),
    "hand": _("手工登记"),
}
ANSWER_LABELS: Words = {
    "meets": _("符合"),
    "fails": _("不符合"),
    "not_applicable": _("不适用"),
    "not_checked": _("未查"),
}
ANSWER_TONES: Mapping[str, str] = {
    "meets": OK,
    "fails": BREACH,
    "not_applicable": NEUTRAL,
    "not_checked": UNKNOWN,
}
ANSWER_SOURCE_LABELS: Words = {
    "phone": _("手机"),
    "typed": _("录入"),
    "workbook": _("工作簿"),
    "scan": _("扫描件"),
}
SIGNER_LABELS: Words = {
    "inspector": _("检查人员"),
    "institution": _("机构在场人员"),
    "witness": _("见证人"),
}
RECORD_KIND_LABELS: Words = {
    "notice": _("检查通知"),
    "arrival": _("到场"),
    "answers": _("检查结果"),
    "photo": _("照片"),
    "signature": _("签名"),
    "conclusion": _("结束检查"),
    "hindrance": _("未能检查"),
}

VISIT_STATE_CHOICES = list(VISIT_STATE_LABELS.items())
CATEGORY_CHOICES = list(CATEGORY_LABELS.items())
HINDRANCE_CHOICES = list(HINDRANCE_LABELS.items())
ARRIVAL_METHOD_CHOICES = list(ARRIVAL_METHOD_LABELS.items())
ANSWER_CHOICES = list(ANSWER_LABELS.items())
ANSWER_SOURCE_CHOICES = list(ANSWER_SOURCE_LABELS.items())
SIGNER_CHOICES = list(SIGNER_LABELS.items())
RECORD_KIND_CHOICES = list(RECORD_KIND_LABELS.items())

VISIT_PARAM_LABELS: Mapping[str, Words] = {
    "visit_state": VISIT_STATE_LABELS,
    "visit_move": VISIT_MOVE_LABELS,
}

VISIT_EVENT_LABELS: dict[str, Promise | str] = {
    "visit.planned": _("安排检查"),
    "visit.approved": _("审批检查"),
    "visit.notice_given": _("送达检查通知"),
    "visit.arrived": _("检查组到场"),
    "visit.answers_recorded": _("登记检查结果"),
    "visit.photo_recorded": _("登记现场照片"),
    "visit.photo_opened": _("查看现场照片"),
    "visit.signature_recorded": _("登记现场签名"),
    "visit.concluded": _("结束检查"),
    "visit.hindered": _("登记未能检查"),
    "visit.sync_kept": _("同一编号的不同记录留待核对"),
    "visit.sync_settled": _("留待核对的现场记录已处理"),
}

VISIT_REFUSAL_TEXTS: Words = {
    "visit.wrong_state": _("这次检查现在是“%(visit_state)s”，不能%(visit_move)s。"),
    "visit.not_in_team": _("您不在这次检查的检查组里，只能由检查组的成员或统筹人员登记。"),
    "visit.approver_in_team": _("检查要由检查组以外的人审批，您是检查组成员。"),
    "visit.none_to_approve": _("没有等待审批的检查。"),
    "visit.none_to_plan": _("没有可以安排的检查：场所都已经安排，或者还没有抽取。"),
    "visit.officers_few": _(
        "到场的持证人员 %(count)s 人，检查至少要有 %(least)s 名持证人员。请等另一名到场后再登记。"
    ),
    "visit.stranger": _("%(name)s 不在这次检查的检查组里。人员有变动时，先在抽查名单里替换。"),
    "visit.method_unknown": _("请写明到场是扫码、定位还是手工登记。"),
    "visit.code_of_another": _(
        "扫到的码 %(visit_code)s 不是这家机构的。请核对地址，或改用定位、手工登记并写明原因。"
    ),
    "visit.position_missing": _("没有取得位置。请到室外再试，或改用扫码、手工登记并写明原因。"),
    "visit.hand_reason_missing": _("手工登记到场要写明原因。"),
    "visit.category_missing": _("至少选一项检查结果。"),
    "visit.category_unknown": _("没有编号为 %(code)s 的检查结果。"),
    "visit.category_excludes": _("“未发现问题”不能与其他结果同时选。"),
    "visit.category_contradicts": _(
        "有 %(count)s 项检查事项不符合，结果不能是“未发现问题”。请改选结果，或更正那几项。"
    ),
    "visit.unanswered": _("还有 %(count)s 项没有答复。没有查的项目请逐项选“未查”。"),
    "visit.ends_before_arrival": _("结束时间早于到场时间，请核对手机的时钟。"),
    "visit.hindrance_unknown": _("请写明未能检查是大门关闭、找不到，还是拒绝检查。"),
    "visit.hindrance_reason_missing": _("请写明未能检查的经过。"),
    "visit.already_published": _("这次抽查的结果已经揭晓或作废，不能再改。"),
    "visit.sealed": _("这次抽查的结果还在封存，揭晓以前只有统筹人员和本组能看。"),
    "visit.notice_given": _("检查通知已经送达过。"),
    "visit.receiver_missing": _("请写明收到检查通知的人。"),
    "visit.photo_too_large": _("照片 %(size_mb)s MB，超过上限 %(limit_mb)s MB。"),
    "visit.photo_not_a_picture": _("收到的不是照片：只收 JPEG、PNG 和 WebP。"),
    "visit.photo_digest_differs": _("照片在路上损坏：指纹与手机上的不同，请再送一次。"),
    "visit.signer_missing": _("请写明签名的人。"),
    "visit.signer_unknown": _("请写明是检查人员、机构在场人员还是见证人签名。"),
    "answer.source_unknown": _("没有写明检查结果是怎样登记的。"),
    "answer.item_not_listed": _(
        "事项 %(item_code)s 不在这次检查的清单里：只能查已公布、本组部门的、适用于这家机构的事项。"
    ),
    "answer.unknown": _("事项 %(item_code)s 的答复要是符合、不符合、不适用或未查。"),
    "answer.department_short": _(
        "事项 %(item_code)s 由%(department)s部门检查，到场的该部门持证人员 %(count)s 人，"
        "不足两人，只能选“未查”或“不适用”。"
    ),
    "answer.remark_long": _("事项 %(item_code)s 的备注太长：最多 %(limit)s 个字。"),
    "answer.value_long": _("事项 %(item_code)s 的实测值太长：最多 %(limit)s 个字。"),
    "answer.corrects_another_item": _("事项 %(item_code)s 的更正指向了另一个事项的答复。"),
    "sync.unreadable": _("这条记录读不出来：%(field)s 缺少或写法不对。"),
    "sync.unknown_visit": _("没有这次检查，或者您不在它的检查组里。"),
    "visit.settlement_missing": _("请写明这条记录怎样处理。"),
    "sync.different": _("同一编号已经收到过另一份内容。两份都留着，等人核对。"),
}


def visit_badge(state: str) -> Badge:
    """A visit's state, in a word."""
    return Badge(VISIT_STATE_TONES.get(state, NEUTRAL), VISIT_STATE_LABELS[state])


def answer_badge(answer: str) -> Badge:
    """An answer, in a word."""
    return Badge(ANSWER_TONES[answer], ANSWER_LABELS[answer])
