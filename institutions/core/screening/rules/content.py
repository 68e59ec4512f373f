"""CONTENT-SYLLABUS and CONTENT-PACE: topics of a later stage, and topics of a later term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from institutions.core.screening.bases import (
    NEGATIVE_LIST,
    NEGATIVE_PACE,
    NEGATIVE_STAGE,
)
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    Undetermined,
    is_subject_class,
    missing_school_year,
    trusted_day,
)
from institutions.core.screening.grades import (
    FIRST_SENIOR_GRADE,
    NO_STAGE,
    grade_name,
    stage_name,
    stage_of,
)
from institutions.core.screening.limits import Limits
from institutions.core.screening.placement import (
    Cohort,
    book_of,
    cohort_of,
    describe,
    is_later,
    place_topic,
    week_note,
    where,
)
from institutions.core.screening.reading import Mention, Passage, Place, Volume
from institutions.core.screening.resemblance import LEAST_LEAD, LEAST_LIKENESS, LEAST_WORDS
from institutions.core.screening.rules.disguise import disguised_subjects
from institutions.core.screening.tables import NegativeItem
from institutions.core.screening.topics import TopicEntry
from regulator.calendars.core.school import DayState
from regulator.kernel.legal import LegalBasis

_WHOLE_YEAR_TERM = 1
_PACE = "pace"
_MOST_SHOWN = 50
_MOST_NAMED = 6
_NEXT_TERM = "下学期"
_CHEMISTRY_REVIEW = "九年级寒假前及寒假系统中考复习"


@dataclass(frozen=True)
class Hit:
    """A topic that comes too early: its place, what the tables say of it, and whether surely.

    `is_inferred`: no words name or describe it, they only speak for it.
    """

    place: Place
    detail: str
    belongs: str
    is_certain: bool
    basis: LegalBasis
    missing: str = ""
    book: Mapping[str, str] = field(default_factory=dict)
    is_described: bool = False
    is_inferred: bool = False


def judged_subjects(facts: Facts, limits: Limits) -> tuple[str, ...]:
    """The subjects whose tables a row is read by: the filed one, or the one it disguises."""
    if is_subject_class(facts, limits, day=facts.row.starts_on):
        return (facts.row.subject,)
    return disguised_subjects(facts, limits)


def judge_syllabus(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-SYLLABUS: a topic of a later stage, of no stage, or a row seen in the list."""
    if not NEGATIVE_LIST.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    subjects = judged_subjects(facts, limits)
    if not subjects:
        return NOT_APPLICABLE
    hits = list(_syllabus_hits(facts, subjects))
    return _outcome(hits, NEGATIVE_STAGE)


def _syllabus_hits(facts: Facts, subjects: tuple[str, ...]) -> Iterator[Hit]:
    grade = facts.row.lowest_grade
    for subject in subjects:
        cohort = _cohort(facts, subject)
        for mention in _mentions(facts, subject, cohort):
            hit = _listed_hit(mention, grade) or _stage_hit(mention, cohort)
            if hit is not None:
                yield hit
    if grade < FIRST_SENIOR_GRADE:
        for volume in (*facts.reading.volumes, *facts.reading.stages):
            if stage_of(volume.grade) > stage_of(grade):
                belongs = stage_name(stage_of(volume.grade))
                yield Hit(volume.place, f"{belongs}教材或内容", belongs, True, NEGATIVE_STAGE)


def _described(mention: Mention, detail: str) -> str:
    """The place of a topic, and by which words it was inferred where none names it."""
    if not mention.likely_by:
        return detail
    return f"{detail}（没有写出名称，由用词推断：{'、'.join(mention.likely_by)}）"


def _listed_hit(mention: Mention, grade: int) -> Hit | None:
    for item in mention.entry.items:
        covers = item.grade_from <= grade <= item.grade_to
        if item.is_listed and covers and item.speaks_of != _PACE:
            detail = _described(mention, f"《负面清单》“{item.topic}”（{item.code}）")
            inferred = bool(mention.likely_by)
            return Hit(mention.place, detail, item.topic, True, NEGATIVE_LIST, is_inferred=inferred)
    return None


def _stage_hit(mention: Mention, cohort: Cohort) -> Hit | None:
    place = place_topic(mention.entry, cohort)
    if place is None or place.stage <= stage_of(cohort.grade):
        return None
    if cohort.grade >= FIRST_SENIOR_GRADE and place.stage != NO_STAGE:
        return None
    book = book_of(place, cohort)
    detail, belongs = _described(mention, describe(place)), where(place)
    return Hit(
        mention.place,
        detail,
        belongs,
        place.is_certain,
        NEGATIVE_STAGE,
        book=book,
        is_inferred=bool(mention.likely_by),
    )


