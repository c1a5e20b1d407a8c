"""``kg check``: what the checks find in the graphs of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.inputs import Inputs
from kg.cli.options import Talk, format_option, plain_option, talking
from kg.cli.output import print_rows
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.checks import Check, Problem
    from kg.graph.checks.corpus import CorpusCheck

FOUND_WANTING = 3
COLUMNS = ("report", "severity", "code", "message", "quote")


@click.command()
@click.argument("files", nargs=-1, metavar="FILE…|DIR")
@plain_option
@click.option("--explain", metavar="CODE", help="Say what a check means and what to do.")
@format_option("table", "json", "jsonl", "csv")
@talking
def check(files: tuple[str, ...], plain: bool, explain: str | None, form: str, talk: Talk) -> None:
    """Check reports, each alone and all against one another.

    Exit status 3 when there are errors.
    """
    if explain:
        _explain(explain)
        return
    if not files:
        raise UsageError("no file was given", hint="kg check FILE…, or kg check --explain CODE")
    from kg.graph.checks import corpus
    from kg.ingest.version import fingerprint
    from kg.ingest.work import graph_of

    inputs = Inputs(files, talk, plain=plain)
    found: list[tuple[str, Problem]] = []
    index: list[corpus.Entry] = []
    for document in inputs:
        graph, problems = graph_of(document, fingerprint(), keep_text=True)
        found.extend((document.id, problem) for problem in problems)
        index.append(corpus.entry(graph))
    found.extend((problem.node or "", problem) for problem in corpus.run(index))
    print_rows([_row(report, problem) for report, problem in found], form, COLUMNS)
    errors = sum(problem.severity == "error" for _, problem in found)
    warnings = sum(problem.severity == "warning" for _, problem in found)
    talk.say(f"{len(index)} reports checked: {errors} errors, {warnings} warnings")
    inputs.finish(FOUND_WANTING if errors else 0)


def _row(report: str, problem: Problem) -> dict[str, str | None]:
    return {
        "report": report,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "quote": problem.quote,
    }


def _explain(code: str) -> None:
    from kg.graph.checks import CHECKS
    from kg.graph.checks.corpus import CORPUS_CHECKS

    known: dict[str, Check | CorpusCheck] = {one.code: one for one in CHECKS}
    known.update((one.code, one) for one in CORPUS_CHECKS)
    if code not in known:
        raise UsageError(f"received {code}, valid codes are {', '.join(sorted(known))}")
    one = known[code]
    click.echo(f"{one.code}: {one.title}\n\n{one.explanation}\n\nWhat to do: {one.remedy}")
