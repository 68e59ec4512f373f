"""Why a row, an entry or a licence's move was refused, and what a gap asks for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import (
    LICENCE_MOVE_LABELS,
    LICENCE_STATE_LABELS,
    Words,
)

REGISTER_FIELD_LABELS: Words = {
    "name": _("机构名称"),
    "credit_code": _("统一社会信用代码"),
    "credit_code_printed": _("信用代码原文"),
    "licence_number": _("办学许可证号"),
    "category": _("培训类别"),
    "activity": _("非学科类别"),
    "legal_form": _("法人性质"),
    "registered_address": _("注册地址"),
    "legal_representative": _("法定代表人"),
    "principal": _("校长（负责人）"),
    "sponsors": _("举办者"),
    "content": _("办学内容"),
    "credit_tier": _("信用等级"),
    "issued_on": _("发证日期"),
    "valid_from": _("有效期起"),
    "valid_until": _("有效期止"),
}

ROW_REFUSAL_TEXTS: Words = {
    "register.row_name_missing": _("没有机构名称，无法登记。请补上机构全称。"),
    "register.row_kindergarten": _(
        "“%(name)s”是幼儿园（类别“%(category)s”），不是校外培训机构，不进入本登记册。"
    ),
    "register.row_full_time_school": _(
        "“%(name)s”是全日制学校，不是校外培训机构，不进入本登记册。"
    ),
    "register.row_child_care": _(
        "“%(name)s”是托管机构，不是校外培训机构，不进入本登记册；它如果在做培训，请走线索核查。"
    ),
    "register.row_not_training": _("类别“%(category)s”写明不是培训机构，不进入本登记册。"),
    "register.row_sign_only": _(
        "“%(name)s”只是品牌或招牌上的字号，不是登记的机构全称。"
        "请查明举办它的机构，填写营业执照或登记证书上的全称。"
    ),
    "register.row_credit_code_length": _(
        "统一社会信用代码“%(printed)s”有 %(length)s 位，应为 18 位。请按登记证书核对。"
    ),
    "register.row_credit_code_letters": _(
        "统一社会信用代码“%(printed)s”里有不会出现的字符或开头不对"
        "（不用字母 I、O、Z、S、V）。请按登记证书核对。"
    ),
    "register.row_credit_code_check_digit": _(
        "统一社会信用代码“%(printed)s”的最后一位校验码不对，至少有一位抄错。请按登记证书核对。"
    ),
    "register.row_credit_code_scientific": _(
        "统一社会信用代码“%(printed)s”被表格改成了科学计数法，原来的数字已经丢失。"
        "请把该列设为文本格式后重新填写。"
    ),
    "register.row_licence_number_scientific": _(
        "许可证号“%(printed)s”被表格改成了科学计数法，原来的数字已经丢失。"
        "请把该列设为文本格式后重新填写。"
    ),
    "register.row_non_profit_with_company_code": _(
        "自相矛盾：法人性质写“%(printed)s”，统一社会信用代码却以 %(head)s 开头"
        "（市场监管部门登记的企业或个体户）。请核对是哪一项写错。"
    ),
    "register.row_for_profit_with_civil_code": _(
        "自相矛盾：法人性质写“%(printed)s”，统一社会信用代码却以 %(head)s 开头"
        "（民政部门登记的非营利组织）。请核对是哪一项写错。"
    ),
    "register.row_company_name_with_other_code": _(
        "自相矛盾：名称“%(name)s”是公司，统一社会信用代码却以 %(head)s 开头，"
        "不是公司的代码。请核对是哪一项写错。"
    ),
    "register.row_company_called_non_profit": _(
        "自相矛盾：名称“%(name)s”是公司，法人性质却写“%(printed)s”。请核对是哪一项写错。"
    ),
    "register.row_date_unreadable": _(
        "“%(register_field)s”里的“%(printed)s”不是日期。请写成 2026-09-01 的样子。"
    ),
    "register.row_validity_reversed": _(
        "自相矛盾：有效期从 %(starts)s 起，却到 %(until)s 止。请核对。"
    ),
    "register.row_other_place": _(
        "本行写的是“%(stated)s”，不是%(division)s。若确属本区，请把“市”“区县”两栏改正后再导入。"
    ),
    "register.row_contradicts_row": _(
        "与本表第 %(row)s 行是同一家机构，但“%(register_field)s”写得不同。请核对后只留正确的一行。"
    ),
    "register.row_names_two": _(
        "本行的号码和名称分别对上了第 %(row)s 行和第 %(other_row)s 行两家机构。请核对。"
    ),
    "register.row_matches_two": _(
        "本行的号码和名称分别对上了登记册里的两家机构：%(first)s、%(second)s。请核对。"
    ),
    "register.row_differs_from_verified": _(
        "登记册里这家机构已经核实，“%(register_field)s”是“%(held)s”，本行写“%(stated)s”。"
        "导入不会改动已核实的内容；确有变化的，请在机构页面办理变更。"
    ),
}

ENTRY_REFUSAL_TEXTS: Words = {
    "register.name_taken": _("本区已有名为“%(name)s”的机构，不能重复登记。请在登记册里查找它。"),
    "register.credit_code_taken": _(
        "统一社会信用代码 %(code)s 已属于“%(name)s”。一个代码只能属于一家机构，请核对。"
    ),
    "register.credit_code_wrong": _(
        "统一社会信用代码“%(printed)s”不正确（位数、字符或最后一位校验码）。请按登记证书核对。"
    ),
    "register.name_missing": _("请填写机构全称。"),
    "register.verified_already": _("“%(name)s”已经核实过了。"),
    "register.category_missing": _("还没有确定是学科类还是非学科类，不能核实。请先补上培训类别。"),
    "register.address_missing": _("还没有办学地址，不能核实。请先登记一处办学场所。"),
    "register.address_taken": _("这家机构已经登记过这个地址（%(register_id)s）。"),
    "register.premises_closed": _("这处场所已于 %(before)s 停用，不能再改。"),
    "register.department_same": _("主管部门本来就是这个部门，没有可变更的。"),
    "register.date_before_start": _("日期早于现行记录的起始日 %(starts)s，请核对。"),
    "register.nothing_changed": _("没有改动任何内容。"),
    "licence.wrong_state": _("这份许可证现在是“%(licence_state)s”，不能办理“%(licence_move)s”。"),
    "licence.by_journey_only": _("“%(licence_move)s”不在这里办理，要有经会签或者送达的决定。"),
    "licence.remedy_journey": _("请在“办件”里开始相应的办件，决定生效时许可证的状态随之改变。"),
    "licence.reason_missing": _("办理“%(licence_move)s”要写明理由。请填写后再提交。"),
    "licence.number_missing": _("学科类机构的办学许可证必须有编号。请先补上许可证号。"),
    "licence.number_taken": _("许可证号 %(number)s 已登记在“%(name)s”名下。请核对。"),
    "licence.validity_missing": _("许可证没有有效期。请先补上有效期起止。"),
    "licence.validity_reversed": _("有效期止早于有效期起。请核对。"),
    "licence.validity_over": _("有效期已过（%(before)s 起不再有效），不能办理。请先办理延续。"),
    "licence.still_valid": _("有效期还没有过（%(before)s 起才不再有效），不能按到期处理。"),
    "licence.premises_missing": _("机构还没有登记办学场所，不能核发。请先登记场所。"),
    "licence.other_in_force": _("机构已有一份有效的同类许可证（%(number)s）。请先注销或换发。"),
    "licence.decision_missing": _("吊销要写明处罚决定书文号。请填写后再提交。"),
}

GAP_TEXTS: Words = {
    "licence_missing": _("没有许可证记录"),
    "licence_number_missing": _("缺许可证号"),
    "licence_number_form": _("许可证号不是 15 位教民号，需核对"),
    "credit_code_missing": _("缺统一社会信用代码"),
    "credit_code_printed": _("信用代码还不是号码（如“办理中”或被遮盖）"),
    "address_missing": _("缺办学地址"),
    "address_truncated": _("办学地址不完整，没有门牌"),
    "category_missing": _("没有写明学科类或非学科类"),
    "category_to_confirm": _("登记为学科类，名称却像非学科，需核对"),
    "legal_form_missing": _("没有写明营利或非营利"),
    "validity_missing": _("缺许可证有效期"),
    "status_to_confirm": _("名单上另有说法，需核对"),
    "name_to_confirm": _("名称需核对"),
    "nature_code_to_confirm": _("许可证性质代码是 8，与类别或法人性质对不上"),
}

REGISTER_REFUSAL_TEXTS: Words = {**ROW_REFUSAL_TEXTS, **ENTRY_REFUSAL_TEXTS}
REGISTER_PARAM_LABELS: Mapping[str, Words] = {
    "register_field": REGISTER_FIELD_LABELS,
    "licence_state": LICENCE_STATE_LABELS,
    "licence_move": LICENCE_MOVE_LABELS,
}

FILE_PROBLEM_TEXTS: Words = {
    "file": "%(why)s",
    "headers": _(
        "文件“%(file_name)s”前 10 行里没有“机构名称”（institution_name）这一列，不像机构名册。"
        "请用模板，或把列名改成模板上的名称后再导入。"
    ),
    "rows": _("文件“%(file_name)s”超过 %(limit)d 行。请分成几个文件导入。"),
}
REASON_HEADER = _("退回原因")
ROW_NUMBER_HEADER = _("原行号")

TEMPLATE_HELP_TEXTS: Words = {
    "institution_name": _("必填。营业执照或登记证书上的全称，不写招牌和品牌。"),
    "licence_no": _("照许可证抄写，如“教民”加 15 位数字。非学科类没有编号的可以空着。"),
    "uscc": _("18 位。正在办理的写“办理中”。"),
    "document_type": _("办学许可证、培训许可证、核准书、审核同意书或批复；空着按办学许可证。"),
    "address": _("实际办学的地址，写到门牌。一家机构有几处的，每处一行。"),
    "area": _("街道或乡镇的统计代码，9 位或 12 位。"),
    "floor_area": _("建筑面积，平方米。"),
    "registered_address": _("营业执照或登记证书上的住所。"),
    "city": _("所在市。"),
    "district": _("所在区（市）县。与导入的区划不同的行会退回。"),
    "category": _("学科类或非学科类；也可写文化艺术类、体育类、科技类。"),
    "content": _("许可证上的办学内容。"),
    "legal_form": _("营利性或非营利性。"),
    "competent_department": _("许可证上的主管部门。"),
    "issuing_authority": _("许可证上的发证机关。"),
    "issued_on": _("如 2026-09-01。"),
    "valid_from": _("如 2026-09-01。"),
    "valid_until": _("许可证上的最后一天，如 2029-08-31。"),
    "legal_representative": _("姓名。不要填身份证号；身份证号一列会整列丢弃。"),
    "principal": _("姓名。"),
    "sponsors": _("最多三个，出资多的在前，用顿号隔开。"),
    "list_type": _("如白名单、黑名单。"),
    "status_or_result": _("名单上的状态或处理结果，原样填写。"),
    "event_date": _("名单上的日期。"),
    "publisher": _("发布名单的单位。"),
    "note": _("其他说明。"),
}

HISTORY_FIELD_LABELS: Words = {
    **REGISTER_FIELD_LABELS,
    "verification": _("核实"),
    "status": _("办学状态"),
    "state": _("许可证状态"),
    "competent_department": _("主管部门"),
    "from": _("从哪一天起"),
    "handed_over_on": _("移交日期"),
    "document_type": _("证件类型"),
    "number": _("编号"),
    "number_printed": _("编号"),
    "issuing_authority": _("发证机关"),
    "issuing_department": _("发证部门"),
    "valid_before": _("从哪一天起不再有效"),
    "decision_number": _("决定书文号"),
    "register_id": _("登记编号"),
    "address": _("地址"),
    "area": _("镇街代码"),
    "floor_area_m2": _("建筑面积（平方米）"),
    "is_licensed": _("许可证上有这个地址"),
    "ends_before": _("从哪一天起停用"),
    "remarks": _("备注"),
    "file": _("名册文件"),
    "row": _("行号"),
}
