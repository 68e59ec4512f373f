from __future__ import annotations

from django.apps import AppConfig

from fees.choices.attendance import ATTENDANCE_REFUSAL_TEXTS
from fees.choices.bank import STATEMENT_FIELD_LABELS, STATEMENT_REFUSAL_TEXTS
from fees.choices.closures import CLOSURE_PARAM_LABELS, CLOSURE_REFUSAL_TEXTS
from fees.choices.contract_uploads import (
    CONTRACT_ROW_REFUSAL_TEXTS,
    CONTRACT_UPLOAD_PARAM_LABELS,
)
from fees.choices.guardians import GUARDIAN_REFUSAL_TEXTS
from fees.choices.ledger_refusals import LEDGER_REFUSAL_TEXTS
from fees.choices.refunds import REFUND_PARAM_LABELS, REFUND_REFUSAL_TEXTS
from fees.choices.refusals import REFUSAL_TEXTS
from fees.choices.release_runs import RUN_REFUSAL_TEXTS
from fees.choices.sales import SALE_REFUSAL_TEXTS
from fees.choices.texts import PARAM_LABELS
from fees.choices.warnings import WARNING_PARAM_LABELS, WARNING_REFUSAL_TEXTS
from regulator.web.refusals import register_param_labels, register_refusal_texts


class FeesConfig(AppConfig):
    """预收费监管: the escrow accounts of institutions, contracts, and the ledger."""

    name = "fees"
    label = "fees"
    verbose_name = "预收费监管"

    def ready(self) -> None:
        from fees.selectors.obligations import open_accounts, unrefunded_balances
        from institutions.selectors.journey_obligations import register_obligations

        register_obligations(open_accounts)
        register_obligations(unrefunded_balances)
        register_refusal_texts(REFUSAL_TEXTS | LEDGER_REFUSAL_TEXTS)
        register_refusal_texts(REFUND_REFUSAL_TEXTS)
        register_refusal_texts(CLOSURE_REFUSAL_TEXTS | WARNING_REFUSAL_TEXTS)
        register_param_labels(CLOSURE_PARAM_LABELS | WARNING_PARAM_LABELS)
        register_refusal_texts(SALE_REFUSAL_TEXTS | GUARDIAN_REFUSAL_TEXTS)
        register_refusal_texts(
            ATTENDANCE_REFUSAL_TEXTS | RUN_REFUSAL_TEXTS | STATEMENT_REFUSAL_TEXTS
        )
        register_refusal_texts(CONTRACT_ROW_REFUSAL_TEXTS)
        register_param_labels(CONTRACT_UPLOAD_PARAM_LABELS)
        register_param_labels({"statement_field": STATEMENT_FIELD_LABELS})
        register_param_labels(PARAM_LABELS | REFUND_PARAM_LABELS)
