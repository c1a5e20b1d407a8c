"""Saved pages: PubMed Central's two layouts, and any other journal's."""
# ruff: noqa: E501 -- lines as they stand in the sources

from __future__ import annotations

import pytest

from kg.documents import read
from kg.documents.html.meta import author_of
from kg.errors import ReadError

HEAD = """<!DOCTYPE html><html><head><meta name="citation_title" content="Fever in a girl: a case
report"><meta name="citation_author" content="Ann B. Li"><meta name="citation_doi"
content="10.1000/X"><meta name="citation_publication_date" content="2022 Feb 15">
<meta name="citation_journal_title" content="Test J"><meta name="ncbi_db" content="{db}">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body>"""
PMC_2024 = (
    HEAD.format(db="pmc")
    + """<section class="body main-article-body"><section class="abstract" id="abstract1">
<h2>Abstract</h2><p>A girl had fever.</p><section class="kwd-group"><p><strong>Keywords:</strong>
fever, girl</p></section></section><section id="s1"><h2>Case</h2><p>She was hot (<a href="#B1">1</a>)
with 10<sup>9</sup>/L.</p><figure class="fig" id="F1"><h4 class="obj_head">Figure 1.</h4>
<figcaption><p>The curve.</p></figcaption></figure><p>She left.</p></section><section
class="ref-list"><h2>References</h2><ul><li id="B1"><span class="label">1.</span><cite>Wu C. One.
Blood. 2001;4:1-9.</cite> [<a href="https://doi.org/10.1000/R">DOI</a>] [<a
href="https://pubmed.ncbi.nlm.nih.gov/12/">PubMed</a>]</li></ul></section></section></body></html>"""
)
PMC_LEGACY = (
    HEAD.format(db="pmc")
    + """<div class="jig"><div class="tsec fm-sec"><h2>Associated Data</h2></div><div id="abstract-a"
class="tsec sec"><h2>Abstract</h2><div><p>A girl had fever.</p></div><div class="sec"><strong
class="kwd-title">Keywords: </strong><span class="kwd-text">fever, girl</span></div></div><div id="s1"
class="tsec sec"><h2>Case</h2><p>She was hot (<a href="#B1" rid="B1" class="bibr">1</a>) with
10<sup>9</sup>/L.</p><div class="fig iconblock" id="F1"><div class="icnblk_cntnt"><div><a
href="figure">Figure 1</a></div><div class="caption"><p>The curve.</p></div></div></div><p>She
left.</p></div><div class="tsec sec"><h2>References</h2><div class="ref-list-sec"><div
class="ref-cit-blk" id="B1">1. <span class="mixed-citation">Wu C. One. Blood. 2001;4:1-9. [<a
href="https://pubmed.ncbi.nlm.nih.gov/12">PubMed</a>] [<a href="//doi.org/10.1000%2FR">CrossRef</a>]
</span></div></div></div></div></body></html>"""
)


@pytest.mark.parametrize("page", [PMC_2024, PMC_LEGACY], ids=["2024", "legacy"])
def test_both_layouts_of_pubmed_central(page: str) -> None:
    (document,) = read(page.encode())
    assert (document.id, document.format) == ("doi:10.1000/x", "html")
    meta = document.meta
    assert (meta.authors, meta.published, meta.licence) == (("Li AB",), "2022-02-15", "CC BY 4.0")
    assert meta.keywords == ("fever", "girl")
    told = [(s.kind, s.title, document.text[s.start : s.end]) for s in document.sections]
    assert told == [
        ("title", None, "Fever in a girl: a case report"),
        ("abstract", None, "A girl had fever."),
        ("case", "Case", "She was hot (1) with 109/L."),
        ("legend", "Figure 1", "The curve."),
        ("case", "Case", "She left."),
        ("references", "References", "Wu C. One. Blood. 2001;4:1-9."),
    ]
    assert [(mark.text, mark.references) for mark in document.marks] == [("(1)", (1,))]
    assert [script.role for script in document.scripts] == ["sup"]
    (reference,) = document.references
    assert (reference.doi, reference.pmid, reference.authors) == ("10.1000/r", "12", ("Wu C",))


def test_another_journals_page() -> None:
    sentence = "The girl was admitted to the ward with fever, and she was treated with a drug. "
    page = (
        HEAD.format(db="other")
        + "<nav><a href='/'>Home</a><a href='/issues'>Issues</a></nav><article>"
        + "<h1>Fever in a girl: a case report</h1>"
        + f"<h2>Introduction</h2><p>{sentence * 4}</p>"
        + f"<h2>Case presentation</h2><p>{sentence * 6}</p><h2>Discussion</h2><p>{sentence * 4}</p>"
        + "<h2>Funding</h2><p>None was received from anyone at all.</p>"
        + "</article><footer>Cookies and all that</footer></body></html>"
    )
    (document,) = read(page.encode())
    kinds = [s.kind for s in document.sections if s.kind not in ("boilerplate", "title")]
    assert kinds == ["introduction", "case", "discussion"]
    assert document.format == "html"
    assert (document.meta.journal, document.meta.authors) == ("Test J", ("Li AB",))
    assert "Cookies" not in document.text


def test_a_page_without_article() -> None:
    with pytest.raises(ReadError, match="no article"):
        read(b"<!DOCTYPE html><html><head></head><body></body></html>")


def test_names_in_either_order() -> None:
    assert author_of("Li, Ann B.") == author_of("Ann B. Li") == "Li AB"
