"""A teacher booked by two institutions: the officer learns by whom, the institutions do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import FilingUpload, Institution
from institutions.selectors.filings_clashes import foreign_clashes
from regulator.kernel.actors import Actor
from tests.institutions.filings.conftest import SUBJECT_ROW
from tests.institutions.filings.test_register_rules import filed, other_upload

pytestmark = pytest.mark.django_db


def test_the_officer_reads_which_class_of_which_institution_it_is(
    upload: Callable[..., FilingUpload],
    manager: Actor,
    institution: Institution,
    reviewer: Actor,
    make_actor: Callable[..., Actor],
    login_as: Callable[..., object],
    client: Client,
) -> None:
    mine = filed(upload(SUBJECT_ROW), manager)
    made = other_upload(SUBJECT_ROW, make_actor)
    stranger = make_actor("institution_manager", institution=made.institution.public_id)
    row = made.rows.get()
    row.outcome = "clear"  # a statement of the institution let it be handed in
    theirs = mine.__class__.objects.get(pk=mine.pk)
    theirs.pk, theirs.public_id, theirs.number = None, made.public_id, "510116-2026-900001"
    theirs.institution, theirs.findings = made.institution, row.findings
    theirs.save()

    found = foreign_clashes(reviewer, theirs)
    assert [(one.filing.pk, len(one.days)) for one in found] == [(mine.pk, 12)]
    assert foreign_clashes(reviewer, mine) == []  # nothing was found on it
    assert foreign_clashes(stranger, theirs) == []

    login_as(client, "filing_reviewer")
    shown = client.get(reverse("filings:review", args=[theirs.public_id])).content.decode()
    assert institution.name in shown
    assert mine.number in shown
