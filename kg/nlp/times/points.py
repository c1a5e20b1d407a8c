"""Named points and short steps in time: "at diagnosis", "on admission", "the next day", "8 PM"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.nlp.carrier import TimeDraft
from kg.nlp.model import Direction, Precision
from kg.nlp.quantities.scan import Words, matches, words_of

_POINT = re.compile(
    r"(?i:\b(?P<prep>at|on|upon|since) (?:the )?(?:(?:time|day|moment) of )?(?:the |his |her "
    r"|initial |first |hospital |ICU )*"
    r"(?P<point>admission|presentation|diagnosis|discharge|birth|onset|arrival"
    r"|hospitali[sz]ation|referral|relapse"
    r"|(?:last |final |latest |the last )?follow-? ?up|autopsy|surgery|baseline|enrollment"
    r"|enrolment|transplantation|transplant|(?:the )?first visit)(?![\w-]))"
)
_AROUND = re.compile(
    r"(?i:\b(?P<prep>prior to|before|after|following) (?:the |his |her |this |that |current "
    r"|present |initial |first |hospital |ICU )*"
    r"(?P<point>admission|presentation|hospitali[sz]ation|referral|arrival|discharge)(?![\w-]))"
)
_STEP = re.compile(
    r"(?i:\b(?P<step>(?:on )?(?:the |that )?(?P<which>next|following|same|previous"
    r"|preceding) (?P<unit>day|morning|evening|night|week|month|year)"
    r"|the (?P<unit2>day|week|month|year) (?P<which2>after|before|following|prior|later)"
    r"|(?:earlier |later )?(?P<which3>that|same) (?P<unit3>day|night|evening|morning)|overnight)\b)"
)
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d"
    r"|2[0-4])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[AaPp]\.? ?[Mm]\.?)(?![A-Za-z])"
    r"|(?<![\d.:])(?P<hour24>[01]\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])"
)
_POINT_FIRSTS = frozenset(["at", "on", "upon", "since"])
_AROUND_FIRSTS = frozenset(["prior", "before", "after", "following"])
_DIRECTIONS: dict[str, Direction] = {
    "since": "since",
    "prior to": "before",
    "before": "before",
    "after": "after",
    "following": "after",
}
_STEP_FIRSTS = frozenset(
    [
        "on",
        "the",
        "that",
        "next",
        "following",
        "same",
        "previous",
        "preceding",
        "earlier",
        "later",
        "overnight",
    ]
)
_PERIOD = re.compile(r"(?i:(?:hour|day|week|month|year)s? $)")
"""What makes the words the anchor of a distance: "two weeks before admission"."""
_LEAD = re.compile(r"(?i:(?:on )?(?:the |that )?)")
_STEPS: dict[str, tuple[str, Precision]] = {
    "day": ("P{}D", "day"),
    "morning": ("P{}D", "day"),
    "evening": ("P{}D", "day"),
    "night": ("P{}D", "day"),
    "week": ("P{}W", "week"),
    "month": ("P{}M", "month"),
    "year": ("P{}Y", "year"),
}
_BACK = frozenset({"previous", "preceding", "before", "prior"})
_HERE = frozenset({"same", "that"})
_NAMES = {"hospitalisation": "admission", "hospitalization": "admission", "arrival": "presentation"}


def find_points(text: str, words: Words | None = None) -> Iterator[TimeDraft]:
    """Yield the named points, small steps and clock times of a text.

    Examples
    --------
    >>> for p in find_points("At diagnosis; the next day; on the same day; 8:15 PM"):
    ...     print(p.type, p.value, p.direction, p.anchor_text)
    point None at diagnosis
    distance P1D after None
    distance P0D at None
    point T20:15 None None
    """
    words = words or words_of(text)
    for found in matches(_POINT, text, words, _POINT_FIRSTS, digits=False):
        yield _point(found)
    for found in matches(_AROUND, text, words, _AROUND_FIRSTS, digits=False):
        if not _PERIOD.search(text, max(0, found.start() - 12), found.start()):
            yield _point(found)
    for found in matches(_STEP, text, words, _STEP_FIRSTS, digits=False):
        if draft := _step(found):
            yield draft
    for found in matches(_CLOCK, text, words, frozenset()):
        yield _clock(found)


def _point(found: re.Match[str]) -> TimeDraft:
    direction = _DIRECTIONS.get(found["prep"].lower(), "at")
    name = re.sub(r"^(?:the )?(?:last|final|latest) ", "", found["point"].lower())
    name = "follow-up" if name.startswith("follow") else _NAMES.get(name, name)
    start, end = found.span("point")
    return TimeDraft(start, end, "point", None, direction=direction, anchor_text=name)


def _step(found: re.Match[str]) -> TimeDraft | None:
    unit = (found["unit"] or found["unit2"] or found["unit3"] or "").lower()
    which = (found["which"] or found["which2"] or found["which3"] or "").lower()
    if not unit:
        return None
    pattern, precision = _STEPS[unit]
    if which in _HERE:
        count, direction = 0, "at"
    else:
        count, direction = 1, "before" if which in _BACK else "after"
    lead = _LEAD.match(found.group())
    start = found.start() + (lead.end() if lead and found["which"] else 0)
    draft = TimeDraft(start, found.end("step"), "distance", pattern.format(count), precision)
    draft.direction = "at" if direction == "at" else "before" if direction == "before" else "after"
    return draft


def _clock(found: re.Match[str]) -> TimeDraft:
    if found["hour24"]:
        hour, minute = int(found["hour24"]), found["minute24"]
    else:
        hour, minute = int(found["hour"]) % 12, found["minute"] or "00"
        if found["half"][0] in "Pp":
            hour += 12
    precision: Precision = "minute" if found["minute"] or found["minute24"] else "hour"
    return TimeDraft(*found.span(), "point", f"T{hour:02d}:{minute}", precision)
