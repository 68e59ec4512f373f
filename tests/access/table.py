"""Who may open which address: written by hand, and never derived from the policy it tests.

A name stands for a set of roles. An address that is not listed fails the test.
"""

from __future__ import annotations

ALL_ROLES = (
    "visitor",
    "licensing_officer",
    "filing_reviewer",
    "expert",
    "fee_supervisor",
    "inspection_coordinator",
    "inspector",
    "enforcement_officer",
    "legal_reviewer",
    "complaints_clerk",
    "district_leader",
    "city_supervisor",
    "institution_manager",
    "parent",
    "administrator",
)
EVERYONE = frozenset(ALL_ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
OFFICERS = SIGNED_IN - {"institution_manager", "parent"}
MANAGER = frozenset({"institution_manager"})
PARENT = frozenset({"parent"})
ADMINISTRATOR = frozenset({"administrator"})
LICENSING = frozenset({"licensing_officer"})
IMPORTING = LICENSING | ADMINISTRATOR
REVIEWER = frozenset({"filing_reviewer"})
FEES = frozenset({"fee_supervisor"})
COORDINATOR = frozenset({"inspection_coordinator"})
APPROVING = frozenset({"inspection_coordinator", "district_leader"})
PEOPLE_READERS = frozenset({"administrator", "district_leader", "city_supervisor"})
AUDIT_READERS = PEOPLE_READERS | {"legal_reviewer"}
CALENDAR_EDITORS = frozenset({"administrator", "filing_reviewer"})
FILING_READERS = OFFICERS - {"expert"}
DRAW_READERS = OFFICERS - {"expert"}
ESCROW_READERS = OFFICERS - {"expert", "inspector"}
JOB_READERS = OFFICERS | MANAGER
JOB_STEERERS = JOB_READERS - {"district_leader", "city_supervisor"}
FIELD = frozenset({"inspector", "enforcement_officer", "inspection_coordinator"})
DIRECTORY_EDITORS = COORDINATOR | ADMINISTRATOR

WHO: dict[str, frozenset[str]] = {
    # the public side
    "set_language": EVERYONE,
    "pages:home": EVERYONE,
    "pages:public_search": EVERYONE,
    "pages:provider": EVERYONE,
    "pages:preferences": EVERYONE,
    "pages:healthz": EVERYONE,
    "filings:public_class": EVERYONE,
    "accounts:login": EVERYONE,
    "accounts:logout": EVERYONE,
    "accounts:private_link": EVERYONE,
    # one's own account
    "accounts:account": SIGNED_IN,
    "accounts:password": SIGNED_IN,
    "accounts:change_desk": SIGNED_IN,
    # entrances
    "pages:desk": OFFICERS,
    "pages:search": OFFICERS,
    "pages:styleguide": OFFICERS,
    "pages:portal": MANAGER,
    "pages:parent_home": PARENT,
    # audit and people
    "pages:audit": AUDIT_READERS,
    "pages:audit_head": AUDIT_READERS,
    "pages:nightly": AUDIT_READERS,
    "accounts:stand_in": OFFICERS,
    "accounts:stand_in_end": OFFICERS,
    "accounts:hand_over": OFFICERS,
    "accounts:people": PEOPLE_READERS,
    "accounts:person": PEOPLE_READERS,
    "accounts:person_new": ADMINISTRATOR,
    "accounts:person_appoint": ADMINISTRATOR,
    "accounts:person_activity": ADMINISTRATOR,
    # calendars and settings
    "calendars:terms": OFFICERS,
    "calendars:school_year": OFFICERS,
    "calendars:holiday_year": OFFICERS,
    "calendars:history": OFFICERS,
    "calendars:settings": OFFICERS,
    "calendars:setting": ADMINISTRATOR,
    "pages:first_run": OFFICERS,
    "calendars:load_shipped": CALENDAR_EDITORS,
    "calendars:period_new": CALENDAR_EDITORS,
    "calendars:period_edit": CALENDAR_EDITORS,
    "calendars:period_remove": CALENDAR_EDITORS,
    "calendars:holiday_new": CALENDAR_EDITORS,
    "calendars:holiday_remove": CALENDAR_EDITORS,
    "calendars:complete": CALENDAR_EDITORS,
    "calendars:open_year": CALENDAR_EDITORS,
    # jobs
    "jobs:list": JOB_READERS,
    "jobs:portal_list": JOB_READERS,
    "jobs:job": JOB_READERS,
    "jobs:progress": JOB_READERS,
    "jobs:file": JOB_READERS,
    "jobs:desk_job": JOB_READERS,
    "jobs:portal_job": JOB_READERS,
    "jobs:cancel": JOB_STEERERS,
    "jobs:retry": JOB_STEERERS,
    # the register
    "register:list": OFFICERS,
    "register:detail": OFFICERS,
    "register:new": LICENSING,
    "register:verify_selected": LICENSING,
    "register:correct": LICENSING,
    "register:verify": LICENSING,
    "register:change": LICENSING,
    "register:licence_new": LICENSING,
    "register:licence_edit": LICENSING,
    "register:licence_move": LICENSING,
    "register:premises_new": LICENSING,
    "register:premises_edit": LICENSING,
    "register:premises_close": LICENSING,
    "register:import": IMPORTING,
    "register:template": IMPORTING,
    "register:import_detail": IMPORTING,
    # filings
    "filings:portal": MANAGER,
    "filings:template": MANAGER,
    "filings:upload_form": MANAGER,
    "filings:upload": MANAGER,
    "filings:upload_progress": MANAGER,
    "filings:submit_ready": MANAGER,
    "filings:returned_file": MANAGER,
    "filings:row": MANAGER,
    "filings:row_check": MANAGER,
    "filings:row_submit": MANAGER,
    "filings:own": MANAGER,
    "filings:correct": MANAGER,
    "filings:correct_check": MANAGER,
    "filings:withdraw": MANAGER,
    "filings:queue": REVIEWER,
    "filings:bulk_approve": REVIEWER,
    "filings:list": FILING_READERS,
    "filings:review": FILING_READERS,
    "filings:approve": REVIEWER,
    "filings:return": REVIEWER,
    "filings:decide": REVIEWER,
    # escrow accounts
    "fees:escrow_accounts": ESCROW_READERS,
    "fees:escrow_missing": ESCROW_READERS,
    "fees:escrow_account": ESCROW_READERS,
    "fees:escrow_new": FEES,
    "fees:escrow_correct": FEES,
    "fees:escrow_agree": FEES,
    "fees:escrow_activate": FEES,
    "fees:escrow_publish": FEES,
    "fees:escrow_unpublish": FEES,
    "fees:escrow_close": FEES,
    "fees:escrow_number": FEES,
    "fees:portal_account": MANAGER,
    # inspections
    "pages:field": FIELD,
    "inspections:public_draws": EVERYONE,
    "inspections:public_items": EVERYONE,
    "inspections:public_draw": EVERYONE,
    "inspections:public_bundle": EVERYONE,
    "inspections:draws": DRAW_READERS,
    "inspections:draw": DRAW_READERS,
    "inspections:ceremony": DRAW_READERS,
    "inspections:objects": DRAW_READERS,
    "inspections:inspectors": DRAW_READERS,
    "inspections:inspector": DRAW_READERS,
    "inspections:items": DRAW_READERS,
    # a round that is drawn and not yet revealed: its lists are the coordinator's alone
    "inspections:lists": COORDINATOR,
    "inspections:new_draw": COORDINATOR,
    "inspections:draw_now": COORDINATOR,
    "inspections:reveal": COORDINATOR,
    "inspections:void": COORDINATOR,
    "inspections:sign_void": COORDINATOR,
    "inspections:print_lists": COORDINATOR,
    "inspections:team_days": COORDINATOR,
    "inspections:replace_member": COORDINATOR,
    "inspections:replace_premises": COORDINATOR,
    "inspections:paper": COORDINATOR,
    "inspections:approve_exclusions": APPROVING,
    "inspections:commit": APPROVING,
    "inspections:new_inspector": DIRECTORY_EDITORS,
    "inspections:edit_inspector": DIRECTORY_EDITORS,
    "inspections:new_recusal": DIRECTORY_EDITORS,
    "inspections:lift_recusal": DIRECTORY_EDITORS,
    "inspections:load_items": COORDINATOR,
    "inspections:publish_item": COORDINATOR,
    "inspections:withdraw_item": COORDINATOR,
    "inspections:my_teams": FIELD,
    "inspections:my_team": FIELD,
    "inspections:my_paper": FIELD,
}
