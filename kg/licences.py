"""Whether a licence allows to keep an article's words, from ``licences.toml``."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_RULES = Path(__file__).with_name("licences.toml")
HASH_PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    pattern: re.Pattern[str]
    keep_text: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = tomllib.loads(_RULES.read_text(encoding="utf-8"))["licence"]
    return tuple(_Rule(r["code"], re.compile(r["pattern"]), r["keep_text"]) for r in rows)


def may_keep_text(licence: str | None) -> bool:
    """Tell whether a licence, as an article states it, allows to keep sentences and quotes.

    Unknown means no.

    Examples
    --------
    >>> may_keep_text("https://creativecommons.org/licenses/by/4.0/")
    True
    >>> may_keep_text("CC BY-NC-ND 4.0")
    False
    >>> may_keep_text(None)
    False
    """
    normal = re.sub(r"[^a-z0-9]+", " ", (licence or "").lower())
    return next((rule.keep_text for rule in _rules() if rule.pattern.search(normal)), False)


def hashed(words: str) -> str:
    """Return what stands for words that may not be kept; an audit compares it with the source.

    Examples
    --------
    >>> hashed("fever")[:14]
    'sha256:1e44a1c'
    """
    return HASH_PREFIX + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
