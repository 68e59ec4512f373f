"""The words of importing tables: targets, fields, outcomes, conflicts, refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words, as_choices
from institutions.core.exchange.fields import HEADERS, KEEP
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

TARGET_LABELS: Words = {
    "register": _("机构名册"),
    "premises": _("办学场所"),
    "staff": _("从业人员"),
}
TARGET_CHOICES = as_choices(TARGET_LABELS)
FILING_TARGET = "filing"
"""Another system's list of classes: mapped as the others are, taken in by the filing upload."""
CONTRACT_TARGET = "contract"
"""An institution's list of contracts with parents, taken in by the contract upload."""
MAPPING_TARGET_CHOICES = [
    *TARGET_CHOICES,
    (FILING_TARGET, _("课程备案")),
    (CONTRACT_TARGET, _("培训合同")),
]
CONFLICT_STATE_LABELS: Words = {
    "open": _("待处理"),
    "ours": _("保留本局的"),
    "theirs": _("改用来源的"),
}
CONFLICT_STATE_CHOICES = as_choices(CONFLICT_STATE_LABELS)

OUTCOME_BADGES: Mapping[str, Badge] = {
    "added": Badge(OK, _("新增")),
    "changed": Badge(ATTENTION, _("更改")),
    "kept": Badge(NEUTRAL, _("没有变化")),
    "conflict": Badge(ATTENTION, _("不一致")),
    "refused": Badge(BREACH, _("退回")),
}
CONFLICT_BADGES: Mapping[str, Badge] = {
    "open": Badge(ATTENTION, CONFLICT_STATE_LABELS["open"]),
    "ours": Badge(NEUTRAL, CONFLICT_STATE_LABELS["ours"]),
    "theirs": Badge(OK, CONFLICT_STATE_LABELS["theirs"]),
}

FIELD_LABELS: Words = {
    "register_id": _("登记编号"),
    "member_id": _("人员编号"),
    "institution_name": _("机构名称"),
    "name": _("机构名称"),
    "uscc": _("统一社会信用代码"),
    "credit_code": _("统一社会信用代码"),
    "credit_code_printed": _("信用代码原文"),
    "licence_no": _("办学许可证号"),
    "number": _("办学许可证号"),
    "document_type": _("证件类型"),
    "address": _("办学地址"),
    "area": _("镇街代码"),
    "floor_area": _("建筑面积（平方米）"),
    "is_licensed": _("许可证上有这个地址"),
    "starts_on": _("启用日期"),
    "ends_before": _("停用日期"),
    "registered_address": _("注册地址"),
    "city": _("市"),
    "district": _("区县"),
    "category": _("培训类别"),
    "activity": _("非学科类别"),
    "content": _("办学内容"),
    "legal_form": _("法人性质"),
    "competent_department": _("主管部门"),
    "issuing_authority": _("发证机关"),
    "issued_on": _("发证日期"),
    "valid_from": _("有效期起"),
    "valid_until": _("有效期止"),
    "legal_representative": _("法定代表人"),
    "principal": _("校长（负责人）"),
    "sponsors": _("举办者"),
    "list_type": _("名单类型"),
    "status_or_result": _("状态或处理结果"),
    "event_date": _("名单上的日期"),
    "publisher": _("发布单位"),
    "note": _("备注"),
    "person_name": _("姓名"),
    "kind": _("人员类别"),
    "employment": _("用工方式"),
    "post": _("岗位"),
    "background": _("身份情况"),
    "subjects": _("任教学科或项目"),
    "courses": _("任教课程"),
    "teaching_history": _("从教经历"),
    "consent_signed_on": _("查询授权书签署日期"),
    "contract_signed_on": _("劳动合同签订日期"),
    "certificate": _("资格证书"),
    "certificate_kind": _("证书种类"),
    "certificate_number": _("证书编号"),
    "certificate_subject": _("证书学科或专业"),
    "certificate_issuer": _("证书发证机关"),
    "certificate_issued_on": _("证书发证日期"),
    "certificate_valid_until": _("证书有效期止"),
}
NOT_READ = _("不导入")
KEPT_AS_PRINTED = _("只留原文")


def field_choices(target: str) -> list[tuple[str, object]]:
    """What a column can be made, for a form."""
    fields = [(name, FIELD_LABELS[name]) for name in HEADERS[target]]
    return [("", NOT_READ), (KEEP, KEPT_AS_PRINTED), *fields]


