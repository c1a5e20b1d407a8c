"""The same input gives the same bytes, whatever order a process hashes words in (law 2)."""

from __future__ import annotations

import os
import subprocess
import sys

TEXT = """Case report: the onset of seizures in a 60-year-old male patient receiving chemotherapy.

The patient received cisplatin for lung cancer. He developed cisplatin-induced seizures and
nephrotoxicity after cisplatin, and cisplatin was stopped because of seizures.
"""


def case(path, seed):
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-m", "kg", "case", str(path), "--plain", "--format", "json"]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def test_a_case_does_not_hang_on_the_hash_seed(tmp_path):
    path = tmp_path / "case.txt"
    path.write_text(TEXT, encoding="utf-8")
    outputs = {case(path, seed) for seed in (1, 2, 3, 4)}
    assert len(outputs) == 1
    assert b"AdverseEvent" in outputs.pop()
