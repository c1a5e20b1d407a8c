"""Drawing an annotated document for a person to read: text, mentions, assertion and links.

Colours tell the kind, shapes the assertion: struck through is negated, a dashed frame possible,
pale is not of the patient, a dotted line below not grounded. Pointing at a mention shows its
concept, why it was linked so and the cue that asserted it; what is attached to it lights up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from kg.nlp.model import Annotation, Mention

_STYLE = Path(__file__).with_name("html.css")
_KINDS = (
    "Therapy",
    "Marker",
    "Outcome",
    "Condition",
    "Value",
    "Dose",
    "Time",
    "Anatomy",
    "Patient",
)
_SCRIPT = """
for (const m of document.querySelectorAll("[data-to]")) {
  const light = on => m.dataset.to.split(" ").forEach(i =>
    document.getElementById("m" + i)?.classList.toggle("linked", on));
  m.addEventListener("mouseenter", () => light(true));
  m.addEventListener("mouseleave", () => light(false));
}
"""


def render(annotation: Annotation) -> str:
    """Return a self-contained HTML page of one annotated document.

    Examples
    --------
    >>> from kg.documents import read
    >>> from kg.nlp import annotate, load_pipeline
    >>> [document] = read(b"No fever & no rash.", plain=True)
    >>> page = render(annotate(load_pipeline(), document))
    >>> 'class="m Condition negated"' in page, "&amp;" in page
    (True, True)
    """
    document = annotation.document
    title = escape(document.meta.title or document.id)
    legend = " ".join(f'<span class="m {kind}">{kind}</span>' for kind in _KINDS)
    body = "\n".join(_sections(annotation))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style></head>\n<body><h1>{title}</h1>\n"
        f'<div class="legend">{legend} <span class="m Condition negated">negated</span> '
        '<span class="m Condition possible">possible</span> '
        '<span class="m Condition elsewhere">not the patient</span> '
        '<span class="m Condition ungrounded">not grounded</span> <span class="cue">cue</span>'
        f"</div>\n{body}\n<script>{_SCRIPT}</script></body></html>\n"
    )


def _sections(annotation: Annotation) -> Iterator[str]:
    attached = _attached(annotation)
    text = annotation.document.text
    for section in annotation.document.sections:
        spans = [
            (index, mention)
            for index, mention in enumerate(annotation.mentions)
            if section.start <= mention.start and mention.end <= section.end
        ]
        if not spans and section.kind in ("references", "boilerplate"):
            continue
        heading = escape(section.title or section.kind)
        drawn = _draw(text, section.start, section.end, spans, attached)
        paragraphs = "</p>\n<p>".join(part for part in drawn.split("\n") if part.strip())
        yield f"<h2>{heading}</h2>\n<p>{paragraphs}</p>"


def _attached(annotation: Annotation) -> dict[int, list[int]]:
    """Return for each mention the mentions that its value, dose, time, grade or site points to."""
    by_place = {(m.start, m.end): index for index, m in enumerate(annotation.mentions)}
    found: dict[int, list[int]] = {}
    pairs = [(q.start, q.end, q.of) for q in annotation.quantities]
    pairs += [(d.start, d.end, d.drug) for d in annotation.doses]
    pairs += [(t.start, t.end, t.anchor) for t in annotation.times]
    pairs += [(g.start, g.end, g.of) for g in annotation.grades]
    pairs += [(s.start, s.end, s.of) for s in annotation.sites]
    for start, end, target in pairs:
        index = by_place.get((start, end))
        if index is not None and target is not None:
            found.setdefault(index, []).append(target)
    return found


def _draw(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, Mention]],
    attached: dict[int, list[int]],
) -> str:
    tags: list[tuple[int, int, int, str]] = []
    for index, mention in spans:
        tags.append((mention.start, 1, -mention.end, _opening(index, mention, attached)))
        tags.append((mention.end, 0, -mention.start, _closing(mention)))
    tags.extend(_cues(spans))
    drawn, at = [], start
    for place, _, _, tag in sorted(tags):
        drawn.append(escape(text[at:place]))
        drawn.append(tag)
        at = place
    drawn.append(escape(text[at:end]))
    return "".join(drawn)


def _cues(spans: Sequence[tuple[int, Mention]]) -> Iterator[tuple[int, int, int, str]]:
    """Yield the tags of cues that stand outside all mentions, each cue once."""
    cues = {
        (m.cue_start, m.cue_end)
        for _, m in spans
        if m.cue_start is not None and m.cue_end is not None
    }
    free = 0
    for start, end in sorted(cues):
        if start < free or any(m.start < end and start < m.end for _, m in spans):
            continue
        free = end
        yield start, 1, -end, '<span class="cue">'
        yield end, 0, -start, "</span>"


def _opening(index: int, mention: Mention, attached: dict[int, list[int]]) -> str:
    classes = ["m", mention.kind]
    classes += ["negated"] if mention.polarity == "negated" else []
    classes += ["ended"] if mention.ended else []
    classes += ["possible"] if mention.certainty == "possible" else []
    classes += ["elsewhere"] if mention.experiencer != "patient" else []
    classes += ["ungrounded"] if not mention.grounded else []
    to = " ".join(map(str, attached.get(index, ())))
    link = f' data-to="{to}"' if to else ""
    # A line end of the page's own would be taken for one of the article, which ends a paragraph.
    hint = escape(explain(mention), quote=True).replace("\n", "&#10;")
    return f'<span id="m{index}" class="{" ".join(classes)}"{link} tabindex="0" title="{hint}">'


def _closing(mention: Mention) -> str:
    shown = mention.realisation if mention.realisation not in (None, "given") else None
    return f"<sub>{shown}</sub></span>" if shown else "</span>"


def explain(mention: Mention) -> str:
    """Return what found a mention, why it was linked so, and which cue asserted it.

    Examples
    --------
    >>> print(explain(Mention(0, 5, "fever", "Condition", "sign", polarity="negated",
    ...     cue="No", rule="negated (cues.tsv:1)", reason="the only sense in mesh")))
    Condition (sign), found by lexicon, score 1.0
    the only sense in mesh
    negated, certain, patient, current
    cue “No”, rule negated (cues.tsv:1)
    """
    lines = [f"{mention.kind} ({mention.label}), found by {mention.source}, score {mention.score}"]
    if mention.concept:
        named = mention.name or mention.text
        above = f" < {' < '.join(mention.ancestors)}" if mention.ancestors else ""
        lines.append(f"{mention.concept} {named}{above}")
    if mention.reason:
        lines.append(mention.reason)
    said: list[str] = [mention.polarity, mention.certainty, mention.experiencer, mention.time]
    said += ["ended"] if mention.ended else []
    said += [mention.realisation] if mention.realisation else []
    lines.append(", ".join(said))
    if mention.cue:
        lines.append(f"cue “{mention.cue}”, rule {mention.rule}")
    return "\n".join(lines)
