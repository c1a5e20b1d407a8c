"""Claims from sentences with mark-up: ``{T:interferon}`` is a therapy, M marker, O outcome, C condition."""

# ruff: noqa: E501

from __future__ import annotations

import re

import pytest

from kg.cases.claims import claims_of
from kg.cases.claims.grammar import predicates
from kg.cases.model import Citation
from kg.documents.model import Document, Mark, Metadata, Section, sha256_of
from kg.nlp.model import Annotation, Mention, Sentence

KINDS = {"T": "Therapy", "M": "Marker", "O": "Outcome", "C": "Condition"}
WORKS = tuple(Citation(n, f"doi:10.1/{n}") for n in range(1, 40))


def claims(*marked, kind="discussion"):
    text, sentences, mentions = "", [], []
    for line in marked:
        start, position = len(text), 0
        for match in re.finditer(r"\{([TMOC]):([^}]+)\}", line):
            text += line[position : match.start()]
            name = match[2]
            mentions.append(
                Mention(
                    len(text),
                    len(text) + len(name),
                    name,
                    KINDS[match[1]],
                    "x",
                    name.lower(),
                    name.lower(),
                    sentence=len(sentences),
                )
            )
            text += name
            position = match.end()
        text += line[position:]
        sentences.append(Sentence(start, len(text), 0))
        text += " "
    marks = [
        Mark(m.start(), m.end(), m.group(), tuple(int(n) for n in re.findall(r"\d+", m.group())))
        for m in re.finditer(r"\((?:\d+(?:, )?)+\)", text)
    ]
    section = Section(kind, None, 0, len(text))
    document = Document("r", "r", "text", sha256_of(text), "", text, Metadata(), (section,))
    annotation = Annotation(document, tuple(sentences), tuple(mentions), marks=tuple(marks))
    return claims_of(annotation, "r", WORKS)


