"""Bundles altered at one place, and whether a verifier names it."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Collection, Iterator
from typing import Any

from inspections.core.draw.bundles import Ceremony, draw_lots
from inspections.core.draw.reading import step
from tests.inspections.core.draw.samples import KEY, make_frame, sample_bundle

ODD = [None, True, 2.5, 10**20, -1, 7, "", [], {}, "\ud800", ["x"], {"x": 1}]
SIGNS = "0123456789abcdefXYZ-| 京"
Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from leaves(member, (*path, index))
    else:
        yield path


def path_text(path: Path) -> str:
    text = ""
    for key in path:
        text = step(text, key)
    return text


def put(bundle: Any, path: Path, value: Any) -> None:
    for key in path[:-1]:
        bundle = bundle[key]
    bundle[path[-1]] = value


def get(bundle: Any, path: Path) -> Any:
    for key in path:
        bundle = bundle[key]
    return bundle


def another(value: Any, rnd: random.Random) -> Any:
    """A value that differs, usually by little."""
    while True:
        if isinstance(value, str) and value and rnd.random() < 0.7:
            place = rnd.randrange(len(value))
            new: Any = value[:place] + rnd.choice(SIGNS) + value[place + 1 :]
        elif isinstance(value, int) and rnd.random() < 0.7:
            new = value + rnd.choice([-1, 1, 5])
        else:
            new = rnd.choice(ODD)
        if type(new) is not type(value) or new != value:
            return new


def is_named(path: str, named: Collection[str]) -> bool:
    """Named by its path, by the list or row it stands in, or as one of a stated few.

    `frame` alone does not count.
    """
    general = re.sub(r"\[\d+\]", "[]", path)
    return any(
        name in (path, general)
        or (name not in ("", "frame") and path.startswith((f"{name}.", f"{name}[")))
        for name in named
    )


def altered_values(count: int, *, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sample with one value altered at a random place, with the place's path."""
    rnd = random.Random(seed)
    sample = sample_bundle()
    for path in rnd.sample(list(leaves(sample)), count):
        bundle = copy.deepcopy(sample)
        put(bundle, path, another(get(sample, path), rnd))
        yield path_text(path), bundle


def altered_structures(count: int, *, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sample with a member of any kind taken out or replaced by something odd."""
    rnd = random.Random(seed)
    sample = sample_bundle()
    nodes = [path[:depth] for path in leaves(sample) for depth in range(1, len(path) + 1)]
    for _ in range(count):
        bundle = copy.deepcopy(sample)
        path = rnd.choice(nodes)
        if rnd.random() < 0.4:
            del get(bundle, path[:-1])[path[-1]]
        else:
            put(bundle, path, rnd.choice(ODD))
        if bundle != sample:
            yield path_text(path), bundle


def random_bundles(count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """Draws of small frames of every make, some with recusals that leave a premises without."""
    rnd = random.Random(seed)
    for _ in range(count):
        strata = rnd.sample("ABCD", rnd.randint(1, 3))
        objects = [
            (f"P-{name}-{n}", name, rnd.choice(("T1", "T2", "T3")))
            for name in strata
            for n in range(rnd.randint(1, 8))
        ]
        sizes = {name: sum(one[1] == name for one in objects) for name in strata}
        teams = rnd.randint(1, 3)
        seats = {name: rnd.randint(2, 3) for name in rnd.sample(("education", "fire", "tax"), 2)}
        inspectors = [
            (f"{name}-{n}", name)
            for name, size in seats.items()
            for n in range(teams * size + rnd.randint(0, 3))
        ]
        pairs = {
            (rnd.choice(inspectors)[0], rnd.choice(objects)[0]) for _ in range(rnd.randint(0, 12))
        }
        recusals = sorted([list(pair) for pair in pairs])
        frame = make_frame(
            objects,
            {name: rnd.randint(0, size) for name, size in sizes.items()},
            inspectors,
            team_count=teams,
            seats=seats,
            recusals=recusals,
        )
        reading = str(rnd.randint(1000, 10**9))
        yield draw_lots(frame, recusals, key=KEY, readings=[reading], ceremony=Ceremony())
