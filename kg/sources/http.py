"""One way to ask over HTTP: cached, paced, patient, and sure of what came back.

Each source has a :class:`Client` of its own pace. An answer is cached on disk; 429 and 5xx are
tried again after the wait that the source asks for; a body that breaks off is tried again; what
is not the expected kind of content is an error and never enters the cache.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Literal

import requests
from requests.adapters import HTTPAdapter
from requests_cache import CacheMixin
from requests_ratelimiter import LimiterMixin
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

import kg
from kg.errors import SourceError
from kg.sources.settings import Settings

Content = Literal["json", "xml"]

_BROKEN = (
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
    requests.exceptions.ConnectionError,
)
_AGAIN = (429, 500, 502, 503, 504)
_REDIRECTS = 5


class NotFoundError(SourceError):
    """The source says that it does not have this."""


class _Session(CacheMixin, LimiterMixin, requests.Session):
    """A session whose cached answers cost nothing of the pace."""


class Client:
    """Asks one source.

    Parameters
    ----------
    name
        The source's name, for messages and its part of the cache.
    per_second
        How many requests a second the source allows.
    settings
        Who asks, where the cache is, how patiently.
    """

    def __init__(self, name: str, per_second: float, settings: Settings) -> None:
        self.name = name
        self._settings = settings
        settings.cache.mkdir(parents=True, exist_ok=True)
        self._session = _Session(
            cache_name=str(settings.cache / name),
            backend="sqlite",
            expire_after=settings.cache_seconds,
            allowable_codes=(200,),
            ignored_parameters=["api_key", "email", "mailto", "tool"],
            per_second=per_second,
        )
        self._session.max_redirects = _REDIRECTS
        contact = f" (mailto:{settings.contact})" if settings.contact else ""
        self._session.headers["User-Agent"] = f"kg/{kg.__version__}{contact}"
        retry = Retry(
            total=settings.retries,
            redirect=_REDIRECTS,
            status_forcelist=_AGAIN,
            backoff_factor=0.5,
            respect_retry_after_header=True,
            retry_after_max=settings.longest_wait,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def get(
        self, url: str, parameters: Mapping[str, str | int] | None = None, *, content: Content
    ) -> bytes:
        """Return the body of an answer of the expected kind.

        Raises
        ------
        NotFoundError
            When the source answers 404.
        SourceError
            When it does not answer, refuses, or answers something else.
        """
        for attempt in range(self._settings.retries + 1):
            try:
                answer = self._ask(url, parameters)
            except _BROKEN as error:
                if attempt == self._settings.retries or _tried_enough(error):
                    raise self._error(url, f"{_what_broke(error)} ({_cause(error)})") from error
                time.sleep(min(0.5 * 2**attempt, self._settings.longest_wait))
                continue
            self._require_ok(url, answer)
            if problem := _unlike(answer.content, content):
                self._session.cache.delete(requests=[answer.request])
                raise self._error(url, problem)
            return answer.content
        raise AssertionError("the last attempt returns or raises")

    def get_json(self, url: str, parameters: Mapping[str, str | int] | None = None) -> Any:
        """Return the JSON of an answer; raises as :meth:`get` does."""
        return json.loads(self.get(url, parameters, content="json"))

    def _ask(self, url: str, parameters: Mapping[str, str | int] | None) -> requests.Response:
        limits = (self._settings.connect_seconds, self._settings.read_seconds)
        try:
            return self._session.get(url, params=dict(parameters or {}), timeout=limits)
        except requests.exceptions.TooManyRedirects as error:
            raise self._error(url, "it redirects without end") from error
        except requests.exceptions.Timeout as error:
            raise self._error(url, f"no answer within {limits[1]:g} s") from error
        except requests.exceptions.RetryError as error:
            raise self._error(url, f"it kept failing ({_cause(error)})") from error
        except _BROKEN:
            raise
        except requests.exceptions.RequestException as error:
            raise self._error(url, f"it cannot be asked ({_cause(error)})") from error

    def _require_ok(self, url: str, answer: requests.Response) -> None:
        if answer.status_code == requests.codes.not_found:
            raise NotFoundError("the source does not have it", where=url)
        if answer.status_code in _AGAIN:
            raise self._error(url, f"it kept answering {answer.status_code}")
        if answer.status_code != requests.codes.ok:
            raise self._error(url, f"it answered {answer.status_code}")

    def _error(self, url: str, what: str) -> SourceError:
        return SourceError(f"{self.name}: {what}", where=url, hint="run it again to go on")


def _unlike(body: bytes, content: Content) -> str | None:
    """Return why a body is not of the kind that was asked for, or None."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if content == "json":
        try:
            json.loads(body)
        except ValueError:
            return "the answer is not JSON"
        return None
    if start.startswith((b"<!doctype html", b"<html")):
        return "the answer is a web page, not XML"
    return None if start.startswith(b"<") else "the answer is not XML"


def _what_broke(error: Exception) -> str:
    return "nothing answers" if _tried_enough(error) else "the answer broke off"


def _tried_enough(error: Exception) -> bool:
    """Tell whether the adapter has tried again already: nothing answers at the address."""
    return any(isinstance(one, MaxRetryError) for one in error.args)


def _cause(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
