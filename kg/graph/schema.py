"""The graph schema, stated once.

Constraints, CSV headers, the documentation table, the checks and the exports are all made from
``NODES`` and ``RELATIONSHIPS``; nothing else names a label with its properties.

Owned nodes carry the id of their report as ``report`` (:data:`OWNER_OF_NODES`), every
relationship the id of its contributor as ``owner`` (:data:`OWNER_OF_RELATIONSHIPS`), so that
removal is exact.
"""

from __future__ import annotations

from functools import cache

from kg.graph.shapes import Ends, NodeType, Property, PropertyType, RelationshipType

OWNER_OF_NODES = "report"
OWNER_OF_RELATIONSHIPS = "owner"
TERMINOLOGY = "terminology"
"""The owner of IS_A and HAS_COMPONENT."""


def _p(name: str, kind: PropertyType, doc: str) -> Property:
    return Property(name, kind, doc)


def _r(name: str, kind: PropertyType, doc: str) -> Property:
    return Property(name, kind, doc, required=True)


_ASSERTION = (
    _p("polarity", "string", "affirmed or negated"),
    _p("certainty", "string", "certain or possible"),
    _p("experiencer", "string", "patient, donor, family or other"),
    _p("time", "string", "current, history or future"),
    _p("realisation", "string", "of therapies: given, declined, considered, planned, not_given"),
)
_OF_PATIENT = tuple(p for p in _ASSERTION if p.name != "experiencer")
_SPAN = (
    _r("start", "integer", "first code point in the report's text"),
    _r("end", "integer", "code point after the last"),
)
_STATED = (
    _p("sentence", "string", "id of the sentence that states it"),
    _p("start", "integer", "first code point of the words that state it"),
    _p("end", "integer", "code point after the last"),
    _p("quote", "string", "these words, or `sha256:` of them where the licence forbids text"),
)
_BOUNDS = (
    _p("min_days", "integer", "fewest days from start to start"),
    _p("max_days", "integer", "most days from start to start; null where the text sets no bound"),
)

