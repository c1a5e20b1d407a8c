"""Whether a text is English, by its function words and its script.

A stop-word profile is enough to tell English from the other languages of case reports, needs no
model and no download, and its data can be corrected by hand (``stopwords.tsv``).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from kg.documents.model import Document
from kg.errors import SetAsideError

_WORDS = Path(__file__).with_name("stopwords.tsv")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u02af]")
_FOREIGN = re.compile(r"(?![\u1d00-\u1eff])[^\W\d_A-Za-z\u00aa-\u02af]")
_FEW = 20
_SAMPLE = 4_000
_RUNNING = frozenset({"introduction", "case", "methods", "results", "discussion", "conclusion"})
_FRONT = frozenset({"title", "abstract", "legend", "table"})


@cache
def _profiles() -> dict[str, frozenset[str]]:
    profiles: dict[str, frozenset[str]] = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words = line.split("\t")
            profiles[language] = frozenset(words.split())
    return profiles


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """Return, by word, the languages whose profile holds it."""
    found: dict[str, list[str]] = {}
    for language, profile in _profiles().items():
        for word in profile:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def language_of(text: str) -> str | None:
    """Return the language of a running text, or None where too little stands there to tell.

    ``"und"`` (undetermined, ISO 639-2) is a script that English is not written in.

    Examples
    --------
    >>> language_of("The patient was admitted to the hospital with fever. " * 3)
    'en'
    >>> language_of("Der Patient wurde mit Fieber in die Klinik aufgenommen. " * 3)
    'de'
    >>> language_of("Fever") is None
    True
    """
    sample = text[:_SAMPLE]
    if not sample.isascii():
        foreign = len(_FOREIGN.findall(sample))
        if foreign >= _FEW and foreign > len(_LATIN.findall(sample)):
            return "und"
    words = Counter(_WORD.findall(sample.lower()))
    total = sum(words.values())
    if total < _FEW:
        return None
    hits: Counter[str] = Counter()
    languages = _languages_of_words()
    for word, count in words.items():
        for language in languages.get(word, ()):
            hits[language] += count
    best = max(sorted(hits), key=lambda language: (hits[language], language == "en"), default=None)
    return best if best is not None and hits[best] * 10 >= total else None


def function_word_share(text: str) -> float:
    """Return which part of the words of a text are English function words, 0 to 1.

    Examples
    --------
    >>> function_word_share("The end of it") > 0.5, function_word_share("Th eendofit")
    (True, 0.0)
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    profile = _profiles()["en"]
    return sum(word in profile for word in words) / len(words) if words else 0.0


def _body(document: Document) -> str:
    """Return the running text: an English abstract does not make the article English."""
    return _sections(document, _RUNNING)


def _sections(document: Document, kinds: frozenset[str]) -> str:
    """Return the beginning of the sections of these kinds, no more than the sample."""
    parts: list[str] = []
    room = _SAMPLE
    for section in document.sections:
        if section.kind in kinds and room > 0:
            parts.append(document.text[section.start : min(section.end, section.start + room)])
            room -= section.end - section.start
    return " ".join(parts)


def require_english(document: Document) -> Document:
    """Return the document when its text is English, or cannot be told to be another language.

    Raises
    ------
    SetAsideError
        When it is written in another language; the reason names it.
    """
    language = language_of(_body(document)) or language_of(_sections(document, _FRONT))
    if language in (None, "en"):
        return document
    name = "another script" if language == "und" else f"the language '{language}'"
    raise SetAsideError(
        f"set aside: the text is not English but in {name}",
        where=document.source,
        hint="give an English version",
    )
