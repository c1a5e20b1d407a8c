"""Asking over HTTP: cached, paced, patient, and sure of what came back."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest
from urllib3.connection import HTTPConnection

from kg.errors import SourceError
from kg.sources.http import Client, NotFoundError
from kg.sources.settings import Settings
from tests.sources.server import Answer, Source

GOOD = Answer('{"good": true}')


@pytest.fixture
def client(settings: Settings) -> Client:
    return Client("test", 1000, settings)


def test_an_answer_is_asked_for_once(client: Client, source: Source) -> None:
    source.answer("/a", GOOD)
    assert client.get_json(f"{source.url}/a", {"q": 1}) == {"good": True}
    assert client.get_json(f"{source.url}/a", {"q": 1}) == {"good": True}
    assert source.times("/a") == 1
    assert client.get_json(f"{source.url}/a", {"q": 2}) == {"good": True}
    assert source.times("/a") == 2


def test_it_says_who_asks(client: Client, source: Source) -> None:
    source.answer("/a", GOOD)
    client.get_json(f"{source.url}/a")
    assert source.agents[0].startswith("kg/")
    assert "mailto:me@example.org" in source.agents[0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_waited_out(client: Client, source: Source, status: int) -> None:
    source.answer("/a", Answer(status=status), GOOD)
    assert client.get_json(f"{source.url}/a") == {"good": True}


def test_retry_after_is_honoured(client: Client, source: Source) -> None:
    source.answer("/a", Answer(status=429, headers={"Retry-After": "1"}), GOOD)
    started = time.monotonic()
    assert client.get_json(f"{source.url}/a") == {"good": True}
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("status", [429, 500])
def test_a_lasting_fault_is_an_error_that_says_so(
    client: Client, source: Source, status: int
) -> None:
    source.answer("/a", Answer(status=status))
    with pytest.raises(SourceError, match=f"test: it kept answering {status}"):
        client.get_json(f"{source.url}/a")
    assert source.times("/a") == 3


def test_a_body_that_breaks_off_is_asked_for_again(client: Client, source: Source) -> None:
    source.answer("/a", Answer(GOOD.body, truncated=True), GOOD)
    assert client.get_json(f"{source.url}/a") == {"good": True}


def test_a_body_that_always_breaks_off_is_an_error(client: Client, source: Source) -> None:
    source.answer("/a", Answer(GOOD.body, truncated=True))
    with pytest.raises(SourceError, match="the answer broke off"):
        client.get_json(f"{source.url}/a")


def test_no_answer_in_time(client: Client, source: Source, settings: Settings) -> None:
    impatient = Client("impatient", 1000, replace(settings, retries=0, read_seconds=0.1))
    source.answer("/a", Answer(GOOD.body, delay=0.6))
    with pytest.raises(SourceError, match="impatient: "):
        impatient.get_json(f"{source.url}/a")


def test_where_nothing_listens_it_is_tried_as_often_as_set_and_no_more(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    tries = 0
    connect = HTTPConnection.connect

    def counted(connection: HTTPConnection) -> None:
        nonlocal tries
        tries += 1
        connect(connection)

    monkeypatch.setattr(HTTPConnection, "connect", counted)
    with pytest.raises(SourceError, match="nothing answers"):
        Client("test", 1000, replace(settings, retries=1)).get_json(url)
    assert tries == 2


def test_what_is_not_there(client: Client, source: Source) -> None:
    with pytest.raises(NotFoundError, match="does not have it"):
        client.get_json(f"{source.url}/none")


def test_redirects_without_end(client: Client, source: Source) -> None:
    source.answer("/a", Answer(status=302, headers={"Location": "/a"}))
    with pytest.raises(SourceError, match=r"redirects without end|kept failing"):
        client.get_json(f"{source.url}/a")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<!DOCTYPE html><html>busy</html>", "a web page, not XML"),
        ('{"error": "no"}', "not XML"),
        ("", "not XML"),
    ],
)
def test_what_is_not_xml_is_an_error_and_is_not_kept(
    client: Client, source: Source, body: str, problem: str
) -> None:
    source.answer("/a", Answer(body), Answer("<article/>"))
    with pytest.raises(SourceError, match=problem):
        client.get(f"{source.url}/a", content="xml")
    assert client.get(f"{source.url}/a", content="xml") == b"<article/>"


def test_a_pace_is_kept(source: Source, settings: Settings) -> None:
    source.answer("/a", GOOD)
    slow = Client("slow", 5, settings)
    started = time.monotonic()
    for n in range(8):
        slow.get_json(f"{source.url}/a", {"n": n})
    assert time.monotonic() - started >= 0.5
