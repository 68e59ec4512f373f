"""The register, licences, premises, and course filings."""

from institutions.models.filing import (
    Filing,
    FilingCounter,
    FilingReview,
    FilingUpload,
    FilingVersion,
    FindingDecision,
    UploadRow,
)
from institutions.models.licence import Licence, LicenceStatePeriod
from institutions.models.premises import Premises, RegisterCounter
from institutions.models.register import (
    CompetentDepartment,
    Institution,
    InstitutionCreditCode,
    InstitutionName,
    OperatingStatus,
    RegisterGap,
    RegisterImport,
    SourceRow,
)
from institutions.models.search import SearchGram, SearchText

__all__ = [
    "CompetentDepartment",
    "Filing",
    "FilingCounter",
    "FilingReview",
    "FilingUpload",
    "FilingVersion",
    "FindingDecision",
    "Institution",
    "InstitutionCreditCode",
    "InstitutionName",
    "Licence",
    "LicenceStatePeriod",
    "OperatingStatus",
    "Premises",
    "RegisterCounter",
    "RegisterGap",
    "RegisterImport",
    "SearchGram",
    "SearchText",
    "SourceRow",
    "UploadRow",
]
