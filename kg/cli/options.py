"""Options that several commands share."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

DEFAULT_STORE = "embedded:kg-store"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said on standard error."""

    quiet: bool
    verbose: bool

    def say(self, message: str) -> None:
        """Say something for people, unless they asked for quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    def warn(self, message: str) -> None:
        """Say what went wrong, always."""
        click.echo(f"kg: {message}", err=True)


def talking(command: Command) -> Command:
    """Add --quiet, -v and --debug, and hand the command a :class:`Talk` as ``talk``."""

    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
    @click.option("--debug", is_flag=True, help="Show tracebacks.")
    @functools.wraps(command)
    def wrapped(*args: Any, quiet: bool, verbose: bool, debug: bool, **kwargs: Any) -> Any:
        level = logging.DEBUG if debug else logging.INFO if verbose else logging.ERROR
        logging.basicConfig(level=level, format="kg: %(message)s")
        return command(*args, talk=Talk(quiet, verbose), **kwargs)

    return wrapped  # type: ignore[return-value]  # same call, three options more


def format_option(*formats: str, default: str = "table") -> Callable[[Command], Command]:
    """Add --format with the given choices."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help="How to print the result.",
    )


plain_option = click.option(
    "--plain", is_flag=True, help="Take each file as one bare case text, whatever it looks like."
)

store_option = click.option(
    "--store",
    default=DEFAULT_STORE,
    envvar="KG_STORE",
    show_default=True,
    show_envvar=True,
    help="embedded:PATH, bolt://HOST:PORT or neo4j://HOST:PORT (NEO4J_USERNAME, NEO4J_PASSWORD).",
)

files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE…")
