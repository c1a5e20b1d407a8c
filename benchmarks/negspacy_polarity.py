"""negspacy on MACCROBAT's POLARITY, beside ``tools.evaluate polarity``.

Not a part of kg and not among its dependencies: run it in an environment of its own.

    python -m venv /tmp/negspacy && /tmp/negspacy/bin/pip install negspacy "spacy>=3.8,<3.9"
    /tmp/negspacy/bin/python benchmarks/negspacy_polarity.py ../shared/data/maccrobat
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import spacy
from negspacy.negation import Negex  # noqa: F401  (registers the component)
from negspacy.termsets import termset

KINDS = {
    "Medication": "Therapy",
    "Therapeutic_procedure": "Therapy",
    "Disease_disorder": "Condition",
    "Sign_symptom": "Condition",
    "Diagnostic_procedure": "Marker",
    "Outcome": "Outcome",
}


def gold(path):
    """Yield kind, start, end and whether it is negated, of each mention of a brat file."""
    spans, events, polarity = {}, {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("T"):
            label, *offsets = re.split("[ ;]", columns[1])
            spans[columns[0]] = (label, int(offsets[0]), int(offsets[-1]))
        elif line.startswith("E"):
            events[columns[0]] = columns[1].split()[0].partition(":")[2]
        elif line.startswith("A") and columns[1].startswith("POLARITY"):
            _, target, value = columns[1].split()
            polarity[events.get(target, target)] = value
    for identifier, (label, start, end) in spans.items():
        if label in KINDS:
            negated = polarity.get(identifier) in ("NEG", "MAYBE_NEG")
            yield KINDS[label], start, end, negated


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    folder = parser.parse_args().data
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})
    counts = {}
    for path in sorted(folder.glob("*.ann")):
        if int(hashlib.sha256(path.stem.encode()).hexdigest(), 16) % 5:
            continue
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        doc = nlp.get_pipe("sentencizer")(nlp.make_doc(text))
        for kind, start, end, truth in gold(path):
            span = doc.char_span(start, end, label="X", alignment_mode="expand")
            if span is None:
                continue
            doc.set_ents([span])
            nlp.get_pipe("negex")(doc)
            said = doc.ents[0]._.negex
            outcome = "tp" if truth and said else "fp" if said else "fn" if truth else "tn"
            counts.setdefault(kind, Counter())[outcome] += 1
            counts.setdefault("all", Counter())[outcome] += 1
    for kind, count in sorted(counts.items()):
        tp, fp, fn = count["tp"], count["fp"], count["fn"]
        f1 = round(2 * tp / (2 * tp + fp + fn), 4) if tp else 0.0
        print(json.dumps({"kind": kind, "tp": tp, "fp": fp, "fn": fn, "f1": f1}))


if __name__ == "__main__":
    main()
