"""Entity recognition beside its peers, on the development part of MACCROBAT.

Three systems on the same sentences, exact span and kind: a dictionary of the mentions of the
training part; spaCy's own NER trained on the training part (``KG_SPACY_EPOCHS``, default 15; 0
leaves it out); and the committed model alone (before merging with lists and grammars). Each row
has F1 and words per second of processor time, in one process.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from benchmarks.options import Options
from kg.nlp.ner.labels import labels_of
from kg.nlp.ner.recogniser import load_recogniser
from pipelines.train.corpora import Text, maccrobat_texts, sentences
from tools.evaluate.maccrobat import KIND_OF, gold_spans, part
from tools.evaluate.spans import Span, span_figures

CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}}
System = Callable[[str], set[Span]]


def dictionary(training: list[Text]) -> System:
    """Return a system that finds the mentions of the training part wherever they stand."""
    seen: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in training:
        for start, end, label in text.spans:
            words = tuple(
                w for s in sentences(text.text[start:end]) for w in _words(text, start, s)
            )
            seen[words][KIND_OF[label]] += 1
    kinds = {words: max(sorted(c), key=c.__getitem__) for words, c in seen.items()}
    longest = max(map(len, kinds))

    def find(text: str) -> set[Span]:
        found: set[Span] = set()
        for tokens in sentences(text):
            words = [text[a:b].lower() for a, b in tokens]
            at = 0
            while at < len(words):
                for size in range(min(longest, len(words) - at), 0, -1):
                    kind = kinds.get(tuple(words[at : at + size]))
                    if kind:
                        found.add((tokens[at][0], tokens[at + size - 1][1], kind))
                        break
                else:
                    size = 1
                at += size
        return found

    return find


def _words(text: Text, offset: int, tokens: list[tuple[int, int]]) -> Iterator[str]:
    for start, end in tokens:
        yield text.text[offset + start : offset + end].lower()


def plain_spacy(training: list[Text], epochs: int) -> System:
    """Return spaCy's default NER (HashEmbedCNN, transitions), trained on the training part."""
    import spacy
    from spacy.training import Example
    from spacy.util import minibatch

    random.seed(0)
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en", config=CONFIG)
    nlp.add_pipe("ner")
    examples = []
    for text in training:
        doc = nlp.make_doc(text.text)
        spans = [doc.char_span(a, b, KIND_OF[label]) for a, b, label in sorted(text.spans)]
        entities = spacy.util.filter_spans([span for span in spans if span is not None])
        labels = {"entities": [(e.start_char, e.end_char, e.label_) for e in entities]}
        examples.append(Example.from_dict(doc, labels))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(epochs):
        random.shuffle(examples)
        for batch in minibatch(examples, 4):
            nlp.update(batch, drop=0.2, sgd=optimizer)
    return lambda text: {(e.start_char, e.end_char, e.label_) for e in nlp(text).ents}


def ours(text: str) -> set[Span]:
    """Return what the committed model finds."""
    cut = sentences(text)
    words = [[text[a:b] for a, b in tokens] for tokens in cut]
    return {
        (
            cut[span.sentence][span.first][0],
            cut[span.sentence][span.last - 1][1],
            labels_of("cases")[span.label].kind,
        )
        for span in load_recogniser()(words, "cases")
    }


def figures(options: Options) -> Iterator[dict[str, object]]:
    """Yield one row a system."""
    folder = options.data / "maccrobat"
    paths = part(folder)
    if not paths:
        return
    training = list(maccrobat_texts(options.data))
    systems: dict[str, System] = {"dictionary": dictionary(training), "kg model": ours}
    epochs = int(os.environ.get("KG_SPACY_EPOCHS", "15"))
    if epochs:
        systems["plain spaCy"] = plain_spacy(training, epochs)
    texts = [path.with_suffix(".txt").read_bytes().decode() for path in paths]
    words = sum(len(text.split()) for text in texts)
    for name, system in systems.items():
        system(texts[0])
        began = time.process_time()
        found = [system(text) for text in texts]
        seconds = time.process_time() - began
        pairs = ((gold_spans(path), spans) for path, spans in zip(paths, found, strict=True))
        yield {**next(span_figures(pairs, system=name)), "words_per_second": round(words / seconds)}
