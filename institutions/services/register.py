"""The register's services by name; each stands in a module of its own aggregate."""

from institutions.services.changes import (
    change_competent_department,
    change_credit_code,
    change_name,
    change_operating_status,
)
from institutions.services.identities import (
    InstitutionDraft,
    correct_institution,
    register_institution,
    verify_institution,
)
from institutions.services.licences import (
    LicenceDraft,
    correct_licence,
    grant_licence,
    move_licence,
    record_licence,
    take_licence_move,
)
from institutions.services.premises import add_premises, close_premises, correct_premises

__all__ = [
    "InstitutionDraft",
    "LicenceDraft",
    "add_premises",
    "change_competent_department",
    "change_credit_code",
    "change_name",
    "change_operating_status",
    "close_premises",
    "correct_institution",
    "correct_licence",
    "correct_premises",
    "grant_licence",
    "move_licence",
    "record_licence",
    "register_institution",
    "take_licence_move",
    "verify_institution",
]
