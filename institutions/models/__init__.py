"""The register, licences, premises, and course filings."""

from institutions.models.exchange import ColumnMapping, ImportConflict, TableImport
from institutions.models.expert_panel import (
    Appraisal,
    AppraisalChallenge,
    AppraisalSeat,
    AppraisalVote,
    ExpertPanel,
    PanelMember,
)
from institutions.models.filing import (
    Filing,
    FilingCounter,
    FilingReview,
    FilingUpload,
    FilingVersion,
    FindingDecision,
    UploadRow,
)
from institutions.models.filing_clock import FilingClock
from institutions.models.filing_draft import FilingDraft
from institutions.models.filing_recheck import FilingRecheck, ScreeningTrial, TrialChange
from institutions.models.journey import Journey, JourneyDocument, JourneyProposal
from institutions.models.licence import Licence, LicenceStatePeriod
from institutions.models.notice import Notice, NoticeContact, NoticeDelivery
from institutions.models.paper import Paper, PaperCounter, PaperOffice
from institutions.models.places import GeocodingAnswer, PremisesPoint, TownshipCentre
from institutions.models.premises import Premises, RegisterCounter
from institutions.models.reference import ReferenceTable, TableRow, TableVersion
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
from institutions.models.training_material import (
    MaterialAuthor,
    MaterialFile,
    MaterialReview,
    TrainingMaterial,
)
from institutions.models.waiver import FilingWaiver
from institutions.models.wave import Wave, WaveMember

__all__ = [
    "Appraisal",
    "AppraisalChallenge",
    "AppraisalSeat",
    "AppraisalVote",
    "ColumnMapping",
    "CompetentDepartment",
    "ExpertPanel",
    "Filing",
    "FilingClock",
    "FilingCounter",
    "FilingDraft",
    "FilingRecheck",
    "FilingReview",
    "FilingUpload",
    "FilingVersion",
    "FilingWaiver",
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
    "MaterialAuthor",
    "MaterialFile",
    "MaterialReview",
    "Notice",
    "NoticeContact",
    "NoticeDelivery",
    "OperatingStatus",
    "PanelMember",
    "Paper",
    "PaperCounter",
    "PaperOffice",
    "Premises",
    "PremisesPoint",
    "ReferenceTable",
    "RegisterCounter",
    "RegisterGap",
    "RegisterImport",
    "ScreeningTrial",
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
    "TableRow",
    "TableVersion",
    "TownshipCentre",
    "TrainingMaterial",
    "TrialChange",
    "UploadRow",
    "Wave",
    "WaveMember",
]
