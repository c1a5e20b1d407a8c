"""Whether citation marks, the list of references and the cited works fit together."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.checks.model import Check, Problem, View


def numbers(check: Check, view: View) -> Iterator[Problem]:
    """Find citation marks that name an entry the list does not have."""
    known = {reference.number for reference in view.document.references}
    if not known:
        return
    for mark in view.document.marks:
        absent = [str(number) for number in mark.references if number not in known]
        if absent:
            listed = f"{', '.join(absent)}, the list has {min(known)} to {max(known)}"
            message = f"the mark {mark.text!r} at {mark.start} names reference {listed}"
            yield Problem(check.code, check.severity, message, quote=mark.text)


def uncited(check: Check, view: View) -> Iterator[Problem]:
    """Find entries of the list that no sentence refers to, where the text has marks at all."""
    referred = {edge.end for edge in view.by_type["REFERS_TO"]}
    if referred:
        alone = [node.key for node in view.by_label["Reference"] if node.key not in referred]
        if alone:
            yield _listed(check, view, alone, "no sentence refers to reference")


def unresolved(check: Check, view: View) -> Iterator[Problem]:
    """Find entries of the list that name no work by an id."""
    resolved = {edge.start for edge in view.by_type["TO"]}
    open_ = [node.key for node in view.by_label["Reference"] if node.key not in resolved]
    if open_:
        yield _listed(check, view, open_, "no work is known for reference")


def _listed(check: Check, view: View, keys: list[str], says: str) -> Problem:
    found = sorted(int(view.nodes[key].number("number") or 0) for key in keys)
    message = f"{says} {', '.join(map(str, found))}"
    return Problem(check.code, check.severity, message, node=keys[0])
