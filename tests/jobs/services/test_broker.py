"""The file-backed broker: a message appears whole, once, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from kombu import Connection

from regulator.adapters.broker import file_broker_options


def _connection(folder: Path) -> Connection:
    return Connection("filesystem://", transport_options=file_broker_options(folder))


def test_messages_come_out_once_in_the_order_they_went_in(tmp_path: Path) -> None:
    with _connection(tmp_path) as connection, connection.SimpleQueue("calls") as queue:
        for number in range(20):
            queue.put({"job": number})
        received = []
        for _ in range(20):
            message = queue.get(timeout=1)
            received.append(message.payload["job"])
            message.ack()
        with pytest.raises(queue.Empty):
            queue.get(block=False)
    assert received == list(range(20))
    assert list((tmp_path / "messages").iterdir()) == []


def test_a_message_that_is_still_being_written_is_not_taken(tmp_path: Path) -> None:
    with _connection(tmp_path) as connection, connection.SimpleQueue("calls") as queue:
        draft = tmp_path / "messages" / "0001_x.calls.msg.draft"
        draft.write_bytes(b"")
        with pytest.raises(queue.Empty):
            queue.get(block=False)
        assert draft.exists()
