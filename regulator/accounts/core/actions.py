"""Everything a person can do, by name."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """An action the policy decides on; its grants stand in `grants.py`."""

    # accounts and audit
    DESK_ENTER = "desk.enter"
    PORTAL_ENTER = "portal.enter"
    FIELD_ENTER = "field.enter"
    PARENT_ENTER = "parent.enter"
    ACCOUNT_READ = "account.read"
    ACCOUNT_MANAGE = "account.manage"
    STAND_IN_APPOINT = "stand_in.appoint"
    HAND_OVER = "hand_over"
    AUDIT_READ = "audit.read"
    # calendars and settings
    CALENDAR_READ = "calendar.read"
    CALENDAR_EDIT = "calendar.edit"
    SETTING_EDIT = "setting.edit"
    REFERENCE_READ = "reference.read"
    REFERENCE_EDIT = "reference.edit"
    REFERENCE_APPROVE = "reference.approve"
    # jobs
    JOB_READ = "job.read"
    JOB_STEER = "job.steer"
    # the register
    REGISTER_READ = "register.read"
    REGISTER_EDIT = "register.edit"
    REGISTER_IMPORT = "register.import"
    LICENCE_DECIDE = "licence.decide"
    # journeys of a licence
    JOURNEY_APPLY = "journey.apply"
    JOURNEY_READ = "journey.read"
    JOURNEY_READ_OWN = "journey.read_own"
    JOURNEY_HANDLE = "journey.handle"
    JOURNEY_COUNTERSIGN = "journey.countersign"
    PENALTY_HANDLE = "penalty.handle"
    PENALTY_REVIEW = "penalty.review"
    WAVE_MANAGE = "wave.manage"
    PAPER_READ = "paper.read"
    PAPER_READ_OWN = "paper.read_own"
    PAPER_ISSUE = "paper.issue"
    PAPER_SERVE = "paper.serve"
    # staff
    STAFF_READ = "staff.read"
    STAFF_EDIT = "staff.edit"
    STAFF_KEEP_OWN = "staff.keep_own"
    # notices
    NOTICE_READ_OWN = "notice.read_own"
    NOTICE_READ = "notice.read"
    CONTACT_EDIT = "contact.edit"
    CONTACT_REVEAL = "contact.reveal"
    # filings
    FILING_FILE = "filing.file"
    FILING_READ_OWN = "filing.read_own"
    FILING_READ = "filing.read"
    FILING_REVIEW = "filing.review"
    FILING_TRY = "filing.try"
    # the expert group and waivers
    PANEL_MANAGE = "panel.manage"
    APPRAISAL_VOTE = "appraisal.vote"
    APPRAISAL_ANSWER = "appraisal.answer"
    WAIVER_APPROVE = "waiver.approve"
    MATERIAL_KEEP = "material.keep"
    MATERIAL_READ = "material.read"
    MATERIAL_CHECK = "material.check"
    # inspections
    DRAW_READ = "draw.read"
    DRAW_READ_SEALED = "draw.read_sealed"
    DRAW_PREPARE = "draw.prepare"
    DRAW_APPROVE = "draw.approve"
    DRAW_RUN = "draw.run"
    DRAW_REVEAL = "draw.reveal"
    DRAW_VOID = "draw.void"
    INSPECTOR_MANAGE = "inspector.manage"
    ITEM_PUBLISH = "item.publish"
    CHECKLIST_PRINT = "checklist.print"
    VISIT = "visit"
    # fees
    ESCROW_READ = "escrow.read"
    ESCROW_READ_OWN = "escrow.read_own"
    ESCROW_EDIT = "escrow.edit"
    CONTRACT_KEEP = "contract.keep"
