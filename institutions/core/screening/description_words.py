"""How words weigh for topics, counted from descriptions of these and from nothing else.

A word weighs for a topic by how much oftener its descriptions use it than all others do:
`log P(word | topic) - log P(word | other topics)`, a naive Bayes without priors (T. Bayes; M. Maron
1961 for texts), in hundredths and rounded, so that the counting gives the same table everywhere.
`packaging/description_words.py` writes it into `institutions/data/description_words.csv`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from institutions.core.screening.normalise import fold_text
from institutions.core.screening.resemblance import words_of

_MOST_WEIGHT, _LEAST_WEIGHT = 900, 100


def weighed_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Subject, word and `term:weight` pairs, from rows with the headers of `descriptions.csv`.

    Rows without a subject are what filings of any subject say; they count with each.
    """
    described: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        pair = fold_text(row["term"]), fold_text(row["text"])
        described.setdefault(row["subject"], []).append(pair)
    common = described.pop("", [])
    for subject in sorted(described):
        for word, weights in weigh_words([*described[subject], *common]).items():
            yield subject, word, "|".join(f"{term}:{weight}" for term, weight in weights.items())


def weigh_words(descriptions: Iterable[tuple[str, str]]) -> dict[str, Mapping[str, int]]:
    """Word -> term -> weight, from (term, text) pairs, both folded; words that say little left out.

    The empty term is that of sentences that stand beside any topic.
    """
    used: dict[str, Counter[str]] = {}
    texts: Counter[str] = Counter()
    for term, text in descriptions:
        texts[term] += 1
        used.setdefault(term, Counter()).update({word.text for word in words_of(text)})
    everywhere: Counter[str] = Counter()
    for counted in used.values():
        everywhere.update(counted)
    weights: dict[str, dict[str, int]] = {}
    for term in sorted(used):
        others = texts.total() - texts[term]
        for word, count in used[term].items():
            weight = _weight(word, count, texts[term], everywhere[word] - count, others)
            if weight:
                weights.setdefault(word, {})[term] = weight
    return {word: weights[word] for word in sorted(weights)}


def _weight(word: str, count: int, texts: int, elsewhere: int, others: int) -> int:
    """How a word weighs, in hundredths; 0 where it says too little.

    A character alone counts half: 角 and 根 stand in many words.
    """
    here = (count + 0.015) / (texts + 0.03)
    there = (elsewhere + 0.3) / (others + 0.6)
    weight = min(_MOST_WEIGHT, round(100 * math.log(here / there)))
    if weight <= _LEAST_WEIGHT:
        return 0
    return weight // 2 if len(word) == 1 else weight
