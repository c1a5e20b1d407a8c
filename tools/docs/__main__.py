"""``python -m tools.docs``: write the generated parts of the pages anew."""

from __future__ import annotations

import sys

from tools.docs.build import ROOT, current, old

pages = current()
for path in old(pages):
    path.write_text(pages[path], encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}", file=sys.stderr)