def triple(claim):
    return "+".join(claim.subject), claim.predicate, "+".join(claim.object)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "{T:Interferon} was found to increase the efficacy of {T:donor lymphocyte infusion} in patients.",
            ("interferon", "enhances", "donor lymphocyte infusion"),
        ),
        (
            "{T:Interferon} enhanced the killing effects of {T:CAR-T cells} in vitro.",
            ("interferon", "enhances", "car-t cells"),
        ),
        (
            "The activity of {T:CAR-T cells} is enhanced by {T:interferon}.",
            None,
        ),
        (
            "{O:Relapse} is reduced by {T:interferon}.",
            ("interferon", "reduces", "relapse"),
        ),
        (
            "{C:Neutropenia} caused by {T:methimazole} is rare.",
            ("methimazole", "causes", "neutropenia"),
        ),
        (
            "{T:Steroids} and {T:rituximab} can prevent {O:relapse}.",
            ("steroids+rituximab", "prevents", "relapse"),
        ),
        (
            "{T:Colchicine} is an effective treatment for {C:pericarditis}.",
            ("colchicine", "effective_against", "pericarditis"),
        ),
        (
            "{T:Plasmapheresis} is the treatment of choice for {C:TTP}.",
            ("plasmapheresis", "applied_to_treat", "ttp"),
        ),
        (
            "{C:Gout} is usually treated with {T:colchicine}.",
            ("colchicine", "applied_to_treat", "gout"),
        ),
        (
            "{M:KRAS mutation} was significantly associated with {O:poor survival}.",
            ("kras mutation", "associated_with", "poor survival"),
        ),
        (
            "{C:Diabetes} is a major risk factor for {C:mucormycosis}.",
            ("diabetes", "predisposes_to", "mucormycosis"),
        ),
        (
            "Several studies reported synergistic effects between {T:interferon} and {T:cell therapy}.",
            ("interferon", "synergistic_with", "cell therapy"),
        ),
        (
            "{C:Sarcoidosis} may present with {C:uveitis}.",
            ("sarcoidosis", "manifests_as", "uveitis"),
        ),
        (
            "{C:Glioma} is resistant to {T:chemotherapy}.",
            ("glioma", "resistant_to", "chemotherapy"),
        ),
        (
            "{M:CD30} is strongly expressed in {C:Hodgkin lymphoma}.",
            ("cd30", "expressed_in", "hodgkin lymphoma"),
        ),
        (
            "{M:CT} is the preferred imaging method for {C:intestinal haematoma}.",
            ("intestinal haematoma", "diagnosed_by", "ct"),
        ),
        (
            "{M:EWSR1-ATF1} is a key marker for distinguishing {C:clear cell sarcoma} from others.",
            ("clear cell sarcoma", "diagnosed_by", "ewsr1-atf1"),
        ),
        (
            "{T:Bleomycin}-induced {C:pulmonary fibrosis} is a common model.",
            ("bleomycin", "causes", "pulmonary fibrosis"),
        ),
        (
            "Approximately 5% of patients with {C:ventricular beats} present with {C:cough} (6).",
            ("ventricular beats", "manifests_as", "cough"),
        ),
        (
            "Patients with {C:diabetes} have an increased risk of {C:stroke}.",
            ("diabetes", "predisposes_to", "stroke"),
        ),
        (
            "{T:PD-1 blockade} showed promising efficacy in {M:MSS} {C:colorectal cancer}.",
            ("pd-1 blockade", "effective_against", "colorectal cancer"),
        ),
        (
            "{C:Infective endocarditis} (1, 4), which is usually caused by {C:candidiasis} (5), is rare.",
            ("candidiasis", "causes", "infective endocarditis"),
        ),
        (
            "Temporary conversion to {T:peritoneal dialysis} significantly reduced {O:mortality}.",
            ("peritoneal dialysis", "reduces", "mortality"),
        ),
        (
            "{T:Durvalumab} resulted in a significant improvement in {O:survival}.",
            ("durvalumab", "enhances", "survival"),
        ),
        (
            "{T:Steroids} led to a marked improvement of {C:dyspnoea}.",
            ("steroids", "reduces", "dyspnoea"),
        ),
        (
            "{M:TMB} had a strong association with {M:MSI-H}.",
            ("tmb", "associated_with", "msi-h"),
        ),
        (
            "{C:Hypertrophic osteopathy} has been described in association with {C:lung cancer}.",
            ("hypertrophic osteopathy", "associated_with", "lung cancer"),
        ),
        (
            "{C:Hairy cell leukaemia} responds well to {T:cladribine}.",
            ("cladribine", "effective_against", "hairy cell leukaemia"),
        ),
        (
            "{M:T315I} confers resistance to {T:imatinib}.",
            ("t315i", "resistant_to", "imatinib"),
        ),
        (
            "{M:TP53 mutation} is associated with a poor prognosis in {C:mantle cell lymphoma}.",
            ("tp53 mutation", "predicts", "mantle cell lymphoma"),
        ),
        (
            "{T:Azacitidine} confers a survival benefit in {C:myelodysplastic syndrome}.",
            ("azacitidine", "improves_outcome_of", "myelodysplastic syndrome"),
        ),
        (
            "{C:Cytokine release syndrome} occurs in up to 80% of patients treated with {T:CAR-T cells}.",
            ("car-t cells", "associated_with", "cytokine release syndrome"),
        ),
        (
            "{C:Measles} is often complicated by {C:pneumonia}.",
            ("measles", "causes", "pneumonia"),
        ),
        (
            "{T:Anticoagulants} ameliorate {C:chilblains}.",
            ("anticoagulants", "reduces", "chilblains"),
        ),
        (
            "{T:Surgery} remains the gold standard for {C:appendicitis}.",
            ("surgery", "applied_to_treat", "appendicitis"),
        ),
        (
            "Mediators like {M:IL-6}, may lead to {C:inflammation}.",
            ("il-6", "causes", "inflammation"),
        ),
        (
            "The efficacy of {T:colchicine} in {C:Behcet disease} has been reported (4).",
            ("colchicine", "effective_against", "behcet disease"),
        ),
        (
            "Two trials demonstrated the efficacy of {T:rituximab} in patients with {C:vasculitis}.",
            ("rituximab", "effective_against", "vasculitis"),
        ),
        (
            "The preferred treatment for {C:leishmaniasis} is {T:liposomal amphotericin B}.",
            ("liposomal amphotericin b", "applied_to_treat", "leishmaniasis"),
        ),
        (
            "The FDA approved {T:avapritinib} for the treatment of {C:mastocytosis}.",
            ("avapritinib", "applied_to_treat", "mastocytosis"),
        ),
        (
            "{T:Thiamine} was first used as {C:beriberi} treatment.",
            ("thiamine", "applied_to_treat", "beriberi"),
        ),
        (
            "The most common cause of {C:epiglottitis} is {C:Haemophilus infection} (2).",
            ("haemophilus infection", "causes", "epiglottitis"),
        ),
        (
            "Risk factors for {C:osteonecrosis} include {T:steroids} and {C:sickle cell disease}.",
            ("steroids+sickle cell disease", "predisposes_to", "osteonecrosis"),
        ),
        (
            "Common symptoms of {C:brucellosis} are {C:fever}, {C:sweats} and severe {C:arthralgia}.",
            ("brucellosis", "manifests_as", "fever+sweats+arthralgia"),
        ),
        (
            "{C:Brucellosis} is characterised by the presence of {C:fever} (3) and {C:sweats}.",
            ("brucellosis", "manifests_as", "fever+sweats"),
        ),
        (
            "{C:Gout} patients often complain of symptoms such as {C:pain}.",
            ("gout", "manifests_as", "pain"),
        ),
        (
            "Patients treated with {T:nivolumab} had longer {O:survival} than others.",
            ("nivolumab", "enhances", "survival"),
        ),
        (
            "The diagnosis of {C:amyloidosis} is based on {M:biopsy}.",
            ("amyloidosis", "diagnosed_by", "biopsy"),
        ),
        (
            "{M:Serum tryptase} is a useful marker of {C:mastocytosis}.",
            ("mastocytosis", "diagnosed_by", "serum tryptase"),
        ),
        (
            "{M:BRAF mutations} are found in 50 % of {C:melanomas}.",
            ("braf mutations", "expressed_in", "melanomas"),
        ),
        (
            "{M:TMB} is a potential predictive biomarker for response to {T:nivolumab}.",
            ("tmb", "predicts", "nivolumab"),
        ),
        (
            "{C:Seminoma} seldom benefits from {T:interferon}.",
            ("interferon", "effective_against", "seminoma"),
        ),
        (
            "{C:Diabetes} leads to a higher risk of {C:infection}.",
            ("diabetes", "predisposes_to", "infection"),
        ),
        (
            "In a cohort of patients after {T:TIPS}, {C:sarcopenia} was frequent and associated with {O:mortality}.",
            ("sarcopenia", "associated_with", "mortality"),
        ),
        (
            "Cases of {C:haematoma} associated with {T:heparin} have been published.",
            ("haematoma", "associated_with", "heparin"),
        ),
        (
            "Evidence supports a role of {C:hypoxia} in the development of {C:fibrosis}.",
            ("hypoxia", "associated_with", "fibrosis"),
        ),
        (
            "{T:Colchicine}, an old drug, prevents {C:pericarditis}.",
            ("colchicine", "prevents", "pericarditis"),
        ),
        (
            "{C:Inflammation} that promotes {C:fibrosis} is common.",
            ("inflammation", "enhances", "fibrosis"),
        ),
        (
            "{T:Statins} impair {O:recovery} in people with {C:myopathy}.",
            ("statins", "reduces", "recovery"),
        ),
    ],
)
def test_subject_predicate_object(sentence, expected):
    found = [triple(claim) for claim in claims(sentence)]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "sentence",
    [
        "The patient achieved {O:remission} after {T:CAR-T cells} reduced {C:leukaemia}.",
        "Whether {T:interferon} can reduce {O:relapse} is unknown.",
        "Resistance to {T:imatinib} is caused by {M:T315I}.",
        "Patients with {C:sepsis} often reduce {T:steroids}.",
        "A reduced dose of {T:rituximab} for {C:lupus} is common.",
        "{T:Interferon} was given, and {C:fever} was not reported to cause {C:harm}.",
        "{C:Endocarditis} caused by Aspergillus in a {T:haemodialysis} patient is rare.",
        "{M:TIGIT} blockade may protect against {C:cancer}.",
        "{T:Treatment} reduces {O:relapse}.",
        "Inhibiting {M:LDH} can reduce {M:lactate}.",
        "A {C:cancer} membrane nanohybrid suppressed {M:cystine}.",
        "Smith et al. reported a 40-year-old man in whom {T:rituximab} induced {O:remission}.",
        "{M:Blood cultures} were negative in {C:endocarditis} (11), which increased {O:mortality}.",
        "Patients with {C:gout} reduce {C:pain} by rest.",
        "{T:Nivolumab} provided limited clinical benefit in {C:glioma}.",
        "{T:Steroids} were given to reduce {C:oedema}.",
        "Trials reported limited efficacy of {T:tremelimumab} in {C:glioma}.",
        "The lower rate in patients with {C:sepsis} is attributed to {C:shock}.",
        "We sought factors associated with {O:survival} in a review of {C:sepsis}.",
        "{M:EGFR}-degrading molecules enhance {O:survival}.",
        "Studies of {M:CRP} as a predictor of {O:death} need to be performed.",
        "Beyond {C:angiogenesis}, proteins promote {C:fibrosis}.",
    ],
)
def test_no_claim(sentence):
    assert [triple(c) for c in claims(sentence) if c.polarity == "affirmed"] == []


