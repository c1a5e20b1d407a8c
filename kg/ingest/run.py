"""The ingestion: survey what was given, choose what to load, take it through the stages, load it.

What is settled is skipped before it is parsed: the ledger in the store knows which bytes were
read with which version, and what became of them. A stop at any moment loses at most the batch
under way; the next run goes on from there.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import ReadError
from kg.ingest.inputs import Inputs, files_of, source_hash
from kg.ingest.loading import Loading
from kg.ingest.outcome import Ledger, Outcome, Summary
from kg.ingest.plan import Candidate, Work, identifiers, works
from kg.ingest.pool import Lost, Pool, Result, Task
from kg.ingest.version import fingerprint
from kg.ingest.work import Built, Failure, Read, ReadTask, Survey, SurveyTask, build, survey
from kg.stores import Store

_SET_PART = 200
"""Documents of one task, where a source holds a set of records."""

_GRACE = 60.0
"""Seconds after a document's time limit until its silent process is taken for hung."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest: ``timeout`` in seconds a document, ``plain`` for bare case texts.

    ``workers`` None takes a process for each processor, and one where there is little to do.
    ``keep_text`` keeps sentences and quotes whatever the licence: the texts are the user's own.
    """

    plain: bool = False
    keep_text: bool = False
    workers: int | None = None
    timeout: float | None = 300.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come."""

    stage: Literal["reading", "annotating"]
    done: int
    total: int
    name: str


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    options: Options | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Ingest files and folders into an open store.

    Parameters
    ----------
    paths
        Files and folders; a file named twice counts once.
    store
        An open store (:func:`kg.stores.open_store`).
    options
        How to ingest.
    on_progress
        Called after each document of each stage.

    Returns
    -------
    Summary
        One outcome a document. What failed is listed there and stops nothing else.

    Raises
    ------
    StoreError
        When the store fails; what was loaded before stays.
    """
    run = _Run(store, options or Options(), on_progress or (lambda _progress: None))
    return run.ingest(files_of(paths))


class _Run:
    """One ingestion under way."""

    def __init__(
        self, store: Store, options: Options, on_progress: Callable[[Progress], None]
    ) -> None:
        self._store = store
        self._options = options
        self._on_progress = on_progress
        self._summary = Summary(fingerprint() + ("+text" if options.keep_text else ""))
        self._ledger = Ledger(store.sources(), self._summary.version)
        self._loading = Loading(store, self._ledger, self._note)
        self._expected = 0
        self._done = 0

    def ingest(self, inputs: Inputs) -> Summary:
        for error in inputs.errors:
            self._summary.outcomes.append(_unread(error))
        due = self._due(inputs.files)
        given = self._survey(due)
        queue = self._undecided([*given, *self._known(due)])
        self._expected = len(queue)
        while queue:
            queue = self._load(queue)
        self._store.load((), sources=self._ledger.complete())
        return self._summary

    def _note(self, outcome: Outcome) -> None:
        self._summary.outcomes.append(outcome)
        self._ledger.note(outcome)

    def _due(self, files: Sequence[Path]) -> dict[str, Path]:
        """Return the files that are not settled, by the hash of their bytes."""
        due: dict[str, Path] = {}
        for path in files:
            try:
                source = source_hash(path)
            except ReadError as error:
                self._summary.outcomes.append(_unread(error))
                continue
            entry = self._ledger.settled(source)
            if entry is None and source not in due:
                due[source] = path
                continue
            for report in (entry.reports if entry else ()) or (None,):
                self._summary.outcomes.append(Outcome(str(path), source, "unchanged", report))
        return due

    def _survey(self, due: dict[str, Path]) -> list[Candidate]:
        """Look into the due files; return the documents found, note what could not be read."""
        tasks = [
            SurveyTask(path, self._options.plain, self._options.timeout) for path in due.values()
        ]
        sources = dict(zip(due.values(), due, strict=True))
        found: list[Candidate] = []
        for done, (task, result) in enumerate(self._pool(survey, tasks, each=20), start=1):
            source = sources[task.path]
            if isinstance(result, Lost):
                result = Survey(source, failure=Failure("failed", result.reason))
            self._ledger.expect(source, len(result.candidates) or 1)
            if result.failure:
                self._note(_failed(str(task.path), source, None, result.failure))
            found.extend(result.candidates)
            self._on_progress(Progress("reading", done, len(tasks), task.path.name))
        return found

    def _known(self, due: dict[str, Path]) -> list[Candidate]:
        """Return the forms that the store holds, but those whose file was changed since."""
        names = {str(path): source for source, path in due.items()}
        known: list[Candidate] = []
        for report in self._store.reports():
            changed = names.get(report.source_name or "", report.source_sha256)
            if changed != report.source_sha256:
                self._loading.stale[changed].append(report)
                continue
            known.append(
                Candidate(
                    work=report.id,
                    identifiers=identifiers(report.id, report.doi, report.pmid, report.pmcid),
                    format=report.source_format,
                    characters=report.characters,
                    source=report.source_sha256,
                    name=report.source_name or "",
                    index=None,
                )
            )
        return known

    def _undecided(self, candidates: Sequence[Candidate]) -> list[Work]:
        """Return the works of which a given form is the fullest; the other given forms give way."""
        undecided: list[Work] = []
        for work in works(candidates):
            if work[0].index is None:
                self._loading.give_way(work[0], work[1:])
            else:
                undecided.append(work)
        return undecided

    def _load(self, queue: Sequence[Work]) -> list[Work]:
        """Load the fullest form of each work; return the works of which it failed, without it."""
        by_document = {(work[0].source, work[0].index): work for work in queue}
        left: list[Work] = []
        for task, result in self._pool(build, list(self._tasks(queue)), each=2):
            for index, built in _results(task, result):
                work = by_document[(task.source, index)]
                if built.failure:
                    self._note(_failed(str(task.path), task.source, built.report, built.failure))
                    left.append(work[1:])
                else:
                    left.extend(self._loading.add(work, built))
                self._done += 1
                self._on_progress(
                    Progress("annotating", self._done, self._expected, task.path.name)
                )
        left.extend(self._loading.flush())
        return self._undecided([candidate for work in left for candidate in work])

    def _tasks(self, queue: Iterable[Work]) -> Iterator[ReadTask]:
        indices: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for chosen, *_ in queue:
            if chosen.index is not None:
                indices[(chosen.name, chosen.source)].append(chosen.index)
        for (name, source), found in sorted(indices.items()):
            for start in range(0, len(found), _SET_PART):
                yield ReadTask(
                    Path(name),
                    source,
                    tuple(sorted(found)[start : start + _SET_PART]),
                    self._summary.version,
                    self._options.plain,
                    self._options.keep_text,
                    self._options.timeout,
                )

    def _pool(
        self, work: Callable[[Task], Result], tasks: Sequence[Task], *, each: int
    ) -> Iterator[tuple[Task, Result | Lost]]:
        """Run the tasks, with a process for every ``each`` tasks at most."""
        processors = self._options.workers or os.cpu_count() or 1
        workers = max(1, min(processors, len(tasks) // each))
        timeout = self._options.timeout
        return Pool(work, workers, None if timeout is None else timeout + _GRACE).run(tasks)


def _results(task: ReadTask, result: Read | Lost) -> Iterator[tuple[int, Built]]:
    """Pair each document asked for with what became of it."""
    if isinstance(result, Lost):
        failure = Failure("failed", result.reason)
        yield from ((index, Built(None, failure=failure)) for index in task.indices)
    else:
        yield from zip(task.indices, result.built, strict=True)


def _failed(name: str, source: str, report: str | None, failure: Failure) -> Outcome:
    return Outcome(
        name, source, failure.status, report, reason=failure.reason, detail=failure.detail
    )


def _unread(error: ReadError) -> Outcome:
    return Outcome(error.where or "", "", "failed", reason=error.what)
