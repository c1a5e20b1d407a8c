"""Numbers as case reports write them: ``102.52``, ``1,000``, ``0,6``, ``2.0×106``, ``three``.

Copies of journal pages lose the superscript of a power of ten, so ``×109/L`` is read as
``×10⁹/L``; where the Document still knows its superscripts the raised digits are given as spans.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

WORDS: dict[str, float] = {
    "zero": 0,
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
WORD_PATTERN = (
    rf"(?:(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|(?:a|one) hundred)"
)
NUMBER_WORDS = frozenset(WORDS) | {"half", "several", "few", "couple", "some", "many", "multiple"}
"""The words that a number in words may begin with."""
ORDINALS: dict[str, int] = {
    name: rank
    for rank, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
        ],
        start=1,
    )
}
MULTIPLIERS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_MINUS = "−‐‑–-"

DIGITS_PATTERN = (
    r"(?:\d{1,3}(?:[, ]\d{3})+(?![\d,])(?:\.\d+)?"  # 14,000 and 44 000
    r"|\d+[.,·]\d+|\d+|\.\d+)"
)
"""One number in digits, with its thousands separators and its decimal point or comma."""

_NUMBER = re.compile(
    r"(?=[\d.])(?<![\w.·/^])(?!(?<=\[)\d{1,3}\])(?<![A-Za-z][-‐‑])"
    rf"(?P<digits>{DIGITS_PATTERN})(?!\d)"
)
_POWER = re.compile(
    r"\s?(?:[×xX*∗·✕⨯]|\\times)\s?10\s?(?:\^|\*\*|E|e)?\s?\(?"
    rf"(?P<exponent>[+{_MINUS}]?\d{{1,2}}|[⁺⁻]?[⁰¹²³⁴-⁹]{{1,2}})(?!\d|[.,]\d)\)?"
)
_BARE_POWER = re.compile(r"10(?:\^|\*\*)?(?P<exponent>\d{1,2}|[⁰¹²³⁴-⁹]{1,2})(?!\d)")
_MULTIPLIER = re.compile(
    r"[ -](?P<word>hundred|thousand|million|billion|trillion)\b", re.IGNORECASE
)


_PLAIN = str.maketrans(
    dict.fromkeys((160, *range(8192, 8204), 8239, 8287, 12288, 65279), " ")
    | {"μ": "µ", "‐": "-", "‑": "-", "‒": "–", "﹣": "-", "－": "-", "％": "%"}
)


def plain(text: str) -> str:
    """Return a text of the same length with one kind of space, of micro sign and of hyphen.

    Publishers set thin, hair and no-break spaces between a number and its unit.

    Examples
    --------
    >>> plain("7.8\u2005g/dL, 5\u00a0μg")
    '7.8 g/dL, 5 µg'
    """
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start, end)``: ``mantissa`` times ten to the ``exponent``."""

    start: int
    end: int
    mantissa: float
    exponent: int | None = None

    @property
    def value(self) -> float:
        """The number itself."""
        if self.exponent is None:
            return self.mantissa
        return float(f"{self.mantissa!r}e{self.exponent}")


def parse_digits(digits: str) -> float:
    """Return the value of digits with separators.

    A comma or space before groups of exactly three digits separates thousands, unless the number
    begins with ``0``; any other comma is a decimal comma.

    Examples
    --------
    >>> [parse_digits(t) for t in ("14,000", "0,6", "3,75", "44 000", "6·9", "0,125")]
    [14000.0, 0.6, 3.75, 44000.0, 6.9, 0.125]
    """
    plain = digits.replace(" ", "").replace("·", ".")
    if "," in plain:
        head, *groups = plain.split(",")
        thousands = all(len(group.split(".")[0]) == 3 for group in groups)
        plain = plain.replace(",", "" if thousands and head != "0" else ".")
    return float(plain)


def parse_words(words: str) -> float | None:
    """Return the value of a number in words or digits; None for "several" and its like.

    Examples
    --------
    >>> parse_words("forty-five"), parse_words("a"), parse_words("a few"), parse_words("2.5")
    (45.0, 1.0, None, 2.5)
    """
    lowered = words.lower().strip()
    if lowered[:1].isdigit() or lowered[:1] == ".":
        return parse_digits(lowered)
    if lowered in ("a hundred", "one hundred"):
        return 100.0
    parts = re.split(r"[- ]", lowered)
    if not all(part in WORDS for part in parts):
        return None
    return float(sum(WORDS[part] for part in parts))


def numbers(
    text: str, skip: Sequence[Span] = (), superscripts: Sequence[Span] = ()
) -> Iterator[Number]:
    """Yield the numbers of a text, left to right, none inside a name (CD34, IL-6) or ``skip``.

    Parameters
    ----------
    text
        The text of one section.
    skip
        Spans, in order, whose digits are no values (citation marks).
    superscripts
        Spans, in order, that stood raised in the source: digits there are exponents.

    Examples
    --------
    >>> [n.value for n in numbers("CD34+ cells, 3.0×105/kg; IL-6 363 pg/mL; 3 million IU")]
    [300000.0, 363.0, 3000000.0]
    """
    position = 0
    while found := _NUMBER.search(text, position):
        number = _read(text, found, superscripts)
        position = number.end
        if not _touches(skip, number.start, number.end):
            yield number


def _read(text: str, found: re.Match[str], superscripts: Sequence[Span]) -> Number:
    start, end = found.span()
    mantissa = parse_digits(found["digits"])
    sign = text[start - 1 : start]
    if sign and sign in _MINUS and (start < 2 or text[start - 2] in " (:=\n,;"):
        start, mantissa = start - 1, -mantissa
    if bare := _bare_power(text, found, superscripts):
        return Number(start, bare.end(), 1.0, int(bare["exponent"].translate(_RAISED)))
    if power := _POWER.match(text, end):
        exponent = power["exponent"].translate(_RAISED)
        for minus in "−‐‑–":
            exponent = exponent.replace(minus, "-")
        return Number(start, power.end(), mantissa, int(exponent))
    if word := _MULTIPLIER.match(text, end):
        scale = MULTIPLIERS[word["word"].lower()]
        return Number(start, word.end(), mantissa * scale)
    return Number(start, end, mantissa)


def _bare_power(
    text: str, found: re.Match[str], superscripts: Sequence[Span]
) -> re.Match[str] | None:
    """``10^6`` and ``10⁶`` alone; ``106`` only where the 6 is known to have stood raised."""
    power = _BARE_POWER.match(text, found.start())
    if power is None or (power.end() < found.end()):
        return None
    marked = text[power.start() + 2] not in "0123456789" or _touches(
        superscripts, power.start("exponent"), power.end()
    )
    return power if marked else None


def _touches(spans: Sequence[Span], start: int, end: int) -> bool:
    if not spans:
        return False
    place = bisect_left(spans, (end, end))
    return place > 0 and spans[place - 1][1] > start
