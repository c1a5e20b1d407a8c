"""Keeping with a report what the checks doubted of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.documents.model import sha256_of
from kg.graph.builder.writer import GraphWriter
from kg.graph.checks.model import Problem
from kg.graph.types import Graph, node
from kg.licences import HASH_PREFIX

_QUOTED = re.compile(r'"[^"]+"')


def keep(graph: Graph, problems: Iterable[Problem]) -> Graph:
    """Add the warnings and infos to a report's graph as Problem nodes, and return it.

    Errors are left out: a report that has one is not loaded.
    """
    report = node(graph, graph.graph["report"])
    writer = GraphWriter(report.id, keep_words=report.properties.get("text_kept") is True)
    writer.graph = graph
    for problem in problems:
        if problem.severity != "error":
            _keep(writer, problem)
    return graph


def _keep(writer: GraphWriter, problem: Problem) -> None:
    subject = problem.node or (problem.edge[0] if problem.edge else None)
    place = sha256_of(f"{subject} {problem.edge} {problem.message}")[:16]
    message = problem.message if writer.keep_words else _QUOTED.sub('"…"', problem.message)
    quote = problem.quote
    if quote is not None and not quote.startswith(HASH_PREFIX):
        quote = writer.words(quote)
    id = writer.node(
        "Problem",
        f"{writer.report}#problem-{problem.code}-{place}",
        {
            "code": problem.code,
            "severity": problem.severity,
            "message": message,
            "subject": subject,
            "sentence": problem.sentence,
            "quote": quote,
        },
    )
    writer.relationship("HAS_PROBLEM", writer.report, id)
