"""Words of the expert group, its appraisals, and of waivers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.filings import VERDICT_LABELS, Words
from institutions.choices.findings import RULE_TEXTS
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

APPRAISAL_STATE_LABELS: Words = {
    "opened": _("等待组成专家组"),
    "voting": _("专家表决中"),
    "concluded": _("已有结论"),
    "escalated": _("已提请市级认定"),
    "closed": _("已作出认定"),
    "cancelled": _("已撤销"),
}
APPRAISAL_STATE_TONES: Mapping[str, str] = {
    "opened": ATTENTION,
    "voting": UNKNOWN,
    "concluded": ATTENTION,
    "escalated": UNKNOWN,
    "closed": OK,
    "cancelled": NEUTRAL,
}
APPRAISAL_MOVE_LABELS: Words = {
    "seat": _("组成专家组"),
    "vote": _("表决"),
    "leave": _("回避"),
    "replace": _("补选专家"),
    "conclude": _("形成结论"),
    "escalate": _("提请市级认定"),
    "answer": _("答复认定"),
    "adopt": _("作出认定"),
    "cancel": _("撤销鉴别"),
}
DIMENSION_LABELS: Words = {
    "purpose": _("培训目的"),
    "content": _("培训内容"),
    "method": _("培训方式"),
    "evaluation": _("评价方式"),
}
# What the guide asks of each dimension, in a sentence (教监管厅函〔2021〕16号).
DIMENSION_HINTS: Words = {
    "purpose": _("是不是以提升学科成绩、升学为目的，而不是发展兴趣、技能和素养。"),
    "content": _("教的是不是九门学科的知识，包括教材、讲义和练习。"),
    "method": _(
        "是不是以学科知识讲解、听说读写算训练为主，或者预习、授课、巩固练习；虚拟教师也算。"
    ),
    "evaluation": _("是不是看选拔、排名、分数和考试结果。"),
}
LEANING_LABELS: Words = {
    "subject": _("指向学科类"),
    "non_subject": _("指向非学科类"),
    "nothing": _("看不出来"),
}
LEAVE_GROUND_LABELS: Words = {
    "works_for_training": _("本人在培训机构任职或兼职"),
    "relative": _("近亲属在培训机构任职"),
    "other_tie": _("与这家机构有其他利害关系"),
    "challenged": _("机构申请回避，已获准"),
    "abstains": _("弃权（由其他专家替换）"),
    "unavailable": _("因故不能参加"),
}
# What a member may say of themselves; a challenge that was upheld is the secretary's word.
OWN_GROUNDS = tuple(ground for ground in LEAVE_GROUND_LABELS if ground != "challenged")
EXPERT_FIELD_LABELS: Words = {
    "chinese": _("语文"),
    "mathematics": _("数学"),
    "foreign_language": _("外语"),
    "physics": _("物理"),
    "chemistry": _("化学"),
    "biology": _("生物"),
    "history": _("历史"),
    "geography": _("地理"),
    "morality": _("道德与法治"),
    "curriculum": _("课程"),
    "teaching": _("教学"),
    "arts": _("艺术"),
    "sport": _("体育"),
    "science": _("科技"),
}
WAIVER_STATE_LABELS: Words = {
    "proposed": _("等第二人批准"),
    "in_force": _("生效中"),
    "refused": _("未获批准"),
    "revoked": _("已收回"),
    "expired": _("已到期"),
}
WAIVER_STATE_TONES: Mapping[str, str] = {
    "proposed": ATTENTION,
    "in_force": OK,
    "refused": BREACH,
    "revoked": NEUTRAL,
    "expired": NEUTRAL,
}

APPRAISAL_STATE_CHOICES = list(APPRAISAL_STATE_LABELS.items())
LEAVE_GROUND_CHOICES = list(LEAVE_GROUND_LABELS.items())
EXPERT_FIELD_CHOICES = list(EXPERT_FIELD_LABELS.items())
APPRAISAL_VERDICT_CHOICES = list(VERDICT_LABELS.items())
WAIVER_STATE_CHOICES = list(WAIVER_STATE_LABELS.items())

# What the two answers mean where the question is whether a class is subject training.
SUBJECT_VERDICTS: Words = {"breach": _("属于学科类"), "cleared": _("不属于学科类")}

APPRAISAL_REFUSAL_TEXTS: Words = {
    "appraisal.wrong_state": _("这次鉴别现在是“%(appraisal_state)s”，不能%(appraisal_move)s。"),
    "appraisal.panel_not_odd": _(
        "专家组须是 %(least)d 到 %(most)d 人的单数，现在是 %(count)d 人。"
    ),
    "appraisal.remedy_odd": _("增减一人，使表决不会出现平票。"),
    "appraisal.member_twice": _("同一位专家只能占一个席位。"),
    "appraisal.not_eligible": _(
        "选中的专家里有 %(count)d 人不能参加这次鉴别（已回避、已离任或不在名单上）。"
    ),
    "appraisal.remedy_eligible": _("从能参加的专家里另选。"),
    "appraisal.no_seat_empty": _("没有空出的席位，不必补选。"),
    "appraisal.too_many_named": _("只空出 %(count)d 个席位，选的人多了。"),
    "appraisal.nobody_named": _("没有选定补选的专家。"),
    "appraisal.no_stand_in": _("专家须本人表决，不能由人代岗。"),
    "appraisal.not_seated": _("您不在这次鉴别的专家组里。"),
    "appraisal.voted_already": _("您已经表决，表决后不能再改，也不能再回避。"),
    "appraisal.no_verdict": _("请选择一个结论。"),
    "appraisal.remedy_abstain": _("不便表态的，请选择回避，由其他专家替换。"),
    "appraisal.dimension_missing": _("“%(dimension)s”一项还没有填写。"),
    "appraisal.vote_reason_missing": _("表决要写明理由；机构会看到理由，看不到姓名。"),
    "appraisal.ground_missing": _("请选择回避的原因。"),
    "appraisal.votes_missing": _("还有 %(count)d 席没有表决。"),
    "appraisal.challenge_open": _("机构提出的 %(count)d 项回避申请还没有答复。"),
    "appraisal.remedy_challenge": _("先答复回避申请；获准的，补选后再表决。"),
    "appraisal.city_answered": _("市级已经答复，不再重复提请。"),
    "appraisal.not_disputed": _("机构没有提出异议，不需要提请上一级。"),
    "appraisal.document_missing": _("请写明文书的文号。"),
    "appraisal.reason_missing": _("请写明理由。"),
    "appraisal.disputed": _("机构对结论有异议，还没有提请市级认定。"),
    "appraisal.remedy_escalate": _("先提请市级认定，收到答复后再作决定。"),
    "appraisal.dispute_open": _("机构提出异议的期限还没有过，现在不能认定构成违规。"),
    "appraisal.remedy_wait": _("等期限届满，或者机构表示没有异议。"),
    "appraisal.city_binds": _("市级已经认定，本级的决定须与答复一致。"),
    "appraisal.not_in_review": _("这个备案不在审核中，不能送专家组。"),
    "appraisal.already_open": _("“%(rule)s”一项已经在鉴别中。"),
    "appraisal.question_missing": _("请写明要专家组回答的问题。"),
    "appraisal.too_few": _("能参加的专家只有 %(count)d 人，不够抽出 %(wanted)d 人。"),
    "appraisal.remedy_members": _("先在专家名单里增加专家，或者请上一级推荐。"),
    "appraisal.challenge_empty": _("请写明要谁回避、为什么。"),
    "appraisal.challenge_decided": _("这项回避申请已经答复。"),
    "appraisal.challenge_late": _("已经有结论，不能再申请回避；不服结论的，请提出异议。"),
    "appraisal.dispute_late": _("现在不能提出异议：没有不利的结论，或者期限已过。"),
    "appraisal.dispute_reason_missing": _("请写明不服的理由。"),
    "panel.not_an_expert": _("这个人没有专家的任职，先在“用户与任职”里任命。"),
    "panel.on_it_already": _("这个人已经在专家名单上。"),
    "panel.no_field": _("请选择专业。"),
    "panel.undeclared": _("专家须声明本人和近亲属都不在培训机构任职，才能列入名单。"),
    "panel.off_already": _("这位专家已经不在名单上。"),
    "panel.seated_now": _("这位专家正在参加 %(count)d 次鉴别，等办结或者补选后再移出名单。"),
    "filing.appraisal_open": _("“%(rule)s”一项正由专家组鉴别，还没有结论，不能通过。"),
    "filing.remedy_appraisal": _("等专家组有结论，由教育部门作出认定。"),
    "filing.finding_with_experts": _("“%(rule)s”一项正由专家组鉴别，请在鉴别页作出认定。"),
    "waiver.not_waivable": _("“%(rule)s”是国家规定的要求，不能豁免。"),
    "waiver.no_breach": _("“%(rule)s”一项没有要豁免的违规。"),
    "waiver.already_open": _("“%(rule)s”一项已经有豁免，或者正等批准。"),
    "waiver.reason_missing": _("请写明理由。"),
    "waiver.documents_missing": _("请写明依据的材料，例如会议纪要、情况核实表。"),
    "waiver.until_missing": _("请填写豁免到哪一天，不早于今天，不晚于 %(last)s。"),
    "waiver.too_long": _("豁免最长到 %(last)s，不超过这个班的结课日期。"),
    "waiver.measure_missing": _("请填写实际测量的教室面积。"),
    "waiver.measure_too_small": _(
        "按实际面积最多容纳 %(carries)d 人，同时上课的有 %(pupils)d 人，不能豁免。"
    ),
    "waiver.wrong_state": _("这项豁免现在是“%(waiver_state)s”，不能再办。"),
    "waiver.over_already": _("豁免的最后一天 %(last)s 已经过了，请重新提出。"),
    "waiver.part_not_waivable": _("备案通过以前就招生、收费或者上课的，不能豁免。"),
}
APPRAISAL_PARAM_LABELS: Mapping[str, Words] = {
    "appraisal_state": APPRAISAL_STATE_LABELS,
    "appraisal_move": APPRAISAL_MOVE_LABELS,
    "dimension": DIMENSION_LABELS,
    "waiver_state": WAIVER_STATE_LABELS,
}
APPRAISAL_EVENT_LABELS: Words = {
    "appraisal.opened": _("送专家组鉴别"),
    "appraisal.seated": _("组成专家组"),
    "appraisal.voted": _("专家表决"),
    "appraisal.left": _("专家回避"),
    "appraisal.replaced": _("补选专家"),
    "appraisal.concluded": _("专家组形成结论"),
    "appraisal.challenged": _("机构申请专家回避"),
    "appraisal.challenge_decided": _("答复回避申请"),
    "appraisal.disputed": _("机构对鉴别结论提出异议"),
    "appraisal.accepted": _("机构对鉴别结论没有异议"),
    "appraisal.escalated": _("提请市级认定"),
    "appraisal.answered": _("市级答复认定"),
    "appraisal.closed": _("按鉴别结论作出认定"),
    "appraisal.cancelled": _("撤销鉴别"),
    "panel.member_added": _("列入专家名单"),
    "panel.member_ended": _("移出专家名单"),
    "panel.members_shown": _("查看专家名单"),
    "panel.seats_shown": _("查看专家组成员姓名"),
    "waiver.proposed": _("提出豁免"),
    "waiver.in_force": _("批准豁免"),
    "waiver.refused": _("不批准豁免"),
    "waiver.revoked": _("收回豁免"),
    "waiver.expired": _("豁免到期"),
}


def appraisal_badge(state: str) -> Badge:
    """An appraisal's state as every page shows it."""
    return Badge(APPRAISAL_STATE_TONES[state], APPRAISAL_STATE_LABELS[state])


def waiver_badge(state: str) -> Badge:
    """A waiver's state as every page shows it."""
    return Badge(WAIVER_STATE_TONES[state], WAIVER_STATE_LABELS[state])


def verdict_labels(rule: str) -> Words:
    """The two answers to the question that a rule puts."""
    return SUBJECT_VERDICTS if rule == "CONTENT-DISGUISE" else VERDICT_LABELS


def rule_title(rule: str) -> str:
    """A rule's title, or its code where no words are written yet."""
    return str(RULE_TEXTS[rule].title) if rule in RULE_TEXTS else rule
