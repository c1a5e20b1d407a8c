"""Quantities and doses: grammars over text, with units, routes and vocabulary as data."""
