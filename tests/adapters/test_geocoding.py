"""Geocoders, against a server on loopback that answers as Baidu and Tianditu document."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from regulator.adapters.geocoding.answers import Confidence, Found
from regulator.adapters.geocoding.asking import ask_geocoder, geocoder_of_settings
from regulator.adapters.geocoding.gazetteer import GazetteerEntry
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.kernel.outcomes import AdapterError

KEY = "a-key-of-the-bureau"
ADDRESS = "成都市双流区学府路1号"


@dataclass
class MapService:
    """A loopback server with its next answer, and what it was asked."""

    url: str = ""
    status: int = 200
    body: Any = None
    delay_s: float = 0.0
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)


@pytest.fixture
def map_service() -> Iterator[MapService]:
    service = MapService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            service.asked.append((parts.path, parse_qs(parts.query)))
            time.sleep(service.delay_s)
            text = service.body if isinstance(service.body, str) else json.dumps(service.body)
            try:
                self.send_response(service.status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())
            except ConnectionError:
                pass  # who asked did not wait

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield service
    server.shutdown()
    server.server_close()
    thread.join()


Ask = Callable[[], Found | None]


@pytest.fixture
def ask(map_service: MapService, settings: Any) -> Callable[[str], Found | None]:
    settings.GEOCODER_KEY, settings.GEOCODER_URL = KEY, map_service.url
    settings.GEOCODER_TIMEOUT_SECONDS = 0.5

    def asking(name: str) -> Found | None:
        settings.GEOCODER = name
        return ask_geocoder(geocoder_of_settings(()), ADDRESS)

    return asking


def baidu(precise: int, confidence: int) -> dict[str, Any]:
    place = {"lng": 103.93, "lat": 30.58}
    result = {"location": place, "precise": precise, "confidence": confidence, "level": "门址"}
    return {"status": 0, "result": result}


def tianditu(score: int) -> dict[str, Any]:
    place = {"lon": "103.92", "lat": "30.57", "score": score, "level": "门址", "keyWord": ADDRESS}
    return {"msg": "ok", "location": place, "searchVersion": "6.0.0", "status": "0"}


@pytest.mark.parametrize(
    ("precise", "confidence", "wanted"),
    [(1, 80, "high"), (0, 60, "medium"), (0, 59, "low")],
)
def test_baidu_answers_in_bd09(
    ask: Callable[[str], Found | None],
    map_service: MapService,
    precise: int,
    confidence: int,
    wanted: str,
) -> None:
    map_service.body = baidu(precise, confidence)
    position = Position(103.93, 30.58, CoordinateSystem.BD09)
    assert ask("baidu") == Found(position, Confidence(wanted), "门址")
    [(path, query)] = map_service.asked
    assert path == "/geocoding/v3/"
    assert query == {"ak": [KEY], "output": ["json"], "address": [ADDRESS]}


@pytest.mark.parametrize(
    ("score", "wanted"), [(90, "high"), (89, "medium"), (70, "medium"), (69, "low")]
)
def test_tianditu_answers_in_wgs84(
    ask: Callable[[str], Found | None], map_service: MapService, score: int, wanted: str
) -> None:
    map_service.body = tianditu(score)
    position = Position(103.92, 30.57, CoordinateSystem.WGS84)
    assert ask("tianditu") == Found(position, Confidence(wanted), "门址")
    [(path, query)] = map_service.asked
    assert path == "/geocoder"
    assert query["tk"] == [KEY]
    assert json.loads(query["ds"][0]) == {"keyWord": ADDRESS}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("baidu", {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []}),
        ("baidu", {"status": 2, "msg": "请求参数非法"}),
        ("tianditu", {"msg": "无结果", "status": "101"}),
        ("tianditu", {"msg": "ok", "status": "0"}),
    ],
)
def test_an_address_that_the_service_does_not_know_has_no_point(
    ask: Callable[[str], Found | None], map_service: MapService, name: str, body: Any
) -> None:
    map_service.body = body
    assert ask(name) is None


@pytest.mark.parametrize(
    ("name", "status", "body", "is_retryable", "words"),
    [
        ("baidu", 200, {"status": 302, "message": "天配额超限"}, False, "次数已用完"),
        ("baidu", 200, {"status": 4, "message": "配额校验失败"}, False, "次数已用完"),
        ("baidu", 200, {"status": 401, "message": "并发超限"}, True, "问得太快"),
        ("baidu", 200, {"status": 5, "message": "ak不存在"}, False, "不认这个密钥"),
        ("baidu", 200, {"status": 200, "message": "APP不存在"}, False, "不认这个密钥"),
        ("baidu", 200, {"status": 240, "message": "APP 服务被禁用"}, False, "不认这个密钥"),
        ("baidu", 200, {"status": 1, "message": "服务器内部错误"}, True, "出错"),
        ("baidu", 503, "", True, "时限内"),
        ("baidu", 500, "", True, "出错"),
        ("baidu", 200, "<html>", True, "出错"),
        ("baidu", 200, {"status": 0, "result": {"level": "门址"}}, True, "读不懂"),
        ("tianditu", 403, {"code": 301, "msg": "非法Key"}, False, "不认这个密钥"),
        ("tianditu", 200, {"code": 1, "msg": "非法Key"}, False, "不认这个密钥"),
        ("tianditu", 200, {"code": 2, "msg": "超过配额上限"}, False, "次数已用完"),
        ("tianditu", 429, "", True, "问得太快"),
        ("tianditu", 200, {"status": "1", "msg": "错误"}, True, "出错"),
        ("tianditu", 200, {"status": "0", "location": {"lon": "x", "lat": "1"}}, True, "读不懂"),
    ],
)
def test_a_failure_says_what_to_do_and_whether_trying_again_helps(
    ask: Callable[[str], Found | None],
    map_service: MapService,
    name: str,
    status: int,
    body: Any,
    is_retryable: bool,
    words: str,
) -> None:
    map_service.status, map_service.body = status, body
    with pytest.raises(AdapterError, match=words) as failure:
        ask(name)
    assert failure.value.retryable is is_retryable
    assert KEY not in str(failure.value)


@pytest.mark.parametrize("name", ["baidu", "tianditu"])
def test_a_service_that_does_not_answer_in_time_may_be_asked_again(
    ask: Callable[[str], Found | None], map_service: MapService, name: str
) -> None:
    map_service.delay_s, map_service.body = 1.0, {}
    with pytest.raises(AdapterError, match="时限内") as failure:
        ask(name)
    assert failure.value.retryable


def test_a_service_that_is_not_there_may_be_asked_again(
    ask: Callable[[str], Found | None], settings: Any
) -> None:
    settings.GEOCODER_URL = "http://127.0.0.1:9"
    with pytest.raises(AdapterError, match="连不上") as failure:
        ask("baidu")
    assert failure.value.retryable


def test_an_address_too_long_for_baidu_is_cut_between_two_characters(
    map_service: MapService, settings: Any
) -> None:
    settings.GEOCODER, settings.GEOCODER_KEY = "baidu", KEY
    settings.GEOCODER_URL = map_service.url
    map_service.body = baidu(1, 80)
    ask_geocoder(geocoder_of_settings(()), "1" + "路" * 60)
    assert map_service.asked[0][1]["address"] == ["1" + "路" * 41]


def test_a_remote_geocoder_without_a_key_is_refused(settings: Any) -> None:
    settings.GEOCODER, settings.GEOCODER_KEY = "baidu", ""
    with pytest.raises(AdapterError, match="GEOCODER_KEY") as failure:
        geocoder_of_settings(())
    assert not failure.value.retryable


def test_an_unknown_geocoder_is_refused(settings: Any) -> None:
    settings.GEOCODER = "elsewhere"
    with pytest.raises(AdapterError, match="elsewhere") as failure:
        geocoder_of_settings(())
    assert not failure.value.retryable


def at(longitude: float) -> Position:
    return Position(longitude, 30.5, CoordinateSystem.GCJ02)


ENTRIES = (
    GazetteerEntry("中心街道", "甲区", at(103.1)),
    GazetteerEntry("中心街道", "乙区", at(103.2)),
    GazetteerEntry("新中心街道", "甲区", at(103.3)),
    GazetteerEntry("石桥镇", "甲区", at(103.4)),
)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("某市甲区中心街道文昌路1号", 103.1),
        ("某市乙区中心街道文昌路1号", 103.2),
        ("甲区新中心街道文昌路1号", 103.3),
        ("石桥镇文昌路1号", 103.4),
        # two townships of that name and no district; a district without such a township; none
        ("中心街道文昌路1号", None),
        ("乙区石桥镇文昌路1号", None),
        ("文昌路1号", None),
    ],
)
def test_the_gazetteer_finds_the_township_that_an_address_names(
    address: str, wanted: float | None, settings: Any
) -> None:
    settings.GEOCODER = "gazetteer"
    found = ask_geocoder(geocoder_of_settings(ENTRIES), address)
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert found.position == at(wanted)
        assert found.confidence is Confidence.LOW
