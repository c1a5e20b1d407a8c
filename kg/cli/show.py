"""``kg show``: an article drawn with all that was found in it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.inputs import Inputs
from kg.cli.options import Talk, plain_option, talking


@click.command()
@click.argument("file")
@plain_option
@click.option("--html", "html", is_flag=True, help="Draw it as one HTML page (the default).")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write it to this file.")
@talking
def show(file: str, plain: bool, html: bool, output: str | None, talk: Talk) -> None:
    """Draw an article as HTML: mentions, assertion and links in colours."""
    from kg.ingest.work import pipeline
    from kg.nlp import annotate
    from kg.nlp.html import render

    inputs = Inputs([file], talk, plain=plain)
    pages = [render(annotate(pipeline(), document)) for document in inputs]
    for page in pages:
        if output:
            Path(output).write_text(page, encoding="utf-8")
            talk.say(f"written: {output}")
        else:
            sys.stdout.write(page)
    inputs.finish()
