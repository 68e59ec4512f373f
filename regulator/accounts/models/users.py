"""Users and private links."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone

from regulator.accounts.models.places import Division
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel


class UserManager(BaseUserManager["User"]):
    """Reads users by their login name; users are made by `accounts.services.create_user`."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of a login name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, PublicModel):
    """用户: a person who can log in. What they may do comes from their appointments alone."""

    division_path: ClassVar[str | None] = "division"

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="users")
    phone = EncryptedTextField(blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name


class PrivateLink(PublicModel):
    """私人链接: how a parent comes in without an account; only the token's digest is kept."""

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey(Division, models.PROTECT, related_name="private_links")
    user = models.ForeignKey(User, models.PROTECT, related_name="private_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.expires_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link still lets its holder in."""
        return self.revoked_at is None and at < self.expires_at
