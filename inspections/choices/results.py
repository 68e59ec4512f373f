"""Words of published results, safety ledgers and ratings, and why something was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

Words = Mapping[str, str | Promise]

RESULT_KIND_LABELS: Words = {
    "visited": _("已检查"),
    "closed_door": _("大门关闭，未能检查"),
    "not_found": _("按登记地址找不到"),
    "refused": _("拒绝检查"),
    "replaced": _("已由候补替换"),
    "not_visited": _("没有检查"),
}
_RESULT_TONES: Mapping[str, str] = {
    "visited": OK,
    "closed_door": ATTENTION,
    "not_found": ATTENTION,
    "refused": BREACH,
    "replaced": NEUTRAL,
    "not_visited": UNKNOWN,
}
WITHHELD_LABELS: Words = {
    "state_secret": _("国家秘密（第十四条）"),
    "public_safety": _("危及国家安全、公共安全、经济安全、社会稳定（第十四条）"),
    "trade_secret": _("商业秘密（第十五条）"),
    "privacy": _("个人隐私（第十五条）"),
    "enforcement_file": _("行政执法案卷信息（第十六条）"),
}
COUNTED_FROM_LABELS: Words = {
    "visit_ended": _("这一家检查结束之日"),
    "result_settled": _("检查结果形成之日"),
    "last_visit_ended": _("整批检查结束之日"),
}
CLOCK_STATE_BADGES: Mapping[str, Badge] = {
    "running": Badge(NEUTRAL, _("期限内")),
    "soon": Badge(ATTENTION, _("快到期")),
    "late": Badge(BREACH, _("已逾期")),
    "done_in_time": Badge(OK, _("按期完成")),
    "done_late": Badge(BREACH, _("逾期完成")),
    "undetermined": Badge(UNKNOWN, _("还不能起算")),
}
SAFETY_KIND_LABELS: Words = {
    "patrol": _("安全巡查"),
    "hazard": _("发现隐患"),
    "hazard_removed": _("隐患整改"),
    "drill": _("消防演练"),
    "camera": _("监控录像保存"),
}
RATING_QUESTION_LABELS: Words = {
    "showed_papers": _("检查人员出示了执法证和检查通知"),
    "explained": _("检查人员讲清了查什么、依据是什么、问题在哪里"),
    "fair": _("检查结果符合实际情况"),
    "undisturbed": _("检查没有过多影响正常上课"),
    "honest": _("检查人员没有吃拿卡要"),
}

RESULT_KIND_CHOICES = list(RESULT_KIND_LABELS.items())
WITHHELD_CHOICES = list(WITHHELD_LABELS.items())
SAFETY_KIND_CHOICES = list(SAFETY_KIND_LABELS.items())

RESULT_PARAM_LABELS: Mapping[str, Words] = {"result_kind": RESULT_KIND_LABELS}

RESULT_EVENT_LABELS: dict[str, Promise | str] = {
    "result.published": _("公布检查结果"),
    "result.withheld": _("决定不公开检查结果"),
    "result.withholding_asked": _("提请不公开检查结果"),
    "result.withholding_declined": _("决定照常公开检查结果"),
    "result.objected": _("机构对公布的结果提出异议"),
    "result.answered": _("答复对结果的异议"),
    "result.corrected": _("更正公布的检查结果"),
    "safety.entered": _("登记安全台账"),
    "safety.corrected": _("更正安全台账"),
    "rating.given": _("收到对检查的评价"),
}

RESULT_REFUSAL_TEXTS: Words = {
    "result.visits_open": _(
        "还有 %(count)s 家没有检查完。一次抽查的结果，要等最后一家检查结束后一起公布。"
    ),
    "result.answers_open": _(
        "还有 %(count)s 项“不符合”没有人认定。请有关部门先认定为问题，或更正检查结果。"
    ),
    "result.stated_before_last": _("填写的时间早于最后一次检查结束的时间 %(known)s。"),
    "result.of_draw": _("这是双随机抽查的结果，随揭晓一起公布，不能单独公布。"),
    "result.published_already": _("这次检查的结果已经公布。"),
    "result.ground_unknown": _("不公开要写明属于法律规定的哪一种情形。"),
    "result.withheld_too_late": _("结果已经公布，不能再改为不公开；有错误的，请更正。"),
    "result.withheld_already": _("已经决定不公开。"),
    "result.withholding_open": _(
        "有 %(count)s 个结果已经提请不公开，还没有决定。请法制审核人员或分管领导先决定。"
    ),
    "result.withholding_asked_already": _("这个结果已经提请不公开，正等决定。"),
    "result.withholding_answered": _("这项提请已经决定过。"),
    "result.visit_not_over": _("检查还没有结束，结束以后才能提请不公开。"),
    "result.reason_missing": _("请写明理由。"),
    "result.not_published": _("结果还没有公布，不用更正或者提出异议。"),
    "result.correction_missing": _("请写明更正的内容。"),
    "result.objection_missing": _("请写明哪里不对，应当是什么。"),
    "result.objection_open": _("您的异议正在核实，不用重复提出。"),
    "result.objection_answered": _("这条异议已经答复。"),
    "result.answer_missing": _("请写明核实的情况和答复。"),
    "safety.in_future": _("日期 %(on)s 还没有到。台账只记已经做了的事。"),
    "safety.note_missing": _("请写明情况：谁、在哪里、做了什么。"),
    "safety.note_too_long": _("写了 %(length)s 字，最多 %(most)s 字，请写短一些。"),
    "safety.camera_days_missing": _("请填写录像保存多少天，0 到 %(most)s。"),
    "safety.people_missing": _("请填写参加演练的人数。"),
    "safety.hazard_unknown": _("请选择整改的是哪一处隐患。"),
    "safety.hazard_removed_already": _("这处隐患已经登记过整改。"),
    "safety.removed_before_found": _("整改日期不能早于发现隐患的日期 %(found_on)s。"),
    "safety.corrected_unknown": _("没有要更正的那条记录。"),
    "safety.corrected_other_kind": _("更正要与原来那条是同一类记录。"),
    "safety.corrected_already": _("那条记录已经更正过，请更正最新的一条。"),
    "rating.other_visit": _("只能评价对本机构的检查。"),
    "rating.visit_open": _("检查还没有结束，结束后才能评价。"),
    "rating.given_already": _("这次检查已经评价过。评价不记名，不能修改。"),
    "rating.answers_missing": _("请回答每一个问题。"),
    "rating.score_out_of_range": _("每题在 %(least)s 到 %(most)s 分之间选择。"),
    "rating.remark_too_long": _("写了 %(length)s 字，最多 %(most)s 字，请写短一些。"),
}


def result_badge(kind: str) -> Badge:
    """A result's kind, in a word."""
    return Badge(_RESULT_TONES.get(kind, NEUTRAL), RESULT_KIND_LABELS[kind])
