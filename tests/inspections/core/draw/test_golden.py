"""The sample bundle, value by value and byte by byte."""

from __future__ import annotations

from consistent_sampler import sampler

from inspections.core.draw.bundles import Ceremony, bundle_digest, draw_lots
from inspections.core.draw.orders import order
from inspections.core.draw.reading import read_json, write_json
from inspections.core.draw.seeds import seal_of
from tests.inspections.core.draw.samples import sample_bundle, sample_text


def redrawn() -> dict:
    stated = sample_bundle()
    ceremony = Ceremony(
        committed_at=stated["committed_at"],
        drawn_at=stated["drawn_at"],
        revealed_at=stated["revealed_at"],
        witnesses=stated["witnesses"],
    )
    return draw_lots(
        stated["frame"],
        stated["recusals"],
        key=stated["key"],
        readings=stated["readings"],
        ceremony=ceremony,
    )


def test_the_sample_is_reproduced_in_every_value():
    assert redrawn() == sample_bundle()


def test_the_sample_file_is_reproduced_byte_for_byte():
    assert write_json(redrawn()) == sample_text()


def test_the_same_input_gives_the_same_bytes():
    assert write_json(redrawn()) == write_json(redrawn())


def test_the_key_of_the_sample_fits_its_seal():
    assert seal_of(sample_bundle()["key"]) == sample_bundle()["frame"]["seal"]


def test_the_digest_covers_all_else():
    bundle = sample_bundle()
    assert bundle_digest(bundle) == bundle["digest"]
    assert bundle_digest({**bundle, "witnesses": []}) != bundle["digest"]


def test_an_order_is_the_published_one():
    # README of consistent-sampler, example X1
    ids = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
    assert order(ids, label="314159") == ["B-2", "B-3", "A-3", "A-2", "B-1", "A-1"]
    assert order(ids, label="x/object/A") == list(sampler(ids, seed="x/object/A", output="id"))


def test_the_sample_is_read_as_it_was_written():
    assert read_json(sample_text()) == sample_bundle()
