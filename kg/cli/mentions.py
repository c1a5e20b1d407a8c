"""Mentions given in a file, for measuring assertion and attachment on gold mentions."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import msgspec

from kg.errors import ReadError
from kg.nlp.model import MentionKind


class GivenMention(TypedDict):
    """One mention as given: code points into the text, a kind and a finer label."""

    start: int
    end: int
    kind: MentionKind
    label: str


def given_mentions(path: str) -> list[GivenMention]:
    """Read the mentions of a JSON file.

    Raises
    ------
    ReadError
        When the file is not a JSON list of such objects.
    """
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=list[GivenMention])
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ReadError(
            f"no list of mentions ({error})",
            where=path,
            hint='write [{"start": 0, "end": 4, "kind": "Therapy", "label": "drug"}, …]',
        ) from error
