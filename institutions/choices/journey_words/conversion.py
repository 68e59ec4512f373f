"""The words of 学转非 and of the hand-over to another department."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.journey_words.shape import JourneyWords
from regulator.accounts.choices.texts import DEPARTMENT_LABELS

CONVERSION_WORDS = JourneyWords(
    states={
        "unresolved": _("等待董事会决议"),
        "consented": _("接收部门已同意"),
        "objected": _("接收部门不同意"),
        "permitted": _("已准予转设"),
        "classes_ended": _("学科班已结束，费用已结清"),
        "handed_over": _("主管部门已变更"),
        "relicensed": _("许可证已换发"),
        "conversion.refused": _("不予转设"),
        "planned": _("准备移交"),
        "reissued": _("已移交，许可证已换发"),
        "transfer.dropped": _("不再移交"),
    },
    moves={
        "conversion.resolve_board": _("报送董事会决议"),
        "consent": _("同意接收"),
        "object": _("不同意接收"),
        "permit": _("准予转设"),
        "end_classes": _("确认学科班已结束"),
        "hand_over": _("变更主管部门"),
        "reissue": _("换发许可证"),
        "change_scope": _("登记经营范围变更"),
        "change_civil_scope": _("登记业务范围变更"),
        "conversion.refuse": _("不予转设"),
        "transfer.drop": _("不再移交"),
    },
    documents={
        "standards_proof": _("符合新类别设置标准的材料"),
        "settlement_statement": _("学科班结课和费用结清的说明"),
        "conversion.business_licence": _("变更后的营业执照"),
        "conversion.civil_certificate": _("变更后的民办非企业单位登记证书"),
    },
    asks={
        "receiving": _("接收部门"),
        "standards_checked_on": _("对照设置标准核查的日期"),
        "consent_number": _("同意的文号"),
        "handed_over_on": _("移交日期"),
        "acting_from": _("接收部门开始主管的日期"),
        "issuing_department": _("发证部门"),
        "conversion.new_number": _("新编号（没有编号的证件不填）"),
        "department_printed": _("证上印的主管部门全称"),
        "authority_printed": _("证上印的发证机关全称"),
        "conversion.registered_on": _("变更登记日期"),
        "basis": _("依据"),
        "transfer.basis": _("移交的依据"),
    },
    options={
        **{f"receiving.{code}": text for code, text in DEPARTMENT_LABELS.items()},
        **{f"issuing_department.{code}": text for code, text in DEPARTMENT_LABELS.items()},
    },
    clocks={"conversion_decision": _("作出是否准予转设的决定")},
    ledes={
        "conversion.started": _("转设以后只能教非学科的内容，主管部门随之变更。"),
        "conversion.resolve_board": _("全体组成人员三分之二以上同意，才能申请。"),
        "consent": _("对照本部门的设置标准核查以后再同意。"),
        "object": _("写明哪一项不符合标准。机构改好以后还可以同意。"),
        "permit": _("提出后由分管领导会签。接收部门没有同意的，不能准予。"),
        "end_classes": _("学科班结束、家长的钱结清以后才能确认。"),
        "hand_over": _("主管部门从接收部门开始主管的那天起变更，发证机关不受影响。"),
        "reissue": _("主管部门和发证机关是两回事，证上分别印。"),
        "transfer.reissue": _("编号不变，证上的主管部门改印为接收部门。"),
        "change_scope": _("营业执照的经营范围改为非学科类。"),
        "change_civil_scope": _("民办非企业单位的业务范围改为非学科类。"),
    },
    refusals={
        "journey.registered_by_civil": _("非营利性机构由民政部门登记，请选业务范围变更。"),
        "journey.registered_by_market": _("营利性机构由市场监管部门登记，请选经营范围变更。"),
        "journey.not_non_subject": _("这家机构是学科类，不能直接移交。"),
        "journey.remedy_convert": _("学科类要先办“转为非学科类”。"),
        "journey.stated_department_same": _("主管部门已经是“%(department)s”，不用移交。"),
        "journey.stated_acting_early": _("开始主管的日期 %(acting)s 早于移交日期 %(handed)s。"),
        "journey.nobody_to_transfer": _("还没有勾选机构。请勾选以后再移交。"),
        "journey.not_yet_acting": _("接收部门从 %(day)s 起主管，还没有到。"),
        "journey.remedy_acting": _("到了那一天再办这一步。"),
    },
)
