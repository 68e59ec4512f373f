"""The end of the last visit is known to the second, and typed to the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inspections.forms.draws import RevealForm

KNOWN = datetime(2026, 3, 10, 2, 30, 26, 865000, tzinfo=UTC)


def cleaned(text: str, known: datetime | None) -> datetime:
    form = RevealForm({"last_visit_ended_at": text}, known=known)
    assert form.is_valid(), form.errors
    found: datetime = form.cleaned_data["last_visit_ended_at"]
    return found


def test_the_minute_of_the_last_visit_means_its_end_to_the_second() -> None:
    assert 'value="2026-03-10T10:30"' in str(RevealForm(known=KNOWN)["last_visit_ended_at"])
    assert cleaned("2026-03-10T10:30", KNOWN) == KNOWN


def test_another_minute_and_an_unknown_end_stay_as_they_were_typed() -> None:
    minute = KNOWN.replace(second=0, microsecond=0)
    assert cleaned("2026-03-10T10:29", KNOWN) == minute - timedelta(minutes=1)
    assert cleaned("2026-03-10T10:30", None) == minute
