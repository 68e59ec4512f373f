"""Finding institutions: one keyed lookup of the rarest key, then the whole text decides.

A hit must hold every typed word in its names, addresses, pinyin or numbers. Ranked: a number or a
name that is the query, a name that begins with it, one that holds it, pinyin, addresses.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from institutions.core.register.search import KeyField, Term, read_terms
from institutions.models import Institution, SearchGram

_TEXTS = {
    KeyField.NAME.value: ("names",),
    KeyField.ADDRESS.value: ("addresses",),
    KeyField.PINYIN.value: ("pinyin", "initials"),
    KeyField.NUMBER.value: ("numbers",),
}


def search_institutions(rows: QuerySet[Institution], text: str) -> QuerySet[Institution]:
    """Those of `rows` that a query finds, best first; all of them for an empty query."""
    terms = read_terms(text)
    if not terms:
        return rows
    found = rows
    for term in terms:
        found = found.filter(_candidates(term), _confirmed(term))
    return found.annotate(search_rank=_rank(terms[0])).order_by("search_rank", "sort_key", "pk")


def _candidates(term: Term) -> Q:
    """Institutions under the rarest key of each text the word may stand in."""
    counts = _counts(term)
    either = Q(pk__in=[])
    for field, grams in term.fields:
        held = [(counts.get((field, gram), 0), gram) for gram in grams]
        if not held or min(held)[0] == 0:
            continue
        under = SearchGram.objects.filter(field=field, gram=min(held)[1])
        either |= Q(pk__in=under.values("institution"))
    return either


def _counts(term: Term) -> dict[tuple[str, str], int]:
    grams = {gram for _, grams in term.fields for gram in grams}
    rows = (
        SearchGram.objects.filter(gram__in=grams)
        .values_list("field", "gram")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {(field, gram): count for field, gram, count in rows}


def _confirmed(term: Term) -> Q:
    either = Q(pk__in=[])
    for field, _ in term.fields:
        for text in _TEXTS[field]:
            either |= Q(**{f"search_text__{text}__contains": term.key})
    return either


def _rank(term: Term) -> Case:
    key = term.key
    steps: Sequence[Q] = (
        Q(credit_code=key.upper()) | Q(search_text__numbers=key) | Q(name_key=key),
        Q(name_key__startswith=key),
        Q(name_key__contains=key),
        Q(search_text__names__contains=key),
        Q(search_text__initials__startswith=key) | Q(search_text__pinyin__startswith=key),
        Q(search_text__initials__contains=key),
        Q(search_text__pinyin__contains=key),
        Q(search_text__numbers__contains=key),
    )
    whens = [When(step, then=Value(rank)) for rank, step in enumerate(steps)]
    return Case(*whens, default=Value(len(steps)), output_field=IntegerField())
