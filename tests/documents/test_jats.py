"""JATS: dialects, references, marks, captions, boilerplate, related works."""
# ruff: noqa: E501 -- lines as they stand in the sources

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Document, read
from kg.documents.flow import Flow, Paragraph, join_marks

REFS = """
<ref id="r1"><label>1</label><element-citation publication-type="journal">
 <person-group person-group-type="author"><name><surname>Li</surname><given-names>A B</given-names>
 </name><etal/></person-group><article-title>First</article-title><source>Blood</source>
 <year>2001</year><volume>9</volume><fpage>1</fpage><lpage>7</lpage>
 <pub-id pub-id-type="doi">10.1000/ONE</pub-id><pub-id pub-id-type="pmid">111</pub-id>
</element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation publication-type="journal"><string-name><surname>Wu</surname>
 <given-names>C</given-names></string-name>. <article-title>Second</article-title>. <source>Lancet</source>
 <year>2002</year>;<volume>3</volume>:<fpage>4</fpage>. doi:<pub-id pub-id-type="doi">10.1000/two</pub-id>
</mixed-citation></ref>
<ref id="r3"><label>3</label><citation-alternatives>
 <element-citation><person-group person-group-type="author"><name><surname>Roe</surname>
 <given-names>Dan</given-names></name></person-group><article-title>Third</article-title>
 <source>JAMA</source><year>2003</year></element-citation>
 <mixed-citation>Roe D. Third. JAMA 2003.</mixed-citation></citation-alternatives></ref>
<ref id="r4"><label>4</label><mixed-citation id="r4a">Poe E. Fourth a. Chem. 2004;1:1.</mixed-citation>
 <mixed-citation id="r4b">Poe E. Fourth b. Chem. 2005;2:2.</mixed-citation></ref>
<ref id="r5"><label>5</label><nlm-citation><person-group person-group-type="author"><name>
 <surname>Ek</surname><given-names>F</given-names></name></person-group>
 <article-title>Fifth</article-title><source>BMJ</source><year>2006</year></nlm-citation></ref>
"""


def article(body: str, *, back: str = "", meta: str = "", kind: str = "case-report") -> Document:
    xml = f"""<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
    <journal-meta><journal-title>Test J</journal-title></journal-meta><article-meta>
    <article-id pub-id-type="doi">10.1000/XYZ</article-id><title-group><article-title>A
    <italic>title</italic></article-title></title-group>{meta}</article-meta></front>
    <body>{body}</body><back>{back}</back></article>"""
    (document,) = read(xml.encode())
    return document


def x(*numbers: int) -> list[str]:
    return [f'<xref ref-type="bibr" rid="r{number}">{number}</xref>' for number in numbers]


def sections(document: Document) -> list[tuple[str, str | None, str]]:
    return [(s.kind, s.title, document.text[s.start : s.end]) for s in document.sections]


def test_references_of_every_dialect() -> None:
    document = article("<p>x</p>", back=f"<ref-list>{REFS}</ref-list>")
    first, second, third, fourth, fifth = document.references
    assert (first.authors, first.year, first.journal) == (("Li AB",), 2001, "Blood")
    assert (first.pages, first.doi, first.pmid) == ("1-7", "10.1000/one", "111")
    assert (second.authors, second.title, second.doi) == (("Wu C",), "Second", "10.1000/two")
    assert second.text == "Wu C. Second. Lancet 2002;3:4. doi:10.1000/two"
    assert (third.text, third.authors) == ("Roe D. Third. JAMA 2003.", ("Roe D",))
    assert [work.text for work in (fourth, *fourth.also)][1] == "Poe E. Fourth b. Chem. 2005;2:2."
    assert "Fourth a" in fourth.text and "Fourth b" in fourth.text
    assert fifth.title == "Fifth"
    assert [reference.number for reference in document.references] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("words", "text", "numbers"),
    [
        ("seen [{0}]", "[1]", (1,)),
        ("seen ({0}, {1})", "(1, 2)", (1, 2)),
        ("seen [{0}–{3}]", "[1–4]", (1, 2, 3, 4)),
        ("seen<sup>{0},{2}-{4}</sup>", "1,3-5", (1, 3, 4, 5)),
        ('seen (<xref ref-type="bibr" rid="r2 r3">2, 3</xref>)', "(2, 3)", (2, 3)),
        ('seen [<xref ref-type="bibr" rid="r2">2–5</xref>]', "[2–5]", (2, 3, 4, 5)),
        ('(<xref ref-type="bibr" rid="r4b">Poe, 2005</xref>)', "(Poe, 2005)", (4,)),
    ],
)
def test_marks(words: str, text: str, numbers: tuple[int, ...]) -> None:
    body = "<p>" + words.format(*x(1, 2, 3, 4, 5)) + ".</p>"
    document = article(body, back=f"<ref-list>{REFS}</ref-list>")
    assert [(mark.text, mark.references) for mark in document.marks] == [(text, numbers)]
    (mark,) = document.marks
    assert document.text[mark.start : mark.end] == text


def test_figures_are_no_citations_and_captions_stand_once() -> None:
    document = article(
        """<sec><title>Case presentation</title><p>Cells were <xref ref-type="fig" rid="f1">seen
        </xref> <fig id="f1"><label>Figure 1</label><caption><p>Blasts in the marrow.</p></caption>
        </fig>in the smear.</p><table-wrap><label>Table 1</label><caption><p>Counts.</p></caption>
        <table><tr><th>Day</th><th>WBC</th></tr><tr><td>1</td><td>3</td></tr></table></table-wrap>
        <p>He left.</p></sec>"""
    )
    assert document.marks == ()
    assert sections(document)[1:] == [
        ("case", "Case presentation", "Cells were seen in the smear."),
        ("legend", "Figure 1", "Blasts in the marrow."),
        ("table", "Table 1", "Counts.\n\nDay\tWBC\n1\t3"),
        ("case", "Case presentation", "He left."),
    ]
    assert document.text.count("Blasts") == 1


