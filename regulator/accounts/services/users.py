"""Making users, their passwords and private links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import PrivateLink, User
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def user_subject(user: User) -> Subject:
    """A user as an audit event names them."""
    return Subject("user", str(user.public_id), user.name)


def create_user(
    *,
    username: str,
    name: str,
    password: str | None,
    division: str,
    phone: str = "",
    actor: Actor,
    at: datetime,
) -> User:
    """Make a user without any desk. The phone number is sealed.

    Without a password the user cannot log in until one is set. Raises Refused when the login
    name is taken, and Django's ValidationError for a weak password.
    """
    require(actor, Action.ACCOUNT_MANAGE, Target(division=division))
    user = User(username=username.strip(), name=name.strip(), division_id=division, joined_at=at)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        if User.objects.filter(username__iexact=user.username).exists():
            raise Refused(Refusal("account.name_taken", {"username": user.username}))
        user.phone = seal_text(phone, subject=user.public_id)
        user.save(force_insert=True)
        append_event(
            division=division,
            actor=actor,
            kind="accounts.user_created",
            subject=user_subject(user),
            new={"username": user.username, "name": user.name},
            occurred_at=at,
        )
    return user


def set_user_active(
    user: User, *, is_active: bool, reason: str, actor: Actor, at: datetime
) -> User:
    """Open or close a user's login."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=user.division_id))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        was_active = locked.is_active
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="accounts.user_activity_set",
            subject=user_subject(locked),
            old={"is_active": was_active},
            new={"is_active": is_active},
            reason=reason,
            occurred_at=at,
        )
    return locked


def change_password(
    user: User, *, password: str, must_change: bool = False, actor: Actor, at: datetime
) -> None:
    """Set a password: one's own, or another's by who manages accounts. Never recorded itself."""
    if actor.user_id != user.pk:
        require(actor, Action.ACCOUNT_MANAGE, Target(division=user.division_id))
    validate_password(password, user)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.set_password(password)
        locked.must_change_password = must_change
        locked.save(update_fields=["password", "must_change_password"])
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="accounts.password_changed",
            subject=user_subject(locked),
            occurred_at=at,
        )


def record_sign_in(user: User, *, way: str, actor: Actor, at: datetime) -> None:
    """Keep that a person came in; `way` is password or link."""
    with transaction.atomic():
        append_event(
            division=user.division_id,
            actor=actor,
            kind="accounts.signed_in",
            subject=user_subject(user),
            new={"way": way},
            occurred_at=at,
        )


def record_sign_out(user: User, *, actor: Actor, at: datetime) -> None:
    """Keep that a person went out."""
    with transaction.atomic():
        append_event(
            division=user.division_id,
            actor=actor,
            kind="accounts.signed_out",
            subject=user_subject(user),
            occurred_at=at,
        )


def create_private_link(
    user: User, *, days: int, actor: Actor, at: datetime
) -> tuple[PrivateLink, str]:
    """A link by which a parent comes in without a password; the token is returned once."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=user.division_id))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = PrivateLink.objects.create(
            division_id=user.division_id,
            user=user,
            token_digest=hashlib.sha256(token.encode()).hexdigest(),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        append_event(
            division=user.division_id,
            actor=actor,
            kind="accounts.private_link_created",
            subject=user_subject(user),
            new={"link": link.public_id, "expires_at": link.expires_at},
            occurred_at=at,
        )
    return link, token


def revoke_private_link(link: PrivateLink, *, actor: Actor, at: datetime) -> PrivateLink:
    """Close a private link at once; closing it twice changes nothing."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=link.division_id))
    with transaction.atomic():
        locked = PrivateLink.objects.select_for_update().select_related("user").get(pk=link.pk)
        if locked.revoked_at is None:
            locked.revoked_at = at
            locked.save(update_fields=["revoked_at"])
            append_event(
                division=locked.division_id,
                actor=actor,
                kind="accounts.private_link_revoked",
                subject=user_subject(locked.user),
                new={"link": locked.public_id},
                occurred_at=at,
            )
    return locked
