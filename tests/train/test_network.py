"""The training of the tagger: what it learns is what the recogniser reads."""

import numpy as np

from kg.nlp.ner.chain import Layout
from kg.nlp.ner.features import COLUMNS, HASHED, Encoder
from kg.nlp.ner.lexical import LexicalClasses
from kg.nlp.ner.network import Network
from kg.nlp.ner.recogniser import MODEL
from pipelines.train.network import Settings, Task, Weights, train

SENTENCES = [
    ("She received rituximab .", "O O B-Drug O"),
    ("Prednisone acid was given .", "B-Drug I-Drug O O O"),
    ("No fever was seen .", "O O O O O"),
    ("He took prednisone acid today", "O O B-Drug I-Drug O"),
]
NAMES = ["O", "B-Drug", "I-Drug"]
ENCODER = Encoder({"she": 1, "prednisone": 2, "fever": 3}, LexicalClasses(MODEL))
SIZES = (210, 250)


def trained(seed: int, epochs: int) -> Weights:
    vectors = np.random.default_rng(9).standard_normal((4, 6), dtype=np.float32)
    rows = [ENCODER(words.split()) for words, _ in SENTENCES]
    labels = [np.array([NAMES.index(x) for x in said.split()]) for _, said in SENTENCES]
    soft = [np.eye(3)[numbers] for numbers in labels]
    tasks = [Task("cases", rows, labels, NAMES), Task("cases", rows, soft, NAMES)]
    settings = Settings(hidden=8, dropout=0.1, rate=0.03, epochs=epochs, average=0.8, seed=seed)
    return train(tasks, vectors, SIZES, settings)


def test_the_recogniser_reads_what_the_training_learnt() -> None:
    weights = trained(0, 60)
    scale = np.ones(6, dtype=np.float32)
    network = Network(weights | {"scale": scale}, ENCODER)
    for words, said in SENTENCES:
        layout = Layout([len(words.split())])
        tags = ENCODER(words.split())[:, COLUMNS - 1].tolist()
        states = network.encode(words.split(), tags, layout)
        found = network.probabilities(states, layout, "cases").argmax(axis=1)
        assert [NAMES[number] for number in found] == said.split()


def test_the_same_seed_gives_the_same_weights() -> None:
    first, again, other = trained(1, 2), trained(1, 2), trained(2, 2)
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["affixes"], other["affixes"])


def test_rows_hold_what_the_training_takes_them_for() -> None:
    assert COLUMNS == HASHED + 4
    assert ENCODER(["fever"])[0, 0] == 3