def test_marks_in_tables() -> None:
    cell = f"<p>after {x(2)[0]}</p>"
    body = f"<table-wrap><table><tr><td>Day</td><td>{cell}</td></tr><tr><td/></tr></table></table-wrap>"
    document = article(f"<p>x</p>{body}", back=f"<ref-list>{REFS}</ref-list>")
    assert [(mark.text, mark.references) for mark in document.marks] == [("2", (2,))]
    assert "Day\tafter 2" in document.text


def test_blanks_inside_a_link_are_not_of_the_mark() -> None:
    body = '<p>seen (<xref ref-type="bibr" rid="r1"> 1 </xref>).</p>'
    (mark,) = article(body, back=f"<ref-list>{REFS}</ref-list>").marks
    assert mark.text.strip() == mark.text


def test_scripts_keep_their_role() -> None:
    document = article("<p>CD34<sup>+</sup> cells 3×10<sup>9</sup>/L, CO<sub>2</sub></p>")
    assert "CD34+ cells 3×109/L, CO2" in document.text
    assert [(document.text[s.start : s.end], s.role) for s in document.scripts] == [
        ("+", "sup"), ("9", "sup"), ("2", "sub"),
    ]  # fmt: skip


def test_boilerplate_inside_the_body_and_subsections() -> None:
    document = article(
        """<sec><title>Case</title><p>A.</p><sec><title>Treatment</title><p>B.</p></sec></sec>
        <sec><title>Authors’ contributions</title><p>C wrote.</p></sec>
        <sec sec-type="COI-statement"><title>Interests</title><p>None.</p></sec>""",
        back="<ack><p>Thanks.</p></ack><fn-group><fn><p>Funded by D.</p></fn></fn-group>",
    )
    kinds = [(kind, words) for kind, _, words in sections(document)[1:]]
    assert kinds[:4] == [
        ("case", "A."), ("case", "B."), ("boilerplate", "C wrote."), ("boilerplate", "None."),
    ]  # fmt: skip
    assert all(kind == "boilerplate" for kind, _ in kinds[2:])


def test_abstracts_of_several_kinds() -> None:
    meta = """<abstract><sec><title>Background</title><p>One.</p></sec><sec><title>Case</title>
    <p>Two.</p></sec></abstract><abstract abstract-type="plain-language-summary"><title>Plain
    words</title><p>Three.</p></abstract><trans-abstract xml:lang="fr"><p>Quatre.</p></trans-abstract>"""
    document = article("<p>x</p>", meta=meta)
    assert [(kind, words) for kind, _, words in sections(document)[1:5]] == [
        ("abstract", "One."), ("abstract", "Two."), ("abstract", "Three."), ("boilerplate", "Quatre."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("permissions", "licence"),
    [
        ('<license xlink:href="https://creativecommons.org/licenses/by/4.0/"/>', "CC BY 4.0"),
        (
            '<license><ali:license_ref xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
            "http://creativecommons.org/licenses/by-nc-nd/3.0/</ali:license_ref></license>",
            "CC BY-NC-ND 3.0",
        ),
        (
            "<license><license-p>under the Creative Commons Attribution-NonCommercial License"
            "</license-p></license>",
            "CC BY-NC",
        ),
        ("<copyright-statement>All rights reserved</copyright-statement>", None),
    ],
)
def test_licence(permissions: str, licence: str | None) -> None:
    meta = f"<permissions>{permissions}</permissions>"
    assert article("<p>x</p>", meta=meta).meta.licence == licence


@pytest.mark.parametrize(
    ("kind", "link", "article_type", "relation"),
    [
        ("correction", "corrected-article", "correction", "corrects"),
        ("retraction", "retracted-article", "retraction", "retracts"),
    ],
)
def test_related_works(kind: str, link: str, article_type: str, relation: str) -> None:
    meta = f"""<related-article related-article-type="{link}" ext-link-type="doi"
    xlink:href="10.1000/OLD"/>"""
    found = article("<p>The article was wrong.</p>", meta=meta, kind=kind).meta
    assert found.article_type == article_type
    assert [(work.type, work.doi) for work in found.related] == [(relation, "10.1000/old")]


def test_a_footnote_sign_is_no_part_of_the_title() -> None:
    xml = b"""<article><front><article-meta><title-group><article-title>Fever<xref ref-type="fn"
    rid="n">*</xref></article-title></title-group></article-meta></front><body><p>x</p></body></article>"""
    assert read(xml)[0].meta.title == "Fever"


def test_retracted_article_is_marked() -> None:
    assert article("<p>x</p>", kind="retracted-article").meta.retracted
    assert not article("<p>x</p>").meta.retracted


@given(st.lists(st.text(alphabet="ab \n\t\u00a0α", max_size=12), max_size=8))
def test_offsets_point_into_the_text(pieces: list[str]) -> None:
    flow, paragraph = Flow(), Paragraph()
    for piece in pieces:
        start = paragraph.length
        paragraph.add(piece)
        paragraph.script(start, "sup")
    flow.write("Before.", "title", None)
    flow.write(paragraph, "case", None)
    text = flow.text()
    for section in flow.sections:
        assert text[section.start : section.end]
    for script in flow.scripts:
        assert 0 <= script.start < script.end <= len(text)
    assert "  " not in text and flow.length == len(text)


def test_author_year_links_are_not_joined() -> None:
    text = "(Li, 2001; Wu, 2002)"
    assert len(join_marks(text, [(1, 9, (1,)), (11, 19, (2,))])) == 2
