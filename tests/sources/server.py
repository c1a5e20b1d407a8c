"""A source on this machine: recorded answers by path, and the faults that real ones have."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """What to answer: a body, or a fault."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    truncated: bool = False
    delay: float = 0.0


Route = Answer | Callable[[dict[str, str]], Answer]


@dataclass
class Source:
    """A running server: ``routes`` by path, each a list of answers whose last one stays."""

    url: str
    routes: dict[str, list[Route]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def answer(self, path: str, *answers: Route) -> None:
        """Answer a path with these, one after another; the last one stays."""
        self.routes[path] = list(answers)

    def times(self, path: str) -> int:
        """How often a path was asked."""
        return sum(asked == path for asked, _ in self.asked)


@contextmanager
def serving() -> Iterator[Source]:
    """Run a server on a free loopback port."""
    source = Source("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(split.query).items()}
            source.asked.append((split.path, parameters))
            source.agents.append(self.headers["User-Agent"])
            answers = source.routes.get(split.path, [Answer(status=404)])
            route = answers.pop(0) if len(answers) > 1 else answers[0]
            answer = route(parameters) if callable(route) else route
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            time.sleep(answer.delay)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if answer.truncated else body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the test says what it expects."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    source.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
