"""`draw_lots` and `verify_draw`: exit codes, Chinese lines, the same bytes; no database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.inspections.core.draw.samples import SAMPLE, sample_bundle


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bundle = sample_bundle()
    (tmp_path / "frame.json").write_text(json.dumps(bundle["frame"], ensure_ascii=False), "utf-8")
    (tmp_path / "recusals.json").write_text(json.dumps(bundle["recusals"]), "utf-8")
    (tmp_path / "key").write_text(bundle["key"] + "\n")
    return tmp_path


def lots(folder: Path, *more: str, randomness: str = "3141592653") -> tuple[int, str, str]:
    return run(
        *("draw_lots", str(folder / "frame.json"), "--recusals", str(folder / "recusals.json")),
        *("--randomness", randomness, "--key-file", str(folder / "key")),
        *("--out", str(folder / "bundle.json"), *more),
    )


def change_frame(folder: Path, **changes: Any) -> None:
    frame = {**sample_bundle()["frame"], **changes}
    (folder / "frame.json").write_text(json.dumps(frame, ensure_ascii=False), "utf-8")


def test_the_sample_comes_out_byte_for_byte(folder):
    times = ("--committed-at", "2026-11-01T09:00:00+08:00", "--drawn-at")
    more = ("2026-11-02T10:05:00+08:00", "--revealed-at", "2026-11-20T18:00:00+08:00")
    code, out, err = lots(folder, *times, *more, "--witness", "样例证人")
    assert (code, err) == (0, "")
    assert (folder / "bundle.json").read_bytes() == SAMPLE.read_bytes()
    assert f"摘要 {sample_bundle()['digest']}" in out


def test_what_is_not_given_is_empty_and_the_bytes_stay_the_same(folder):
    assert lots(folder)[0] == 0
    first = (folder / "bundle.json").read_bytes()
    assert lots(folder)[0] == 0
    assert (folder / "bundle.json").read_bytes() == first
    bundle = json.loads(first)
    stated = [bundle[key] for key in ("committed_at", "drawn_at", "revealed_at", "witnesses")]
    assert stated == ["", "", "", []]
    code, out, _ = run("verify_draw", str(folder / "bundle.json"))
    assert code == 0
    assert "没有写明：公布承诺的时间、抽取时间、揭晓时间、见证人。" in out


def test_several_witnesses_are_kept_in_their_order(folder):
    assert lots(folder, "--witness", "王某", "李某", "--witness", "赵某")[0] == 0
    bundle = json.loads((folder / "bundle.json").read_bytes())
    assert bundle["witnesses"] == ["王某", "李某", "赵某"]


def test_a_refused_frame_is_exit_2_with_every_reason(folder):
    change_frame(folder, quotas={"A": 1, "B": 2, "C": 400, "X": 1}, seal="x")
    code, out, err = lots(folder)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "seal：应当是 64 位小写十六进制的 SHA-256。",
        "objects[0].stratum：层 D 没有写抽取数量。",
        "quotas.C：层 C 要抽 400 家，只有 19 家。",
        "quotas.X：写了层 X 的抽取数量，名单里却没有这一层（没有场所，或都已排除）。请写 0。",
    ]
    assert not (folder / "bundle.json").exists()


def test_randomness_outside_the_format_is_exit_2(folder):
    code, _, err = lots(folder, randomness="31415")
    assert code == 2
    assert err == "没有一个读数完全符合约定的格式 [0-9]{10}，不能抽取。\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("frame.json", b"{", "不是可读的 JSON"),
        ("frame.json", b'{"draw": 1, "draw": 2}', "同一个键“draw”写了两次"),
        ("frame.json", b"\xff\xfe", "不是 UTF-8 文件"),
        ("recusals.json", b"[[]]", "recusals[0]：每条回避应当是"),
        ("key", b"short", "密钥文件里应当是 64 位十六进制数字"),
    ],
)
def test_bad_input_is_exit_2_in_one_plain_line(folder, name, content, said):
    (folder / name).write_bytes(content)
    code, _, err = lots(folder)
    assert code == 2
    assert said in err


def test_a_missing_file_is_exit_2(folder):
    (folder / "key").unlink()
    code, _, err = lots(folder)
    assert (code, "密钥文件读不出来" in err) == (2, True)


def test_a_true_bundle_verifies_with_its_digest():
    code, out, err = run("verify_draw", str(SAMPLE), "--digest", sample_bundle()["digest"])
    assert (code, err) == (0, "")
    assert out == f"全部重算一致。\n摘要 {sample_bundle()['digest']}\n"


def test_a_differing_value_is_exit_1_and_named(folder):
    bundle = sample_bundle()
    bundle["drawn"]["D"][1] = "P000001"
    (folder / "altered.json").write_text(json.dumps(bundle, ensure_ascii=False), "utf-8")
    code, out, _ = run("verify_draw", str(folder / "altered.json"))
    assert code == 1
    lines = out.splitlines()
    assert lines[0] == "drawn.D[1]：写的是 P000001，重算得 P279832。"
    assert lines[-1] == "共 2 处不符。"


def test_an_odd_value_is_exit_1_and_named(folder):
    bundle = sample_bundle()
    bundle["frame"]["quotas"]["D"] = 4.0
    bundle["witnesses"] = None
    (folder / "altered.json").write_text(json.dumps(bundle, ensure_ascii=False), "utf-8")
    code, out, _ = run("verify_draw", str(folder / "altered.json"))
    assert code == 1
    assert "frame.quotas.D：不能是小数 4.0，只用整数。" in out
    assert "witnesses：不能是空值 null" in out


@pytest.mark.parametrize("content", ["[]", "{", '{"frame": 1, "frame": 2}'])
def test_what_is_no_bundle_is_exit_2(folder, content):
    (folder / "odd.json").write_text(content)
    assert run("verify_draw", str(folder / "odd.json"))[0] == 2


def test_a_digest_that_is_none_is_exit_2():
    assert run("verify_draw", str(SAMPLE), "--digest", "xyz")[0] == 2


def test_the_unexpected_is_exit_3_in_one_line(monkeypatch):
    def fail(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("x")

    monkeypatch.setattr("inspections.management.commands.verify_draw.verify_bundle", fail)
    code, _, err = run("verify_draw", str(SAMPLE))
    assert (code, err) == (3, "出现意外错误：RuntimeError：x\n")
