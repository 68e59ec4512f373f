"""Why somebody may not be entered, begin or be checked; what events about staff are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from institutions.choices.staff import (
    EXCLUSION_GROUND_LABELS,
    IDENTITY_KIND_LABELS,
    STAFF_KIND_LABELS,
)

STAFF_REFUSAL_TEXTS: Words = {
    "staff.name_missing": _("请填写姓名。"),
    "staff.institution_closed": _("机构已经终止，不能再登记或变更教职员工。"),
    "staff.listed_already": _("这个人已经在本机构的名单上，不用再登记一次。"),
    "staff.assistant_is_other": _(
        "岗位写的是“%(post)s”，却登记成%(staff_kind)s。助教、带班等辅助岗位算其他人员。"
    ),
    "staff.remedy_other": _("把人员类别改成“其他人员”；确实授课的，把岗位写成授课岗位。"),
    "staff.number_in_text": _(
        "从教经历、任教课程或岗位里有电话、证件号码一样的长数字。这些内容会公示，请删去号码。"
    ),
    "staff.identity_unreadable": _(
        "%(identity_kind)s的号码不对（位数、日期或校验码）。请照证件核对。"
    ),
    "staff.identity_missing": _("没有证件号码就认不出是同一个人，不能列入名单。请填写证件号码。"),
    "staff.serving_teacher": _("中小学、幼儿园在职教师不能在校外培训机构任职，任何岗位都不行。"),
    "staff.abroad": _("不能聘请在境外的外籍人员开展培训。"),
    "staff.excluded": _("这个人在不得录用名单上（%(exclusion_ground)s），任何机构都不能聘用。"),
    "staff.check_found": _("查询发现有不得录用的情形，不能聘用。"),
    "staff.enquiry_missing": _("还没有违法犯罪信息查询结果，不能到岗。"),
    "staff.proof_missing": _("还没有无犯罪记录证明，不能到岗。"),
    "staff.enquiry_late": _("查询在 %(checked)s 才做，晚于到岗日 %(starts)s。查询要在到岗以前做。"),
    "staff.proof_late": _(
        "无犯罪记录证明是 %(checked)s 的，晚于到岗日 %(starts)s。证明要在到岗以前取得。"
    ),
    "staff.remedy_check": _("请机构取得本人书面同意，由主管部门查询后录入结果，再办到岗。"),
    "staff.remedy_later": _("请把到岗日改到查询和证明之后；以前已经上岗的，先停下来。"),
    "staff.consent_missing": _("没有登记本人同意查询的日期。"),
    "staff.consent_late": _("本人同意查询的日期 %(day)s 晚于查询的日期。要先同意，再查询。"),
    "staff.remedy_consent": _("请让本人签署同意书，再用“更正”填上签署日期。"),
    "staff.check_in_future": _("日期 %(day)s 还没有到，请核对。"),
    "staff.certificate_missing": _("没有登记资格证书，不能担任教学或教研。"),
    "staff.certificate_expired": _("登记的证书到那一天已经过期，不能担任教学或教研。"),
    "staff.certificate_kind": _("教学科的要有教师资格证，登记的只有其他证明。"),
    "staff.certificate_subject": _("教师资格证的学科不含任教的%(subjects)s。"),
    "staff.remedy_certificate": _("请补登有效的证书；不授课、不做教研的，登记为其他人员。"),
    "staff.certificate_number_missing": _("请填写证书编号。"),
    "staff.certificate_reversed": _("证书的有效期止早于发证日期，请核对。"),
    "staff.certificate_listed": _("这份证书已经登记过。"),
    "staff.certificate_struck": _("这份证书已经划去，不用再划一次。"),
    "staff.started_already": _("已经从 %(starts)s 起在岗，不用再办到岗。"),
    "staff.left_already": _("从 %(before)s 起已经不在本机构，不能再改。重新聘用的请重新登记。"),
    "staff.end_before_start": _("离职日要晚于到岗日 %(starts)s。请核对日期。"),
    "staff.reason_missing": _("请写明理由，以后查历史时要看。"),
    "staff.source_missing": _("请写明依据：哪份决定、哪份名单。"),
    "staff.excluded_already": _("这个人已经在名单上。"),
    "staff.exclusion_lifted_already": _("已经在 %(day)s 移出名单。"),
    "staff.nobody_to_declare": _("名单上没有在职人员，没有可声明的。请先登记。"),
    "staff.shortfall_unexplained": _("有比例没有达到，声明时要写明原因和打算怎么办。"),
    "staff.explanation_long": _("说明不要超过%(length)s个字。"),
}
STAFF_PARAM_LABELS: Mapping[str, Words] = {
    "staff_kind": STAFF_KIND_LABELS,
    "identity_kind": IDENTITY_KIND_LABELS,
    "exclusion_ground": EXCLUSION_GROUND_LABELS,
}
PICTURE_TEXTS: Words = {
    "too_large": _("照片超过 2 MB。请缩小后再上传。"),
    "unreadable": _("这个文件不是 JPEG 或 PNG 照片，或者已经损坏。"),
    "too_many_pixels": _("照片的尺寸太大（超过 2400 万像素）。请缩小后再上传。"),
    "too_small": _("照片太小，最短的一边要有 100 像素。"),
}
STAFF_EVENT_LABELS: Words = {
    "staff.recorded": _("登记教职员工"),
    "staff.batch_recorded": _("登记一批教职员工"),
    "staff.changed": _("更正或变更教职员工"),
    "staff.started": _("到岗"),
    "staff.left": _("离职或未录用"),
    "staff.certificate_recorded": _("登记资格证书"),
    "staff.certificate_struck": _("划去误登的证书"),
    "staff.check_recorded": _("录入查询结果"),
    "staff.photo_set": _("更换照片"),
    "staff.record_shown": _("查看教职员工详情"),
    "staff.list_shown": _("查看教职员工名单"),
    "staff.number_read": _("查看证书编号全文"),
    "staff.excluded": _("列入不得录用名单"),
    "staff.exclusion_lifted": _("移出不得录用名单"),
    "staff.declared": _("声明教职员工名单完整属实"),
}
STAFF_FIELD_LABELS: Words = {
    "name": _("姓名"),
    "kind": _("人员类别"),
    "employment": _("聘用方式"),
    "post": _("岗位"),
    "background": _("身份"),
    "subjects": _("任教学科"),
    "courses": _("任教课程"),
    "teaching_history": _("从教经历"),
    "consent_signed_on": _("同意查询的日期"),
    "contract_signed_on": _("劳动合同签订日期"),
    "starts_on": _("到岗日"),
    "ends_before": _("从哪一天起不在岗"),
    "from": _("从哪一天起"),
    "certificate_kind": _("证书种类"),
    "issued_on": _("发证日期"),
    "valid_before": _("从哪一天起不再有效"),
    "check_kind": _("查询种类"),
    "checked_on": _("查询日期"),
    "ground": _("原因"),
    "staff_count": _("人数"),
}
