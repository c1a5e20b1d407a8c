"""Pages of several publishers, as they look when they are copied: the words are our own."""
# ruff: noqa: E501 -- lines as they stand in the sources

from __future__ import annotations

import pytest

from kg.documents import Document, read

BMC = """\
Skip to main content
Advertisement
Journal of Test Case Reports
Case report
Open access
Published: 03 May 2021
Splenic rupture under a made-up drug: a case report
Anna Smith, Bert Doe & Carl Wu
Journal of Test Case Reports volume 15, Article number: 123 (2021) Cite this article

1500 Accesses

2 Citations

Metricsdetails

Abstract
Background
Splenic rupture is rare. We know of few reports.

Case presentation
A 40-year-old Caucasian man had abdominal pain. He was operated on.

Conclusions
Physicians should think of the spleen.

Peer Review reports

Background
Rupture of the spleen without trauma is seldom seen [1, 2]. It is easily missed.

Case presentation
A 40-year-old Caucasian man was admitted with abdominal pain [3]. His haemoglobin was 70 g/L (Fig. 1).

Fig. 1
figure 1

Computed tomography of the abdomen with free fluid

Full size image

He was discharged after 9 days.

Discussion and conclusions
The drug may have caused the rupture [1,2,3].

Availability of data and materials
Not applicable.

Abbreviations
CT:
Computed tomography

References
Smith A, Doe B. Ruptured spleens. J Test. 2001;4(2):33–9.

Article PubMed Google Scholar

Wu C. Spleens again. Test Med. 2005;7:1–5.

Article Google Scholar

Doe B. More spleens. Test Surg. 2011;9:55–8.

Article CAS PubMed Google Scholar

Download references

Acknowledgements
We thank the nurses.

Author information
Authors and Affiliations
Department of Surgery, Test University, Testville
Anna Smith

About this article
Cite this article
Smith, A., Doe, B. & Wu, C. Splenic rupture under a made-up drug: a case report. J Test Case Rep 15, 123 (2021). https://doi.org/10.1186/s99999-021-00001-2

Received
01 January 2021

Keywords
Spleen
Rupture
"""

ELSEVIER = """\
Outline
Abstract
Keywords
1. Introduction
2. Presentation of case
3. Discussion
References

International Journal of Test Case Reports
Volume 77, 2020, Pages 10-12

Case report
Torsion of an imaginary lobe in a young woman: A case report
Author links open overlay panel A. Smith, B. Doe

https://doi.org/10.1016/j.ijtest.2020.01.001
Get rights and content
Under a Creative Commons license
open access

Abstract
Introduction
Torsion is an emergency.

Presentation of case
A 22-year-old woman was operated on for torsion.

Discussion
It is rare.

Conclusion
Operate early.

Keywords
Torsion
Lobe

1. Introduction
Torsion of a lobe is a rare emergency [1]. This work follows a guideline [2].

2. Presentation of case
A 22-year-old woman came with pain for two days.

2.1. Operation
The lobe was untwisted and the patient went home on day 3.

3. Discussion
Few such reports are known [1], [2].

Declaration of Competing Interest
None.

References
[1]
A. Smith, B. Doe
Twisted lobes
J. Test, 4 (2001), pp. 33-39

Google Scholar
[2]
C. Wu
A guideline
Test Surg., 7 (2015), pp. 1-5

Google Scholar
"""

PAMJ = """\
Home | Volume 21 | Article number 228
Case report
A swollen knee of unknown cause: about a case
Anna Smith1,&, Bert Doe2

1Department of Rheumatology, Test Hospital, Testville, 2Faculty of Medicine, Testville

&Corresponding author
Anna Smith, Department of Rheumatology, Test Hospital

Abstract

Swelling of one knee has many causes. We report the case of a woman of 31 years whose knee was swollen for a year.

Introduction    Down

Swelling of one knee is common [1].

Patient and observation    Up    Down

Patient information: a 31-year-old woman came with a swollen right knee.

Clinical findings: the knee was warm.

Discussion    Up    Down

The literature knows few such patients [1,2].

Conclusion    Up    Down

A biopsy should be taken.

Competing interests    Up    Down

The authors declare no competing interest.

References    Up    Down

1. Smith A, Doe B. Swollen knees. J Test. 2001; 4(2):33-9. PubMed | Google Scholar
2. Wu C. Knees again. Test Med. 2005; 7:1-5. Google Scholar
"""

