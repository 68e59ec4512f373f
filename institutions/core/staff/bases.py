"""The articles that the rules on staff cite. A number or article is given only where it was read.

The measures on staff were published on 2021-09-14; the law on minors, as revised, binds from
2021-06-01 (its sixty-second article: enquiry before hiring, and once a year after it).
"""

from __future__ import annotations

from datetime import date

from institutions.core.screening.bases import STAFF_ABROAD, STAFF_CERTIFICATE
from regulator.kernel.legal import LegalBasis

_MEASURES = "校外培训机构从业人员管理办法（试行）"
_MEASURES_FROM = date(2021, 9, 14)


def _measures(article: str) -> LegalBasis:
    return LegalBasis(_MEASURES, "", article, _MEASURES_FROM)


CHECKING = LegalBasis("中华人民共和国未成年人保护法", "", "第六十二条", date(2021, 6, 1))
SERVING = _measures("从业人员须为非中小学、幼儿园在职教师")
BARRED = _measures("纳入黑名单，或者被剥夺政治权利、因故意犯罪被判处有期徒刑以上刑罚的，不得招用")
ASSISTING = _measures("助教、带班等辅助人员按其他人员管理")
CONTRACT = _measures("依法订立书面劳动合同")
TEACHING_SHARE = _measures("专职教学、教研人员原则上不低于从业人员总数的50%")
PUPIL_SHARE = _measures("线下培训的专职教学人员原则上不低于学生人数的2%")
PRESCHOOL_SHARE = _measures("学龄前儿童线下培训的专职培训人员原则上不低于儿童人数的6%")
PUBLISHING = _measures("教学、教研人员的基本信息、教师资格、从教经历、任教课程须公示")
ABROAD = STAFF_ABROAD
CERTIFIED = STAFF_CERTIFICATE