def test_a_second_verb_takes_the_subject_of_the_first():
    first, second = claims(
        "{T:Interferon} reduces {O:relapse} (11) and improves {O:survival} (12)."
    )
    assert triple(second) == ("interferon", "enhances", "survival")
    assert (first.cites, second.cites) == (("doi:10.1/11",), ("doi:10.1/12",))


def test_the_noun_behind_an_object_is_its_aspect():
    (claim,) = claims("{T:Interferon} enhances {T:CAR-T} activity.")
    assert (triple(claim), claim.aspect) == (("interferon", "enhances", "car-t"), "activity")


def test_not_only_denies_nothing():
    (claim,) = claims("{T:Interferon} not only reduces {O:relapse}.")
    assert claim.polarity == "affirmed"


def test_and_before_a_verb_keeps_the_subject():
    _, second = claims(
        "{T:Cubebenoate} suppresses {M:eosinophils} in lungs and reduces {M:IL-4} (11)."
    )
    assert triple(second) == ("cubebenoate", "reduces", "il-4")


def test_what_is_brought_about_is_caused_only_where_it_harms():
    (good,) = claims("{T:Rituximab} led to {O:remission}.")
    (bad,) = claims("{T:Rituximab} led to {C:infection}.")
    assert (good.predicate, bad.predicate) == ("induces", "causes")


