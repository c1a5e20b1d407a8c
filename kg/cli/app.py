"""The ``kg`` program: its commands, and how it ends.

Standard output is data, standard error is progress and messages. Exit status: 0 all is well,
1 nothing could be done, 2 wrong usage, 3 something failed or was found wanting.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback

import click

import kg
from kg.errors import KgError

_COMMANDS = {
    "read": "kg.cli.stages:read",
    "annotate": "kg.cli.stages:annotate",
    "case": "kg.cli.stages:case",
    "graph": "kg.cli.stages:graph",
    "check": "kg.cli.check:check",
    "show": "kg.cli.show:show",
    "fetch": "kg.cli.fetch:fetch",
    "ingest": "kg.cli.ingest:ingest",
    "enrich": "kg.cli.enrich:enrich",
    "query": "kg.cli.query:query",
    "cypher": "kg.cli.query:cypher",
    "stats": "kg.cli.query:stats",
}


class _Commands(click.Group):
    """Commands by name, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kg.__version__, prog_name="kg")
def app() -> None:
    """Build and ask a knowledge graph of clinical case reports.

    Each stage can be run alone and looked at: read, annotate, case, graph, check. "ingest" takes
    files through all of them into a store, "query" asks it.
    """


def main() -> None:
    """Run ``kg`` and exit with its status; expected failures are one line, not a traceback."""
    debug = "--debug" in sys.argv
    try:
        status = app.main(standalone_mode=False)
    except click.exceptions.Abort:
        status = 130
    except KeyboardInterrupt:
        click.echo("kg: stopped; what was loaded stays, run it again to go on", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (kg … | head): nothing is wrong, and no more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KgError as error:
        if debug:
            traceback.print_exc()
        click.echo(f"kg: {error}", err=True)
        status = error.exit_status
    except Exception as error:  # noqa: BLE001 - the last handler of the program
        if debug:
            traceback.print_exc()
        hint = "run it again with --debug and report what it prints"
        click.echo(f"kg: a defect of kg: {type(error).__name__}: {error}; {hint}", err=True)
        status = 1
    sys.exit(status)
