"""``kg fetch``: articles from the literature sources into a folder."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import Talk, format_option, talking
from kg.cli.output import print_record
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.sources.manifest import Fetched

_MEANING = {
    "full_text": "full text",
    "record": "PubMed record (no full text that may be kept)",
    "not_found": "not found",
    "failed": "failed",
}


@click.command()
@click.option("--doi", "dois", multiple=True, help="A work by its doi; can be repeated.")
@click.option("--pmid", "pmids", multiple=True, help="A work by its PubMed id; can be repeated.")
@click.option("--pmcid", "pmcids", multiple=True, help="A work by its PMC id; can be repeated.")
@click.option("--query", help="All works that a Europe PMC query finds.")
@click.option("--limit", type=click.IntRange(1), help="Most works of the query.")
@click.option("--out", type=click.Path(file_okay=False), required=True, help="The folder.")
@format_option("table", "jsonl")
@talking
def fetch(
    dois: tuple[str, ...],
    pmids: tuple[str, ...],
    pmcids: tuple[str, ...],
    query: str | None,
    limit: int | None,
    out: str,
    form: str,
    talk: Talk,
) -> None:
    """Fetch articles: the fullest form whose licence allows to keep it, with a manifest.

    What the folder has is not fetched again. Set KG_CONTACT to your e-mail address, as the sources
    ask; NCBI_API_KEY raises NCBI's pace.
    """
    from kg.sources import identifiers
    from kg.sources.fetch import Fetcher
    from kg.sources.settings import settings_from

    if not (dois or pmids or pmcids or query):
        raise UsageError("nothing was asked for", hint="give --doi, --pmid, --pmcid or --query")
    named = [
        *(identifiers.doi(text) for text in dois),
        *(identifiers.pmid(text) for text in pmids),
        *(identifiers.pmcid(text) for text in pmcids),
    ]
    settings = settings_from()
    if settings.contact is None:
        talk.say("KG_CONTACT is not set: the sources ask for an e-mail address they can write to")
    fetcher = Fetcher(settings, Path(out), _licence_of)
    found = fetcher.search(query, limit) if query else ()
    counts: Counter[str] = Counter()
    for entry in fetcher.fetch(chain(named, found)):
        counts[entry.status] += 1
        _say(entry, form, talk)
    for status, n in sorted(counts.items()):
        talk.say(f"{n} {_MEANING[status]}")
    if not counts:
        talk.say("nothing to do: the folder has them")
    wanting = counts["failed"] + counts["not_found"]
    if wanting:
        click.get_current_context().exit(1 if wanting == counts.total() else 3)


def _say(entry: Fetched, form: str, talk: Talk) -> None:
    if form == "jsonl":
        print_record(entry)
    elif entry.file:
        click.echo(f"{entry.id}  {entry.file}  {_MEANING[entry.status]}  {entry.licence or ''}")
    else:
        talk.warn(f"{entry.id}: {entry.reason}")


def _licence_of(article: bytes) -> str | None:
    from kg.documents import read
    from kg.errors import ReadError

    try:
        return next((document.meta.licence for document in read(article)), None)
    except ReadError:
        return None
