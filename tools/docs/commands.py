"""``docs/reference/commands.md``: every command with its help, as the program prints it."""

from __future__ import annotations

import click

from kg.cli.app import app

_HEAD = """# Commands

Standard output is data, standard error is progress and messages. Exit status: 0 all is well,
1 nothing could be done, 2 wrong usage, 3 something failed or was found wanting. This page is
written by `make docs` from the program itself.
"""


def page() -> str:
    """Return the page."""
    settings = {**app.context_settings, "terminal_width": 90, "max_content_width": 90}
    context = app.make_context("kg", [], resilient_parsing=True, **settings)
    parts = [_HEAD, _section("kg", app, context)]
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None
        inner = click.Context(
            command, info_name=name, parent=context, terminal_width=90, max_content_width=90
        )
        parts.append(_section(f"kg {name}", command, inner))
    return "\n".join(parts)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"
