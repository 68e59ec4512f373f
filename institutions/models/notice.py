"""Notices, their deliveries, and where an institution is reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from institutions.choices.notice_deliveries import (
    CHANNEL_CHOICES,
    CHANNEL_LABELS,
    DELIVERY_STATE_CHOICES,
    delivery_badge,
    problem_text,
)
from institutions.choices.notice_texts import RECIPIENT_CHOICES, notice_badge, text_of, title_of
from institutions.models.register import Institution
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class Notice(PublicModel):
    """通知: one event told to one recipient, once, however often it is asked for.

    Not the legal service of a document (送达), which is a step of its own. The recipient is an
    institution, or a desk of officers (role and department); `recipient_key` says which.
    `institution` is the recipient, or the one a desk's notice is about. `caused_by` is the key of
    the event; `page` the path where the recipient goes on.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=12, choices=RECIPIENT_CHOICES)
    recipient_key = models.CharField(max_length=120)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    role = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_key = models.CharField(max_length=80, blank=True)
    page = models.CharField(max_length=300, blank=True)
    caused_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=120, blank=True)
    read_by_user = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recipient_key", "caused_by"], name="notice_once_per_event"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient_key", "-created_at"], name="notice_of_recipient"),
            models.Index(
                fields=["recipient_key"],
                condition=Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(fields=["institution", "-created_at"], name="notice_of_institution"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What happened, in a line, in the reader's language."""
        return title_of(self.kind, self.params)

    @property
    def text(self) -> str:
        """What it means and what to do next, in the reader's language."""
        return text_of(self.kind, self.params)

    @property
    def badge(self) -> Badge:
        """How much it asks of the reader."""
        return notice_badge(self.kind)

    @property
    def is_read(self) -> bool:
        """Whether somebody at the recipient's has opened it."""
        return self.read_at is not None


class NoticeDelivery(models.Model):
    """通知发送: a notice on its way by e-mail or SMS, with every try counted.

    Not the notice itself, which stands in the system whatever becomes of this. `address` is
    masked. `claim` and `claimed_until` are a sender's hold, changed by compare-and-set alone;
    `problem` is a code, `answer` the other side's number for it, never its words.
    """

    division_path: ClassVar[str | None] = "notice__division"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES)
    address = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=DELIVERY_STATE_CHOICES, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=40, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["notice_id", "channel"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notice_delivery_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state="waiting"),
                name="notice_delivery_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return delivery_badge(self.state)

    @property
    def channel_label(self) -> str:
        """The way it goes."""
        return str(CHANNEL_LABELS[self.channel])

    @property
    def problem_text(self) -> str:
        """Why it did not go out, or not yet, in plain words; empty when nothing is wrong."""
        return problem_text(self.problem, self.answer)


class NoticeContact(PublicModel):
    """通知联系方式: where an institution wants to be told, as its own desk entered it.

    Not the register's own contact data. Sealed; shown masked; who reveals it leaves an event.
    A notice inside the system cannot be declined, the other two ways can.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.OneToOneField(Institution, models.CASCADE, related_name="notice_contact")
    email = EncryptedTextField(blank=True)
    email_masked = models.CharField(max_length=160, blank=True)
    takes_email = models.BooleanField(default=True)
    mobile = EncryptedTextField(blank=True)
    mobile_masked = models.CharField(max_length=30, blank=True)
    takes_sms = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.email_masked} {self.mobile_masked}".strip()
