"""Escrow accounts, contracts with their lessons, and the ledger."""

from fees.models.agreements import AccountDocument, AccountFreeze
from fees.models.attendance import (
    AttendanceMark,
    AttendanceSheet,
    AttendanceUpload,
    LessonNotice,
)
from fees.models.bank import (
    BankDifference,
    BankStatement,
    DifferenceNote,
    LineMatch,
    ReceiptReport,
    StatementLine,
    StatementMapping,
)
from fees.models.closures import ClosurePlan, ClosureShare, InsolvencyCase
from fees.models.contract_uploads import ContractUpload, ContractUploadRow
from fees.models.contracts import Contract, Lesson
from fees.models.escrow import EscrowAccount
from fees.models.guardians import ContractGuardian, LessonAnswer, PersonalRequest
from fees.models.ledger import LedgerAccount, LedgerCommand, MonthTurnover, Posting
from fees.models.month_statements import MonthStatement
from fees.models.refund import RefundRequest
from fees.models.release_runs import ReleaseRun, ReleaseRunLine
from fees.models.sales import RefusedSale
from fees.models.warnings import ProviderEvent, RiskWarning, WarningAnswer

__all__ = [
    "AccountDocument",
    "AccountFreeze",
    "AttendanceMark",
    "AttendanceSheet",
    "AttendanceUpload",
    "BankDifference",
    "BankStatement",
    "ClosurePlan",
    "ClosureShare",
    "Contract",
    "ContractGuardian",
    "ContractUpload",
    "ContractUploadRow",
    "DifferenceNote",
    "EscrowAccount",
    "InsolvencyCase",
    "LedgerAccount",
    "LedgerCommand",
    "Lesson",
    "LessonAnswer",
    "LessonNotice",
    "LineMatch",
    "MonthStatement",
    "MonthTurnover",
    "PersonalRequest",
    "Posting",
    "ProviderEvent",
    "ReceiptReport",
    "RefundRequest",
    "RefusedSale",
    "ReleaseRun",
    "ReleaseRunLine",
    "RiskWarning",
    "StatementLine",
    "StatementMapping",
    "WarningAnswer",
]