MDPI = """\
Open AccessCase Report
Remission after an Imagined Vaccine: A Case Report
by Anna Smith 1,* and Bert Doe 2
1
Department of Haematology, Test University, 12345 Testville, Germany
2
Test Institute, Testville, Germany
*
Author to whom correspondence should be addressed.
Test Med. 2021, 10(4), 123; https://doi.org/10.3390/test10040123
Received: 1 March 2021 / Revised: 2 April 2021 / Accepted: 5 April 2021 / Published: 9 April 2021
Abstract
We describe a patient whose lymphoma went into remission after an imagined vaccine. The finding is discussed.
Keywords: lymphoma; vaccine; remission

1. Introduction
Spontaneous remissions are rare [1].

2. Case Description
A 67-year-old man with follicular lymphoma was vaccinated in May 2020. The nodes vanished within 4 weeks [2].

3. Discussion
An immune effect is likely [1,2].

Author Contributions
Both authors wrote the paper.

References
Smith, A.; Doe, B. Remissions. Test Med. 2001, 4, 33–39. [Google Scholar] [CrossRef]
Wu, C. Vaccines. J. Test 2015, 7, 1–5. [Google Scholar]
"""


WILEY = """\
Clinical Test Case Reports
CASE REPORT
Open Access
A made-up fistula after radiotherapy in an elderly man: A case report
Anna Smith, Bert Doe, Carl Wu
First published: 12 May 2021 https://doi.org/10.1002/ctcr3.9999
Citations: 2
Funding information: none
SECTIONSPDFTOOLS SHARE
Abstract
A fistula is rare after radiotherapy. We describe an elderly man who was treated by surgery and recovered.

1 INTRODUCTION
Fistulas are rare.1, 2 They are hard to treat.3

2 CASE HISTORY / EXAMINATION
A 78-year-old man with prostate cancer came with fever. His CRP was 120 mg/L (Figure 1).

FIGURE 1
Open in figure viewer
PowerPoint
Computed tomography shows the fistula

2.1 Differential diagnosis, investigations and treatment
An abscess was excluded. He was operated on.

2.2 Outcome and follow-up
He was well after six months.

3 DISCUSSION
Others have seen the same.1-3

ACKNOWLEDGMENTS
Published with written consent of the patient.

CONFLICT OF INTEREST
None declared.

AUTHOR CONTRIBUTIONS
AS wrote the paper.

Open Research
REFERENCES
1Smith A, Doe B. Fistulas. J Test. 2001; 4(2): 33- 39.
Crossref PubMed Web of Science® Google Scholar
2Wu C. More fistulas. Test Med. 2005; 7: 1- 5.
PubMed Google Scholar
3Doe B. Fistulas again. Test Surg. 2011; 9: 55- 58.
Google Scholar
Citing Literature
"""

PLOS = """\
OPEN ACCESS PEER-REVIEWED
CASE REPORT
Remission of an invented lymphoma in a child
Anna Smith ,Bert Doe
Published: January 5, 2014 https://doi.org/10.1371/journal.ptest.0087794

Abstract
Introduction
Lymphomas are rare in children.

Case report
A boy of 8 years was treated for a lymphoma.

Conclusions
He was cured.

Figures
Fig 3Fig 4Fig 1

Citation: Smith A, Doe B (2014) Remission of an invented lymphoma in a child. PLoS Test 9(1): e87794. https://doi.org/10.1371/journal.ptest.0087794

Editor: Someone Else, Test University

Received: September 5, 2013; Accepted: December 1, 2013; Published: January 5, 2014

Copyright: © 2014 Smith, Doe. This is an open-access article distributed under the terms of the Creative Commons Attribution License.

Funding: The authors have no support or funding to report.

Competing interests: The authors have declared that no competing interests exist.

Introduction
Lymphomas of children are treated with chemotherapy [1].

Case Report
A boy of 8 years had a swollen neck [2].

Download: PPT
PowerPoint slide PNG larger image TIFF original image
Fig 1. The neck of the boy.
https://doi.org/10.1371/journal.ptest.0087794.g001

He received six cycles.

Discussion
The cure is of interest [1,2].

Supporting Information
S1 File. Data.

References
1. Smith A, Doe B (2001) Lymphomas. J Test 4: 33–39.
View ArticlePubMed/NCBIGoogle Scholar
2. Wu C (2005) Children. Test Med 7: 1–5.
View ArticlePubMed/NCBIGoogle Scholar
"""


