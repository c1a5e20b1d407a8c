"""The relationship types, stated once."""

from __future__ import annotations

from kg.graph.schema.properties import ASSERTION, BOUNDS, SPAN, STATED, optional, required
from kg.graph.shapes import Ends, RelationshipType

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
            *SPAN,
            required(
                "quote", "string", "the words, or `sha256:` of them where the licence forbids text"
            ),
            required("method", "string", "what read it: rule, model, lexicon"),
            required("score", "float", "0 to 1"),
        ),
        identity=("start", "end"),
    ),
    RelationshipType(
        "BEFORE",
        "Started earlier: from the solved timeline, closed, start to start.",
        (Ends("Event", "Event"),),
        (*BOUNDS, required("basis", "string", "dated, stated or narrated"), *STATED),
    ),
    RelationshipType(
        "PART_OF",
        "Component of a regimen, dose of a course.",
        (Ends("Exposure", "Exposure"),),
        (optional("role", "string", "component, dose …"), *STATED),
    ),
    RelationshipType(
        "GIVEN_FOR",
        "What the exposure served; a role, never a class.",
        (Ends("Exposure", "Event"),),
        (
            required("role", "string", "conditioning, lymphodepletion, prophylaxis, bridging …"),
            *STATED,
        ),
        identity=("role",),
    ),
    RelationshipType(
        "RESPONSE_TO",
        "The exposure that a response followed.",
        (Ends("Response", "Exposure"),),
        (required("basis", "string", "stated or inferred"), *BOUNDS, *STATED),
    ),
    RelationshipType(
        "ATTRIBUTED_TO",
        "The exposure that an adverse event is put down to.",
        (Ends("AdverseEvent", "Exposure"),),
        (
            required("basis", "string", "stated or inferred"),
            optional("role", "string", "dechallenge, rechallenge: it went, or came back, with it"),
            *BOUNDS,
            *STATED,
        ),
    ),
    RelationshipType("STATES", "The report makes this claim.", (Ends("Report", "Claim"),)),
    RelationshipType("SUBJECT", "What the claim is about.", (Ends("Claim", "Concept"),)),
    RelationshipType("OBJECT", "What the claim says it of.", (Ends("Claim", "Concept"),)),
    RelationshipType(
        "CITES", "A work the claim rests on.", (Ends("Claim", "Publication"),), STATED
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
            *SPAN,
            optional("text", "string", "as written; only where the licence allows"),
            optional("patient", "string", "id of the patient it is said of"),
            *ASSERTION,
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
        (*SPAN, required("mark", "string", "as printed")),
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
        (optional("score", "float", "0 to 1, where they were matched by title, author and year"),),
        identity=("owner",),
    ),
    RelationshipType("CORRECTS", "An erratum of the work.", (Ends("Report", "Publication"),)),
    RelationshipType("RETRACTS", "A notice of retraction.", (Ends("Report", "Publication"),)),
    RelationshipType(
        "IS_PREPRINT_OF",
        "An earlier form, not reviewed.",
        (Ends("Report", "Publication"), Ends("Publication", "Publication")),
    ),
    RelationshipType("ENROLLED_IN", "A trial the patient was in.", (Ends("Patient", "Trial"),)),
    RelationshipType("HAS_PROBLEM", "What a check found.", (Ends("Report", "Problem"),)),
    RelationshipType(
        "READ_FROM",
        "The bytes it was read from.",
        (Ends("Report", "Source"),),
    ),
    RelationshipType(
        "DESCRIBES_WORK",
        "The work that the source was asked about.",
        (Ends("Record", "Publication"),),
        owned="enrichment",
    ),
    RelationshipType(
        "MAY_BE",
        "The nearest that a search found, not like enough to be taken for the work.",
        (Ends("Publication", "Publication"),),
        (required("score", "float", "0 to 1: agreement of title, author and year; below 0.8"),),
        owned="enrichment",
    ),
    RelationshipType(
        "UPDATED_BY",
        "A notice that retracts, corrects or doubts the work.",
        (Ends("Publication", "Publication"),),
        (
            required("kind", "string", "retraction, partial_retraction, correction …"),
            optional("on", "string", "ISO 8601, as precise as the source tells"),
            optional("told_by", "string", "publisher, retraction-watch …"),
        ),
        identity=("kind", "owner"),
        owned="enrichment",
    ),
    RelationshipType(
        "CHECKED_AGAINST",
        "How well an entry, as written, agrees with what the source says of the work it names.",
        (Ends("Reference", "Record"),),
        (
            required("score", "float", "0 to 1: of title, first author and year"),
            required("agrees", "boolean", "false: a wrong id in the list, or another title"),
        ),
        owned="enrichment",
    ),
)
