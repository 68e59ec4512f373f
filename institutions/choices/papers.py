"""The words of papers: kinds, ways of service, facts, states, and why one may not go out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import LICENCE_STATE_LABELS, Words
from regulator.web.choices import ATTENTION, BREACH, OK, UNKNOWN, Badge

PAPER_KIND_LABELS: Words = {
    "licence_original": _("办学许可证（正本）"),
    "licence_duplicate": _("办学许可证（副本）"),
    "acceptance": _("受理通知书"),
    "gap_list": _("补正材料告知书"),
    "rejection": _("不予受理决定书"),
    "decision": _("准予行政许可决定书"),
    "refusal": _("不予行政许可决定书"),
    "clock_stop_notice": _("中止审查期限通知书"),
    "proposed_decision": _("拟认定年检不合格告知书"),
    "final_decision": _("年检不合格决定书"),
    "suspension_notice": _("暂停招生收费通知书"),
    "closure_approval": _("准予终止办学决定书"),
    "cancellation_decision": _("注销办学许可决定书"),
    "ending_notice": _("拟撤销（撤回）行政许可告知书"),
    "annulment_decision": _("撤销行政许可决定书"),
    "withdrawal_decision": _("撤回行政许可决定书"),
    "penalty_notice": _("行政处罚告知书"),
    "penalty_decision": _("行政处罚决定书"),
    "rectification_order": _("责令改正通知书"),
    "service_receipt": _("送达回证"),
    "refund_decision": _("退费核定通知书"),
    "claim_list": _("未受偿债权登记表"),
    "filing_revocation": _("撤销备案通过决定书"),
    "review_stop_notice": _("中止备案审核期限通知书"),
    "review_resume_notice": _("恢复备案审核期限通知书"),
}
PAPER_KIND_CHOICES = list(PAPER_KIND_LABELS.items())

SERVICE_MEANS_LABELS: Words = {
    "direct": _("直接送达"),
    "post": _("邮寄送达"),
    "leave": _("留置送达"),
    "electronic": _("电子送达"),
    "public_notice": _("公告送达"),
}
SERVICE_MEANS_CHOICES = list(SERVICE_MEANS_LABELS.items())

PAPER_FACT_LABELS: Words = {
    "licence_id": _("登记册中的许可证"),
    "number": _("编号"),
    "name": _("名称"),
    "address": _("地址"),
    "principal": _("校长"),
    "sponsors": _("举办者"),
    "school_type": _("学校类型"),
    "content": _("办学内容"),
    "competent_department": _("主管部门"),
    "issuing_authority": _("发证机关"),
    "valid_from": _("有效期起"),
    "valid_until": _("有效期止"),
    "application": _("申请事项"),
    "received_on": _("收到申请的日期"),
    "decide_by": _("作出决定的期限"),
    "gaps": _("要补正的材料"),
    "reasons": _("理由"),
    "granted": _("准予的内容"),
    "basis": _("法律依据"),
    "stopped_on": _("中止的日期"),
    "ground": _("法定情形"),
    "check_year": _("年检年度"),
    "consequences": _("处理意见"),
    "statement_workdays": _("陈述申辩的期限（工作日）"),
    "statements": _("陈述申辩的情况"),
    "measures": _("暂停的事项"),
    "inspected_on": _("检查的日期"),
    "problems": _("检查发现的问题"),
    "corrections": _("要求改正的事项"),
    "term": _("改正的期限"),
    "starts_on": _("开始的日期"),
    "closes_on": _("终止的日期"),
    "duties": _("终止后的义务"),
    "licence_number": _("许可证编号"),
    "cancelled_on": _("注销的日期"),
    "violations": _("违法事实"),
    "evidence": _("证据"),
    "penalties": _("处罚内容"),
    "document": _("送达的文书"),
    "intended": _("拟作出的决定"),
    "compensation": _("补偿或者赔偿"),
    "contract": _("合同编号"),
    "calculation": _("退费的计算"),
    "amount": _("金额"),
    "pay_by": _("付款的期限"),
    "claims": _("未受偿的债权"),
    "filing": _("备案编号"),
    "class_name": _("班级"),
    "notified_on": _("告知的日期"),
    "expected_until": _("预计完成的日期"),
    "resumed_on": _("恢复计算的日期"),
}

TYPEFACE_LABELS: Words = {
    "title": _("标题和红头（小标宋）"),
    "body": _("正文（仿宋）"),
    "heading": _("一级标题（黑体）"),
    "subheading": _("二级标题（楷体）"),
}

PAPER_EVENT_LABELS: Words = {
    "paper.issued": _("制发文书"),
    "paper.rendered": _("文书已生成"),
    "paper.served": _("登记文书送达"),
    "paper.received": _("机构确认收到文书"),
    "paper.scan_filed": _("归档盖章扫描件"),
    "paper.voided": _("作废文书"),
    "paper_office.set": _("设置发文机关"),
}

PAPER_PARAM_LABELS: Mapping[str, Words] = {
    "paper_kind": PAPER_KIND_LABELS,
    "paper_fact": PAPER_FACT_LABELS,
    "licence_state": LICENCE_STATE_LABELS,
}

PAPER_REFUSAL_TEXTS: Words = {
    "paper.fact_missing": _("“%(paper_kind)s”还缺“%(paper_fact)s”，补上以后才能制发。"),
    "paper.fact_unreadable": _(
        "“%(paper_kind)s”里的“%(paper_fact)s”写法不对，请按要求的格式重新填写。"
    ),
    "paper.issued_in_future": _("文书的日期 %(issued_on)s 晚于今天，请改成今天或以前的日期。"),
    "paper.licence_not_standing": _(
        "这项许可现在是“%(licence_state)s”，不能制证。只有待核发和有效的许可可以制证。"
    ),
    "paper.other_division": _("一次只能制发同一个区划的文书。"),
    "paper.office_typeface": _("字体名称“%(typeface)s”写法不对，请照系统字体列表里的名称填写。"),
    "paper.void": _("文书 %(paper)s 已经作废，不能再办理。"),
    "paper.not_rendered": _("文书 %(paper)s 还在生成，请稍后再试。"),
    "paper.served_already": _("文书 %(paper)s 已在 %(served_on)s 送达，不能重复登记。"),
    "paper.served_before_issued": _("送达日期不能早于文书日期 %(issued_on)s。"),
    "paper.served_in_future": _("送达日期不能晚于今天。"),
    "paper.recipient_missing": _("请写明由谁签收；公告送达请写明在哪里公告。"),
    "paper.service_note_missing": _(
        "留置送达要写明见证人和留置的地点，公告送达要写明公告的起止日期。"
    ),
    "paper.not_served_electronically": _("文书 %(paper)s 已用其他方式送达，不用再确认。"),
    "paper.scan_empty": _("文件是空的，请重新选择。"),
    "paper.scan_too_large": _("文件有 %(size_mb)s MB，超过了 %(limit_mb)s MB。请降低扫描精度。"),
    "paper.scan_kind": _("只收 PDF、JPEG 或 PNG 格式的扫描件，这个文件不是。"),
    "paper.scan_broken": _("这个文件打不开，可能没有传完整。请重新扫描或重新选择。"),
    "paper.void_reason_missing": _("作废要写明理由。"),
    "paper.office_name_missing": _("请填写发文机关的全称。"),
    "paper.office_series": _("机关代字要用两到八个汉字，例如“双教”。"),
    "paper.office_word": _("“%(paper_kind)s”的文种代字要用一到四个汉字。"),
    "paper.office_appeal_missing": _("请填写复议机关和管辖法院，决定书上要告知当事人。"),
    "paper.office_basis_missing": _("请写明依据：哪份文件，或者谁在什么时候确认的。"),
    "paper.office_same": _("与现行的设置一样，没有可保存的改动。"),
    "paper.office_before_present": _("开始日期不能早于现行设置的开始日期 %(starts)s。"),
}

PAPER_STATE_BADGES: Mapping[str, Badge] = {
    "void": Badge(BREACH, _("已作废")),
    "waiting": Badge(UNKNOWN, _("正在生成")),
    "issued": Badge(ATTENTION, _("待送达")),
    "served": Badge(OK, _("已送达")),
}


def paper_badge(*, is_void: bool, is_rendered: bool, is_served: bool) -> Badge:
    """The state of a paper in a list."""
    if is_void:
        return PAPER_STATE_BADGES["void"]
    if not is_rendered:
        return PAPER_STATE_BADGES["waiting"]
    return PAPER_STATE_BADGES["served" if is_served else "issued"]
