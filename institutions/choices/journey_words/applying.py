"""The words that several journeys share, and those of the renewal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.journey_words.shape import JourneyWords

COMMON_WORDS = JourneyWords(
    states={
        "preparing": _("准备材料"),
        "applied": _("已申请，等待受理"),
        "gaps": _("等待补正"),
        "accepted": _("已受理，正在审查"),
        "granted": _("已批准"),
        "refused": _("没有批准"),
        "rejected": _("不予受理"),
        "dropped": _("已撤件"),
        "renewal.granted": _("已准予延续"),
        "renewal.refused": _("不予延续"),
    },
    moves={
        "started": _("开始办理"),
        "submit": _("提交申请"),
        "request_gaps": _("一次告知补正"),
        "complete": _("提交补正材料"),
        "accept": _("受理"),
        "deem_accepted": _("逾期未告知，视为受理"),
        "reject": _("不予受理"),
        "drop": _("撤回申请"),
        "grant": _("准予"),
        "refuse": _("不予批准"),
        "renewal.grant": _("准予延续"),
        "renewal.refuse": _("不予延续"),
    },
    documents={
        "application_form": _("申请书"),
        "licence_papers": _("办学许可证正本、副本"),
        "premises_proof": _("场所产权或租赁证明"),
        "annual_report": _("上一年度年检报告"),
    },
    asks={
        "reason": _("理由"),
        "gaps": _("需要补正的全部内容"),
        "valid_until": _("新的有效期止"),
    },
    clocks={
        "acceptance": _("受理或者告知补正"),
        "renewal_decision": _("作出是否准予延续的决定"),
    },
    ledes={
        "request_gaps": _("法律只允许告知一次，请一次写全。"),
        "accept": _("受理以后，决定的期限开始计算。"),
        "reject": _("不予受理要写明理由，并告诉申请人怎样救济。"),
        "drop": _("撤回以后本次办理结束，可以重新申请。"),
        "grant": _("提出后由分管领导会签，会签后才生效。"),
        "refuse": _("提出后由分管领导会签。决定书要写明理由和救济途径。"),
    },
    refusals={
        "journey.institution_missing": _("没有指明是哪一家机构。"),
        "journey.already_running": _("这家机构已经有一件“%(journey)s”正在办理，不能重复开始。"),
        "journey.excluded": _("这家机构的“%(journey)s”还在办理，办结以后才能开始这一件。"),
        "journey.wrong_state": _("办件现在是“%(journey_state)s”，不能“%(journey_move)s”。"),
        "journey.out_of_order": _(
            "按本区的办理顺序，下一步是“%(due_step)s”，还不到“%(journey_step)s”。"
        ),
        "journey.document_missing": _("还没有“%(journey_document)s”。请先上传。"),
        "journey.document_unchecked": _("“%(journey_document)s”还没有核对。请先核对材料。"),
        "journey.document_returned": _("“%(journey_document)s”已退回补正，还没有重新提交。"),
        "journey.ask_missing": _("请填写“%(journey_ask)s”。"),
        "journey.ask_unknown": _("“%(journey_ask)s”的内容不在可选范围内，请重新选择。"),
        "journey.moved_meanwhile": _(
            "办件已经有别的进展，现在是“%(journey_state)s”。请刷新页面，看过以后再办。"
        ),
        "journey.awaits_countersignature": _("已经有一项决定在等待会签，会签或退回以后才能再办。"),
        "journey.proposal_settled": _("这项决定已经处理过（%(proposal_state)s）。"),
        "journey.return_reason_missing": _("请写明退回的理由，对方才知道怎样改。"),
        "journey.system_only": _("“%(journey_move)s”由系统在期限届满时自动记录，不能由人办理。"),
        "journey.over": _("这件已经办结，不能再改动。"),
        "journey.document_replaced": _(
            "“%(journey_document)s”已经有更新的版本，请核对最新的一份。"
        ),
        "journey.document_in_order": _("“%(journey_document)s”已经核对通过，不用再传。"),
        "journey.document_unasked": _("这件不需要“%(journey_document)s”。"),
        "journey.file_empty": _("文件是空的，请重新选择。"),
        "journey.file_too_large": _("文件有 %(size)s MB，最多 %(limit)s MB。请压缩后再传。"),
        "journey.file_unreadable": _("只收 PDF、JPG、PNG 文件。请转成其中一种再传。"),
        "journey.gaps_listed_already": _("已经告知过一次补正，不能再次告知。"),
        "journey.remedy_gaps_once": _("材料仍不齐的，依法作出不予受理或者不予许可的决定。"),
        "journey.stop_ground_unknown": _("只有听证、检验鉴定、专家评审的时间不计入期限。"),
        "journey.no_clock_to_stop": _("现在没有可以中止的期限。"),
        "journey.no_clock_stopped": _("现在没有中止的期限。"),
        "journey.no_licence": _("这家机构没有有效的办学许可证。"),
        "journey.licence_without_end": _("许可证没有登记有效期，先更正许可证内容。"),
        "journey.licence_over": _("许可证有效期已在 %(before)s 之前届满，不能再延续。"),
        "journey.remedy_set_up": _("继续办学的，要重新申请设立。"),
        "journey.stated_not_later": _("新的有效期止不能早于现在的有效期（%(before)s 之前）。"),
    },
)