def test_it_stands_for_what_the_sentence_before_spoke_of():
    (claim,) = claims(
        "{T:Interferon} is a cytokine.", "Therefore, it reduces {O:relapse} (12, 21)."
    )
    assert triple(claim) == ("interferon", "reduces", "relapse")
    assert claim.cites == ("doi:10.1/12", "doi:10.1/21")


@pytest.mark.parametrize(
    ("before", "sentence", "expected"),
    [
        (
            "{C:Silicosis} is an occupational {C:lung disease}.",
            "This disease may lead to {C:fibrosis}.",
            ("silicosis", "causes", "fibrosis"),
        ),
        (
            "{C:Sepsis} was once treated with {T:hydrocortisone}.",
            "The drug reduces {O:mortality}.",
            ("hydrocortisone", "reduces", "mortality"),
        ),
        (
            "{T:Ibrutinib} and {T:idelalisib} came next.",
            "These drugs cause {C:diarrhoea}.",
            ("ibrutinib+idelalisib", "causes", "diarrhoea"),
        ),
        (
            "{C:Silicosis} is rare.",
            "{T:Pirfenidone} is effective in this disease.",
            ("pirfenidone", "effective_against", "silicosis"),
        ),
    ],
)
def test_what_a_sentence_refers_to_stands_in_the_one_before(before, sentence, expected):
    assert triple(claims(before, sentence)[-1]) == expected


