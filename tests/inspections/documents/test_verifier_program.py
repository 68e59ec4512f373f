"""The one-file verifier: alone, with the standard library, and of one mind with the server."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from inspections.core.draw.bundles import Ceremony, bundle_digest, draw_lots, outcome_values
from inspections.core.draw.frames import build_frame
from inspections.core.draw.outcome import compute_outcome
from inspections.core.draw.replacements import initial_standing, next_inspector, next_object
from inspections.core.draw.verification import verify_bundle
from inspections.documents.verifier import verifier_program
from tests.inspections.core.draw.altering import (
    altered_structures,
    altered_values,
    is_named,
    random_bundles,
)
from tests.inspections.core.draw.samples import KEY, sample_bundle, sample_text, small_frame


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verifier") / "verify_dr1.py"
    path.write_text(verifier_program(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def verifier(program: Path) -> ModuleType:
    spec = spec_from_file_location("verify_dr1", program)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", str(program), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_it_runs_without_any_library_and_says_that_all_agrees(
    program: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "bundle.json"
    kept.write_text(sample_text(), encoding="utf-8")
    done = _run(program, str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"全部一致。摘要 {sample_bundle()['digest']}\n"
    other = _run(program, str(kept), "--digest", "0" * 64)
    assert other.returncode == 1
    assert "与另外得到的摘要不同" in other.stdout


@pytest.mark.parametrize("text", ["", "{", '{"a": 1, "a": 2}'])
def test_what_cannot_be_read_is_said_in_one_line(program: Path, tmp_path: Path, text: str) -> None:
    kept = tmp_path / "bundle.json"
    kept.write_text(text, encoding="utf-8")
    done = _run(program, str(kept))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_in_500_altered_bundles_it_names_each_altered_value(verifier: ModuleType) -> None:
    for path, bundle in altered_values(500, seed=20261121):
        found, among, _digest = verifier.verify(bundle)
        assert is_named(path, {one for one, _text in found} | set(among)), path


def test_structures_altered_at_random_never_raise_and_never_pass(verifier: ModuleType) -> None:
    for path, bundle in altered_structures(400, seed=99):
        assert verifier.verify(bundle)[0], path
    for value in (None, 3, "x", [], {}, {"frame": {}}, {"digest": "x"}):
        assert verifier.verify(value)[0]


def test_it_draws_as_the_server_does(verifier: ModuleType) -> None:
    for bundle in random_bundles(300, seed=11):
        pairs = {tuple(one) for one in bundle["recusals"]}
        picks, _routes, _turn = verifier.draw(bundle["frame"], pairs, bundle["seed"])
        frame = build_frame(bundle["frame"])
        assert picks == outcome_values(
            compute_outcome(frame, bundle["recusals"], seed=bundle["seed"])
        )
        assert verifier.verify(bundle) == ([], [], bundle["digest"])


def _replaced() -> dict[str, Any]:
    frame = build_frame(small_frame())
    drawn = draw_lots(frame.value, [], key=KEY, readings=["1234"], ceremony=Ceremony())
    outcome = compute_outcome(frame, [], seed=drawn["seed"])
    standing = initial_standing(frame, outcome, [])
    out = drawn["drawn"]["A"][0]
    into, team = next_object(standing, out)
    seat = drawn["teams"]["1"][0]
    replaced = {"out": out, "in": into, "team": team, "reason": "已关门", "at": ""}
    stood_in = next_inspector(standing, team="1", out=seat)
    other = {"out": seat, "in": stood_in, "team": "1", "reason": "病假", "at": ""}
    bundle = {**drawn, "replacements": [replaced], "inspector_replacements": [other]}
    return {**bundle, "digest": bundle_digest(bundle)}


def test_replacements_follow_the_reserve_order(verifier: ModuleType) -> None:
    bundle = _replaced()
    assert verify_bundle(bundle).agrees
    assert verifier.verify(bundle) == ([], [], bundle["digest"])
    for name in ("replacements", "inspector_replacements"):
        wrong = json.loads(json.dumps(bundle))
        wrong[name][0]["in"] = "X9"
        wrong["digest"] = bundle_digest(wrong)
        paths = [path for path, _text in verifier.verify(wrong)[0]]
        assert f"{name}[0].in" in paths
