"""``kg read``, ``annotate``, ``case`` and ``graph``: each stage alone, to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.inputs import Inputs
from kg.cli.options import Talk, files_argument, format_option, plain_option, talking
from kg.cli.output import print_record, print_table

if TYPE_CHECKING:
    from kg.cases.model import CaseReport
    from kg.nlp.model import Annotation


@click.command()
@files_argument
@plain_option
@format_option("table", "json")
@talking
def read(files: tuple[str, ...], plain: bool, form: str, talk: Talk) -> None:
    """Read articles: text, sections, references, in-text marks, metadata."""
    inputs = Inputs(files, talk, plain=plain)
    for document in inputs:
        if form == "json":
            print_record(document)
            continue
        click.echo(f"{document.id}  {document.meta.title or ''}  ({document.format})")
        print_table(
            (
                {
                    "kind": section.kind,
                    "heading": section.title,
                    "start": section.start,
                    "end": section.end,
                    "begins": document.text[section.start : min(section.end, section.start + 60)],
                }
                for section in document.sections
            ),
            ["kind", "heading", "start", "end", "begins"],
        )
        click.echo(f"{len(document.references)} references, {len(document.marks)} in-text marks\n")
    inputs.finish()


@click.command()
@files_argument
@plain_option
@format_option("table", "json")
@click.option("--explain", is_flag=True, help="Say what found, linked and asserted each mention.")
@click.option(
    "--mentions",
    type=click.Path(exists=True, dir_okay=False),
    help="Take the mentions from this file instead of finding them: a JSON list of {start, end, "
    "kind, label}, or what this command prints.",
)
@talking
def annotate(
    files: tuple[str, ...], plain: bool, form: str, explain: bool, mentions: str | None, talk: Talk
) -> None:
    """Annotate articles: mentions, assertion, quantities, doses, times."""
    inputs = Inputs(files, talk, plain=plain)
    for annotation in _annotations(inputs, mentions):
        if form == "json":
            print_record(_annotation_face(annotation))
        else:
            _print_mentions(annotation, explain)
    inputs.finish()


def _annotations(inputs: Inputs, mentions: str | None = None) -> Iterator[Annotation]:
    from kg.cli.mentions import read_mentions
    from kg.ingest.work import pipeline
    from kg.nlp import annotate as annotate_document

    given = read_mentions(mentions) if mentions else None
    for document in inputs:
        yield annotate_document(pipeline(), document, given.of(document) if given else None)


def _annotation_face(annotation: Annotation) -> dict[str, Any]:
    """Return the object that is printed: the document's id, hash and text, and what was found."""
    fields = annotation.__dataclass_fields__
    document = annotation.document
    return {
        "id": document.id,
        "sha256": document.sha256,
        "text": document.text,
        **{name: getattr(annotation, name) for name in fields if name != "document"},
    }


def _print_mentions(annotation: Annotation, explain: bool) -> None:
    click.echo(f"{annotation.document.id}  {annotation.document.meta.title or ''}")
    columns = ["start", "text", "kind", "name", "assertion"]
    if explain:
        columns += ["found_by", "linked", "cue", "rule"]
    print_table(
        (
            {
                "start": mention.start,
                "text": mention.text,
                "kind": f"{mention.kind} {mention.label}",
                "name": mention.name,
                "assertion": " ".join(
                    value
                    for value, usual in (
                        (mention.polarity, "affirmed"),
                        (mention.certainty, "certain"),
                        (mention.experiencer, "patient"),
                        (mention.time, "current"),
                        (mention.realisation, None),
                    )
                    if value and value != usual
                ),
                "found_by": mention.source,
                "linked": f"{mention.concept or ''} {mention.reason or ''}".strip(),
                "cue": mention.cue,
                "rule": mention.rule,
            }
            for mention in annotation.mentions
        ),
        columns,
    )


@click.command()
@files_argument
@plain_option
@format_option("table", "json")
@talking
def case(files: tuple[str, ...], plain: bool, form: str, talk: Talk) -> None:
    """Build cases: patients, events in order, relations, claims."""
    from kg.cases import build_case

    inputs = Inputs(files, talk, plain=plain)
    for annotation in _annotations(inputs):
        report = build_case(annotation)
        if form == "json":
            print_record(report)
        else:
            _print_case(report)
    inputs.finish()


def _print_case(case_report: CaseReport) -> None:
    click.echo(f"{case_report.report.id}  {case_report.report.title or ''}")
    for patient in case_report.patients:
        click.echo(f"\n{patient.sex or 'sex unknown'}, {patient.age_text or 'age unknown'}")
        events = [event for event in case_report.events if event.patient == patient.id]
        print_table(
            (
                {
                    "seq": event.seq,
                    "day": _range(event.start_day_min, event.start_day_max),
                    "date": _range(event.start_date_min, event.start_date_max),
                    "type": event.type,
                    "name": event.name,
                    "state": event.realisation or event.polarity,
                    "value": event.value_text or _value(event.comparator, event.value, event.unit),
                    "quote": event.evidence[0].quote if event.evidence else None,
                }
                for event in sorted(events, key=lambda event: (event.seq is None, event.seq or 0))
            ),
            ["seq", "day", "date", "type", "name", "state", "value", "quote"],
        )
    click.echo(
        f"{len(case_report.events)} events, {len(case_report.relations)} relations, "
        f"{len(case_report.claims)} claims, {len(case_report.citations)} cited works\n"
    )


def _range(first: Any, last: Any) -> str | None:
    if first is None and last is None:
        return None
    return str(first) if first == last else f"{'' if first is None else first}…{last or ''}"


def _value(comparator: str | None, value: float | None, unit: str | None) -> str | None:
    return None if value is None else f"{comparator or ''}{value:g} {unit or ''}".strip()


@click.command()
@files_argument
@plain_option
@format_option("table", "jsonl")
@talking
def graph(files: tuple[str, ...], plain: bool, form: str, talk: Talk) -> None:
    """Build graphs: nodes and relationships, the same bytes every time."""
    from kg.graph import jsonl
    from kg.ingest.version import fingerprint
    from kg.ingest.work import graph_of

    inputs = Inputs(files, talk, plain=plain)
    for document in inputs:
        built, _ = graph_of(document, fingerprint())
        if form == "jsonl":
            for line in jsonl.lines(built):
                click.echo(line)
            continue
        labels = Counter(data["labels"][-1] for _, data in built.nodes(data=True))
        types = Counter(data["type"] for *_, data in built.edges(data=True))
        click.echo(document.id)
        for title, counted in (("node", labels), ("relationship", types)):
            print_table(
                ({title: name, "count": counted[name]} for name in sorted(counted)),
                [title, "count"],
            )
    inputs.finish()
