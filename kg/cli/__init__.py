"""The command line: ``kg``. Heavy imports wait until a command needs them."""

from kg.cli.app import main

__all__ = ["main"]
