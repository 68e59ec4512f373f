"""What contracts stand on: an account with its ledger open, a licence, an approved class."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from fees.models import EscrowAccount
from fees.services.posting import open_ledger
from institutions.models import Filing, Institution
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.register import add_premises
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.district import DIVISION

ADDRESS = "东升街道顺城街 12 号"


def active_account(*, on: date, name: str = "青禾培训中心") -> EscrowAccount:
    """A custody account under supervision since that day, made past the services."""
    with unaudited(), transaction.atomic():
        institution = Institution.objects.create(
            public_id=uuid5(NAMESPACE_OID, name),  # the same in every run that is compared
            division_id=DIVISION,
            name=name,
            name_key=name,
            sort_key=name,
            legal_form="non_profit",
            category="subject",
            registered_on=date(2020, 1, 1),
        )
        escrow = EscrowAccount.objects.create(
            institution=institution,
            kind="custody",
            bank_name="城东农商银行",
            state="active",
            opened_on=on,
            active_on=on,
        )
        open_ledger(escrow)
    return escrow


def licensed(institution: Institution, *, at: datetime) -> None:
    """Premises, and a licence in force since 2024."""
    add_premises(institution=institution, address=ADDRESS, actor=SYSTEM, at=at)
    grant_licence(
        institution=institution,
        draft=LicenceDraft(
            number="151011670000018",
            category="subject",
            stages=("primary",),
            ways=("offline",),
            issuing_department="education",
            issued_on=date(2024, 5, 1),
            valid_from=date(2024, 5, 1),
            valid_until=date(2027, 4, 30),
        ),
        actor=SYSTEM,
        at=datetime(2024, 5, 1, 2, tzinfo=UTC),
    )


def approved_class(institution: Institution, number: int = 1, *, lesson_count: int = 40) -> Filing:
    """An approved class from September to December, at eighty yuan a lesson."""
    with unaudited():
        return Filing.objects.create(
            division_id=institution.division_id,
            institution=institution,
            department_id="education",
            number=f"BA{institution.division_id}-2026-{number:05d}",
            state="approved",
            digest="0" * 64,
            outcome="clear",
            class_name="五年级数学",
            class_term="2026秋",
            category="subject",
            activity="数学",
            grades=[5],
            delivery="offline",
            place=ADDRESS,
            starts_on=date(2026, 9, 10),
            ends_on=date(2026, 12, 9),
            lesson_count=lesson_count,
            class_size=20,
            fee_fen=lesson_count * 80_00,
            screened_on=date(2026, 8, 1),
        )
