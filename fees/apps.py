from __future__ import annotations

from django.apps import AppConfig

from fees.choices.ledger_refusals import LEDGER_REFUSAL_TEXTS
from fees.choices.refusals import REFUSAL_TEXTS
from fees.choices.texts import PARAM_LABELS
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
        register_param_labels(PARAM_LABELS)
