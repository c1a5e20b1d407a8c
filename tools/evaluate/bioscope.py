"""Negation and speculation of sentences on the BioScope abstracts, by the cues found.

A sentence counts as negated (speculative) when it holds a negation (speculation) cue; ours does
when :mod:`kg.nlp.assertion` finds a cue that denies (doubts) something in it. Documents are cut
into a fixed development part as everywhere, by their PMID.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from kg.nlp.assertion import Assertion
from kg.nlp.pipeline import load_pipeline
from tools.evaluate.parts import measured
from tools.evaluate.polarity import score


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with what its gold cues say."""

    document: str
    text: str
    negated: bool
    speculative: bool


def sentences(path: Path) -> Iterator[GoldSentence]:
    """Yield the sentences of a BioScope file."""
    for document in etree.parse(path).iter("Document"):
        identifier = document.findtext("DocID") or ""
        for sentence in document.iter("sentence"):
            types = {cue.get("type") for cue in sentence.iter("cue")}
            yield GoldSentence(
                document=identifier.strip(),
                text="".join(str(part) for part in sentence.itertext()),
                negated="negation" in types,
                speculative="speculation" in types,
            )


def figures(data: Path) -> Iterator[dict[str, Any]]:
    """Yield negation and speculation of the sentence, on the development part."""
    path = data / "abstracts.xml" if data.is_dir() else data
    nlp = load_pipeline()
    component = nlp.get_pipe("kg_assertion")
    assert isinstance(component, Assertion)
    every = list(sentences(path))
    part = measured("bioscope", every, lambda sentence: sentence.document)
    counts = {"negation": Counter[str](), "speculation": Counter[str]()}
    for gold in part:
        said = component.says(nlp.make_doc(gold.text))
        _count(counts["negation"], gold.negated, said.negated)
        _count(counts["speculation"], gold.speculative, said.speculative)
    for figure, count in counts.items():
        yield {
            "corpus": "bioscope",
            "figure": f"{figure} of the sentence",
            "sentences": len(part),
            **score(count),
        }


def _count(counts: Counter[str], truth: bool, said: bool) -> None:
    counts["tp" if truth and said else "fp" if said else "fn" if truth else "tn"] += 1