def _one(text: str) -> Document:
    (document,) = read(text.encode())
    return document


def _words(document: Document, kind: str) -> str:
    return " ".join(document.text[s.start : s.end] for s in document.sections if s.kind == kind)


@pytest.mark.parametrize(
    ("page", "title", "case", "references"),
    [
        (BMC, "Splenic rupture under a made-up drug: a case report", "His haemoglobin was 70", 3),
        (ELSEVIER, "Torsion of an imaginary lobe in a young woman: A case report", "untwisted", 2),
        (PAMJ, "A swollen knee of unknown cause: about a case", "the knee was warm", 2),
        (MDPI, "Remission after an Imagined Vaccine: A Case Report", "nodes vanished", 2),
        (
            WILEY,
            "A made-up fistula after radiotherapy in an elderly man: A case report",
            "He was operated on",
            3,
        ),
        (PLOS, "Remission of an invented lymphoma in a child", "received six cycles", 2),
    ],
    ids=["bmc", "elsevier", "pamj", "mdpi", "wiley", "plos"],
)
def test_title_case_and_references(page: str, title: str, case: str, references: int) -> None:
    document = _one(page)
    assert document.meta.title == title
    assert document.meta.article_type == "case_report"
    assert case in _words(document, "case")
    assert "rare" not in _words(document, "case")
    assert len(document.references) == references
    read_text = "".join(
        _words(document, kind) for kind in ("introduction", "case", "discussion", "abstract")
    )
    for apart in ("Google Scholar", "competing interest", "Corresponding", "Competing"):
        assert apart not in read_text


def test_structured_abstract_ends_where_the_body_begins() -> None:
    document = _one(BMC)
    assert _words(document, "abstract").endswith("Physicians should think of the spleen.")
    assert _words(document, "introduction").startswith("Rupture of the spleen without trauma")
    assert "Computed tomography of the abdomen" in _words(document, "legend")
    assert document.meta.doi == "10.1186/s99999-021-00001-2"
    assert document.meta.published == "2021-05-03"


def test_numbered_subsection_stays_in_the_case() -> None:
    document = _one(ELSEVIER)
    assert [s.title for s in document.sections if s.kind == "case"][-1] == "2.1. Operation"
    assert document.meta.doi == "10.1016/j.ijtest.2020.01.001"


def test_keywords_and_date_of_a_slash_line() -> None:
    meta = _one(MDPI).meta
    assert meta.keywords == ("lymphoma", "vaccine", "remission")
    assert meta.published == "2021-04-09"
    assert meta.doi == "10.3390/test10040123"


def test_subsections_of_a_case_and_the_legend_under_links() -> None:
    document = _one(WILEY)
    assert [s.title for s in document.sections if s.kind == "case"] == [
        "2 CASE HISTORY / EXAMINATION",
        "2.1 Differential diagnosis, investigations and treatment",
        "2.2 Outcome and follow-up",
    ]
    assert _words(document, "legend") == "Computed tomography shows the fistula"
    assert [r.text[:8] for r in document.references] == ["Smith A,", "Wu C. Mo", "Doe B. F"]
    assert not any("Scholar" in r.text or "rossref" in r.text for r in document.references)


def test_imprint_in_the_middle_of_the_page() -> None:
    meta = _one(PLOS).meta
    assert meta.authors == ("Smith A", "Doe B")
    assert (meta.published, meta.journal) == ("2014-01-05", "PLoS Test")
