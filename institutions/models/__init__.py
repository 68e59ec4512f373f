"""The register, licences, premises, and course filings."""

from institutions.models.licence import Licence, LicenceStatePeriod
from institutions.models.premises import Premises, RegisterCounter
from institutions.models.register import (
    CompetentDepartment,
    Institution,
    InstitutionCreditCode,
    InstitutionName,
    OperatingStatus,
    RegisterGap,
    SourceRow,
)
from institutions.models.search import SearchGram, SearchText

__all__ = [
    "CompetentDepartment",
    "Institution",
    "InstitutionCreditCode",
    "InstitutionName",
    "Licence",
    "LicenceStatePeriod",
    "OperatingStatus",
    "Premises",
    "RegisterCounter",
    "RegisterGap",
    "SearchGram",
    "SearchText",
    "SourceRow",
]
