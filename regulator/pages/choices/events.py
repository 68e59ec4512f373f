"""What an audit event's kind is called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fees.choices.attendance import ATTENDANCE_EVENT_LABELS
from fees.choices.bank import STATEMENT_EVENT_LABELS
from fees.choices.closures import CLOSURE_EVENT_LABELS
from fees.choices.contract_uploads import CONTRACT_UPLOAD_EVENT_LABELS
from fees.choices.guardians import GUARDIAN_EVENT_LABELS
from fees.choices.ledger import RULE_LABELS
from fees.choices.ledger_refusals import LEDGER_EVENT_LABELS
from fees.choices.refunds import REFUND_EVENT_LABELS
from fees.choices.release_runs import RUN_EVENT_LABELS
from fees.choices.sales import SALE_EVENT_LABELS
from fees.choices.texts import EVENT_LABELS as ESCROW_EVENT_LABELS
from fees.choices.warnings import WARNING_EVENT_LABELS
from inspections.choices.credit import CREDIT_EVENT_LABELS
from inspections.choices.directories import DIRECTORY_EVENT_LABELS
from inspections.choices.draws import DRAW_EVENT_LABELS
from inspections.choices.findings import FINDING_EVENT_LABELS
from inspections.choices.orders import ORDER_EVENT_LABELS
from inspections.choices.plans import PLAN_EVENT_LABELS
from inspections.choices.results import RESULT_EVENT_LABELS
from inspections.choices.returns import PAPER_EVENT_LABELS as INSPECTION_PAPER_EVENT_LABELS
from inspections.choices.visits import VISIT_EVENT_LABELS
from institutions.choices.appraisals import APPRAISAL_EVENT_LABELS
from institutions.choices.exchange import EXCHANGE_EVENT_LABELS
from institutions.choices.filing_events import FILING_EVENT_LABELS
from institutions.choices.journey_events import JOURNEY_EVENT_LABELS
from institutions.choices.materials import MATERIAL_EVENT_LABELS
from institutions.choices.notice_texts import NOTICE_EVENT_LABELS
from institutions.choices.papers import PAPER_EVENT_LABELS
from institutions.choices.places_events import PLACES_EVENT_LABELS
from institutions.choices.rechecks import RECHECK_EVENT_LABELS
from institutions.choices.reference_tables import REFERENCE_EVENT_LABELS
from institutions.choices.register_events import REGISTER_EVENT_LABELS
from institutions.choices.staff_texts import STAFF_EVENT_LABELS
from institutions.choices.wave_texts import WAVE_EVENT_LABELS
from regulator.calendars.choices.texts import EVENT_LABELS as CALENDAR_EVENT_LABELS

EVENT_LABELS: dict[str, Promise | str] = {
    "accounts.departments_loaded": _("部门名录已载入"),
    "accounts.divisions_loaded": _("行政区划已载入"),
    "accounts.township_recorded": _("登记镇街"),
    "accounts.user_created": _("新建用户"),
    "accounts.user_activity_set": _("停用或启用用户"),
    "accounts.password_changed": _("更换密码"),
    "accounts.private_link_created": _("发出私人链接"),
    "accounts.private_link_revoked": _("收回私人链接"),
    "accounts.signed_in": _("登录"),
    "accounts.signed_out": _("退出"),
    "job.enqueued": _("提交后台任务"),
    "job.cancelled": _("取消后台任务"),
    "job.retried": _("重做后台任务"),
    "demonstration.seeded": _("演示数据已生成"),
    "accounts.appointed": _("任命"),
    "accounts.stand_in_appointed": _("指定代岗"),
    "accounts.stand_in_ended": _("结束代岗"),
    "accounts.desk_handed_over": _("交接岗位"),
    **REGISTER_EVENT_LABELS,
    **EXCHANGE_EVENT_LABELS,
    **PLACES_EVENT_LABELS,
    **REFERENCE_EVENT_LABELS,
    **FILING_EVENT_LABELS,
    **APPRAISAL_EVENT_LABELS,
    **MATERIAL_EVENT_LABELS,
    **RECHECK_EVENT_LABELS,
    **STAFF_EVENT_LABELS,
    **JOURNEY_EVENT_LABELS,
    **WAVE_EVENT_LABELS,
    **NOTICE_EVENT_LABELS,
    **PAPER_EVENT_LABELS,
    **CALENDAR_EVENT_LABELS,
    **ESCROW_EVENT_LABELS,
    **{f"ledger.{rule}": label for rule, label in RULE_LABELS.items()},
    **LEDGER_EVENT_LABELS,
    **ATTENDANCE_EVENT_LABELS,
    **RUN_EVENT_LABELS,
    **STATEMENT_EVENT_LABELS,
    **DIRECTORY_EVENT_LABELS,
    **DRAW_EVENT_LABELS,
    **VISIT_EVENT_LABELS,
    **INSPECTION_PAPER_EVENT_LABELS,
    **FINDING_EVENT_LABELS,
    **RESULT_EVENT_LABELS,
    **ORDER_EVENT_LABELS,
    **PLAN_EVENT_LABELS,
    **CREDIT_EVENT_LABELS,
    **REFUND_EVENT_LABELS,
    **CLOSURE_EVENT_LABELS,
    **WARNING_EVENT_LABELS,
    **GUARDIAN_EVENT_LABELS,
    **SALE_EVENT_LABELS,
    **CONTRACT_UPLOAD_EVENT_LABELS,
}


def event_label(kind: str) -> Promise | str:
    """The words for a kind; a kind without words is shown as it is."""
    return EVENT_LABELS.get(kind, kind)
