"""Keep the search table in line with the register: only what differs is written."""

from __future__ import annotations

from django.db.models import Q

from institutions.core.register.search import SearchTexts, grams_of, search_texts
from institutions.models import Institution, SearchGram, SearchText


def refresh_search(institution: Institution) -> None:
    """Recompute the texts and keys of one institution; call it inside the change's transaction."""
    texts = texts_of(institution)
    stored = SearchText.objects.filter(institution=institution).first()
    if stored is not None and _texts(stored) == texts:
        return
    held = set(institution.search_grams.values_list("field", "gram"))
    wanted = grams_of(texts)
    _remove(institution, held - wanted)
    SearchGram.objects.bulk_create(
        [
            SearchGram(institution=institution, field=field, gram=gram)
            for field, gram in sorted(wanted - held)
        ],
        batch_size=500,
    )
    SearchText.objects.update_or_create(
        institution=institution,
        defaults={
            "names": texts.names,
            "pinyin": texts.pinyin,
            "initials": texts.initials,
            "addresses": texts.addresses,
            "numbers": texts.numbers,
        },
    )


def texts_of(institution: Institution) -> SearchTexts:
    """The texts of an institution: its names, addresses and numbers, former ones included."""
    names = [institution.name, *institution.names.values_list("name", flat=True)]
    premises = list(institution.premises.values_list("address", "register_id"))
    codes = institution.credit_codes.values_list("code", flat=True)
    numbers = institution.licences.exclude(number_key="").values_list("number_key", flat=True)
    return search_texts(
        names=names,
        addresses=[*(address for address, _ in premises), institution.registered_address],
        numbers=[*codes, *numbers, *(register_id for _, register_id in premises)],
    )


def _texts(stored: SearchText) -> SearchTexts:
    return SearchTexts(
        stored.names, stored.pinyin, stored.initials, stored.addresses, stored.numbers
    )


def _remove(institution: Institution, stale: set[tuple[str, str]]) -> None:
    for field in {field for field, _ in stale}:
        grams = [gram for each, gram in stale if each == field]
        institution.search_grams.filter(Q(field=field, gram__in=grams)).delete()
