"""``kg ingest``: files through all the stages into a store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.options import Talk, format_option, plain_option, store_option, talking
from kg.cli.output import print_record, print_table

if TYPE_CHECKING:
    from kg.ingest import Progress, Summary

_SECONDS_BETWEEN_LINES = 10.0

_MEANING = {
    "loaded": "loaded",
    "unchanged": "unchanged, skipped before parsing",
    "superseded": "superseded by a fuller form of the same work",
    "set_aside": "set aside",
    "quarantined": "quarantined: a check found an error",
    "failed": "failed",
}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@store_option
@plain_option
@click.option(
    "--keep-text",
    is_flag=True,
    help="Keep sentences and quotes whatever the licence: the texts are yours to keep. Without "
    "it, quotes of articles whose licence does not allow it are stored as hashes.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes; by default one a processor.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds after which a document is given up, alone.",
)
@format_option("table", "json")
@talking
def ingest(
    paths: tuple[str, ...],
    store: str,
    plain: bool,
    keep_text: bool,
    workers: int | None,
    timeout: float,
    form: str,
    talk: Talk,
) -> None:
    """Ingest files and folders into a store; what it knows already is skipped.

    Exit status 0 when all is well, 3 when documents failed or were quarantined, 1 when nothing
    could be done.
    """
    from kg.ingest import Options
    from kg.ingest import ingest as run
    from kg.stores import open_store

    options = Options(plain, keep_text, workers, timeout)
    started = time.monotonic()
    with open_store(store) as opened, _progress(talk) as on_progress:
        summary = run(paths, opened, options, on_progress)
    _report(summary, form, talk, time.monotonic() - started)
    wanting = summary.found_wanting()
    if wanting:
        status = 1 if len(wanting) == len(summary.outcomes) else 3
        click.get_current_context().exit(status)


def _report(summary: Summary, form: str, talk: Talk, seconds: float) -> None:
    counts = summary.counts()
    if form == "json":
        print_record({"version": summary.version, "counts": counts, "outcomes": summary.outcomes})
    elif not talk.quiet:
        print_table(
            ({"documents": n, "": _MEANING[status]} for status, n in counts.items()),
            ["documents", ""],
        )
    for outcome in summary.found_wanting():
        talk.warn(f"{outcome.name}: {outcome.status}: {outcome.reason}")
        if outcome.detail and talk.verbose:
            talk.say(outcome.detail)
    changed = counts.get("loaded", 0)
    words = sum(outcome.words for outcome in summary.outcomes)
    if changed:
        talk.say(f"{changed} loaded, {words} words in {seconds:.1f} s")
    elif not summary.found_wanting():
        talk.say("nothing to do: the store is up to date")


@contextmanager
def _progress(talk: Talk) -> Iterator[Callable[[Progress], None]]:
    """Show a bar on a terminal, a plain line now and then elsewhere, nothing when quiet."""
    if talk.quiet:
        yield lambda _progress: None
    elif sys.stderr.isatty():
        with _bar() as on_progress:
            yield on_progress
    else:
        yield _lines(talk)


def _lines(talk: Talk) -> Callable[[Progress], None]:
    said = time.monotonic()

    def on_progress(progress: Progress) -> None:
        nonlocal said
        now = time.monotonic()
        if progress.done == progress.total or now - said >= _SECONDS_BETWEEN_LINES:
            said = now
            talk.say(f"{progress.stage} {progress.done}/{progress.total} {progress.name}")

    return on_progress


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks = {
            stage: bar.add_task(stage, total=None, name="") for stage in ("reading", "annotating")
        }

        def on_progress(progress: Progress) -> None:
            bar.update(
                tasks[progress.stage],
                completed=progress.done,
                total=progress.total,
                name=progress.name,
            )

        yield on_progress
