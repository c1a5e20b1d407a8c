"""The component kg_abbreviations, and finding short forms in a Doc."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.model import Document, Section
from kg.nlp.abbreviations.definitions import definitions, listed
from kg.nlp.abbreviations.regimens import regimen_definitions
from kg.nlp.carrier import Findings, text_of

_LISTING = frozenset({"legend", "table"})


class Abbreviations:
    """Fill ``findings.abbreviations``: from the section itself, then from the whole article.

    Of several definitions in one section, and of those of other sections, the first holds.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set what short forms mean in this section on its findings."""
        findings: Findings = doc._.findings
        findings.abbreviations = meanings(findings.document, findings.section)
        return doc


@lru_cache(maxsize=512)
def meanings(document: Document, section: int) -> dict[str, str]:
    """Return short form to long form, as a section and then its article defines them."""
    article = abbreviations_of(document)
    own = _of_sections(document)[section] if section >= 0 else {}
    return article if all(article[short] == own[short] for short in own) else {**article, **own}


@lru_cache(maxsize=64)
def abbreviations_of(document: Document) -> dict[str, str]:
    """Return short form to long form, as the article first defines them."""
    found: dict[str, str] = {}
    for section in _of_sections(document):
        for short, long_form in section.items():
            found.setdefault(short, long_form)
    return found


@lru_cache(maxsize=64)
def _of_sections(document: Document) -> tuple[dict[str, str], ...]:
    """Return the definitions of each section.

    References are not read: a cited title's definition is not the article's.
    """
    return tuple(
        {} if section.kind == "references" else _defined(document, section)
        for section in document.sections
    )


def _defined(document: Document, section: Section) -> dict[str, str]:
    text = document.text[section.start : section.end]
    pairs = [*regimen_definitions(text), *definitions(text)]
    if section.kind in _LISTING or "bbreviation" in (section.title or "") + text[:40]:
        pairs.extend(listed(text))
    found: dict[str, str] = {}
    for short, long_form in pairs:
        found.setdefault(short, long_form)
    return found


def short_forms(doc: Doc, abbreviations: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and long form of each short form in a Doc."""
    if not abbreviations:
        return
    for match in _pattern(tuple(sorted(abbreviations, key=lambda s: (-len(s), s)))).finditer(
        text_of(doc)
    ):
        surface = match.group(1)
        yield match.start(1), match.end(1), abbreviations[surface]


@lru_cache(maxsize=256)
def _pattern(shorts: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(short) for short in shorts)
    return re.compile(rf"(?<![\w-])({words})(?=s?(?![\w]))")


@Language.factory("kg_abbreviations", assigns=["doc._.findings"])
def make_abbreviations(nlp: Language, name: str) -> Abbreviations:
    """Return the kg_abbreviations component."""
    return Abbreviations()
