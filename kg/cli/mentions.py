"""Mentions given in a file, for measuring assertion and attachment on gold mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.documents.model import Document
from kg.errors import ReadError
from kg.nlp.model import Mention, MentionKind

_SHAPE = (
    'write [{"start": 0, "end": 4, "kind": "Therapy", "label": "drug"}, …], or what kg annotate '
    "--format json prints"
)


class _Given(msgspec.Struct):
    start: int
    end: int
    kind: MentionKind
    label: str = "given"


class _Annotated(msgspec.Struct):
    mentions: list[_Given]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class GivenMentions:
    """Mentions by document id; those under None are of any document."""

    by_document: dict[str | None, list[_Given]]

    def of(self, document: Document) -> Sequence[Mention]:
        """Return the mentions given for a document, in order of its text.

        Raises
        ------
        ReadError
            When one lies outside the text.
        """
        given = self.by_document.get(document.id, self.by_document.get(None, []))
        length = len(document.text)
        for one in given:
            if not 0 <= one.start < one.end <= length:
                where = f"mention {one.start}–{one.end}"
                raise ReadError(f"outside the text of {length} characters", where=where)
        return [
            Mention(
                one.start,
                one.end,
                document.text[one.start : one.end],
                one.kind,
                one.label,
                source="given",
            )
            for one in sorted(given, key=lambda one: (one.start, one.end))
        ]


def read_mentions(path: str) -> GivenMentions:
    """Read mentions: a JSON list of them, or objects of ``kg annotate``, one a line.

    Raises
    ------
    ReadError
        When the file is of neither shape.
    """
    data = Path(path).read_bytes()
    try:
        if data.lstrip().startswith(b"["):
            return GivenMentions({None: msgspec.json.decode(data, type=list[_Given])})
        lines = [line for line in data.splitlines() if line.strip()]
        annotated = [msgspec.json.decode(line, type=_Annotated) for line in lines]
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ReadError(f"no list of mentions ({error})", where=path, hint=_SHAPE) from error
    return GivenMentions({one.id: one.mentions for one in annotated})
