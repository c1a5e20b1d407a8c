"""Therapies whose extent the lists know better: several drugs in one mention, one name in two."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.nlp.carrier import MentionDraft

LISTS = frozenset({"lexicon", "terminology"})
MODEL = "model"
UNSURE = 0.5
"""A list's match of this score or less has only ambiguous senses."""
CLASS_OR_SALT = re.compile(
    r"(?:[\s-]+(?:based|pulse|combination|oral|intravenous|chemotherapy|therapy|treatment|regimen|injections?"
    r"|infusions?|administration|tablets?|therapies|regimens|supplements?|supplementation|replacement|acetate|phosphate|sul(?:f|ph)ate|hydrochloride|sodium"
    r"|potassium|calcium|chloride|succinate|maleate|tartrate|citrate|mesylate|besylate|fumarate))+",
    re.IGNORECASE,
)
"""What behind a drug's name adds nothing to which drug it is."""
_JOINING = re.compile(
    r"[\s/+,&-]*(?:(?:and|plus|with|combination|combined|therapy|regimen|treatment|protocol)[\s/+,&-]*)*"
)
"""What stands between the drugs of a list, and behind the last."""
_SEVERAL = re.compile(r"\b(?:with|and|plus)\b|\+")


def lists_of_drugs(drafts: list[MentionDraft], text: str) -> set[int]:
    """Return the ids of the model's therapies that are several drugs joined: each counts alone.

    Examples
    --------
    >>> text = "rosuvastatin/ezetimibe"
    >>> drugs = [MentionDraft(0, 12, "Therapy", "drug", "lexicon"),
    ...          MentionDraft(13, 22, "Therapy", "drug", "lexicon")]
    >>> joined = MentionDraft(0, 22, "Therapy", "medication", "model")
    >>> lists_of_drugs([*drugs, joined], text) == {id(joined)}
    True
    """
    drugs = sorted(
        (d for d in drafts if d.source in LISTS and d.label == "drug" and d.score > UNSURE),
        key=lambda d: (d.start, d.end),
    )
    starts = [drug.start for drug in drugs]
    found = set()
    for draft in drafts:
        if draft.source != MODEL or draft.kind != "Therapy":
            continue
        near = drugs[bisect_left(starts, draft.start) : bisect_left(starts, draft.end)]
        parts = [part for part in near if not is_salt(part, draft, text)]
        ends = [draft.start, *(part.end for part in parts)]
        begins = [*(part.start for part in parts), draft.end]
        if len(parts) > 1 and all(
            _JOINING.fullmatch(text, end, begin) is not None
            for end, begin in zip(ends, begins, strict=True)
            if end <= begin
        ):
            found.add(id(draft))
    return found


def is_salt(part: MentionDraft, whole: MentionDraft, text: str) -> bool:
    """Tell whether a part is the salt of the drug before it ("oseltamivir phosphate")."""
    return (
        whole.kind == "Therapy"
        and whole.start < part.start
        and part.end == whole.end
        and CLASS_OR_SALT.fullmatch(text, part.start - 1, part.end) is not None
    )


def pieces(drafts: list[MentionDraft], text: str, *, whole: bool = True) -> set[int]:
    """Return the ids of the model's therapies of which two or more make up one sure listed name.

    Procedures joined in one name ("pancreatectomy with splenectomy") stay two. With ``whole``, also
    of those that end within a name and leave more of it than a class ("low molecular weight" of the
    heparin).

    Examples
    --------
    >>> whole = MentionDraft(0, 29, "Therapy", "drug", "lexicon")
    >>> parts = [MentionDraft(0, 12, "Therapy", "medication", "model"),
    ...           MentionDraft(13, 29, "Therapy", "medication", "model")]
    >>> len(pieces([whole, *parts], "trimethoprim/sulfamethoxazole"))
    2
    """
    ours = sorted(
        (d for d in drafts if d.source == MODEL and d.kind == "Therapy"), key=lambda d: d.start
    )
    starts = [draft.start for draft in ours]
    found: set[int] = set()
    for name in drafts:
        if name.source not in LISTS or name.kind != "Therapy" or name.score <= UNSURE:
            continue
        if name.label == "drug" or _SEVERAL.search(text, name.start, name.end) is None:
            near = ours[bisect_left(starts, name.start) : bisect_left(starts, name.end)]
            inside = [piece for piece in near if piece.end <= name.end]
            cut = [piece for piece in inside if whole and _ends_within(piece, name, text)]
            found.update(id(piece) for piece in (inside if len(inside) > 1 else cut))
    return found


def _ends_within(piece: MentionDraft, name: MentionDraft, text: str) -> bool:
    rest = CLASS_OR_SALT.fullmatch(text, piece.end, name.end)
    return piece.end < name.end and rest is None
