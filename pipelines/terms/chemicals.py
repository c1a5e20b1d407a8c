"""Chemicals of ChEBI: second names of MeSH's, drugs that MeSH lacks, and roles as classes."""

from __future__ import annotations

from pathlib import Path

from kg.terms.tables import rows
from pipelines.terms.model import Term
from pipelines.terms.names import clean, is_plain_chemical
from pipelines.terms.sources import Resources

_ROLES = Path(__file__).with_name("chebi_roles.tsv")


def add_chemicals(
    resources: Resources, terms: dict[str, Term], classes: dict[str, str]
) -> dict[str, Term]:
    """Give MeSH's chemicals the classes that ChEBI's roles tell; return ChEBI's other drugs.

    Parameters
    ----------
    classes
        Ids of the curated lexicon's classes by name.
    """
    roles = {row[0]: classes[row[1]] for row in rows(_ROLES, 2)}
    records = {record["id"]: record for record in resources.records("chebi.json")}
    mapping = resources.rows("mesh_mappings.tsv")
    mesh = {row[4]: f"mesh:{row[1]}" for row in mapping if row[3] == "CHEBI"}
    own: dict[str, Term] = {}
    for identifier, record in records.items():
        names = (records[r]["name"] for r in record.get("relations", {}).get("has_role", []))
        parents = list(dict.fromkeys(roles[name] for name in names if name in roles))
        name = clean(record["name"])
        if not parents or name is None or not is_plain_chemical(name):
            continue
        target = terms.get(mesh.get(identifier, ""))
        if target is not None:
            target.parents += [p for p in parents if p not in (*target.parents, target.id)]
            target.names.append(name)
        elif len(name.split()) <= 2:
            curie = "chebi:" + identifier.removeprefix("CHEBI:")
            own[curie] = Term(curie, name, "Therapy", "chemical", "chebi", [name], parents=parents)
    return own