def test_two_clauses_have_each_its_own_subject():
    first, second = claims("{T:Aspirin} reduces {C:fever} and {T:heparin} may cause {C:bleeding}.")
    assert triple(first) == ("aspirin", "reduces", "fever")
    assert triple(second) == ("heparin", "causes", "bleeding")


def test_a_participle_behind_a_comma_goes_on_with_the_subject():
    _, second = claims("{T:Metformin} improves {O:ovulation}, thereby reducing {M:androgens}.")
    assert triple(second) == ("metformin", "reduces", "androgens")


def test_what_patients_have_may_be_the_object_and_the_rest_its_aspect():
    (claim,) = claims("{C:Depression} impairs adherence in people with {C:epilepsy}.")
    assert (triple(claim), claim.aspect) == (("depression", "reduces", "epilepsy"), "adherence")


def test_a_negative_adverb_denies():
    (claim,) = claims("{M:CD8} and {M:CD163} were negatively expressed in {C:sarcoma}.")
    assert claim.polarity == "negated"


def test_aspect_sign_and_setting():
    (claim,) = claims(
        "{T:Interferon} enhanced the killing effects of {T:CAR-T cells} in vitro (23)."
    )
    assert (claim.aspect, claim.sign, claim.setting) == ("killing effects", "increases", "in_vitro")
    assert claim.cites == ("doi:10.1/23",)


def test_denied_and_possible():
    (denied,) = claims("{T:Aspirin} does not prevent {C:stroke}.")
    (possible,) = claims("{T:Aspirin} may prevent {C:stroke}.")
    assert (denied.polarity, denied.certainty) == ("negated", "certain")
    assert (possible.polarity, possible.certainty) == ("affirmed", "possible")


def test_the_reports_own_claim():
    (own,) = claims(
        "Our case suggested that {T:CAR-T cells} followed by {T:interferon} are effective in treating {C:leukaemia}."
    )
    assert triple(own) == ("car-t cells+interferon", "effective_against", "leukaemia")
    assert own.own and own.cites == () and own.setting == "clinical"
    (cited,) = claims("Our case supports that {T:interferon} reduces {O:relapse} (3).")
    assert not cited.own


def test_a_title_claims_for_its_report():
    (claim,) = claims("{T:Interferon} induces {O:durable remission}: a case report", kind="title")
    assert claim.own


def test_evidence_is_the_words_that_state_it():
    marked = "Indeed, {T:interferon} reduces {O:relapse} here."
    (claim,) = claims(marked)
    (piece,) = claim.evidence
    assert piece.quote == "interferon reduces relapse"
    assert claim.id.startswith("r#claim-")


def test_references_and_boilerplate_claim_nothing():
    assert claims("{T:Interferon} reduces {O:relapse}.", kind="boilerplate") == ()


def test_no_predicate_treats():
    assert "treats" not in predicates()
    assert all(p.definition and p.biolink.startswith("biolink:") for p in predicates().values())


def test_a_verb_without_object_leaves_the_subject_to_the_next():
    (claim,) = claims("{T:Surgery} can achieve better results and reduce {O:mortality}.")
    assert triple(claim) == ("surgery", "reduces", "mortality")


@pytest.mark.parametrize(
    ("sentence", "results"),
    [
        (
            "In a trial of 53 patients, {T:CAR-T cells} induced {O:remission} in 83%.",
            (53, 0.83, None),
        ),
        (
            "{T:Blinatumomab} induced {O:remission} in 34/76 patients who were followed for 2 years.",
            (76, 0.4474, 730.5),
        ),
        ("{T:Rituximab} induced {O:remission} in 40% and 60% of patients.", (None, None, None)),
        ("{T:Rituximab} induced {O:remission}.", (None, None, None)),
        ("{T:Rituximab} (95% CI) induced {O:remission}.", (None, None, None)),
    ],
)
def test_the_results_of_a_study_are_kept_where_one_figure_is_told(sentence, results):
    (claim,) = claims(sentence)
    assert (claim.n, claim.rate, claim.follow_up_days) == results
