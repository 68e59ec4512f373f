"""The words of staff: kinds, papers, checks, gaps, shares."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words
from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, UNKNOWN, Badge

STAFF_KIND_LABELS: Words = {
    "teaching": _("教学人员"),
    "research": _("教研人员"),
    "other": _("其他人员"),
}
EMPLOYMENT_LABELS: Words = {"full_time": _("专职"), "part_time": _("兼职")}
BACKGROUND_LABELS: Words = {
    "none": _("都不是"),
    "serving_teacher": _("中小学、幼儿园在职教师"),
    "foreign_here": _("外籍人员，在境内"),
    "foreign_abroad": _("外籍人员，在境外"),
}
IDENTITY_KIND_LABELS: Words = {
    "resident_id": _("居民身份证"),
    "residence_permit": _("外国人永久居留证、港澳台居住证"),
    "passport": _("护照"),
}
CERTIFICATE_KIND_LABELS: Words = {
    "teacher": _("教师资格证"),
    "professional": _("职业（专业）能力证明"),
}
CHECK_KIND_LABELS: Words = {
    "enquiry": _("违法犯罪信息查询"),
    "proof": _("无犯罪记录证明"),
}
CHECK_RESULT_LABELS: Words = {"clear": _("未发现不得录用的情形"), "found": _("有不得录用的情形")}
CHECK_RESULT_TONES: Mapping[str, str] = {"clear": "ok", "found": "breach"}
EXCLUSION_GROUND_LABELS: Words = {
    "blacklisted": _("纳入从业人员黑名单"),
    "sentenced": _("被剥夺政治权利或者因故意犯罪被判处有期徒刑以上刑罚"),
    "check_found": _("查询发现不得录用的情形"),
}

STAFF_KIND_CHOICES = list(STAFF_KIND_LABELS.items())
EMPLOYMENT_CHOICES = list(EMPLOYMENT_LABELS.items())
BACKGROUND_CHOICES = list(BACKGROUND_LABELS.items())
IDENTITY_KIND_CHOICES = list(IDENTITY_KIND_LABELS.items())
CERTIFICATE_KIND_CHOICES = list(CERTIFICATE_KIND_LABELS.items())
CHECK_KIND_CHOICES = list(CHECK_KIND_LABELS.items())
CHECK_RESULT_CHOICES = list(CHECK_RESULT_LABELS.items())
EXCLUSION_GROUND_CHOICES = list(EXCLUSION_GROUND_LABELS.items())
SUBJECT_LABELS: Words = {
    "语文": _("语文"),
    "数学": _("数学"),
    "外语": _("外语"),
    "物理": _("物理"),
    "化学": _("化学"),
    "生物": _("生物"),
    "历史": _("历史"),
    "地理": _("地理"),
    "道德与法治": _("道德与法治"),
}
SUBJECT_CHOICES = list(SUBJECT_LABELS.items())

PLACE_BADGES: Mapping[str, Badge] = {
    "candidate": Badge(UNKNOWN, _("拟聘")),
    "employed": Badge(OK, _("在职")),
    "coming": Badge(UNKNOWN, _("待到岗")),
    "left": Badge(NEUTRAL, _("已离职")),
    "not_hired": Badge(NEUTRAL, _("未录用")),
}

GAP_TEXTS: Words = {
    "must_leave": _("属于不得录用的人员，应当立即停止工作并解聘"),
    "recheck_overdue": _("每年一次的查询已经过期"),
    "enquiry_missing": _("没有违法犯罪信息查询结果"),
    "proof_missing": _("没有无犯罪记录证明"),
    "certificate_missing": _("没有资格证书"),
    "certificate_expired": _("证书已经过期"),
    "certificate_kind": _("教学科的，要有教师资格证"),
    "certificate_subject": _("教师资格证的学科与任教学科不一致"),
    "certificate_category_unknown": _("机构类别没有确定，无法核对证书"),
    "certificate_subjects_unknown": _("没有填任教学科，无法核对证书"),
    "certificate_certificate_subject_unknown": _("证书上的学科认不出来，须人工核对"),
    "contract_missing": _("到岗满一个月还没有登记劳动合同"),
    "identity_missing": _("没有核对身份证件，认不出是否在不得录用名单上"),
}
GAP_TONES: Mapping[str, str] = {
    "must_leave": BREACH,
    "recheck_overdue": BREACH,
    "certificate_missing": BREACH,
    "certificate_expired": BREACH,
    "certificate_kind": BREACH,
    "certificate_subject": BREACH,
    "contract_missing": ATTENTION,
    "enquiry_missing": ATTENTION,
    "proof_missing": ATTENTION,
}

SHARE_TITLES: Words = {
    "teaching_share": _("专职教学、教研人员占全部从业人员"),
    "pupil_share": _("专职教学人员占同时上课的学生"),
    "preschool_share": _("专职教学人员占同时上课的学龄前儿童"),
}
SHARE_COUNTED: Words = {
    "teaching_share": _(
        "算在上面的：在职、专职的教学人员和教研人员。助教、带班算其他人员，不算在内。"
    ),
    "pupil_share": _("算在上面的：在职、专职的教学人员。"),
    "preschool_share": _("算在上面的：在职、专职的教学人员。"),
}
SHARE_BASES: Words = {
    "teaching_share": _(
        "算在下面的：当天全部在职人员，兼职和其他人员都在内；拟聘和已离职的不在内。"
    ),
    "pupil_share": _(
        "算在下面的：已备案的线下班里，一周中同时上课人数最多的那个时段的班额之和。"
        "上课时间认不出的班，按每个时段都在上课算。"
    ),
    "preschool_share": _("算在下面的：招收学龄前儿童的线下班，一周中同时上课最多时的班额之和。"),
}
SHARE_BADGES: Mapping[str, Badge] = {
    "pass": Badge(OK, _("达到")),
    "breach": Badge(ATTENTION, _("不足")),
    "undetermined": Badge(UNKNOWN, _("无法判断")),
    "not_applicable": Badge(NEUTRAL, _("不适用")),
}
WATCH_LABELS: Words = {
    "must_leave": _("不得录用仍在岗"),
    "recheck": _("查询过期"),
    "certificate": _("缺少有效证书"),
    "waiting": _("等待录入查询结果"),
}