NODES: tuple[NodeType, ...] = (
    NodeType(
        "Report",
        "A work as ingested, once, in its fullest form.",
        (
            _r("id", "string", "`doi:…` in lower case, else `pmid:`, `pmcid:`, `sha256:`"),
            _p("title", "string", "as printed"),
            _p("authors", "strings", "in order"),
            _p("journal", "string", "as printed"),
            _p("year", "integer", "of publication"),
            _p("published", "string", "ISO 8601, as precise as stated"),
            _p("doi", "string", "in lower case"),
            _p("pmid", "string", "PubMed id"),
            _p("pmcid", "string", "PubMed Central id"),
            _r("article_type", "string", "case_report, case_series, review, letter …"),
            _p("language", "string", "ISO 639-1"),
            _p("licence", "string", "as the article states it"),
            _r("source_format", "string", "jats, bioc, html, text, pdf or abstract"),
            _r("sha256", "string", "of the text that all offsets point into"),
            _p("characters", "integer", "length of that text, in code points"),
            _r("source_sha256", "string", "of the bytes it was read from"),
            _r("version", "string", "fingerprint of code, lexicon, rules, model and settings"),
            _r("text_kept", "boolean", "whether the licence allows to keep its words"),
            _r("retracted", "boolean", "always true or false"),
            _p("retracted_on", "string", "ISO 8601, where known"),
            _p("care_items", "strings", "items of the CARE guideline that were found"),
            _p("dropped", "strings", "what was left out: `reason=count`"),
        ),
    ),
    NodeType(
        "Publication",
        "A work, cited or ingested; title and year are derived from its contributors.",
        (
            _r("id", "string", "`doi:…`, `pmid:…`, `pmcid:…` or `ref:…`"),
            _p("doi", "string", "where the id is one"),
            _p("pmid", "string", "where the id is one"),
            _p("pmcid", "string", "where the id is one"),
            _p("title", "string", "derived: own report, else enrichment, else references"),
            _p("year", "integer", "derived likewise"),
        ),
        owned="shared",
    ),
    NodeType(
        "Reference",
        "One entry of one report's list, as that report writes it.",
        (
            _r("id", "string", "`<report>#reference-<number>`"),
            _r("number", "integer", "from 1, in the order of the list"),
            _p("text", "string", "the whole entry"),
            _p("authors", "strings", "in order"),
            _p("title", "string", "of the cited work, as written here"),
            _p("year", "integer", "as written here"),
            _p("journal", "string", "as written here"),
            _p("volume", "string", "as written here"),
            _p("pages", "string", "as written here"),
            _p("doi", "string", "in lower case"),
            _p("pmid", "string", "PubMed id"),
            _p("confidence", "float", "0 to 1: how sure the reading of the entry is"),
        ),
    ),
    NodeType(
        "Sentence",
        "A sentence of a section that is read.",
        (
            _r("id", "string", "`<report>#sentence-<start>-<end>`"),
            _r("section", "string", "title, abstract, introduction, case, discussion, legend …"),
            *_SPAN,
            _p("text", "string", "only where the licence allows"),
        ),
    ),
    NodeType(
        "Patient",
        "A person whose case the report tells.",
        (
            _r("id", "string", "derived from the report and offsets"),
            _p("age_years", "float", "in years"),
            _p("age_text", "string", "as written"),
            _p("sex", "string", "female or male"),
        ),
    ),
    NodeType(
        "Event",
        "Something that happened to, was measured in, or was decided about a patient.",
        (
            _r("id", "string", "`<report>#<kind>-<start>-<end>`"),
            _r("name", "string", "of its concept"),
            _p("text", "string", "as written"),
            *_OF_PATIENT,
            _p("reason", "string", "why it was (not) done"),
            _p("outcome", "string", "of a Response: complete_remission, relapse …"),
            _p("grade", "string", "severity or stage"),
            _p("site", "string", "body site"),
            _p("specimen", "string", "what was examined"),
            _p("value", "float", "measured, in `unit`"),
            _p("value_to", "float", "end of a range"),
            _p("value_text", "string", "a qualitative result"),
            _p("comparator", "string", "< <= > >= ~"),
            _p("unit", "string", "UCUM"),
            _p("duration_days", "float", "how long it lasted"),
            _p("start_day_min", "integer", "earliest day of its start, from the day zero"),
            _p("start_day_max", "integer", "latest day of its start"),
            _p("end_day_min", "integer", "earliest day of its end"),
            _p("end_day_max", "integer", "latest day of its end"),
            _p("start_date_min", "date", "where the text fixes a date"),
            _p("start_date_max", "date", "where the text fixes a date"),
            _p("end_date_min", "date", "where the text fixes a date"),
            _p("end_date_max", "date", "where the text fixes a date"),
            _p("date_precision", "string", "day, month, year …"),
            _p("seq", "integer", "place in the order of the course"),
        ),
        kinds=("Exposure", "Finding", "Response", "Diagnosis", "AdverseEvent"),
    ),
    NodeType(
        "Dose",
        "A dose of an exposure; one transplant may have two.",
        (
            _r("id", "string", "`<event>-dose-<start>-<end>`"),
            _p("value", "float", "in `unit`"),
            _p("value_to", "float", "end of a range"),
            _p("unit", "string", "UCUM"),
            _p("per", "string", "kg, m2, day …"),
            _p("of", "string", "what is counted, where it is not the drug: CD34+ cells"),
            _p("route", "string", "oral, intravenous …"),
            _p("schedule", "string", "daily, three times a week …"),
            _p("text", "string", "as written"),
        ),
    ),
    NodeType(
        "Concept",
        "What mentions name: a therapy, marker, outcome or condition.",
        (
            _r("id", "string", "CURIE; `text:<kind>/<normal form>` where nothing grounds it"),
            _r("name", "string", "preferred name"),
            _r("keys", "strings", "all names in normal form: lower case, Greek spelled out"),
            _p("category", "string", "finer class: drug, regimen, gene, disease …"),
            _r("source", "string", "the list it comes from"),
            _r("grounded", "boolean", "whether a list has it"),
        ),
        kinds=("Therapy", "Marker", "Outcome", "Condition"),
        owned="shared",
    ),
    NodeType(
        "Claim",
        "What a sentence says in general, not of this patient.",
        (
            _r("id", "string", "derived from the report and offsets"),
            _r("predicate", "string", "enhances, reduces, induces, associated_with …"),
            _p("sign", "string", "increases or decreases"),
            _p("aspect", "string", "what of the object: risk, efficacy …"),
            _p("setting", "string", "clinical, animal or in_vitro"),
            _r("own", "boolean", "whether it is this report's own"),
            _r("polarity", "string", "affirmed or negated"),
            _r("certainty", "string", "certain or possible"),
        ),
    ),
    NodeType(
        "Trial",
        "A registered trial.",
        (_r("id", "string", "registry id: NCT…, ChiCTR…"),),
        owned="shared",
    ),
    NodeType(
        "Problem",
        "What a check found and the report was loaded with.",
        (
            _r("id", "string", "derived from report, code and place"),
            _r("code", "string", "of the check"),
            _r("severity", "string", "warning or info; errors are not loaded"),
            _r("message", "string", "what is wrong or doubtful"),
            _p("subject", "string", "id of the node it is about"),
            _p("sentence", "string", "id of the sentence"),
            _p("quote", "string", "its words, or `sha256:` of them"),
        ),
    ),
    NodeType(
        "Source",
        "Bytes that were given to be ingested, and what became of them.",
        (
            _r("id", "string", "`sha256:` of the bytes"),
            _p("name", "string", "the file's name or address"),
            _p("format", "string", "as recognised"),
            _r("status", "string", "loaded, superseded, failed, quarantined or set_aside"),
            _p("reason", "string", "why it was not loaded"),
            _p("version", "string", "fingerprint it was tried with"),
            _p("reports", "strings", "ids of the reports it is a form of"),
        ),
        owned="ledger",
    ),
)

