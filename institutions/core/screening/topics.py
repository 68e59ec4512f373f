"""The tables' key terms as one matching automaton per subject, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import ahocorasick_rs

from institutions.core.screening.clauses import is_excluded
from institutions.core.screening.denials import denied_later
from institutions.core.screening.descriptions import JOIN, Descriptions
from institutions.core.screening.hidden import is_split, latin_windows, pinyin_of, squeeze
from institutions.core.screening.needed import ByCharacter
from institutions.core.screening.normalise import FoldedText, fold_text
from institutions.core.screening.resemblance import NO_TOPIC, Likeness, clauses_of
from institutions.core.screening.subject_words import SubjectWords
from institutions.core.screening.tables import (
    NegativeItem,
    PaceUnit,
    Paraphrase,
    ReferenceTables,
    TermException,
)
from institutions.core.screening.word_bounds import falls_between_words

_BRACKETED = re.compile(r"[((].*?[))]")
_HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+(?:单元|章)[\s·]*|starter unit \d\s*)+")
_PAIR = re.compile(r"[和与]")
_SUMS = re.compile(r"的?加法和减法$")
_LATIN = re.compile(r"[a-z0-9]")
_ALNUM = re.compile(r"[a-z0-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LITERATURE = "语文"
_FOREIGN = "外语"
_LATIN_TITLE_WORDS = 2
_SHORT_TERM = 4
_OPEN_END = 9999
_NEAR_AFTER = 60
_CLAUSE_GAP = r"[^,，。;；!！?？\n]{0,10}?"


@dataclass
class TopicEntry:
    """A term with every row of the tables that names it."""

    subject: str
    term: str
    units: list[PaceUnit] = field(default_factory=list)
    items: list[NegativeItem] = field(default_factory=list)


@dataclass(frozen=True)
class TermHit:
    """A term in a folded text, at `start:end` of it, or words that only describe it."""

    entry: TopicEntry
    start: int
    end: int
    is_described: bool = False


@dataclass(frozen=True, slots=True)
class LikenessHit:
    """What `start:end` of a folded text is like: entries with their likeness, the likest first.

    `plain` is its likeness to what filings say beside any topic.
    """

    entries: tuple[tuple[TopicEntry, int], ...]
    plain: int
    start: int
    end: int
    likeness: Likeness


class TopicIndex:
    """Finds the terms of a subject. Built once from the tables; reading changes nothing."""

    def __init__(self, tables: ReferenceTables) -> None:
        self._care = {(one.subject, fold_text(one.term)): one for one in tables.exceptions}
        entries: dict[tuple[str, str], TopicEntry] = {}
        for unit in _without_gaps(tables.units):
            for term in _unit_terms(unit):
                self._entry(entries, unit.subject, term).units.append(unit)
        for item in tables.negative:
            for term in item.terms:
                self._entry(entries, item.subject, fold_text(term)).items.append(item)
        usable = [one for one in entries.values() if self._usable(one)]
        self._by_subject: dict[str, list[TopicEntry]] = {}
        for entry in usable:
            self._by_subject.setdefault(entry.subject, []).append(entry)
        self._automata: Mapping[str, ahocorasick_rs.AhoCorasick] = {
            subject: ahocorasick_rs.AhoCorasick(
                [one.term for one in some],
                matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            )
            for subject, some in self._by_subject.items()
        }
        self._by_pinyin = {
            subject: {letters: one for one in some if (letters := pinyin_of(one.term))}
            for subject, some in self._by_subject.items()
        }
        self._paraphrases = {
            subject: ByCharacter(some)
            for subject, some in _paraphrase_patterns(tables.paraphrases, entries).items()
        }
        self._described = _descriptions(tables.paraphrases, entries)
        self._resemblances = tables.resemblances
        self._entries = entries
        self.words = SubjectWords(tables.aliases, tables.activities)
        self.unit_books = frozenset((unit.subject, unit.edition) for unit in tables.units)

    @staticmethod
    def _entry(entries: dict[tuple[str, str], TopicEntry], subject: str, term: str) -> TopicEntry:
        return entries.setdefault((subject, term), TopicEntry(subject, term))

    def _usable(self, entry: TopicEntry) -> bool:
        care = self._care.get((entry.subject, entry.term))
        if care is not None and care.treatment == "never":
            return False
        if entry.term.isascii() and not entry.items:
            return len(entry.term.split()) >= _LATIN_TITLE_WORDS
        return len(entry.term) > 1 or entry.subject == _LITERATURE

    def hits(self, text: FoldedText, subject: str) -> Iterable[TermHit]:
        """The terms of a subject in a text: leftmost, longest, not overlapping."""
        automaton = self._automata.get(subject)
        if automaton is None:
            return
        entries = self._by_subject[subject]
        for index, start, end in automaton.find_matches_as_indexes(text.text):
            entry = entries[index]
            if self._stands(entry, text.text, start, end):
                yield TermHit(entry, start, end)

    def hidden(self, text: FoldedText, subject: str) -> Iterable[TermHit]:
        """The terms of a subject taken apart by marks or written in pinyin."""
        squeezed = squeeze(text)
        if squeezed is not None:
            for hit in self.hits(squeezed, subject):
                if is_split(squeezed.origin, hit.start, hit.end):
                    yield TermHit(hit.entry, *squeezed.span(hit.start, hit.end))
        spelt = {} if subject == _FOREIGN else self._by_pinyin.get(subject, {})
        if spelt:
            for letters, start, end in latin_windows(text.text):
                if letters in spelt:
                    yield TermHit(spelt[letters], start, end)

    def paraphrased(self, text: FoldedText, subject: str) -> Iterable[TermHit]:
        """The topics of a subject that a text describes without their term."""
        paraphrases = self._paraphrases.get(subject)
        for entry, pattern in paraphrases.of(text.text) if paraphrases else ():
            for found in pattern.finditer(text.text):
                yield TermHit(entry, *found.span(), is_described=True)
        described, of = self._described.get(subject, (None, ()))
        if described is not None:
            for one in described.find(text.text):
                if not any(is_excluded(text.text, *place) for place in one.at):
                    yield TermHit(of[one.index], one.start, one.end, is_described=True)

    def resembling(self, text: FoldedText, subject: str) -> Iterable[LikenessHit]:
        """Passages that name no topic of a subject, exclude nothing, and use the words of some."""
        resemblance = self._resemblances.get(subject)
        if resemblance is None:
            return
        named = [(hit.start, hit.end) for hit in self.hits(text, subject)]
        for one in resemblance.find(text.text, named):
            entries = [
                (entry, like)
                for term, like in one.terms
                if (entry := self._entries.get((subject, term))) is not None
            ]
            plain = dict(one.terms).get(NO_TOPIC, 0)
            if entries and not _excludes(text.text, one.start, one.end):
                yield LikenessHit(tuple(entries), plain, one.start, one.end, one)

    def words_for(
        self, text: FoldedText, hit: LikenessHit, entry: TopicEntry
    ) -> tuple[tuple[int, int], ...]:
        """The places of the words that speak for an entry, the weightiest first."""
        resemblance = self._resemblances[entry.subject]
        words = resemblance.words_for(text.text, hit.likeness, entry.term)
        return tuple((word.start, word.end) for word in words)

    def known_terms(self) -> frozenset[tuple[str, str]]:
        """Every (subject, folded term) that the index matches."""
        return frozenset(
            (one.subject, one.term) for some in self._by_subject.values() for one in some
        )

    def subjects(self) -> tuple[str, ...]:
        """The subjects that have terms."""
        return tuple(self._automata)

    def _stands(self, entry: TopicEntry, text: str, start: int, end: int) -> bool:
        if not _whole_latin(text, start, end):
            return False
        care = self._care.get((entry.subject, entry.term))
        if _needs_bounds(entry, care):
            return _is_bounded(text, start, end)
        if care is not None and any(_covers(text, word, start, end) for word in care.words):
            return False
        return not falls_between_words(text, start, end)


def _without_gaps(units: Iterable[PaceUnit]) -> Iterator[PaceUnit]:
    """The units, with the last known book of a volume in use until its successor is known.

    Otherwise a topic of a volume whose revised book is not in the table would seem to come later.
    """
    units = tuple(units)
    last: dict[tuple[str, str, int, int], int] = {}
    for unit in units:
        ends = _OPEN_END if unit.last_school_year is None else unit.last_school_year
        volume = (unit.subject, unit.edition, unit.grade, unit.term)
        last[volume] = max(last.get(volume, 0), ends)
    for unit in units:
        volume = (unit.subject, unit.edition, unit.grade, unit.term)
        latest = unit.last_school_year is not None and unit.last_school_year == last[volume]
        yield replace(unit, last_school_year=None) if latest else unit


def _paraphrase_patterns(
    paraphrases: Iterable[Paraphrase], entries: Mapping[tuple[str, str], TopicEntry]
) -> dict[str, list[tuple[TopicEntry, re.Pattern[str]]]]:
    """Subject → entry and pattern of each paraphrase whose term the tables know."""
    patterns: dict[str, list[tuple[TopicEntry, re.Pattern[str]]]] = {}
    for one in paraphrases:
        entry = entries.get((one.subject, fold_text(one.term)))
        if entry is not None and JOIN not in one.pattern:
            pattern = re.compile(one.pattern.replace("…", _CLAUSE_GAP))
            patterns.setdefault(one.subject, []).append((entry, pattern))
    return patterns


def _descriptions(
    paraphrases: Iterable[Paraphrase], entries: Mapping[tuple[str, str], TopicEntry]
) -> dict[str, tuple[Descriptions, tuple[TopicEntry, ...]]]:
    """Subject → its descriptions of several words, and the entry that each stands for."""
    texts: dict[str, list[str]] = {}
    of: dict[str, list[TopicEntry]] = {}
    for one in paraphrases:
        entry = entries.get((one.subject, fold_text(one.term)))
        if entry is not None and JOIN in one.pattern:
            texts.setdefault(one.subject, []).append(one.pattern)
            of.setdefault(one.subject, []).append(entry)
    return {subject: (Descriptions(some), tuple(of[subject])) for subject, some in texts.items()}


def _unit_terms(unit: PaceUnit) -> set[str]:
    """A unit's key terms, and its title in the forms in which people name it."""
    terms = {fold_text(term).strip() for term in unit.terms}
    if unit.subject != _LITERATURE:
        terms |= _title_forms(fold_text(unit.title))
    terms |= {term.replace("的", "") for term in terms if len(term) > _SHORT_TERM}
    return {term for term in terms if term}