def judge_pace(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-PACE: a topic of the same stage that is taught after the term of the last day."""
    grade = facts.row.lowest_grade
    if grade >= FIRST_SENIOR_GRADE:
        return NOT_APPLICABLE
    if not NEGATIVE_PACE.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    subjects = judged_subjects(facts, limits)
    if not subjects:
        return NOT_APPLICABLE
    hits = _without_double(list(_pace_hits(facts, subjects)), facts, subjects)
    missing = _missing_books(facts, subjects)
    if missing and not any(hit.is_certain for hit in hits):
        return Undetermined("学科或项目", missing, NEGATIVE_PACE)
    return _outcome(hits, NEGATIVE_PACE)


def _without_double(hits: list[Hit], facts: Facts, subjects: tuple[str, ...]) -> list[Hit]:
    """Without descriptions whose words already describe, or name, a topic of a later stage."""
    if not any(hit.is_described for hit in hits):
        return hits
    later = [hit.place for hit in _syllabus_hits(facts, subjects) if hit.is_certain]
    return [
        hit
        for hit in hits
        if not (hit.is_described and any(_overlap(hit.place, place) for place in later))
    ]


def _overlap(one: Place, other: Place) -> bool:
    return one.header == other.header and one.start < other.end and other.start < one.end


def _missing_books(facts: Facts, subjects: tuple[str, ...]) -> str:
    for subject in subjects:
        grade = facts.row.lowest_grade
        edition = facts.context.edition_on(subject, facts.row.starts_on, grade=grade)
        if (subject, edition) not in facts.context.index.unit_books:
            return f"{edition or '本区未设定版本的'}{subject}教材目录"
    return ""


def _pace_hits(facts: Facts, subjects: tuple[str, ...]) -> Iterator[Hit]:
    for subject in subjects:
        cohort = _cohort(facts, subject)
        for mention in _mentions(facts, subject, cohort):
            yield from _listed_pace(facts, mention, cohort)
            yield from _unit_pace(facts, mention, cohort)
        for volume in facts.reading.volumes:
            yield from _volume_pace(facts, volume, cohort)


def _listed_pace(facts: Facts, mention: Mention, cohort: Cohort) -> Iterator[Hit]:
    for item in mention.entry.items:
        covers = item.grade_from <= cohort.grade <= item.grade_to
        if item.speaks_of != _PACE or not covers:
            continue
        answer = _pace_row_applies(facts, item, mention, cohort)
        if answer is not False:
            detail = f"《负面清单》“{item.topic}”（{item.code}）"
            missing = missing_school_year(facts.row.ends_on) if answer is None else ""
            belongs = "尚未开始的学期"
            book = {"from_when": "该学期开学"}
            yield Hit(mention.place, detail, belongs, answer is True, NEGATIVE_LIST, missing, book)


def _pace_row_applies(
    facts: Facts, item: NegativeItem, mention: Mention, cohort: Cohort
) -> bool | None:
    """Whether a row that speaks of pace is breached; None when a calendar year is missing."""
    if item.topic == _CHEMISTRY_REVIEW:
        day = trusted_day(facts.calendar, facts.row.starts_on, cohort.grade)
        if day is None:
            return None
        return day.state == DayState.WINTER_BREAK or (
            day.state == DayState.TERM and day.latest_term == 1
        )
    if mention.entry.term == _NEXT_TERM:
        # In the second term 下学期 is this term's own name.
        return None if not cohort.latest_term else cohort.latest_term == 1
    return True


def _unit_pace(facts: Facts, mention: Mention, cohort: Cohort) -> Iterator[Hit]:
    place = place_topic(mention.entry, cohort)
    if place is None or place.stage != stage_of(cohort.grade):
        return
    later = is_later(place, cohort)
    if later is False:
        return
    missing = missing_school_year(facts.row.ends_on) if later is None else ""
    certain = place.is_certain and later is True
    detail, book = describe(place) + week_note(place, cohort), book_of(place, cohort)
    detail = _described(mention, detail)
    yield Hit(
        mention.place,
        detail,
        where(place),
        certain,
        NEGATIVE_PACE,
        missing,
        book,
        is_described=mention.is_described,
        is_inferred=bool(mention.likely_by),
    )


def _volume_pace(facts: Facts, volume: Volume, cohort: Cohort) -> Iterator[Hit]:
    grade = volume.grade or cohort.grade
    if stage_of(grade) != stage_of(cohort.grade):
        return
    position = (grade, volume.term or _WHOLE_YEAR_TERM)
    allowed = (cohort.grade, cohort.latest_term or _WHOLE_YEAR_TERM)
    if position <= allowed:
        return
    certain = bool(cohort.latest_term) or grade > cohort.grade
    missing = "" if certain else missing_school_year(facts.row.ends_on)
    side = "下" if position[1] > 1 else "上"
    belongs = f"{grade_name(grade)}{side}册"
    book = {
        "grade": grade_name(grade),
        "volume": f"{side}册",
        "from_when": f"{grade_name(grade)}{side}学期",
    }
    yield Hit(volume.place, f"{belongs}教材", belongs, certain, NEGATIVE_PACE, missing, book)


def _mentions(facts: Facts, subject: str, cohort: Cohort) -> Iterator[Mention]:
    """What is named or described, and the likest early topic of what is left, if there is one."""
    mentions = facts.reading.mentions(subject)
    yield from mentions
    early = [one.place for one in mentions if _comes_early(one.entry, cohort)]
    passages = facts.reading.passages(subject)
    lawful = [one.place for one in passages if _is_lawful(one, cohort)]
    found = [
        likely
        for passage in passages
        if not any(_overlap(passage.place, place) for place in early)
        and not any(_holds(place, passage.place) for place in lawful)
        and (likely := _early(passage, cohort)) is not None
    ]
    if found:
        yield max(found, key=lambda one: one[0])[1]


def _is_lawful(passage: Passage, cohort: Cohort) -> bool:
    """Whether what a passage is likest to is lawful, or no topic."""
    entry, like = passage.likes[0]
    return passage.plain >= like or not _comes_early(entry, cohort)


def _holds(outer: Place, inner: Place) -> bool:
    """Whether a place lies within another: what more words say goes before what fewer do."""
    return outer.header == inner.header and outer.start <= inner.start and inner.end <= outer.end


def _early(passage: Passage, cohort: Cohort) -> tuple[int, Mention] | None:
    """The likest topic that comes too early, unless a lawful one explains the words as well."""
    early, lawful = None, passage.plain
    for entry, like in passage.likes:
        if not _comes_early(entry, cohort):
            lawful = max(lawful, like)
        elif early is None:
            early = entry, like
    if early is None or early[1] < LEAST_LIKENESS or early[1] - lawful < LEAST_LEAD:
        return None
    entry, like = early
    words = passage.words_for(entry)
    if len(words) < LEAST_WORDS:
        return None
    mention = Mention(
        entry, passage.place, passage.looks_back, is_described=True, likely_by=words[:_MOST_NAMED]
    )
    return like, mention


def _comes_early(entry: TopicEntry, cohort: Cohort) -> bool:
    place = place_topic(entry, cohort)
    if place is None or not place.is_certain:
        return False
    if place.stage != stage_of(cohort.grade):
        return place.stage > stage_of(cohort.grade)
    return is_later(place, cohort) is True


def _cohort(facts: Facts, subject: str) -> Cohort:
    return cohort_of(facts, subject=subject)


def _outcome(hits: Iterable[Hit], basis: LegalBasis) -> Outcome:
    hits = list(hits)
    certain = [hit for hit in hits if hit.is_certain]
    shown = certain or hits
    if not shown:
        return PASS
    first = shown[0]
    params = {
        "spans": tuple(dict.fromkeys(hit.place.span for hit in shown))[:_MOST_SHOWN],
        "words": tuple(dict.fromkeys(hit.place.words for hit in shown))[:_MOST_SHOWN],
        "detail": _explained(first, shown[1:]),
        "belongs": first.belongs,
        **first.book,
    }
    if certain:
        return Breach(first.place.header, first.place.words, first.basis, params)
    missing = first.missing or "可信的教材目录"
    return Undetermined(
        first.place.header, missing, basis, params | {"evidence": first.place.words}
    )


def _explained(first: Hit, others: Iterable[Hit]) -> str:
    """What the tables say of the first hit, and of one that was inferred: it must say by what."""
    inferred = next((hit for hit in others if hit.is_inferred), None)
    if inferred is None:
        return first.detail
    return f"{first.detail}；“{inferred.place.words}”：{inferred.detail}"
