"""The tokenizer: fine-grained, so that markers, values and units begin and end on token ends.

Biomedical text glues together what an annotator keeps apart: ``anti-CD19``, ``MRD-negative``,
``CD34+CD10+``, ``2.0×106/kg``, ``20mg``. Whatever is not a word, a number, a DOI, an address or
white space is a token of its own, and a number ends where its unit begins. One regular
expression does the work; no exceptions are listed, so the rule can be told in one sentence.

The word-shape choices follow the fine-grained tokenisation common in biomedical entity
recognition (Wermter et al. 2009, Campos et al. 2013): split at every hyphen and slash, keep
letter-digit symbols (``CD34``, ``T12``, ``H1N1``) whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_LETTER = r"[^\W\d_]"
_MARK = r"[\u0300-\u036f]"
_TRAIL = r"(?<![.,;:!?'\"’”)\]}>])"

_TOKEN = rf"""
    (?:https?://|www\.)[^\s<>"”]+{_TRAIL}                     # an address
  | (?:doi:\s?)?10\.\d{{4,9}}/[^\s<>"”]+{_TRAIL}              # a DOI
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                              # an e-mail address
  | CD\d+[a-z]?(?=(?:dim|bright|low|high|neg|pos|weak)\b)     # CD58dim: marker, then intensity
  | [^\W\d_A-Z]{{5,}}(?=\d{{1,2}}\b)                            # "media1": flattened citation
  | {_LETTER}(?:{_LETTER}|{_MARK})*                           # a word, with digits in or after it
        (?:\d+(?:(?:{_LETTER}|{_MARK})+\d*)*)?
        (?:['’](?![sS]\b){_LETTER}+)*
  | ['’][sS]\b                                                # a possessive
  | \d+(?:[.,·]\d+)*(?:(?:st|nd|rd|th)\b)?                    # a number, decimals and thousands
  | (?<![^\s(\[<>=≤≥~×–-])\.\d+                               # .5
  | [⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+                                           # a real superscript
  | \.{{2,}} | -{{2,}} | _+
  | \s+                                                       # white space that is not one blank
  | .                                                         # any other sign stands alone
"""
_PIECE = re.compile(rf"({_TOKEN})(\x20(?!\s))?", re.VERBOSE | re.DOTALL)


def pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text into tokens, each with the blank after it (or the empty string).

    A single blank belongs to the token before it; any other white space is a token. Joined
    again, the pieces are the text.

    Examples
    --------
    >>> [token for token, _ in pieces("anti-CD19 2.0×106/kg (CD34+CD58dim), 20mg")]
    ['anti', '-', 'CD19', '2.0', '×', '106', '/', 'kg', '(', 'CD34', '+', 'CD58', 'dim', ')', ',', \
'20', 'mg']
    """
    return _PIECE.findall(text)


class FineTokenizer:
    """Turn a text into a spaCy Doc whose tokens end where markers, values and units end.

    Stateless but for the vocabulary; offsets are exact: ``doc.text == text``.

    Examples
    --------
    >>> doc = FineTokenizer(Vocab())("IL-6 was 363pg/mL (doi:10.1/x is no DOI).")
    >>> [token.text for token in doc[:8]]
    ['IL', '-', '6', 'was', '363', 'pg', '/', 'mL']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text."""
        found = pieces(text)
        if not found:
            return Doc(self.vocab)
        words, blanks = zip(*found, strict=True)
        return Doc(self.vocab, words=list(words), spaces=[blank == " " for blank in blanks])

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer has no state to store (part of spaCy's protocol)."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> FineTokenizer:
        """Return itself: there is no state to restore."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing: the tokenizer has no state to store."""

    def from_disk(self, path: str | Path, **_: Any) -> FineTokenizer:
        """Return itself: there is no state to restore."""
        return self


@registry.tokenizers("kg.tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], FineTokenizer]:
    """Return the factory that spaCy's configuration names ``kg.tokenizer.v1``."""

    def make(nlp: Language) -> FineTokenizer:
        return FineTokenizer(nlp.vocab)

    return make


def joined(tokens: Iterable[tuple[str, str]]) -> str:
    """Put pieces together again.

    Examples
    --------
    >>> joined(pieces("a  b\\n\\nc."))
    'a  b\\n\\nc.'
    """
    return "".join(token + blank for token, blank in tokens)
