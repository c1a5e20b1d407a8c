"""The trained recogniser: its inference against first principles, and what it finds."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.model import Document, Metadata, Section, sha256_of
from kg.errors import TermsError
from kg.nlp import load_pipeline
from kg.nlp.docs import make_docs
from kg.nlp.ner.chain import Layout, best_labels, marginals
from kg.nlp.ner.features import BUCKETS, COLUMNS, Encoder, shape
from kg.nlp.ner.indicators import LinearChain, features
from kg.nlp.ner.lexical import LexicalClasses, name_key
from kg.nlp.ner.network import Network
from kg.nlp.ner.recogniser import MODEL, Recogniser, load_recogniser

LABELS = ["O", "B-Dose", "I-Dose", "B-Time", "I-Time"]


def document(text: str, kind: str = "case") -> Document:
    digest = sha256_of(text)
    sections = (Section(kind, None, 0, len(text)),)  # type: ignore[arg-type]
    return Document("t:1", "t", "text", digest, digest, text, Metadata(), sections)


def words_of(text: str) -> list[str]:
    return text.split(" ")


def found(text: str, kind: str = "case") -> list[tuple[str, str]]:
    nlp = load_pipeline()
    [doc] = make_docs(nlp, document(text, kind))
    for name in ("kg_sentences", "kg_ner"):
        doc = nlp.get_pipe(name)(doc)
    return [(text[m.start : m.end], m.kind) for m in doc._.findings.mentions]


def valid(path: Sequence[int]) -> bool:
    """Whether every I-x of a sequence follows B-x or I-x."""
    names = ["O", *(LABELS[number] for number in path)]
    pairs = itertools.pairwise(names)
    return all(now[0] != "I" or before[1:] == now[1:] for before, now in pairs)


def test_marginals_are_those_of_enumeration() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(5, 3)).astype("float32")
    step, first = rng.normal(size=(3, 3)).astype("float32"), rng.normal(size=3).astype("float32")
    computed = marginals(scores, step, first, Layout([2, 3]))
    for start, size in ((0, 2), (2, 3)):
        expected = np.zeros((size, 3))
        for path in itertools.product(range(3), repeat=size):
            score = first[path[0]] + sum(scores[start + t, y] for t, y in enumerate(path))
            score += sum(step[a, b] for a, b in itertools.pairwise(path))
            for t, y in enumerate(path):
                expected[t, y] += math.exp(score)
        expected /= expected.sum(axis=1, keepdims=True)
        assert np.allclose(computed[start : start + size], expected, atol=1e-4)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_best_labels_are_valid_and_best(lengths: list[int], chance) -> None:
    rows = sum(lengths)
    p = np.array([[chance.random() for _ in LABELS] for _ in range(rows)], dtype="float32")
    chosen = best_labels(p, LABELS, Layout(lengths)).tolist()
    at = 0
    for size in lengths:
        path = chosen[at : at + size]
        assert valid(path)
        if size <= 3:
            others = filter(valid, itertools.product(range(len(LABELS)), repeat=size))
            weight = lambda y, at=at: sum(math.log(p[at + t, k] + 1e-6) for t, k in enumerate(y))  # noqa: E731
            assert weight(path) == pytest.approx(max(map(weight, others)), abs=1e-4)
        at += size


def test_sentences_do_not_touch_one_another() -> None:
    recognise = load_recogniser()
    one = ["The", "patient", "received", "rituximab", "375", "mg/m2", "."]
    other = [
        "Fever",
        "and",
        "a",
        "rash",
        "were",
        "seen",
        "on",
        "day",
        "3",
        "of",
        "the",
        "second",
        "cycle",
        ".",
    ]
    alone = recognise([one], "cases")
    together = [span for span in recognise([other, one], "cases") if span.sentence == 1]
    assert [(s.first, s.last, s.label) for s in alone] == [
        (s.first, s.last, s.label) for s in together
    ]


def network_and_weights() -> tuple[Network, dict[str, np.ndarray], Encoder]:
    """A tagger of chance weights: 4 dimensions of state, one head of three labels."""
    rng = np.random.default_rng(0)
    sizes = {"vectors": (3, 5), "affixes": (BUCKETS, 4), "classes": (256, 3), "names": (512, 2)}
    for way in ("forward", "backward"):
        sizes |= {f"{way}.input": (17, 16), f"{way}.recurrent": (4, 16), f"{way}.bias": (16,)}
    sizes |= {"h.weight": (8, 3), "h.bias": (3,), "h.transitions": (3, 3), "h.first": (3,)}
    weights = {n: rng.normal(size=shape).astype("float32") / 3 for n, shape in sizes.items()}
    weights["vectors"] = rng.integers(-127, 128, size=sizes["vectors"], dtype="int8")
    weights["scale"] = rng.random(size=5, dtype="float32") / 127
    encoder = Encoder({"fever": 1, "was": 2}, LexicalClasses(MODEL))
    return Network(weights, encoder), weights, encoder


def test_the_tagger_is_the_lstm_of_the_textbook() -> None:
    network, w, encoder = network_and_weights()
    sentences = [["No", "fever", "was", "seen"], ["Fever"], ["Rash", "was", "seen"]]
    layout = Layout([len(words) for words in sentences])
    tags = [4, 0, 0, 7, 1, 0, 2, 3]
    found = network.encode(list(itertools.chain(*sentences)), tags, layout)
    logistic = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731
    at = 0
    for words in sentences:
        rows = encoder(words)
        inputs = np.concatenate(
            [
                w["vectors"][rows[:, 0]] * w["scale"],
                w["affixes"][rows[:, 1:11]].sum(axis=1),
                w["names"][tags[at : at + len(words)]],
                w["classes"][rows[:, 11]],
                w["classes"][rows[:, 12]],
            ],
            axis=1,
        )
        for way, order in (("forward", range(len(words))), ("backward", range(len(words))[::-1])):
            hidden, cell = np.zeros(4), np.zeros(4)
            for t in order:
                gates = inputs[t] @ w[f"{way}.input"] + w[f"{way}.bias"]
                gates = gates + hidden @ w[f"{way}.recurrent"]
                enter, forget, out = (logistic(gates[4 * n : 4 * n + 4]) for n in range(3))
                cell = forget * cell + enter * np.tanh(gates[12:])
                hidden = out * np.tanh(cell)
                half = slice(0, 4) if way == "forward" else slice(4, 8)
                assert np.allclose(found[at + t, half], hidden, atol=1e-4)
        at += len(words)


def test_what_a_word_gives_does_not_depend_on_the_words_it_comes_with() -> None:
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(70)]
    network, *_ = network_and_weights()
    together = network._inputs(words, [0] * len(words))
    for number in (0, 3, 31, 32, 69):
        other, *_ = network_and_weights()
        alone = other._inputs(words[number : number + 1], [0])
        assert np.array_equal(alone[0], together[number])


def test_words_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.nlp.ner.network._REMEMBERED", 3)
    network, *_ = network_and_weights()
    first = network._inputs(["a", "b", "c", "d"], [0] * 4)
    network._inputs(["e", "a"], [0] * 2)
    assert len(network._inputs._rows) == 2
    assert np.array_equal(network._inputs(["d"], [0])[0], first[3])


def test_looked_up_sums_equal_the_features_one_by_one() -> None:
    classes = LexicalClasses(MODEL)
    chain = LinearChain(MODEL / "cases.npz", classes)
    words = [
        "He",
        "was",
        "given",
        "20",
        "mg",
        "prednisone",
        "for",
        "acute",
        "graft",
        "-",
        "versus",
        "-",
        "host",
        "disease",
        ".",
    ]
    sentences = [["Fever", "."], words, ["Graft"]]
    tags = [classes.of_names(sentence) for sentence in sentences]
    found = chain.probabilities(sentences, tags, Layout([2, len(words), 1]))
    scores = []
    for sentence in sentences:
        for here in features(sentence, classes):
            known = [chain._keys.get(feature) for feature in here]
            scores.append(chain._weights[[k for k in known if k is not None]].sum(axis=0))
    first = np.zeros(len(chain.labels), dtype=np.float32)
    layout = Layout([2, len(words), 1])
    expected = marginals(np.array(scores), chain._transitions, first, layout)
    assert np.allclose(found, expected, atol=1e-4)


def test_names_are_found_across_hyphens_and_plurals() -> None:
    classes = LexicalClasses(MODEL)
    words = ["graft", "-", "versus", "-", "host", "disease", "with", "fevers"]
    tags = classes.of_names(words)
    assert tags[0] and tags[0] % 2 == 0
    assert set(tags[1:6]) == {tags[0] + 1}
    assert tags[6] == 0
    assert tags[7]
    assert name_key(words[:6]) == "graft versus host disease"


def test_a_token_is_a_row_of_known_width() -> None:
    rows = Encoder({"fever": 1}, LexicalClasses(MODEL))(["Fever", "CD34"])
    assert rows.shape == (2, COLUMNS)
    assert rows[0, 0] == 1
    assert rows[1, 0] == 0
    assert shape("pH7.35") == "xX0.0+"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A 45-year-old woman presented with fever.",
            {("woman", "Patient"), ("fever", "Condition")},
        ),
        ("She was treated with prednisone 20 mg daily.", {("prednisone", "Therapy")}),
        ("The hemoglobin level was 8.2 g/dL.", {("8.2 g/dL", "Value")}),
        ("He was diagnosed with tuberculosis in March 2012.", {("tuberculosis", "Condition")}),
    ],
)
def test_plain_cases(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= set(found(text))


def test_abstracts_are_read_by_the_second_head() -> None:
    text = "Seizures were induced by lidocaine."
    assert {("Seizures", "Condition"), ("lidocaine", "Therapy")} <= set(found(text, "abstract"))


def test_given_mentions_stay_alone() -> None:
    nlp = load_pipeline()
    [doc] = make_docs(nlp, document("Fever was seen."), mentions=[])
    for name in ("kg_sentences", "kg_ner"):
        doc = nlp.get_pipe(name)(doc)
    assert doc._.findings.mentions == []


def test_nothing_in_an_empty_text() -> None:
    assert load_recogniser()([], "cases") == []


def test_a_missing_model_is_told(tmp_path) -> None:
    with pytest.raises(TermsError, match="reinstall"):
        Recogniser(tmp_path)
