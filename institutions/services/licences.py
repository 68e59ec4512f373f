"""Licences: recorded, granted, corrected, and moved by the one table of transitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from institutions.choices.register import LICENCE_STATE_LABELS
from institutions.core.licence_states import (
    TRANSITIONS,
    LicenceFacts,
    LicenceState,
    Transition,
    desk_refusals,
    refusals,
)
from institutions.core.register.licence_numbers import read_licence_number
from institutions.core.register.text import clean_text
from institutions.models import Institution, Licence
from institutions.selectors.register_entry import number_conflicts
from institutions.services.register_records import (
    begin_period,
    day_of,
    lock_institution,
    record_event,
    require_edit,
    settle_entry,
)
from institutions.services.rescreening import rescreen_after_licence
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.calendars.selectors.settings import nature_code_position
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class LicenceDraft:
    """What a licence prints. `valid_until` is the last day on the paper, inclusive.

    `stages`, `subjects` and `ways` are its scope, codes as in `choices/register.py` (subjects as
    printed). The number may be blank for a non-subject institution's paper.
    """

    document_type: str = "school_licence"
    number: str = ""
    name: str = ""
    address: str = ""
    principal: str = ""
    sponsors: str = ""
    school_type: str = ""
    content: str = ""
    category: str = ""
    activity: str = ""
    stages: Sequence[str] = ()
    subjects: Sequence[str] = ()
    ways: Sequence[str] = ()
    competent_department_printed: str = ""
    issuing_authority: str = ""
    issuing_department: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    remarks: str = ""


def record_licence(
    *,
    institution: Institution,
    draft: LicenceDraft,
    replaces: Licence | None = None,
    actor: Actor,
    at: datetime,
) -> Licence:
    """Enter a licence as pending. Raises Refused for a number that stands on another licence."""
    require_edit(actor, institution)
    with transaction.atomic():
        locked = lock_institution(institution)
        licence = create_licence(institution=locked, draft=draft, on=day_of(at), replaces=replaces)
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="licence.recorded",
            actor=actor,
            at=at,
            new=_values(draft),
            subject=licence,
        )
    return licence


def grant_licence(
    *, institution: Institution, draft: LicenceDraft, actor: Actor, at: datetime
) -> Licence:
    """Record a licence and hand it out in one transaction; `take_licence_move` says who may."""
    with transaction.atomic():
        licence = record_licence(institution=institution, draft=draft, actor=actor, at=at)
        return take_licence_move(licence=licence, move="grant", actor=actor, at=at)


def create_licence(
    *,
    institution: Institution,
    draft: LicenceDraft,
    on: date,
    replaces: Licence | None = None,
) -> Licence:
    """The rows of a pending licence of a locked institution, inside the caller's transaction."""
    columns = _columns(institution, draft, exclude=None)
    licence = Licence.objects.create(
        institution=institution, replaces=replaces, state_since=on, **columns
    )
    licence.periods.create(state=licence.state, starts_on=on)
    return licence


def fill_licence(*, licence: Licence, draft: LicenceDraft) -> None:
    """Fill what is blank of a licence from a draft, inside the caller's transaction."""
    columns = _columns(licence.institution, draft, exclude=licence.pk)
    for name, value in columns.items():
        if value and not getattr(licence, name):
            setattr(licence, name, value)
    starts, before = licence.valid_from, licence.valid_before
    if starts is not None and before is not None and before <= starts:
        raise Refused(Refusal("licence.validity_reversed"))
    licence.save(update_fields=list(columns))


