"""``kg check``: what the checks find in the graphs of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.inputs import Inputs
from kg.cli.options import Talk, format_option, plain_option, talking
from kg.cli.output import print_rows
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.checks import Problem

FOUND_WANTING = 3
COLUMNS = ("report", "severity", "code", "message", "quote")


@click.command()
@click.argument("files", nargs=-1, metavar="FILE…|DIR")
@plain_option
@click.option("--explain", metavar="CODE", help="Say what a check means and what to do.")
@format_option("table", "json", "jsonl", "csv")
@talking
def check(files: tuple[str, ...], plain: bool, explain: str | None, form: str, talk: Talk) -> None:
    """Check reports; exit status 3 when there are errors."""
    if explain:
        _explain(explain)
        return
    if not files:
        raise UsageError("no file was given", hint="kg check FILE…, or kg check --explain CODE")
    from kg.ingest.version import fingerprint
    from kg.ingest.work import graph_of

    inputs = Inputs(files, talk, plain=plain)
    found: list[tuple[str, Problem]] = []
    reports = 0
    for document in inputs:
        reports += 1
        _, problems = graph_of(document, fingerprint())
        found.extend((document.id, problem) for problem in problems)
    print_rows([_row(report, problem) for report, problem in found], form, COLUMNS)
    errors = sum(problem.severity == "error" for _, problem in found)
    warnings = sum(problem.severity == "warning" for _, problem in found)
    talk.say(f"{reports} reports checked: {errors} errors, {warnings} warnings")
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

    known = {one.code: one for one in CHECKS}
    if code not in known:
        raise UsageError(f"received {code}, valid codes are {', '.join(sorted(known))}")
    one = known[code]
    click.echo(f"{one.code}: {one.title}\n\n{one.explanation}\n\nWhat to do: {one.remedy}")
