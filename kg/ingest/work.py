"""What is done with one source: survey it, then take its chosen documents through the stages.

Both functions run in worker processes and never raise for a bad document: what went wrong comes
back as a :class:`Failure`, so that it can be listed and stops nothing else (law 6).
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, SetAsideError
from kg.ingest.inputs import source_hash
from kg.ingest.limits import time_limit
from kg.ingest.outcome import Status
from kg.ingest.plan import Candidate, candidate

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.documents.model import Document
    from kg.graph.checks import Problem
    from kg.graph.types import Graph


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source or document yielded nothing; ``detail`` is the traceback of a defect of ours."""

    status: Status
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """A file to look into."""

    path: Path
    plain: bool = False
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: candidates for loading, or why it holds none."""

    source: str
    candidates: tuple[Candidate, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """The chosen documents of one file, by their places in it."""

    path: Path
    source: str
    indices: tuple[int, ...]
    version: str
    plain: bool = False
    keep_text: bool = False
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """One document taken through all stages up to the checked graph."""

    report: str | None
    graph: Graph | None = None
    problems: tuple[Problem, ...] = ()
    words: int = 0
    failure: Failure | None = None


@dataclass(slots=True)
class _Caught:
    failure: Failure | None = None


@contextmanager
def _caught(timeout: float | None) -> Iterator[_Caught]:
    caught = _Caught()
    try:
        with time_limit(timeout):
            yield caught
    except SetAsideError as error:
        caught.failure = Failure("set_aside", error.what)
    except KgError as error:
        caught.failure = Failure("failed", error.what)
    except Exception as error:  # noqa: BLE001 - a defect in one document must not stop the others
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        caught.failure = Failure("failed", reason, traceback.format_exc())


def survey(task: SurveyTask) -> Survey:
    """Read a file far enough to know which works it holds."""
    source = ""
    candidates: tuple[Candidate, ...] = ()
    with _caught(task.timeout) as caught:
        source = source_hash(task.path)
        candidates = tuple(
            candidate(document, str(task.path), index)
            for index, document in enumerate(_read(task.path, task.plain))
        )
    return Survey(source, candidates, caught.failure)


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the chosen documents of one file, in the order they were asked for."""

    built: tuple[Built, ...]


def build(task: ReadTask) -> Read:
    """Take the chosen documents of a file through reading, annotating, cases, graph and checks.

    Raises
    ------
    TermsError
        When the lexicon is malformed: that is no fault of the documents, and ends the run.
    """
    pipeline()
    documents: list[Document] = []
    with _caught(task.timeout) as caught:
        documents = _read(task.path, task.plain)
    if caught.failure:
        return Read(tuple(Built(None, failure=caught.failure) for _ in task.indices))
    return Read(tuple(_build(documents[index], task) for index in task.indices))


def _build(document: Document, task: ReadTask) -> Built:
    with _caught(task.timeout) as caught:
        graph, problems = graph_of(document, task.version, keep_text=task.keep_text)
        wrong = [problem for problem in problems if problem.severity == "error"]
        if not wrong:
            return Built(document.id, graph, problems, len(document.text.split()))
        reason = "; ".join(f"{problem.code}: {problem.message}" for problem in wrong)
        caught.failure = Failure("quarantined", reason)
    return Built(document.id, failure=caught.failure)


def graph_of(
    document: Document, version: str, *, keep_text: bool = False
) -> tuple[Graph, tuple[Problem, ...]]:
    """Return the checked graph of one document and what the checks found.

    Sentences and quotes are kept where the article's licence allows it, or ``keep_text`` says
    that the text is the user's to keep; else their hashes.
    """
    from kg.cases import build_case
    from kg.graph import build as build_graph
    from kg.graph import checks
    from kg.nlp import annotate

    annotation = annotate(pipeline(), document)
    case = build_case(annotation)
    graph = build_graph(annotation, case, version=version, keep_words=keep_text or None)
    problems = checks.run(graph, document)
    return checks.keep(graph, problems), problems


@cache
def pipeline() -> Language:
    """Return this process's pipeline, loaded once."""
    from kg.nlp import load_pipeline

    loaded = load_pipeline()
    # What is loaded now stays: the collector need not walk through it again and again.
    gc.freeze()
    return loaded


def _read(path: Path, plain: bool) -> list[Document]:
    from kg.documents import read

    return read(path, plain=plain)
