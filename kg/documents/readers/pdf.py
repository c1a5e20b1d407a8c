"""PDF, the poorest form: an optional extra on pypdf.

What a PDF gives is the letters in the order of the page; tables fall apart, superscripts are
flattened, and columns are kept in order only where the producer wrote them so.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace

from kg.documents.assemble import Origin
from kg.documents.language import function_word_share
from kg.documents.model import Document, sha256_of
from kg.documents.pdf.layout import paragraphs
from kg.documents.readers.text import read_page
from kg.errors import ReadError

_FEW_CHARACTERS = 20
_GOOD, _FAIR = 0.25, 0.12


class PdfReader:
    """Reads the text layer of a PDF."""

    name = "pdf"

    def sniff(self, head: bytes) -> float:
        """Claim what begins as a PDF does."""
        return 1.0 if b"%PDF-" in head[:1024] else 0.0

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read the one article of a PDF.

        Raises
        ------
        ReadError
            When pypdf is not installed, or the file is broken, locked, or holds images only.
        """
        pages = _pages(data, source)
        filled = [page for page in pages if len(page.strip()) >= _FEW_CHARACTERS]
        if not filled:
            raise ReadError(
                "the PDF holds no text, only images", where=source, hint="run it through OCR"
            )
        document = read_page(paragraphs(pages), Origin(source, sha256_of(data)))
        notes = (*document.notes, quality_note(document.text, len(filled), len(pages)))
        return [replace(document, format="pdf", notes=notes)]


def quality_note(text: str, filled: int, pages: int) -> str:
    """Return a line that says how good the text of a PDF is.

    The sign is the share of function words: about a third of good English running text, next to
    none where letters were lost or words ran together.

    Examples
    --------
    >>> quality_note("The patient was admitted to the hospital with a fever.", 1, 2)
    'read from PDF: good text (50 % function words), 1 of 2 pages hold text'
    """
    share = function_word_share(text)
    grade = "good" if share >= _GOOD else "fair" if share >= _FAIR else "poor"
    return (
        f"read from PDF: {grade} text ({round(share * 100)} % function words), "
        f"{filled} of {pages} pages hold text"
    )


def _pages(data: bytes, source: str) -> list[str]:
    """Return the text of each page."""
    try:
        from pypdf import PdfReader as PyPdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ReadError(
            "reading PDF needs pypdf", where=source, hint="pip install 'kg-case-reports[pdf]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings are about fonts
    try:
        pdf = PyPdf(io.BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise ReadError("the PDF is locked", where=source, hint="save it without a password")
        return [_ungarbled(page.extract_text()) for page in pdf.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReadError(
            f"the PDF is broken or cut short ({error})", where=source, hint="fetch it again"
        ) from error


def _ungarbled(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text)


reader = PdfReader()
