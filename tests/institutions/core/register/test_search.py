"""Search keys: what an institution is kept under and how a query is read."""

from __future__ import annotations

from institutions.core.register.search import grams_of, read_terms, search_texts, sort_key

TEXTS = search_texts(
    names=["双流区明德培训学校"], addresses=["顺城街 12 号"], numbers=["教民151011670000182号"]
)


def test_texts_hold_pinyin_in_full_and_as_initials() -> None:
    assert TEXTS.pinyin == "shuangliuqumingdepeixunxuexiao"
    assert TEXTS.initials == "slqmdpxxx"


def test_keys_are_single_characters_pairs_and_windows_of_numbers() -> None:
    grams = grams_of(TEXTS)
    for key in (("n", "德"), ("n", "明德"), ("a", "顺城"), ("p", "md"), ("c", "0182")):
        assert key in grams
    assert ("n", "校|") not in grams


def test_a_query_is_words_each_with_the_texts_it_may_stand_in() -> None:
    [one] = read_terms("德")
    assert (one.key, one.fields) == ("德", (("n", ("德",)),))
    first, second = read_terms("明德　0182")
    assert [field for field, _ in first.fields] == ["n", "a"]
    assert [field for field, _ in second.fields] == ["n", "a", "p", "c"]
    assert read_terms("  ") == ()


def test_names_sort_by_their_syllables() -> None:
    assert sort_key("长乐培训学校") == "chang le pei xun xue xiao"
