"""``kg enrich``: what PubMed and Crossref say of the works in a store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kg.cli.options import Talk, format_option, store_option, talking
from kg.cli.output import print_record, print_table

if TYPE_CHECKING:
    from kg.enrich import Outcome, Summary
    from kg.stores import Store

_MEANING = {
    "completed": "completed from a source",
    "doi_found": "doi found for works without one",
    "disagrees": "disagree: an entry of a list says something else than the source",
    "retracted": "retracted",
    "corrected": "corrected",
    "not_found": "not found in any source asked",
    "failed": "failed: a source could not be asked; they stay due",
}
_EVERY = 50


@click.command()
@store_option
@click.option("--limit", type=click.IntRange(1), help="Most works to ask about.")
@click.option(
    "--older-than",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="Ask again about what was asked more than DAYS days ago.",
)
@click.option("--dry-run", is_flag=True, help="Say which works are due, and ask nobody.")
@click.option(
    "--remove",
    type=click.Choice(["crossref", "pubmed"]),
    help="Take away all that this source said, and ask nobody.",
)
@format_option("table", "jsonl")
@talking
def enrich(
    store: str,
    limit: int | None,
    older_than: int,
    dry_run: bool,
    remove: str | None,
    form: str,
    talk: Talk,
) -> None:
    """Complete the works that reports are or cite from PubMed and Crossref.

    Title, year, doi and pmid, and whether the work was retracted or corrected. What a source says
    is kept apart from what the reports write. A run that was stopped goes on where it was. Set
    KG_CONTACT to your e-mail address, as the sources ask; NCBI_API_KEY raises NCBI's pace.

    Exit status 0 when all is well, 3 when a source could not be asked about some works, 1 when
    about none.
    """
    from kg.stores import open_store

    with open_store(store, create=False) as opened:
        if not dry_run:
            opened.prepare()
        if remove:
            talk.say(f"{opened.remove_enrichment(remove)} records of {remove} removed")
        elif dry_run:
            _list_due(opened, limit, older_than, form, talk)
        else:
            _report(_run(opened, limit, older_than, form, talk), form, talk)


def _list_due(store: Store, limit: int | None, older_than: int, form: str, talk: Talk) -> None:
    from kg.enrich import due

    n = 0
    for work in due(store, datetime.now(UTC).date(), older_than, limit):
        n += 1
        if form == "jsonl":
            print_record({"work": work.id, "ask": sorted(work.due), "title": work.written.title})
        else:
            click.echo(f"{work.id}  {', '.join(sorted(work.due))}")
    talk.say(f"{n} works are due")


def _run(store: Store, limit: int | None, older_than: int, form: str, talk: Talk) -> Summary:
    from kg.enrich import enrich as run
    from kg.sources.settings import settings_from

    settings = settings_from()
    if settings.contact is None:
        talk.say("KG_CONTACT is not set: the sources ask for an e-mail address they can write to")
    done = 0

    def on_outcome(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        _say(outcome, form, talk)
        if done % _EVERY == 0:
            talk.say(f"{done} works asked about")

    return run(store, settings, older_than=older_than, limit=limit, on_outcome=on_outcome)


def _say(outcome: Outcome, form: str, talk: Talk) -> None:
    if form == "jsonl":
        print_record(outcome)
    if "failed" in outcome.states:
        talk.warn(f"{outcome.work}: {outcome.reason}")
    elif "retracted" in outcome.states and not talk.quiet:
        talk.say(f"{outcome.work} is retracted")


def _report(summary: Summary, form: str, talk: Talk) -> None:
    if not summary.asked:
        talk.say("nothing to do: no work is due")
        return
    if form == "table" and not talk.quiet:
        rows = ({"works": summary.counts[state], "": _MEANING[state]} for state in _MEANING)
        print_table(rows, ["works", ""])
    talk.say(f"{summary.asked} works asked about")
    if summary.counts["failed"]:
        told = summary.counts["completed"] + summary.counts["not_found"]
        click.get_current_context().exit(3 if told else 1)
