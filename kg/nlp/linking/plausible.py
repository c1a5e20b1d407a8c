"""Which mentions cannot be what they claim to be.

A list knows names and not whether they are meant; a trained model takes an extent and not always a
name. What neither a concept nor its own words support is dropped here, by the kinds of error in
``plausible.tsv``: devices, postures and verbs as therapies, citations and statements as markers,
adjectives of signs as outcomes, substances that nobody is said to have taken, receptors and
departments that are named by a therapy, words of the lists that nothing else confirms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg.nlp.carrier import MentionDraft
from kg.terms.normal import match_key

_FILE = Path(__file__).with_name("plausible.tsv")
_WORD = re.compile(r"\w[\w'-]*")
_LAST = re.compile(r"(\w+)[\s-]\Z")
_NUMBERED = re.compile(r"(\w+)(?:\.\s?|[\s-])\Z")
_TOWN = re.compile(r"\b[A-Z][a-z]+, \Z")
_CLAUSE = re.compile(r"\s[\w\s-]+")
LONGEST = 20
"""Characters before a mention in which the word before it is looked for."""
WORDS_AHEAD = 5
"""Words behind an adjective among which its noun stands."""
WORDS_BEFORE = 3
"""Words before a loss among which what was lost stands."""
_NEXT = re.compile(r"\s(\w+)")
_TAIL = re.compile(r"[\s-]([A-Za-z]+)(?:\s\w+[\s-]([A-Za-z]+))?")
"""The word behind a name, and behind a second name joined to it ("oestrogen and progesterone
receptor")."""
_OFFICE = re.compile(r"(?:surgery|radiotherapy|transplantation|transplant|an(?:a)?esthesia)\Z")
_BOTH = frozenset({"and", "or"})
_PLACE = re.compile(r"\b(\w+) of (?:\w+ (?:and )?)?\Z")
_CAUSE = re.compile(r"\s(?:with|by|on|upon|during|after|at)\s((?:[\w-]+\s?){1,3})")
_MARGIN = re.compile(r"\b(?:margins?|nodes?|specimens?|sections)\b[^.;]*\Z")
_STAIN = re.compile(r"\b(\w+) (?:using|with|by) (?=(?:\w+ ){0,2}\Z)")
SYMBOL = 3
"""Of a symbol as short, the word before it may tell that it is a number ("stage IA")."""
BESIDE = 60
"""Characters on each side of a mention in which words say what it is."""
ANY = "*"


def is_attribute(mention: MentionDraft, text: str) -> bool:
    """Tell whether a word only describes the noun behind it, or is made another by the one before.

    Examples
    --------
    >>> found = MentionDraft(8, 19, "Outcome", "progression", "lexicon")
    >>> is_attribute(found, "rapidly progressive paraparesis")
    True
    >>> is_attribute(found, "became  progressive and severe.")
    False
    """
    word = text[mention.start : mention.end].lower()
    if mention.kind == "Therapy":
        return _names_another(mention, text)
    preceding = _LAST.search(text[max(0, mention.start - LONGEST) : mention.start])
    if preceding and f"{preceding.group(1).lower()} {word}" in _words("behind", mention.kind):
        return True
    if mention.kind != "Outcome":
        return False
    if _of_sign_or_margin(mention, text, word):
        return True
    if word in _words("recurring", "Outcome"):
        behind = _CLAUSE.match(text, mention.end)
        ahead = _WORD.findall(behind.group().lower()) if behind else []
        return bool(ahead) and _words("diseases", "Outcome").isdisjoint(ahead[:WORDS_AHEAD])
    following = _NEXT.match(text, mention.end)
    return (
        word in _words("attributive", "Outcome")
        and following is not None
        and not following.group(1)[0].isdigit()
        and following.group(1).lower() not in _words("joins", "Outcome")
    )


def _of_sign_or_margin(mention: MentionDraft, text: str, word: str) -> bool:
    """Tell whether an outcome's word tells what eases a sign, or of a specimen's margins.

    Examples
    --------
    >>> text = "exacerbated by deep breathing"
    >>> _of_sign_or_margin(MentionDraft(0, 11, "Outcome", "x", "lexicon"), text, "exacerbated")
    True
    """
    behind = _NEXT.match(text, mention.end)
    if behind and behind.group(1).lower() in _words("tail", "Outcome"):
        return True
    if word in _words("provoked", "Outcome"):
        cause = _CAUSE.match(text, mention.end)
        return cause is not None and not _words("by", "Outcome").isdisjoint(
            cause.group(1).lower().split()
        )
    before = text[max(0, mention.start - BESIDE) : mention.start]
    if word in _words("lost", "Outcome"):
        clause = _WORD.findall(re.split(r"[,;.]", before)[-1].lower())[-WORDS_BEFORE:]
        return not _words("of", "Outcome").isdisjoint(clause)
    return word in _words("margins", "Outcome") and _MARGIN.search(before) is not None


def _names_another(mention: MentionDraft, text: str) -> bool:
    """Tell whether a therapy's word only names something else by it.

    Examples
    --------
    >>> _names_another(MentionDraft(0, 8, "Therapy", "drug", "model"), "estrogen receptor")
    True
    >>> text = "department of surgery"
    >>> _names_another(MentionDraft(14, 21, "Therapy", "procedure", "lexicon"), text)
    True
    """
    behind = _TAIL.match(text, mention.end)
    if behind:
        next_word, shared = behind.groups()
        word = shared if next_word in _BOTH and shared else next_word
        of_office = _OFFICE.search(text[mention.start : mention.end]) is not None
        another = _words("tail", "Therapy") | (_words("office", "Therapy") if of_office else set())
        if word.lower() in another:
            return True
    before = text[max(0, mention.start - LONGEST) : mention.start]
    if mention.label == "drug" and before.lower().endswith("anti-"):
        return True
    if mention.end - mention.start <= SYMBOL and _is_number_or_address(mention, text, before):
        return True
    place = _PLACE.search(before)
    if place is not None and place.group(1).lower() in _words("place", "Therapy"):
        return True
    stains = _STAIN.findall(text[max(0, mention.start - BESIDE) : mention.start])
    return not _words("stains", "Therapy").isdisjoint(word.lower() for word in stains)


def _is_number_or_address(mention: MentionDraft, text: str, before: str) -> bool:
    """Tell whether a short symbol numbers something, or is a state behind its town.

    Examples
    --------
    >>> _is_number_or_address(MentionDraft(4, 6, "Therapy", "drug", "model"), "Fig.S1", "Fig.")
    True
    """
    numbered = _NUMBERED.search(before)
    if numbered is not None and numbered.group(1).lower() in _words("numbered", "Therapy"):
        return True
    state = text[mention.start : mention.end].lower() in _words("state", "Therapy")
    return state and _TOWN.search(before) is not None


def stands_alone(mention: MentionDraft, text: str) -> bool:
    """Tell whether a list's word may be believed where neither model nor grammar confirms it.

    Examples
    --------
    >>> stands_alone(MentionDraft(0, 7, "Therapy", "drug", "terminology"), "placebo")
    False
    """
    return text[mention.start : mention.end].lower() not in _words("alone", mention.kind)


def is_name(mention: MentionDraft, text: str) -> bool:
    """Tell whether the words of a mention that no list knows may name a concept of its kind.

    Examples
    --------
    >>> text = "irrigation catheter"
    >>> is_name(MentionDraft(0, 19, "Therapy", "procedure", "model"), text)
    False
    >>> is_name(MentionDraft(0, 10, "Therapy", "procedure", "model"), text)
    True
    """
    surface = text[mention.start : mention.end].lower()
    words = _WORD.findall(surface)
    if not words or surface in _words("whole", mention.kind):
        return False
    if words[-1] in _words("head", mention.kind):
        return False
    return _words("holds", ANY).isdisjoint(words)


def is_act(mention: MentionDraft, text: str) -> bool:
    """Tell whether a therapy that no list knows is no more than a verb: "removed", "closed"."""
    surface = text[mention.start : mention.end].lower()
    return mention.kind == "Therapy" and surface in _words("act", "Therapy")


def is_used(mention: MentionDraft, text: str) -> bool:
    """Tell whether the words beside a substance say that somebody took or was given it.

    Examples
    --------
    >>> text = "She took phenol daily."
    >>> is_used(MentionDraft(9, 15, "Therapy", "chemical", "terminology"), text)
    True
    """
    around = (
        f"{text[max(0, mention.start - BESIDE) : mention.start]} | {text[mention.end :][:BESIDE]}"
    )
    key = f" {match_key(around)} "
    return any(f" {word} " in key for word in _words("use", "Therapy"))


def _words(rule: str, kind: str) -> frozenset[str]:
    return _table().get((rule, kind), frozenset())


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], frozenset[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, kind, words = line.split("\t")
            table[rule, kind] = table.get((rule, kind), frozenset()) | frozenset(words.split("|"))
    return table
