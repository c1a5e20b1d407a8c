"""negspacy on given mentions: which of them it calls negated, in how many seconds.

The one argument is a JSON file with a list of ``{text, mentions: [[start, end]]}``.
"""

import json
import sys
import time
from pathlib import Path

import spacy
from negspacy.negation import Negex  # noqa: F401  (registers the component)
from negspacy.termsets import termset

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})
answers = []
start = time.process_time()
for record in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
    doc = nlp.get_pipe("sentencizer")(nlp.make_doc(record["text"]))
    said = []
    for first, last in record["mentions"]:
        span = doc.char_span(first, last, label="X", alignment_mode="expand")
        if span is None:
            said.append(False)
            continue
        doc.set_ents([span])
        nlp.get_pipe("negex")(doc)
        said.append(bool(doc.ents[0]._.negex))
    answers.append(said)
print(json.dumps({"seconds": time.process_time() - start, "negated": answers}))
