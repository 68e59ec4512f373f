"""The facts from which an entry's gaps follow."""

from __future__ import annotations

from institutions.core.register.gaps import GapFacts, is_name_uncertain
from institutions.models import Institution


def gap_facts(institution: Institution) -> GapFacts:
    """What is known of an institution now; what a list said counts until it is verified."""
    licence = institution.licences.order_by("-valid_from", "-pk").first()
    source = None if institution.is_verified else institution.source_rows.last()
    printed = {} if source is None else source.printed
    addresses = institution.premises.filter(ends_before__isnull=True)
    return GapFacts(
        name=institution.name,
        category=institution.category,
        legal_form=institution.legal_form,
        credit_code=institution.credit_code,
        credit_code_printed=institution.credit_code_printed,
        has_licence=licence is not None,
        licence_printed="" if licence is None else licence.number_printed,
        licence_flags=licence is not None and bool(licence.number_flags),
        licence_nature="" if licence is None else licence.number_nature,
        validity_known=licence is not None and licence.valid_before is not None,
        addresses=tuple(addresses.values_list("address", flat=True)),
        reported_status=printed.get("status_or_result", ""),
        name_uncertain=is_name_uncertain(
            name=institution.name,
            reliability=printed.get("name_reliability", ""),
            legal_form=printed.get("legal_form", ""),
        ),
    )