RELATIONSHIPS: tuple[RelationshipType, ...] = (
    RelationshipType(
        "DESCRIBES", "The report tells this person's case.", (Ends("Report", "Patient"),)
    ),
    RelationshipType(
        "DAY_ZERO", "The event that this patient's days count from.", (Ends("Patient", "Event"),)
    ),
    RelationshipType(
        "HAD", "Affirmed and real: given, observed, diagnosed.", (Ends("Patient", "Event"),)
    ),
    RelationshipType("HAD_NOT", "Negated, declined, not given.", (Ends("Patient", "Event"),)),
    RelationshipType(
        "CONSIDERED", "Planned, proposed, suspected, possible.", (Ends("Patient", "Event"),)
    ),
    RelationshipType("OF", "The concept the event is of.", (Ends("Event", "Concept"),)),
    RelationshipType("HAS_DOSE", "A dose it was given at.", (Ends("Exposure", "Dose"),)),
    RelationshipType(
        "EVIDENCED_BY",
        "The words that state it.",
        (Ends("Event", "Sentence"), Ends("Claim", "Sentence"), Ends("Patient", "Sentence")),
        (
            *_SPAN,
            _r("quote", "string", "the words, or `sha256:` of them where the licence forbids text"),
            _r("method", "string", "what read it: rule, model, lexicon"),
            _r("score", "float", "0 to 1"),
        ),
        identity=("start", "end"),
    ),
    RelationshipType(
        "BEFORE",
        "Started earlier: from the solved timeline, closed, start to start.",
        (Ends("Event", "Event"),),
        (*_BOUNDS, _r("basis", "string", "dated, stated or narrated"), *_STATED),
    ),
    RelationshipType(
        "PART_OF",
        "Component of a regimen, dose of a course.",
        (Ends("Exposure", "Exposure"),),
        (_p("role", "string", "component, dose …"), *_STATED),
    ),
    RelationshipType(
        "GIVEN_FOR",
        "What the exposure served; a role, never a class.",
        (Ends("Exposure", "Event"),),
        (_r("role", "string", "conditioning, lymphodepletion, prophylaxis, bridging …"), *_STATED),
        identity=("role",),
    ),
    RelationshipType(
        "RESPONSE_TO",
        "The exposure that a response followed.",
        (Ends("Response", "Exposure"),),
        (_r("basis", "string", "stated or inferred"), *_BOUNDS, *_STATED),
    ),
    RelationshipType(
        "ATTRIBUTED_TO",
        "The exposure that an adverse event is put down to.",
        (Ends("AdverseEvent", "Exposure"),),
        (_r("basis", "string", "stated or inferred"), *_BOUNDS, *_STATED),
    ),
    RelationshipType("STATES", "The report makes this claim.", (Ends("Report", "Claim"),)),
    RelationshipType("SUBJECT", "What the claim is about.", (Ends("Claim", "Concept"),)),
    RelationshipType("OBJECT", "What the claim says it of.", (Ends("Claim", "Concept"),)),
    RelationshipType(
        "CITES", "A work the claim rests on.", (Ends("Claim", "Publication"),), _STATED
    ),
    RelationshipType(
        "IS_A",
        "Directly above it in the terminology; acyclic.",
        (Ends("Concept", "Concept"),),
        owned="terminology",
    ),
    RelationshipType(
        "HAS_COMPONENT",
        "A drug of a regimen, by the terminology.",
        (Ends("Therapy", "Therapy"),),
        owned="terminology",
    ),
    RelationshipType("HAS_SENTENCE", "A sentence of the report.", (Ends("Report", "Sentence"),)),
    RelationshipType(
        "MENTIONS",
        "A span that names the concept; of a reference, in the title of the cited work.",
        (Ends("Sentence", "Concept"), Ends("Reference", "Concept")),
        (
            *_SPAN,
            _p("text", "string", "as written; only where the licence allows"),
            _p("patient", "string", "id of the patient it is said of"),
            *_ASSERTION,
        ),
        identity=("start", "end"),
    ),
    RelationshipType(
        "HAS_REFERENCE", "An entry of the report's list.", (Ends("Report", "Reference"),)
    ),
    RelationshipType("TO", "The work the entry names.", (Ends("Reference", "Publication"),)),
    RelationshipType(
        "REFERS_TO",
        "A citation mark in the sentence.",
        (Ends("Sentence", "Reference"),),
        (*_SPAN, _r("mark", "string", "as printed")),
        identity=("start", "end"),
    ),
    RelationshipType(
        "PUBLISHED_AS",
        "The report is this work, so that it meets its citations.",
        (Ends("Report", "Publication"),),
    ),
    RelationshipType(
        "SAME_AS",
        "The owner says that the two ids are of one work.",
        (Ends("Publication", "Publication"),),
        identity=("owner",),
    ),
    RelationshipType("CORRECTS", "An erratum of the work.", (Ends("Report", "Publication"),)),
    RelationshipType("RETRACTS", "A notice of retraction.", (Ends("Report", "Publication"),)),
    RelationshipType(
        "IS_PREPRINT_OF", "An earlier form, not reviewed.", (Ends("Report", "Publication"),)
    ),
    RelationshipType("ENROLLED_IN", "A trial the patient was in.", (Ends("Patient", "Trial"),)),
    RelationshipType("HAS_PROBLEM", "What a check found.", (Ends("Report", "Problem"),)),
    RelationshipType(
        "READ_FROM",
        "The bytes it was read from.",
        (Ends("Report", "Source"),),
    ),
)