def _title_forms(title: str) -> set[str]:
    title = _HEADING.sub("", title).strip()
    plain = _BRACKETED.sub("", title).strip()
    bare = plain.rpartition("——")[2]
    forms = {title, plain}
    if len(bare) > 2:
        forms.add(bare)
    if _SUMS.search(plain):
        stem = _SUMS.sub("", plain)
        return forms | {f"{stem}{end}" for end in ("加减", "加减法", "的加减", "的加减法")}
    parts = [part.strip() for part in _PAIR.split(bare)]
    if len(parts) == 2 and all(len(part) > 1 and _HAN.search(part) for part in parts):
        forms |= set(parts)
    return forms


def _whole_latin(text: str, start: int, end: int) -> bool:
    """Whether a hit that begins or ends with a letter or digit is not part of a longer word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    cut_before = _LATIN.match(text[start]) is not None and _ALNUM.match(before) is not None
    cut_after = _LATIN.match(text[end - 1]) is not None and _ALNUM.match(after) is not None
    return not (cut_before or cut_after)


def _needs_bounds(entry: TopicEntry, care: TermException | None) -> bool:
    if care is not None and care.treatment == "bounded":
        return True
    # 春, 桥, 匆匆: titles of texts that are everyday words as well.
    return entry.subject == _LITERATURE and len(entry.term) <= 2 and bool(entry.units)


def _is_bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return _HAN.match(before) is None and _HAN.match(after) is None


def _excludes(text: str, start: int, end: int) -> bool:
    """Whether a clause of a passage says that it is not taught, before, within or after."""
    return denied_later(text[end : end + _NEAR_AFTER]) or any(
        is_excluded(text, *place)
        for first, last in clauses_of(text, start, end)
        for place in ((first, first + 1), (last - 1, last))
    )


def _covers(text: str, word: str, start: int, end: int) -> bool:
    """Whether `word` stands in the text around the range."""
    first = text.find(word, max(0, start - len(word)), end + len(word))
    while first >= 0:
        if first <= start and end <= first + len(word):
            return True
        first = text.find(word, first + 1, end + len(word))
    return False
