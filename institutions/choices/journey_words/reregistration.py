"""The words of 营转非 and of the swap for a new number."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.journey_words.shape import JourneyWords

REREGISTRATION_WORDS = JourneyWords(
    states={
        "charter_revised": _("章程已修订"),
        "assets_liquidated": _("已财务清算"),
        "board_resolved": _("董事会已审议通过"),
        "enterprise_deregistered": _("企业已注销登记"),
        "capital_verified": _("验资报告已核对"),
        "licence_swapped": _("许可证已换领"),
        "civil_registered": _("已办民办非企业单位登记"),
        "old_licence_cancelled": _("原许可证已注销"),
        "reregistration.refused": _("不予重新登记"),
        "renumbering.granted": _("已准予换发，等待发证"),
        "renumbering.issued": _("新证已发"),
        "renumbering.refused": _("不予换发"),
    },
    moves={
        "revise_charter": _("核对修订后的章程"),
        "liquidate_assets": _("核对财务清算报告"),
        "resolve_board": _("登记董事会决议"),
        "deregister_enterprise": _("登记企业注销"),
        "verify_capital": _("核对验资报告"),
        "swap_licence": _("换领新编号许可证"),
        "register_civil": _("登记民办非企业单位"),
        "cancel_old_licence": _("注销原许可证"),
        "conclude": _("办结，恢复招生收费"),
        "reregistration.refuse": _("不予重新登记"),
        "renumbering.grant": _("准予换发"),
        "renumbering.refuse": _("不予换发"),
    },
    documents={
        "business_licence": _("营业执照"),
        "deregistration_notice": _("企业注销登记通知书"),
        "capital_report": _("验资报告"),
        "civil_certificate": _("民办非企业单位登记证书"),
        "donation_pledge": _("捐资承诺书"),
    },
    asks={
        "board_for": _("同意的人数"),
        "board_all": _("理事会、董事会全体人数"),
        "contracts_taken_by": _("培训合同由谁承接"),
        "fees_taken_by": _("未消课的费用由谁承接"),
        "staff_taken_by": _("教职工由谁承接"),
        "account_taken_by": _("监管账户由谁承接"),
        "deregistered_on": _("企业注销日期"),
        "capital_fen": _("验资金额"),
        "new_number": _("新许可证编号"),
        "new_credit_code": _("新的统一社会信用代码"),
        "registered_on": _("登记日期"),
    },
    clocks={
        "reregistration_decision": _("作出是否换领许可证的决定"),
        "enterprise_deregistration": _("原许可证注销后办理企业注销或者变更"),
        "renumbering_decision": _("作出是否准予换发的决定"),
    },
    ledes={
        "reregistration.started": _("开始以后机构暂停招生和收费，办结时恢复。许可证继续有效。"),
        "revise_charter": _("核对过章程再点。各步的先后按本区的设置。"),
        "liquidate_assets": _("清算时就知道由谁承接的，可以在这里先写。"),
        "resolve_board": _("全体组成人员三分之二以上同意才算通过。"),
        "deregister_enterprise": _(
            "企业注销以后、重新登记以前没有法人。合同、费用、教职工和账户由谁承接，要先写明。"
        ),
        "swap_licence": _("提出后由分管领导会签。会签后新证生效，原编号停用，永不再用。"),
        "register_civil": _("登记证书上的代码登记为新代码，机构在名册里还是同一家。"),
        "cancel_old_licence": _("新法人登记以后注销原证，企业注销的期限从今天起算。"),
        "conclude": _("各步都办完以后办结，恢复原来的办学状态。"),
        "reregistration.refuse": _(
            "提出后由分管领导会签。企业已经注销的，办学状态仍为暂停，请接着办理终止。"
        ),
        "renumbering.issue": _("发证以后新证生效，原编号停用，永不再用。"),
    },
    refusals={
        "journey.category_unknown": _("还没有登记培训类别。请先在名册里补上。"),
        "journey.legal_form_unknown": _("还没有登记营利属性。请先在名册里补上。"),
        "journey.not_subject": _("这家机构不是学科类，不办这一件。"),
        "journey.non_profit_already": _("这家机构已经是非营利性，不用重新登记。"),
        "journey.remedy_renumber": _("只换编号的，请办“换发‘8’号许可证”。"),
        "journey.for_profit_still": _("这家机构还是营利性，不能只换编号。"),
        "journey.remedy_reregister": _("请办“营转非重新登记”。"),
        "journey.failed_check": _("最近一次年检不合格，还没有整改好，不能重新登记。"),
        "journey.remedy_rectify": _("整改核查通过以后再申请。"),
        "journey.serious_violation": _("今年 %(day)s 受过警告以上的处罚，不能重新登记。"),
        "journey.stopped_already": _("这家机构已经停办，不能重新登记。"),
        "journey.remedy_resume": _("恢复办学以后再申请；不再办学的，请办“终止办学”。"),
        "journey.stated_successor_missing": _("还没有写明“%(journey_ask)s”，不能先注销企业。"),
        "journey.too_far": _("已经办过“%(journey_step)s”，不能再退回。"),
        "journey.steps_left": _("还有步骤没有办，下一步是“%(due_step)s”。"),
        "journey.number_new_already": _("现在的编号 %(number)s 已经是新编号，不用换发。"),
        "journey.stated_number_form": _("“%(printed)s”不是 15 位的许可证编号，请核对。"),
        "journey.stated_number_nature": _(
            "新编号的性质代码（第 %(position)s 位）应当是 8，现在是 %(digit)s。请核对编号。"
        ),
        "journey.stated_number_taken": _(
            "编号 %(number)s 已经用在“%(name)s”的许可证上。用过的编号不能再用。"
        ),
        "journey.stated_validity_past": _("有效期止（%(until)s）已经过了，请核对。"),
        "journey.stated_votes_wrong": _("同意 %(votes)s 人、全体 %(all)s 人，对不上，请核对。"),
        "journey.stated_votes_few": _(
            "要全体人员三分之二以上同意：%(all)s 人中至少 %(needed)s 人，现在只有 %(votes)s 人。"
        ),
        "journey.stated_credit_code_wrong": _(
            "统一社会信用代码“%(printed)s”不正确（位数、字符或最后一位校验码）。"
        ),
        "journey.stated_credit_code_head": _(
            "代码以 %(head)s 开头，不是民政部门登记的。民办非企业单位的代码以 52 开头。"
        ),
    },
)
