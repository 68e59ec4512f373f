"""Why a step of the ordinary life is refused, what it warns of, and what helps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words

LIFE_REFUSALS: Words = {
    # set-up
    "journey.ban_preschool": _("不再审批面向学龄前儿童的校外培训机构，学科类、非学科类都不行。"),
    "journey.ban_compulsory": _("不再审批新的面向义务教育阶段学生的学科类校外培训机构。"),
    "journey.ban_senior": _("不再审批新的面向普通高中学生的学科类校外培训机构。"),
    "journey.stated_activity_missing": _("非学科类机构要选明项目。"),
    "journey.stated_subject_for_profit": _("学科类机构统一登记为非营利性，请改选营利属性。"),
    "journey.province_decides": _("线上学科类培训由省级教育行政部门审批，本区不能批准。"),
    "journey.remedy_refer": _("请登记后转报省级审批。"),
    "journey.not_for_the_province": _("这项申请不是线上学科类培训，由本区办理，不用转报。"),
    "journey.applicant_running": _("同名的设立申请 %(number)s 还在办理，请核对是不是同一家。"),
    "journey.stated_in_future": _("“%(journey_ask)s”还没有到，请填写已经过去的日期或者今天。"),
    "journey.stated_before_acceptance": _("核查日期早于受理日 %(accepted)s，请核对。"),
    "journey.site_falls_short": _("最近一次实地核查不符合要求，不能准予设立。"),
    "journey.remedy_site": _("请在申请人改好以后重新核查。"),
    "journey.stated_validity_over": _("有效期止不能早于 %(first)s。"),
    # change
    "journey.change_is_conversion": _("变更培训类别不在这里办。"),
    "journey.remedy_conversion": _("请改办“转为非学科类”。"),
    "journey.stated_name_same": _("新名称与现在的名称相同。"),
    "journey.stated_last_premises": _("这是唯一一处办学场所，不能减少，只能迁址或者终止办学。"),
    "journey.change_needs_no_decision": _("这些事项不用审批。"),
    "journey.remedy_record": _("请选“直接记录”。"),
    "journey.change_needs_decision": _("“%(change_matter)s”是许可证登载事项，要经审批才能变更。"),
    "journey.premises_unknown": _("登记编号 %(register_id)s 不是这家机构现用的办学场所。"),
    "journey.register_within_30_days": _(
        "民办非企业单位要在主管单位审查同意之日起三十日内，向民政部门申请变更登记。"
    ),
    # renewal
    "journey.caution_late_renewal": _(
        "最迟应在 %(apply_by)s 申请。现在申请可以受理，但有效期届满时还没有决定的，许可证失效。"
    ),
    "journey.licence_still_runs": _("许可证在 %(before)s 以前仍然有效，还不能视为准予延续。"),
    "journey.renewal_was_late": _("申请晚于 %(apply_by)s，届满没有决定的，不视为准予延续。"),
    # annual check and rectification
    "journey.stated_check_year": _("检查年度只能是 %(first)s 或者 %(last)s。"),
    "journey.checked_already": _("%(year)s 年度已经检查过（%(number)s），不能重复。"),
    "journey.rectification_runs": _("责令整改还没有办结，整改结束后才能评定。"),
    "journey.rectification_not_done": _("责令整改没有完成，不能评定为合格。"),
    "journey.stated_term": _("整改期限要在 %(least)s 到 %(most)s 个工作日之间。"),
    "journey.term_still_runs": _("整改期限到 %(due)s 为止，还不能认定没有整改。"),
    "journey.hint_not_put_right": _("责令整改的事项没有改正，应当转行政处罚程序处理。"),
    "journey.hint_two_failures": _(
        "%(first)s、%(last)s 连续两个年度检查不合格，应当研究是否吊销。"
    ),
    # closure and settlement
    "journey.stated_votes_reversed": _("同意的人数不能多于全体人数。"),
    "journey.stated_votes_short": _(
        "终止要由全体人员三分之二以上同意：%(all)s 人中至少 %(needed)s 人，现在只有 %(votes)s 人。"
    ),
    "journey.caution_no_notice": _("没有终止公告。终止办学应当提前六个月公告。"),
    "journey.caution_notice_short": _(
        "公告日是 %(notice)s，满六个月要到 %(earliest)s。提前终止的，要写明同意的理由。"
    ),
    "journey.stated_waiver_missing": _("公告不足六个月，请写明仍予批准的理由。"),
    "journey.closing_day_ahead": _("终止日期是 %(closes)s，还没有到。"),
    "journey.licence_not_ended": _("许可证还没有失效，不用清算。自愿终止的，请办“终止办学”。"),
    "journey.owed_subject_classes_running": _("还有 %(count)s 个学科类班没有结课。"),
    "journey.owed_non_subject_classes_running": _("还有 %(count)s 个非学科类班没有结课。"),
    "journey.remedy_owed": _("请先结清，再办这一步。"),
}