@cache
def _nodes_by_label() -> dict[str, NodeType]:
    return {label: node for node in NODES for label in (node.label, *node.kinds)}


@cache
def _relationships_by_type() -> dict[str, RelationshipType]:
    return {relationship.type: relationship for relationship in RELATIONSHIPS}


def node_type(label: str) -> NodeType:
    """Return the node type that bears a label, be it the key's or a kind's.

    Raises
    ------
    KeyError
        When the schema has no such label.

    Examples
    --------
    >>> node_type("Exposure").label
    'Event'
    """
    return _nodes_by_label()[label]


def relationship_type(name: str) -> RelationshipType:
    """Return the relationship type of a name.

    Raises
    ------
    KeyError
        When the schema has no such relationship.

    Examples
    --------
    >>> relationship_type("MENTIONS").identity
    ('start', 'end')
    """
    return _relationships_by_type()[name]


def key_label(label: str) -> str:
    """Return the label that bears the key of a node of this label.

    Examples
    --------
    >>> key_label("Therapy")
    'Concept'
    """
    return node_type(label).label


def node_properties(node: NodeType) -> tuple[Property, ...]:
    """Return all properties of a node type, the owner's included.

    Examples
    --------
    >>> [p.name for p in node_properties(node_type("Trial"))]
    ['id']
    """
    if node.owned != "report" or node.label == "Report":
        return node.properties
    owner = Property(OWNER_OF_NODES, "string", "id of the report that owns it", required=True)
    return (*node.properties, owner)


def relationship_properties(relationship: RelationshipType) -> tuple[Property, ...]:
    """Return all properties of a relationship type, the owner's included.

    Examples
    --------
    >>> [p.name for p in relationship_properties(relationship_type("TO"))]
    ['owner']
    """
    doc = "id of the report, `terminology`, or the enrichment source that brought it"
    owner = Property(OWNER_OF_RELATIONSHIPS, "string", doc, required=True)
    return (*relationship.properties, owner)
