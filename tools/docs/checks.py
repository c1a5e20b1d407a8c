"""The page of the checks, from :data:`kg.graph.checks.CHECKS`."""

from __future__ import annotations

from kg.graph.checks import CHECKS, Check
from kg.graph.checks.corpus import CORPUS_CHECKS, CorpusCheck
from tools.docs.markdown import notice, table


def page() -> str:
    """Return the page."""
    every: tuple[Check | CorpusCheck, ...] = (*CHECKS, *CORPUS_CHECKS)
    parts = [
        "# Checks",
        notice("kg/graph/checks/checks.toml"),
        "`kg check` runs them; `kg check --explain CODE` prints an entry. An **error** breaks a "
        "law of the graph: the report is quarantined. A **warning** doubts the content: the "
        "report is loaded and the problem kept with it (`kg query problems`). An **info** is good "
        "to know.",
        "## Of one report",
        table(("code", "severity", "what it finds"), (_row(check) for check in CHECKS)),
        "## Of the whole corpus",
        table(("code", "severity", "what it finds"), (_row(check) for check in CORPUS_CHECKS)),
        "## What they mean",
        *(_entry(check) for check in every),
    ]
    return "\n\n".join(parts) + "\n"


def _row(check: Check | CorpusCheck) -> tuple[str, str, str]:
    return f"[`{check.code}`](#{check.code})", check.severity, check.title


def _entry(check: Check | CorpusCheck) -> str:
    return (
        f"### {check.code}\n\n{check.title} ({check.severity}). {check.explanation}\n\n"
        f"*What to do:* {check.remedy}"
    )
