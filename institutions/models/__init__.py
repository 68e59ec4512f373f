"""The register, licences, premises, and course filings."""

from institutions.models.exchange import ColumnMapping, ImportConflict, TableImport
from institutions.models.filing import (
    Filing,
    FilingCounter,
    FilingReview,
    FilingUpload,
    FilingVersion,
    FindingDecision,
    UploadRow,
)
from institutions.models.journey import Journey, JourneyDocument, JourneyProposal
from institutions.models.licence import Licence, LicenceStatePeriod
from institutions.models.notice import Notice, NoticeContact, NoticeDelivery
from institutions.models.paper import Paper, PaperCounter, PaperOffice
from institutions.models.places import GeocodingAnswer, PremisesPoint, TownshipCentre
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
from institutions.models.staff import (
    StaffCertificate,
    StaffCheck,
    StaffDeclaration,
    StaffExclusion,
    StaffMember,
    StaffPost,
)
from institutions.models.standards import SettingStandard
from institutions.models.wave import Wave, WaveMember

__all__ = [
    "ColumnMapping",
    "CompetentDepartment",
    "Filing",
    "FilingCounter",
    "FilingReview",
    "FilingUpload",
    "FilingVersion",
    "FindingDecision",
    "GeocodingAnswer",
    "ImportConflict",
    "Institution",
    "InstitutionCreditCode",
    "InstitutionName",
    "Journey",
    "JourneyDocument",
    "JourneyProposal",
    "Licence",
    "LicenceStatePeriod",
    "Notice",
    "NoticeContact",
    "NoticeDelivery",
    "OperatingStatus",
    "Paper",
    "PaperCounter",
    "PaperOffice",
    "Premises",
    "PremisesPoint",
    "RegisterCounter",
    "RegisterGap",
    "RegisterImport",
    "SearchGram",
    "SearchText",
    "SettingStandard",
    "SourceRow",
    "StaffCertificate",
    "StaffCheck",
    "StaffDeclaration",
    "StaffExclusion",
    "StaffMember",
    "StaffPost",
    "TableImport",
    "TownshipCentre",
    "UploadRow",
    "Wave",
    "WaveMember",
]
