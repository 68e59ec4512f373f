"""The words for school subjects and for activities, as matched in folded texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from institutions.core.screening.needed import lacks
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.tables import Activity, SubjectAlias

# One mark hidden inside a word (英·语, 语。文); a list's own marks do not join words.
_INSERTED = r"[^\w\s、，,；;\u3400-\u9fff]{0,2}\s?"
# 小数 学习, 函数·学会: what follows shows that 学 begins a word of its own.
_NOT_STUDY = r"(?!习|会|员|生|校|期|到|完|过)"
_COURSE = r"(?:班|课|课程|题|卷|练|提升|培优|思维|同步|素养|强化|特训|俱乐部|社|营|\d)"
_PHRASE = "phrase"
_MOST_KEPT, _LONGEST_KEPT = 10_000, 2_000


@dataclass(frozen=True)
class SubjectWord:
    """A subject meant at `start:end` of a folded text."""

    subject: str
    start: int
    end: int
    kind: str


class _Alternatives:
    """One pattern of many words, of which each place of a text tries only those it begins."""

    def __init__(self, aliases: Iterable[SubjectAlias]) -> None:
        self._of: dict[str, SubjectAlias] = {}
        groups: dict[str, list[str]] = {}
        for number, alias in enumerate(one for one in aliases if fold_text(one.text)):
            name = f"a{number}"
            self._of[name] = alias
            first = fold_text(alias.text)[0]
            groups.setdefault(first, []).append(f"(?P<{name}>{_pattern(alias)})")
        self._by_first = {first: re.compile("|".join(some)) for first, some in groups.items()}
        self._firsts = re.compile(f"[{re.escape(''.join(groups))}]" if groups else r"(?!)")

    def found(self, text: str) -> Iterator[SubjectWord]:
        """Each word: leftmost, of several at one place the first given, not overlapping."""
        at = self._firsts.search(text)
        while at is not None:
            start = at.start()
            found = self._by_first[text[start]].match(text, start)
            if found is not None:
                alias = self._of[found.lastgroup or ""]
                yield SubjectWord(alias.subject, start, found.end(), alias.kind)
            at = self._firsts.search(text, start + 1 if found is None else found.end())


class SubjectWords:
    """Finds subjects and activities in folded texts; built once from the tables."""

    def __init__(self, aliases: Iterable[SubjectAlias], activities: Iterable[Activity]) -> None:
        self._kept: dict[tuple[str, str], tuple[SubjectWord, ...]] = {}
        given = tuple(aliases)
        self._names = _Alternatives(one for one in given if one.kind != _PHRASE)
        self._phrases = _Alternatives(one for one in given if one.kind == _PHRASE)
        words = sorted(activities, key=lambda one: -len(one.word))
        self._activity = _any(one.word for one in words if one.treatment == "activity")
        self._appraise = _any(one.word for one in words if one.treatment == "appraise")

    def named(self, text: str) -> Iterable[SubjectWord]:
        """Each subject that a folded text names, hidden or not."""
        return self._once("names", self._names, text)

    def phrases(self, text: str) -> Iterable[SubjectWord]:
        """Each phrase of a folded text that belongs to one subject's lessons."""
        return self._once("phrases", self._phrases, text)

    def _once(self, kind: str, words: _Alternatives, text: str) -> tuple[SubjectWord, ...]:
        """The words in a text; the latest texts are remembered, for classes share contents."""
        found = self._kept.get((kind, text))
        if found is None:
            found = tuple(words.found(text))
            if len(text) <= _LONGEST_KEPT:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[kind, text] = found
        return found

    def is_activity(self, text: str) -> bool:
        """Whether a folded text names a non-subject activity."""
        return not lacks(text, self._activity) and self._activity.search(text) is not None

    def to_appraise(self, text: str) -> re.Match[str] | None:
        """The words for an activity that only experts can place."""
        return None if lacks(text, self._appraise) else self._appraise.search(text)


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold_text(word)) for word in words) or r"(?!)")


def _pattern(alias: SubjectAlias) -> str:
    text = fold_text(alias.text)
    alone = rf"(?<![a-z0-9]){re.escape(text)}(?![a-z0-9])"
    if alias.kind == "token":
        return alone
    if alias.kind == "code":
        return rf"{alone}(?=\s?{_COURSE})"
    if alias.kind == "word" and len(text) == 2:
        ending = _NOT_STUDY if text[1] == "学" else ""
        return rf"{re.escape(text[0])}(?:{_INSERTED}){re.escape(text[1])}{ending}"
    return re.escape(text)
