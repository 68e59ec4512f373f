"""What the audit events of course filings are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from institutions.choices.register import Words

FILING_EVENT_LABELS: Words = {
    "filing.uploaded": _("上传备案表"),
    "filing.rows_screened": _("核对一批备案行"),
    "filing.screened": _("备案表核对完毕"),
    "filing.unreadable": _("备案表读不出来"),
    "filing.row_corrected": _("改正备案行"),
    "filing.rows_exported": _("下载要改正的备案行"),
    "filing.submitted": _("提交备案"),
    "filing.resubmitted": _("改正后重新提交备案"),
    "filing.withdrawn": _("撤回备案"),
    "filing.finding_decided": _("判断备案的待定发现"),
    "filing.rows_judged": _("备案行提交时再次与登记库核对"),
    "filing.register_judged": _("备案再次与登记库核对"),
    "filing.approved": _("备案通过"),
    "filing.returned": _("备案退回"),
    "filing.revoked": _("撤销备案通过"),
    "filing.draft_begun": _("开始写备案草稿"),
    "filing.draft_saved": _("保存备案草稿"),
    "filing.draft_discarded": _("丢弃备案草稿"),
    "filing.draft_restored": _("找回备案草稿"),
    "filing.adopted": _("备案变更通过"),
    "filing.amended": _("备案内容改为变更后的版本"),
}