EXCHANGE_REFUSAL_TEXTS: Words = {
    "exchange.institution_unknown": _(
        "登记册里没有“%(name)s”（按统一社会信用代码、许可证号、名称都没有找到）。请先登记机构，"
        "或改正本行的名称和代码。"
    ),
    "exchange.institution_unnamed": _("本行没有写是哪家机构。请填统一社会信用代码或机构名称。"),
    "exchange.institution_differs": _(
        "%(code)s 属于“%(held)s”，本行写的却是“%(stated)s”。请核对编号和机构名称。"
    ),
    "exchange.register_id_unknown": _(
        "登记册里没有登记编号为 %(code)s 的场所。请核对，新场所请空着。"
    ),
    "exchange.member_id_unknown": _("名单里没有编号为 %(code)s 的人员。请核对，新人员请空着。"),
    "exchange.repeated": _("与本表第 %(row)s 行说的是同一个。请只留一行。"),
    "exchange.number_unreadable": _(
        "“%(exchange_field)s”里的“%(printed)s”不是大于 0 的数。请只填数字，如 320.5。"
    ),
    "exchange.yes_no_unreadable": _(
        "“%(exchange_field)s”里的“%(printed)s”看不懂。请填“是”或“否”。"
    ),
    "exchange.date_unreadable": _(
        "“%(exchange_field)s”里的“%(printed)s”不是日期。请写成 2026-09-01 的样子。"
    ),
    "exchange.word_unknown": _(
        "“%(exchange_field)s”里的“%(printed)s”不在可选的范围内。可以填：%(words)s。"
    ),
    "exchange.value_missing": _("没有填“%(exchange_field)s”。"),
    "exchange.value_long": _(
        "“%(exchange_field)s”有 %(length)s 个字，最多 %(limit)s 个。请缩短后再导入。"
    ),
    "exchange.area_unreadable": _(
        "镇街代码“%(printed)s”不对。请填统计用区划代码，9 位或 12 位数字。"
    ),
    "exchange.column_fixed": _(
        "“%(exchange_field)s”在登记册里是“%(held)s”，本行写“%(stated)s”。"
        "这一项不能靠导入改动，请在机构页面办理。"
    ),
    "exchange.premises_closed": _("这处场所已于 %(before)s 停用，不能再改。"),
    "exchange.person_ambiguous": _(
        "“%(name)s”在这家机构有 %(count)s 人同名。请填“人员编号”（先导出，再在导出的表上改）。"
    ),
    "exchange.started_already": _("这份文件已经开始写入，不能再写一次。"),
    "exchange.mapping_without": _(
        "没有哪一列对应“%(exchange_field)s”，这样的表没有一行能导入。请为它选一列。"
    ),
    "exchange.mapping_twice": _("有两列都对应“%(exchange_field)s”。请只留一列。"),
    "exchange.mapping_nameless": _("请给这套对应关系起一个名字，下次按名字选用。"),
    "exchange.mapping_unchanged": _("这套对应关系没有改动，不用再存一个版本。"),
    "exchange.source_missing": _("请写明数据来源，如平台的名称。"),
    "exchange.conflict_decided": _("这一处已经处理过：%(conflict_state)s。"),
    "exchange.conflict_reason_missing": _("请写明理由，记入留痕。"),
    "exchange.conflict_gone": _("这一处所说的记录已经不在用了，不能再改用来源的内容。"),
}
EXCHANGE_PARAM_LABELS: Mapping[str, Words] = {
    "exchange_field": FIELD_LABELS,
    "conflict_state": CONFLICT_STATE_LABELS,
}
EXCHANGE_EVENT_LABELS: Words = {
    "exchange.mapping_saved": _("保存栏目对应"),
    "exchange.file_read": _("读入待导入的表格"),
    "exchange.asked": _("确认导入表格"),
    "exchange.rows_imported": _("导入一批表格行"),
    "exchange.conflict_decided": _("处理不一致的内容"),
    "exchange.given_out": _("导出表格"),
}
FILE_TEXTS: Words = {
    "headers": _(
        "文件“%(file_name)s”前 10 行里没有“%(needed)s”这一列，不像%(target)s的表。"
        "请用模板，或走“导入平台数据”，为每一列指定含义。"
    ),
    "empty": _("文件“%(file_name)s”里没有内容行。请检查是不是选错了文件。"),
    "no_headers": _("文件“%(file_name)s”里找不到一行列名。请检查是不是选错了文件。"),
}