def correct_licence(
    *,
    licence: Licence,
    draft: LicenceDraft,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Licence:
    """Put right what was entered of a paper; its state is not touched."""
    require_edit(actor, licence.institution)
    with transaction.atomic():
        locked = lock_institution(licence.institution)
        held = Licence.objects.select_for_update().get(pk=licence.pk)
        columns = _columns(locked, draft, exclude=held.pk)
        new = {name: value for name, value in columns.items() if getattr(held, name) != value}
        if not new:
            raise Refused(Refusal("register.nothing_changed"))
        old = {name: getattr(held, name) for name in new}
        for name, value in new.items():
            setattr(held, name, value)
        held.save(update_fields=list(new))
        settle_entry(locked)
        record_event(
            institution=locked,
            kind="licence.corrected",
            actor=actor,
            at=at,
            old=old,
            new=new,
            subject=held,
            reason=reason,
        )
        rescreen_after_licence_change(licence=held, what="corrected", actor=actor, at=at)
    return held


def take_licence_move(
    *,
    licence: Licence,
    move: str,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Licence:
    """Take, at the desk, one of the few transitions that need no journey (DESK_MOVES).

    Raises Refused: 吊销, suspension, 撤销, 撤回 and 注销 come only of a journey's decision.
    """
    transition_ = TRANSITIONS[move]
    department = licence.issuing_department_id or ""
    target = Target(division=licence.institution.division_id, department=department)
    require(actor, transition_.action, target)
    found = desk_refusals(transition_)
    if found:
        raise Refused(found)
    return move_licence(licence=licence, move=move, reason=reason, actor=actor, at=at)


def move_licence(
    *,
    licence: Licence,
    move: str,
    reason: str = "",
    decision_number: str = "",
    actor: Actor,
    at: datetime,
) -> Licence:
    """Take a transition of `core/licence_states.py` on the day of `at`, whoever decided it.

    For effects of journeys, which asked the policy for their own move. Raises Refused with every
    reason that stands against it.
    """
    transition_ = TRANSITIONS[move]
    on = day_of(at)
    with transaction.atomic():
        institution = lock_institution(licence.institution)
        held = Licence.objects.select_for_update().get(pk=licence.pk)
        found = refusals(
            transition_, _facts(held, institution, transition_, on, reason, decision_number)
        )
        if found:
            raise Refused(found)
        old = {"state": held.state}
        getattr(held, move)(on=on, reason=reason, decision_number=decision_number)
        held.save(update_fields=["state", "state_since", "state_reason", "decision_number"])
        begin_period(held.periods, key="state", value=held.state, starts_on=on)
        settle_entry(institution)
        record_event(
            institution=institution,
            kind=f"licence.{transition_.target.value}",
            actor=actor,
            at=at,
            old=old,
            new={"state": held.state, "decision_number": decision_number},
            subject=held,
            reason=reason,
            basis=transition_.basis,
        )
        if move != "replace":  # the licence that takes its place asks for itself
            rescreen_after_licence_change(licence=held, what=held.state, actor=actor, at=at)
    return held


def rescreen_after_licence_change(
    *, licence: Licence, what: str, actor: Actor, at: datetime
) -> None:
    """Approved classes of the institution are screened again; a person decides on what is found.

    `what` is the state entered, or the key of another change of the paper.
    """
    state = LICENCE_STATE_LABELS.get(what, _("更正"))
    rescreen_after_licence(
        institution=licence.institution,
        cause_key=f"licence:{licence.public_id}:{what}:{day_of(at)}",
        label=_("许可证 %(number)s：%(state)s"),
        params={"number": licence.number_printed, "state": state},
        actor=actor,
        at=at,
    )


def _facts(
    licence: Licence,
    institution: Institution,
    move: Transition,
    on: date,
    reason: str,
    decision_number: str,
) -> LicenceFacts:
    others = institution.licences.filter(
        state=LicenceState.IN_FORCE.value, document_type=licence.document_type
    ).exclude(pk=licence.pk)
    other = others.first() if move.name == "grant" else None
    return LicenceFacts(
        state=LicenceState(licence.state),
        on=on,
        category=licence.category or institution.category,
        number_printed=licence.number_printed,
        valid_from=licence.valid_from,
        valid_before=licence.valid_before,
        has_premises=institution.premises.filter(ends_before__isnull=True).exists(),
        other_in_force="" if other is None else str(other),
        reason=reason,
        decision_number=decision_number,
    )


def _columns(
    institution: Institution, draft: LicenceDraft, *, exclude: int | None
) -> dict[str, object]:
    fact_on = draft.issued_on or draft.valid_from or institution.registered_on
    number = read_licence_number(
        draft.number, nature_position=nature_code_position(institution.division_id, fact_on)
    )
    found = number_conflicts(
        division=institution.division_id, number_key=number.key, exclude=exclude
    )
    valid_from, valid_until = draft.valid_from or draft.issued_on, draft.valid_until
    if valid_from is not None and valid_until is not None and valid_until < valid_from:
        found.append(Refusal("licence.validity_reversed"))
    if found:
        raise Refused(found)
    texts = {
        name: clean_text(value)
        for name, value in asdict(draft).items()
        if isinstance(value, str) and name not in {"number", "issuing_department"}
    }
    texts["name"] = texts["name"] or institution.name
    return {
        **texts,
        "number_printed": number.printed,
        "number_key": number.key,
        "number_authority": number.authority,
        "number_division": number.division,
        "number_nature": number.nature,
        "number_serial": number.serial,
        "number_flags": [flag.value for flag in number.flags],
        "stages": list(draft.stages),
        "subjects": list(draft.subjects),
        "ways": list(draft.ways),
        "issuing_department_id": draft.issuing_department or None,
        "issued_on": draft.issued_on,
        "valid_from": valid_from,
        "valid_before": None if valid_until is None else valid_until + timedelta(days=1),
    }


def _values(draft: LicenceDraft) -> dict[str, object]:
    return {name: value for name, value in asdict(draft).items() if value}
