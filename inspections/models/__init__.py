"""Directories, the published list, draws and checklists."""

from inspections.models.checklist import Checklist
from inspections.models.credit import CreditEvent, TierProposal
from inspections.models.draw import Draw, DrawCounter, DrawExclusion, DrawReading, DrawReplacement
from inspections.models.drawn import DrawAssignment, DrawInspector, DrawTeam
from inspections.models.finding import Finding, FindingReferral
from inspections.models.inspector import Inspector, Recusal
from inspections.models.item import InspectionItem
from inspections.models.key_copy import KeyCopy
from inspections.models.order import (
    InspectionOrder,
    Lead,
    OrderCounter,
    OrderMember,
    OrderReplacement,
    OrderTarget,
)
from inspections.models.plan import AnnualPlan, PlanDraw, PlanLine
from inspections.models.rating import RatingRemark, RatingSlip, RatingTally
from inspections.models.rectification import (
    CaseCounter,
    EnforcementCase,
    RectificationItem,
    RectificationNote,
    RectificationOrder,
    RectificationProof,
)
from inspections.models.result import (
    InspectionResult,
    ResultCorrection,
    ResultObjection,
    ResultWithholding,
    WithholdingRequest,
)
from inspections.models.returned import ReturnedFile, ReturnedPage
from inspections.models.safety import SafetyEntry
from inspections.models.visit import Visit, VisitItem, VisitMember
from inspections.models.visit_record import (
    SyncKept,
    SyncReceipt,
    VisitAnswer,
    VisitPhoto,
    VisitSignature,
)

__all__ = [
    "AnnualPlan",
    "CaseCounter",
    "Checklist",
    "CreditEvent",
    "Draw",
    "DrawAssignment",
    "DrawCounter",
    "DrawExclusion",
    "DrawInspector",
    "DrawReading",
    "DrawReplacement",
    "DrawTeam",
    "EnforcementCase",
    "Finding",
    "FindingReferral",
    "InspectionItem",
    "InspectionOrder",
    "InspectionResult",
    "Inspector",
    "KeyCopy",
    "Lead",
    "OrderCounter",
    "OrderMember",
    "OrderReplacement",
    "OrderTarget",
    "PlanDraw",
    "PlanLine",
    "RatingRemark",
    "RatingSlip",
    "RatingTally",
    "RectificationItem",
    "RectificationNote",
    "RectificationOrder",
    "RectificationProof",
    "Recusal",
    "ResultCorrection",
    "ResultObjection",
    "ResultWithholding",
    "ReturnedFile",
    "ReturnedPage",
    "SafetyEntry",
    "SyncKept",
    "SyncReceipt",
    "TierProposal",
    "Visit",
    "VisitAnswer",
    "VisitItem",
    "VisitMember",
    "VisitPhoto",
    "VisitSignature",
    "WithholdingRequest",
]
