"""What every benchmark is told: where the texts are, and which interpreter has the peers."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent / "corpus"
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Options:
    """Where things are.

    Attributes
    ----------
    data
        The folder of third-party corpora; without one, the benchmarks that need it give no row.
    peers
        A Python interpreter that has ``peers/requirements.txt``; None leaves the peers out.
    """

    data: Path
    peers: str | None = None

    def texts(self) -> list[Path]:
        """Return the case texts at hand, else the first document alone."""
        return sorted((self.data / "case_texts").glob("*.txt")) or sorted(CORPUS.glob("*.txt"))

    def peer(self, name: str, *arguments: object) -> Any:
        """Run ``peers/NAME.py`` in the peers' interpreter and return the JSON that it prints."""
        command = [str(self.peers), str(PEERS / f"{name}.py"), *map(str, arguments)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(answer.stdout.splitlines()[-1])
