"""A trial says who would newly pass or fail, by rule, and touches nothing but its own rows."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from openpyxl import load_workbook

from institutions.models import Filing, FilingRecheck, ScreeningTrial, TrialChange
from institutions.resources.trial_export import trial_export
from institutions.selectors.rechecks_screening import version_label
from institutions.selectors.trials import ChangeFilter, last_term, term_choices, trial_changes
from institutions.services.trials import TrialDraft, ask_trial, keep_trial_changes
from regulator.audit.models import Event
from regulator.jobs.services import run_here
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refused
from tests.institutions.filings.conftest import AT, SUBJECT_ROW

OTHER_TOPIC = {"培训内容": "小数的加法和减法。", "进度安排": "第1—12次课小数的加减"}
OTHER_CLASS = SUBJECT_ROW | OTHER_TOPIC | {"班次": "2026春3期", "上课星期": "周一、周三"}
OWN_TABLES = {"institutions_screeningtrial", "institutions_trialchange"}


def draft_of(version=None, **changed):
    wanted = {
        "label": "试算" if version is None else version_label(version),
        "period_label": "2025-26 学年第二学期",
        "starts_from": date(2026, 3, 2),
        "starts_before": date(2026, 9, 1),
        "table_key": "" if version is None else str(version.public_id),
    }
    return TrialDraft(**(wanted | changed))


@pytest.fixture
def tried(approved, negative_draft, reviewer):
    """`tried(row, …)` → a finished trial of the draft on those classes."""

    def run(*rows) -> ScreeningTrial:
        approved(*rows)
        trial = ask_trial(division="510116", draft=draft_of(negative_draft), actor=reviewer, at=AT)
        run_here(trial.job)
        trial.refresh_from_db()
        return trial

    return run


def test_who_would_newly_fail_is_named_with_the_rule_and_the_words(tried):
    trial = tried(SUBJECT_ROW, OTHER_CLASS)
    change = trial.changes.select_related("filing").get()
    assert (change.rule, change.kind, change.before, change.after) == (
        "CONTENT-SYLLABUS",
        "newly_breach",
        "clear",
        "breach",
    )
    assert (change.filing_before, change.filing_after) == ("clear", "breach")
    assert change.finding["evidence"] == "三角形的特性"
    assert {name: trial.counts[name] for name in trial.counts if name != "rules"} == {
        "filings": 2,
        "changed": 1,
        "newly_failing": 1,
        "newly_in_doubt": 0,
        "newly_clear": 0,
    }
    assert trial.counts["rules"] == [
        {
            "rule": "CONTENT-SYLLABUS",
            "newly_breach": 1,
            "newly_undetermined": 0,
            "newly_clear": 0,
            "filings": 2,
        }
    ]


def _table_digests() -> dict[str, str]:
    """Every row of every business table, as one digest a table."""
    skipped = (*OWN_TABLES, "audit_", "jobs_", "django_", "auth_", "axes_", "database_")
    return {
        model._meta.db_table: sha256_hex(
            repr(list(model.objects.order_by("pk").values_list())).encode()
        )
        for model in apps.get_models()
        if not model._meta.db_table.startswith(skipped)
    }


def test_a_trial_touches_nothing(approved, negative_draft, reviewer):
    approved(SUBJECT_ROW, OTHER_CLASS)
    trial = ask_trial(division="510116", draft=draft_of(negative_draft), actor=reviewer, at=AT)
    before = _table_digests()
    run_here(trial.job)
    assert _table_digests() == before
    assert (TrialChange.objects.count(), FilingRecheck.objects.count()) == (1, 0)
    kinds = Event.objects.order_by("-pk").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["trial.finished", "trial.changes_kept"]


def test_a_trial_without_a_version_compares_with_what_was_found_when_filed(approved, reviewer):
    filing = approved()[0]
    kept = [{"rule": "FEE-EARLY", "outcome": "breach", "field": "收费日期", "evidence": "x"}]
    filing.findings = kept
    filing.save(update_fields=["findings"])
    trial = ask_trial(division="510116", draft=draft_of(), actor=reviewer, at=AT)
    run_here(trial.job)
    change = trial.changes.get()
    assert (change.rule, change.kind) == ("FEE-EARLY", "newly_clear")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts_before": date(2026, 3, 2)}, "trial.range_reversed"),
        ({"starts_before": date(2027, 3, 8)}, "trial.range_too_long"),
        ({"starts_from": date(2026, 5, 13)}, "trial.nothing_filed"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_its_reason(approved, reviewer, changed, code):
    approved()
    with pytest.raises(Refused) as refused:
        ask_trial(division="510116", draft=draft_of(**changed), actor=reviewer, at=AT)
    assert [one.code for one in refused.value.refusals] == [code]
    assert ScreeningTrial.objects.count() == 0


@pytest.mark.parametrize("role", ["licensing_officer", "inspector", "expert"])
def test_whoever_neither_proposes_nor_signs_a_table_tries_none(approved, make_actor, role):
    approved()
    with pytest.raises(Refused):
        ask_trial(division="510116", draft=draft_of(), actor=make_actor(role), at=AT)
    assert ScreeningTrial.objects.count() == 0


def test_a_trial_that_dies_between_two_chunks_counts_each_class_once(
    approved, negative_draft, reviewer, monkeypatch
):
    approved(SUBJECT_ROW, OTHER_CLASS, SUBJECT_ROW | {"班次": "2026春4期", "上课星期": "周五"})
    monkeypatch.setattr("institutions.tasks.rechecks.CHUNK_FILINGS", 1)
    calls = []

    def dying(**given):
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError("killed")
        return keep_trial_changes(**given)

    monkeypatch.setattr("institutions.tasks.rechecks.keep_trial_changes", dying)
    trial = ask_trial(division="510116", draft=draft_of(negative_draft), actor=reviewer, at=AT)
    run_here(trial.job)
    trial.refresh_from_db()
    assert (trial.ended_at, trial.filing_count) == (None, 1)
    run_here(trial.job)
    trial.refresh_from_db()
    assert (trial.filing_count, trial.counts["newly_failing"], trial.changes.count()) == (3, 2, 2)


def test_the_terms_are_those_of_the_calendar_and_the_last_one_is_over(calendar):
    choices = term_choices("510116", date(2026, 11, 1))
    assert (choices[0].key, choices[0].starts_from) == ("2025-2", date(2026, 3, 2))
    chosen = last_term(choices, date(2026, 11, 1))
    assert chosen is not None
    assert chosen.key == "2025-2"
    now = last_term(term_choices("510116", date(2026, 5, 1)), date(2026, 5, 1))
    assert now is not None
    assert (now.key, now.starts_before) == ("2025-1", date(2026, 3, 2))


def test_the_export_says_the_same_as_the_page(tried):
    trial = tried(SUBJECT_ROW)
    data = trial_export(trial_changes(trial, ChangeFilter(rule="CONTENT-SYLLABUS")))
    rows = list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))
    filing = Filing.objects.get()
    assert len(rows) == 2
    assert rows[1][:3] == (filing.number, filing.class_name, filing.institution.name)
    assert rows[1][5:9] == ("新违反", "未见问题", "违反", "三角形的特性")
    none = trial_export(trial_changes(trial, ChangeFilter(kind="newly_clear")))
    assert load_workbook(BytesIO(none)).active.max_row == 1
